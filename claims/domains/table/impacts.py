"""Comparisons of two steps away from one line: "removing A has a greater effect on F1 than …", and multiples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.tables import TableLine
from claims.assertion import Compare, Difference, Relation
from claims.domains.amounts import times_stated
from claims.domains.table.axes import AXES, lines_along, other_axis
from claims.domains.table.comparison import Comparison
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, found_in, given_ways, score_of, speaks_of_performance
from claims.domains.table.joining import combined
from claims.domains.table.selection import constraints_of, selection
from claims.domains.table.sides import comparison_formulas
from claims.language.chart import ParseNode


def multiples(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that one side is a multiple of the other; shares of it are taken the other way round."""
    tails = list(node.find("tail"))
    number, turned = times_stated(node.first("times"))
    if number is None or any(tail.first("scope") is None for tail in tails):
        return
    adjective = node.first("rel")
    about = adjective.value.get("about") if adjective is not None else None
    bare = adjective.value.get("bare") if adjective is not None else None
    if adjective is not None and adjective.value["relation"] == "<":
        turned = not turned
    for given in given_ways(context, node, tails):
        phrases = (*given.left, *given.right, *(p for group in (*given.scope, *given.after) for p in group))
        if speaks_of_performance(context, given) or any(p.mean or p.denied or p.quantifier for p in phrases):
            continue
        back = any(p.back for p in given.right)  # "… is twice that of B"
        if (
            adjective is None
            and not back
            and not any(p.measured or context.binder.speaks_of_a_measure(p) for p in phrases)
        ):
            continue
        case = Comparison(context, given, ">", about or bare, times=number, turned=turned)
        yield from (TableAssertion(formula, given.score) for formula in comparison_formulas(case))


RELATIONS: dict[str, Relation] = {">": ">", "<": "<"}


def impacts(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that one step is farther from their common base than another, in whichever direction."""
    tails = list(node.find("tail"))
    if any(tail.first("scope") is None for tail in tails):
        return
    parts = (node.first("left"), node.first("right"), node.first("object"), *found_in(tails, "scope"))
    for way in combined(*(context.binder.groups(part) for part in parts)):
        if any(len(group) > 1 or group[0].quantifier or group[0].mean or group[0].oriented for group in way):
            continue
        left, right, *where = way
        places = selection(constraints_of(where))
        for axis in AXES if places is not None else ():
            assert places is not None
            crossing = places.on(other_axis(axis))
            sides = [selection(group[0].constraints) for group in (left, right)]
            ours = [side.on(axis) if side is not None else None for side in sides]
            if crossing is None or len(crossing) != 1 or any(one is None or len(one) != 1 for one in ours):
                continue
            steps = [one[0] for one in ours if one is not None]
            base = _common_base(lines_along(context.lines.table, axis), steps)
            if base is None:
                continue
            at = context.name(other_axis(axis), crossing[0])
            first, second, whole = (context.at(axis, context.name(axis, i), at) for i in (*steps, base))
            gaps = (Difference(first, whole, "abs"), Difference(second, whole, "abs"))
            yield TableAssertion(Compare(RELATIONS[node.first("wider").value["relation"]], *gaps), score_of(way))


def _common_base(lines: Sequence[TableLine], steps: Sequence[int]) -> int | None:
    """The line that both steps start from; None where they are no two, or an addition may go on from another."""
    bases = {lines[i].base for i in steps}
    base = bases.pop()
    if bases or base is None or steps[0] == steps[1]:
        return None
    alone = all(lines[i].kind == "ablation" or (lines[i].kind == "addition" and i == base + 1) for i in steps)
    return base if alone else None
