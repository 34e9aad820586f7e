"""Two gaps compared: "the gap between A and B is larger on X than on Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.assertion import And, At, Compare, Difference, Formula, Not, Or, Quantified, Ranked, Relation, Whole
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, found_in, score_of
from claims.domains.table.joining import combined
from claims.domains.table.lines import BESIDE
from claims.domains.table.phrase import Constraint, Group
from claims.domains.table.roles import role_of
from claims.domains.table.selection import constraints_of, inherit, result_lines, selection
from claims.language.chart import ParseNode

WIDER: dict[str, Relation] = {">": ">", "<": "<"}


def gaps(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that two lines are farther apart, or one of them more ahead, in one place than in another."""
    beat = node.first("beat")
    if beat is not None and beat.value["relation"] != "better":
        return
    if node.first("sup") is not None:
        yield from _widest(context, node)
        return
    wider, change, tails = node.first("wider").value, node.first("change"), list(node.find("tail"))
    relation = WIDER.get(wider["relation"])
    if relation is None or wider.get("about") or any(tail.first("scope") is None for tail in tails):
        return
    if change is not None and change.value["relation"] != "better":
        return
    rest = [*node.find("inmeasure", "scope"), *found_in(tails, "scope")]
    rest = [part.first("np") if part.rule == "inmeasure" else part for part in rest]
    parts = [node.first(label) for label in ("left", "right", "here", "there")]
    for way in combined(*(context.binder.groups(part) for part in (*parts, *rest))):
        if any(len(group) > 1 or group[0].quantifier or group[0].mean or group[0].denied for group in way):
            continue
        left, right, here, there, *places = way
        cells = [_cell((who, where, *places)) for where in (here, there) for who in (left, right)]
        if any(cell is None for cell in cells) or not _are_alike(context, cells):
            continue
        a, b, c, d = (_at(context, cell) for cell in cells)
        if change is None:
            yield TableAssertion(Compare(relation, Difference(a, b, "abs"), Difference(c, d, "abs")), score_of(way))
            continue
        wider_there = Compare(relation, Difference(a, b, "better"), Difference(c, d, "better"))
        leads = And((Compare("better", a, b), Compare("better", c, d)))
        yield from (TableAssertion(said, score_of(way)) for said in _granting(leads, wider_there))


