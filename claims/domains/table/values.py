"""Clauses that state a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from claims.assertion import And, At, Domain, Fold, Whole
from claims.domains.amounts import TIMES, written
from claims.domains.table.alone import alone
from claims.domains.table.averaged_lists import averaged_together
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.cell_values import directions_of, stated_of
from claims.domains.table.context import ClauseContext
from claims.domains.table.counted_places import at_one_alone
from claims.domains.table.given import TableAssertion, found_in, has_any, score_of, speaks_of_a_mean
from claims.domains.table.joining import combined, joined
from claims.domains.table.lacking import lacking_a_part
from claims.domains.table.left_out import left_out
from claims.domains.table.manner import Manner, manner_of
from claims.domains.table.phrase import Group
from claims.domains.table.selection import constraints_of, result_lines, selection
from claims.domains.table.stated import stated
from claims.domains.table.word_lists import word_lists
from claims.language.chart import ParseNode
from claims.language.places import is_placed, says

EXTREMES: dict[str, Literal["max", "min"]] = {"highest": "max", "lowest": "min"}
ONE_NUMBER = ("span", "alone", "pair", "more", "neg", "sup")
"""Parts of a clause that states no single number of its subject."""


def values(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion of a clause that states a number."""
    if has_any(node.find("tail"), "amount", "butnot", "measure"):
        return
    if has_any(node.find("tail"), "only"):
        yield from _only_there(context, node)
    elif has_any(node.find("tail"), "except", "leaving"):
        yield from _of_all_but_some(context, node)
    elif node.first("span") is not None:
        yield from _span(context, node)
    elif node.first("alone") is not None:
        yield from alone(context, node)
    elif node.first("left") is None:
        yield from _extreme(context, node)
    elif node.first("pair") is not None:
        yield from _in_turn(context, node)
    else:
        yield from _of_subject(context, node)


