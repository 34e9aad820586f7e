"""Clauses of rising and falling along lines that are numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.assertion import Along, Compare, Direction, Formula, Not, Whole
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.cell_values import directions_of
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, found_in, has_any, score_of
from claims.domains.table.joining import combined
from claims.domains.table.numbered import exact_number
from claims.domains.table.phrase import Group, Phrase
from claims.domains.table.selection import Selection, constraints_of, result_lines, selection
from claims.domains.table.spellings import SETTING
from claims.language.chart import Edge, ParseNode

FEWEST = 3
"""Rows that make a trend."""


def trends(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion of "M rises as N grows", "increasing N improves M", "more N leads to a higher M"."""
    tails = list(node.find("tail"))
    if has_any(tails, "amount", "butnot", "except", "leaving", "mean", "measure", "only"):
        return
    along = _direction(node.first("axisrise", "growing"))
    if along is None or node.first("left") is None:
        return
    parts = (node.first("left"), node.first("axis"), *found_in(tails, "scope"))
    for way in combined(*(context.binder.groups(n) for n in parts)):
        left, axis, *places = way
        if not _is_plain(way):
            continue
        chosen = selection(constraints_of((left, *places)))
        for side in AXES if chosen is not None else ():
            assert chosen is not None
            crossing = _crossing(context, chosen, side, [p for group in places for p in group])
            lines = chosen.on(side) or tuple(range(len(lines_along(context.lines.table, side))))
            found = directions_of(context, *((lines, crossing) if side == "row" else (crossing, lines)))
            direction = _goes(node, found)
            if not crossing or direction is None or (any(p.oriented for p in left) and found != {1}):
                continue
            if along == "falling":
                direction = OPPOSITE[direction]
            for ordered in _ordered(context, axis[0], side, lines):
                for said in _said(context, node, side, (ordered, crossing), direction):
                    yield TableAssertion(said, score_of(way))


def _is_plain(way: Sequence[Group]) -> bool:
    """True if no phrase is a list or an average, and neither the measure nor the axis of the trend is counted."""
    return not (any(len(g) > 1 or g[0].mean for g in way) or any(p.quantifier for g in way[:2] for p in g))


def _said(
    context: ClauseContext,
    node: ParseNode,
    side: Axis,
    places: tuple[Sequence[int], Sequence[int]],
    direction: Direction,
) -> Iterator[Formula]:
    """A trend along ordered lines on each crossing line; the effect of a cause may be meant from end to end."""
    ordered, crossing = places
    ways = [[_along(context, side, ordered, line, direction) for line in crossing]]
    if node.first("sign") is not None:  # what rises throughout goes with it, what falls throughout does not
        ways.append([Not(_along(context, side, ordered, line, OPPOSITE[direction])) for line in crossing])
    if node.first("effect") is not None:
        ways.append([_from_end_to_end(context, side, ordered, line, direction) for line in crossing])
    yield from (way[0] if len(way) == 1 else Whole(tuple(way)) for way in ways)


OPPOSITE: dict[Direction, Direction] = {"rising": "falling", "falling": "rising"}
RELATIONS: dict[str, Direction] = {">": "rising", "<": "falling"}


def _direction(word: Edge | None) -> Direction | None:
    """The direction of a word: "increasing", "as … falls", "more"; rising without a word, None where it has none."""
    if word is None:
        return "rising"
    said = word.value or {}
    if "direction" in said:
        return "rising" if said["direction"] == "rise" else "falling"
    return RELATIONS.get(said.get("relation", "")) if not said.get("about") else None


def _goes(node: ParseNode, found: set[int]) -> Direction | None:
    """The direction of the measure; "better" is resolved by the directions of its cells, None where they vary."""
    trend, effect = node.first("trend", "sign"), node.first("effect")
    if trend is not None:
        return _direction(trend)
    relation = effect.value.get("relation")
    if relation in ("better", "worse"):
        ways: dict[tuple[int, ...], Direction] = {(1,): "rising", (-1,): "falling"}
        better = ways.get(tuple(found))
        return better if better is None or relation == "better" else OPPOSITE[better]
    return RELATIONS.get(relation) if not effect.value.get("about") else None


def _crossing(context: ClauseContext, chosen: Selection, side: Axis, places: Sequence[Phrase]) -> tuple[int, ...]:
    """The line that is named, or all that are compared where the clause says so: "for all domains"."""
    cross = other_axis(side)
    named = chosen.on(cross)
    counted = [p for p in places if p.quantifier]
    if not counted:
        return named if named is not None and len(named) == 1 else ()
    every = result_lines(context.lines, cross)
    plain = all(p.quantifier == "all" and not p.named and not p.other and p.n in (None, len(every)) for p in counted)
    crosses = "place" in counted[0].nouns or any(axis == cross for axis, _ in counted[0].kinds)
    return every if named is None and plain and crosses else ()


def _along(context: ClauseContext, side: Axis, lines: Sequence[int], crossing: int, direction: Direction) -> Formula:
    cell = context.at(side, "$r", context.name(other_axis(side), crossing))
    return Along(direction, "$r", context.domain(side, lines), cell)


def _from_end_to_end(
    context: ClauseContext, side: Axis, lines: Sequence[int], crossing: int, direction: Direction
) -> Formula:
    at = context.name(other_axis(side), crossing)
    first, last = (context.at(side, context.name(side, lines[end]), at) for end in (0, -1))
    return Compare(">" if direction == "rising" else "<", last, first)


def _ordered(context: ClauseContext, axis: Phrase, side: Axis, lines: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Lines in the order of a line or label level of numbers; none where two share a number."""
    table = context.lines.table
    for constraint in axis.constraints if side == "row" else ():
        if constraint.axis == "column" and len(constraint.lines) == 1:
            column = next(iter(constraint.lines))
            numbers = context.lines.column(column)
            yield from _sorted([(float(numbers[i]), i) for i in lines if (i, column) in table.values], len(lines))
    for along, level in axis.kinds:
        if along == side:
            found = [(_number(lines_along(table, side)[i].labels[level]), i) for i in lines]
            labels = [(*number, i) for number, i in found if number is not None]
            if len({unit for _, unit, _ in labels}) == 1:
                yield from _sorted([(value, i) for value, _, i in labels], len(lines))


def _number(label: str) -> tuple[float, str] | None:
    """The number that a label is or sets something to, and its unit."""
    setting = SETTING.fullmatch(label)
    label = setting["number"] if setting is not None else label
    try:
        return float(label.replace(",", "")), ""
    except ValueError:
        number = exact_number(label)
        return (float(number.value), number.unit) if number is not None else None


def _sorted(keyed: Sequence[tuple[float, int]], size: int) -> Iterator[tuple[int, ...]]:
    """Rows by their numbers, where each has one of its own."""
    if len(keyed) == size >= FEWEST and len({value for value, _ in keyed}) == size:
        yield tuple(i for _, i in sorted(keyed))