def _widest(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that two lines are farthest apart, or one of them most ahead, on one of the lines that cross."""
    word, change = node.first("sup").first("sup").value, node.first("change")
    place, odd = word["place"], node.first("sup").first("rankword") is not None or word.get("about")
    if place not in ("highest", "lowest") or odd or (change is not None and change.value["relation"] != "better"):
        return
    rest = [part.first("np") for part in node.find("inmeasure")]
    for way in combined(
        *(context.binder.groups(part) for part in (*map(node.first, ("left", "right", "here")), *rest))
    ):
        if any(len(group) > 1 or group[0].quantifier or group[0].mean or group[0].denied for group in way):
            continue
        sides = [selection(group[0].constraints) for group in way[:3]]
        if any(group[0].constraints for group in way[3:]):
            continue
        for axis in AXES:
            found = [
                one.on(one_axis) for one, one_axis in zip(sides, (axis, axis, other_axis(axis)), strict=True) if one
            ]
            lines = [one[0] for one in found if one is not None and len(one) == 1]
            pool = result_lines(context.lines, other_axis(axis))
            if len(lines) < 3 or lines[2] not in pool or len(pool) < 2 or not _measured_alike(context, axis, pool):
                continue
            ours, theirs, here = (
                context.name(a, i) for a, i in zip((axis, axis, other_axis(axis)), lines, strict=True)
            )
            first, second = (context.at(axis, name, "$c") for name in (ours, theirs))
            gap = Difference(first, second, "better" if change is not None else "abs")
            domain = context.domain(other_axis(axis), pool)
            widest = Ranked(place, (here,), "$c", domain, gap)
            leads: Formula = Compare("better", context.at(axis, ours, here), context.at(axis, theirs, here))
            if place == "lowest":
                leads = Quantified("all", "$c", domain, Compare("better", first, second))
            granted = (widest,) if change is None else _granting(leads, widest)
            yield from (TableAssertion(said, score_of(way)) for said in granted)


def _granting(leads: Formula, said: Formula) -> tuple[Formula, Formula]:
    """A statement on leads with their presupposition, as two readings that differ where there is no lead."""
    return Whole((leads, said)), Or((said, Not(leads)))


def _measured_alike(context: ClauseContext, axis: Axis, pool: Sequence[int]) -> bool:
    """True if lines across an axis are all of one kind and measure, so that gaps in them can be compared."""
    along = lines_along(context.lines.table, other_axis(axis))
    if role_of(context.lines, other_axis(axis)) == "measure":
        return False
    told = {(along[i].kind, along[i].measure) for i in pool}
    return len(told) == 1 and (context.lines.table.measure is not None or next(iter(told))[1] is not None)


def nearer(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that a number is closer to another than a third is, or than it is to a third."""
    tails, far = list(node.find("tail")), node.first("far")
    if any(tail.first("scope") is None for tail in tails):
        return
    third = far if far is not None else node.first("third")
    parts = (node.first("left"), node.first("right"), third, *found_in(tails, "scope"))
    for way in combined(*(context.binder.groups(part) for part in parts)):
        if any(len(group) > 1 or group[0].quantifier or group[0].mean or group[0].denied for group in way):
            continue
        sides, places = way[:3], constraints_of(way[3:])
        first = (*sides[0][0].constraints, *places)
        cells = [_cell_of(first), *(_cell_like((*side[0].constraints, *places), first) for side in sides[1:])]
        if None in cells or not _are_comparable(context, cells):
            continue
        ours, to, other = (_at(context, cell) for cell in cells)
        gap = Difference(ours if far is not None else other, other if far is not None else to, "abs")
        yield TableAssertion(Compare("<", Difference(ours, to, "abs"), gap), score_of(way))


def _cell(groups: Sequence[Group]) -> tuple[int, int] | None:
    """The one cell that phrases leave, as row and column; None where they leave several."""
    return _cell_of(constraints_of(groups))


def _cell_like(own: Sequence[Constraint], first: Sequence[Constraint]) -> tuple[int, int] | None:
    """The cell of another side, completed by constraints of the first, at least on an axis where it has none."""
    both = inherit(own, first)
    axes = {c.axis for c in own}
    alone = (*own, *(c for c in first if c.axis not in axes))
    return (_cell_of(both) if both is not None else None) or _cell_of(alone)


def _cell_of(constraints: Sequence[Constraint]) -> tuple[int, int] | None:
    chosen = selection(constraints)
    if chosen is None or chosen.row is None or chosen.column is None:
        return None
    return (chosen.row[0], chosen.column[0]) if len(chosen.row) == len(chosen.column) == 1 else None


def _at(context: ClauseContext, cell: tuple[int, int] | None) -> At:
    assert cell is not None
    return At(*(context.name(axis, line) for axis, line in zip(AXES, cell, strict=True)))


def _are_alike(context: ClauseContext, cells: Sequence[tuple[int, int] | None]) -> bool:
    """True if four cells are different ones and all of one kind and measure: points of F1 are no milliseconds."""
    places = [cell for cell in cells if cell is not None]
    lines = [[lines_along(context.lines.table, axis)[cell[i]] for cell in places] for i, axis in enumerate(AXES)]
    told = all(len({(line.kind, line.measure) for line in along}) == 1 for along in lines)
    return told and len(set(places)) == len(cells)


def _are_comparable(context: ClauseContext, cells: Sequence[tuple[int, int] | None]) -> bool:
    """True if cells are different ones of one line, and the lines across it of one measure: a bound may be one."""
    places = [cell for cell in cells if cell is not None]
    for i, axis in enumerate(AXES):
        lines = [lines_along(context.lines.table, axis)[cell[i]] for cell in places]
        if len({line.index for line in lines}) > 1:
            if len({cell[1 - i] for cell in places}) > 1 or len({line.measure for line in lines}) > 1:
                return False
            if any(line.kind in BESIDE | {"change"} for line in lines):
                return False
    return len(set(places)) == len(cells)