def _of_all_but_some(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """A number of all but some: "all models except C exceed 70 on T"."""
    tails, spared = list(node.find("tail")), left_out(context, list(node.find("tail")))
    if spared is None or node.first("left") is None or node.first(*ONE_NUMBER) is not None or has_any(tails, "mean"):
        return
    parts = (node.first("left"), *node.find("measure", "scope"), *found_in(tails, "scope"))
    manner = manner_of(node, node.first("rel", "beat", "where"))
    for group in spared.groups:
        without = replace(manner, spared=group, spared_differ=spared.denies)
        for way in combined(*(context.binder.groups(n) for n in parts)):
            formulas = stated_of(context, way, node.first("amount"), without)
            yield from (TableAssertion(formula, score_of((group, *way))) for formula in formulas)


def _only_there(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """A number that a subject has at one place and at no other: "A exceeds 70 only on T"."""
    tails = list(node.find("tail"))
    alone = [tail for tail in tails if tail.first("only") is not None]
    odd = node.first(*ONE_NUMBER) is not None or has_any(tails, "mean", "except", "leaving")
    if len(alone) != 1 or odd or node.first("left") is None or not context.binder.names_places(node.first("of_kind")):
        return
    late = [scope for tail in tails if tail is not alone[0] for scope in tail.find("scope")]
    parts = (alone[0].first("scope"), node.first("left"), *node.find("measure", "scope"), *late)
    manner = manner_of(node, node.first("rel", "beat", "where"))
    for only, *way in combined(*(context.binder.groups(n) for n in parts)):
        formulas = at_one_alone(context, way, only, node.first("amount"), manner)
        yield from (TableAssertion(formula, score_of((only, *way))) for formula in formulas)


def _of_subject(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """A number of a subject, and those listed behind it: "A scores 78.1 on X and 80.2 on B"."""
    tails, more = list(node.find("tail")), list(node.find("more"))
    listed = [one for one in more if one.first("amount") is not None]
    loose = found_in([one for one in more if one.first("amount") is None], "scope")
    parts = (node.first("left"), *node.find("measure", "scope"), *found_in(tails, "scope"), *loose)
    word = node.first("rel", "beat", "where")
    if _spends_it(node) or _is_a_distance(node):
        return
    for said in combined(*(context.binder.groups(n) for n in parts)):
        subject, places = lacking_a_part(context, said[0], said[1:], parts[1:])
        mean = has_any(tails, "mean") or speaks_of_a_mean((subject, *places))
        way = averaged_together(context, (subject, *places), mean=mean)
        if way is None:
            continue
        if any(p.other for p in way[0]):
            continue  # other than whom is not said
        if node.first("alike") is not None and len(way[0]) < 2:
            continue
        if any(_may_be_one_each(context, node, way, one) for one in listed):
            continue
        manner = manner_of(node, word, mean=mean)
        score = score_of(way)
        for first in stated_of(context, way, node.first("amount"), manner):
            for chosen in combined(*(_listed(context, node, way[0], one, manner) for one in listed)):
                whole = joined((first, *(made.formula for made in chosen)))
                yield TableAssertion(whole, score + sum(made.score for made in chosen))


def _may_be_one_each(context: ClauseContext, node: ParseNode, way: Sequence[Group], more: ParseNode) -> bool:
    """True if numbers may be one each of listed lines: "A and B score 96.3 and 91.0", "A scores both on X and Y"."""
    placed = more.first("scope")
    if placed is None or len(way[0]) > 1:
        return any(len(group) > 1 for group in way)
    return not is_placed(node) and any(len(group) > 1 for group in context.binder.groups(placed))


def _spends_it(node: ParseNode) -> bool:
    """True if a number that a subject "takes" or "needs" has neither measure nor unit: it is no score."""
    spent = node.first("measure") is None and written(node.first("amount"))[1] in ("", TIMES)
    return spent and any(says(part, "spends") for _, part in node.parts)


def _is_a_distance(node: ParseNode) -> bool:
    """True if a number is a distance between lines: "all models are within two points"."""
    return written(node.first("amount"))[0].text.casefold().startswith(word_lists().apart)


def _listed(
    context: ClauseContext, value: ParseNode, subject: Group, node: ParseNode, manner: Manner
) -> list[TableAssertion]:
    """Another number of the same subject, of the same measure unless it names another: "… and 80.2 on B"."""
    own = list(node.find("measure", "scope"))
    if node.first("scope") is None:  # "an F1 of 80 and an EM of 70 on X"
        own += [*value.find("scope"), *found_in(value.find("tail"), "scope")]
    before = [] if node.first("measure") is not None else list(value.find("measure"))
    for parts in ([*before, *own], own) if before else (own,):
        found = [
            TableAssertion(formula, score_of(way))
            for way in combined(*(context.binder.groups(n) for n in parts))
            for formula in stated_of(context, (subject, *way), node.first("amount"), replace(manner, word=None))
        ]
        if found:
            return found
    return []


def _in_turn(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """As many numbers as subjects, measures or places: "A and B reach 58.9 and 74.3 on T, respectively"."""
    amounts = list(node.first("pair").find("amount"))
    parts = (node.first("left"), *node.find("measure"), *found_in(node.find("tail"), "scope"))
    for way in combined(*(context.binder.groups(n) for n in parts)):
        size = len(amounts)
        listed = [i for i, group in enumerate(way) if len(group) == size]
        if len(listed) != 1 or any(len(group) not in (1, size) for group in way):
            continue
        turns = [[group[k : k + 1] if i == listed[0] else group for i, group in enumerate(way)] for k in range(size)]
        manner = manner_of(node, mean=has_any(node.find("tail"), "mean") or speaks_of_a_mean(way))
        each = [stated_of(context, turn, amount, manner) for turn, amount in zip(turns, amounts, strict=True)]
        for chosen in combined(*each):
            yield TableAssertion(And(chosen), score_of(way))


def _extreme(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """The number of an extreme: "the highest F1 on Dev is 83.3"."""
    sup = node.first("sup")
    word = sup.first("sup").value
    how = EXTREMES.get(word["place"])
    amount = node.first("amount")
    if how is None or word.get("about") or sup.first("rankword") is not None:
        return
    parts = (*node.find("measure", "scope"), *found_in(node.find("tail"), "scope"))
    for cell, domain, score in _lists(context, parts) if written(amount)[0].relation == "=" else ():
        yield from (TableAssertion(body, score) for body in stated(Fold(how, cell, "$r", domain), amount))


def _span(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """The smallest and the largest number: "the F1 on Dev ranges from 60.1 to 83.3"."""
    low, high = node.first("low"), node.first("high")
    if any(written(end)[0].relation != "=" for end in (low, high)):
        return
    if written(low)[0].value > written(high)[0].value:
        low, high = high, low
    for cell, domain, score in _lists(context, (node.first("left"), *found_in(node.find("tail"), "scope"))):
        unit = written(high)[1] or written(low)[1]
        ends = (stated(Fold("min", cell, "$r", domain), low, unit), stated(Fold("max", cell, "$r", domain), high, unit))
        yield from (TableAssertion(Whole(both), score) for both in combined(*ends))


def _lists(context: ClauseContext, parts: Sequence[ParseNode]) -> Iterator[tuple[At, Domain, float]]:
    """Each list of cells that phrases may name, as a cell of the variable $r and the lines it stands for."""
    for way in combined(*(context.binder.groups(n) for n in parts)):
        chosen = selection(constraints_of(way))
        if any(len(group) > 1 or group[0].quantifier or group[0].mean for group in way) or chosen is None:
            continue
        for axis in AXES:
            fixed, cross = chosen.on(axis), other_axis(axis)
            members = chosen.on(cross) or result_lines(context.lines, cross)
            if fixed is None or len(fixed) != 1 or len(members) < 2:
                continue
            along = (members, fixed) if cross == "row" else (fixed, members)
            if any(p.oriented for group in way for p in group) and directions_of(context, *along) != {1}:
                continue  # the highest performance is not the highest error
            cell = context.at(cross, "$r", context.name(axis, fixed[0]))
            yield cell, context.domain(cross, members), score_of(way)
            beside = _beside(context, cross) if chosen.on(cross) is None else ()
            if beside:  # whether people and bounds count is not said
                yield cell, context.domain(cross, (*members, *beside)), score_of(way)


def _beside(context: ClauseContext, axis: Axis) -> tuple[int, ...]:
    """Lines of people and of bounds, which are compared with results and are none."""
    return tuple(line.index for line in lines_along(context.lines.table, axis) if line.kind in ("human", "bound"))
