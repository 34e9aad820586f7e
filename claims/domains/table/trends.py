"""Clauses of rising and falling along lines that are numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claims.assertion import Along, Direction, Formula, Whole
from claims.domains.table.cell_values import directions_of
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, found_in, has_any, score_of
from claims.domains.table.joining import combined
from claims.domains.table.phrase import Phrase
from claims.domains.table.selection import Selection, constraints_of, result_lines, selection
from claims.language.chart import ParseNode

FEWEST = 3
"""Rows that make a trend."""


def trends(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion of "M rises as N grows"."""
    tails = list(node.find("tail"))
    if has_any(tails, "amount", "butnot", "except", "leaving", "mean", "measure", "only"):
        return
    along, direction = node.first("axisrise"), _direction(node.first("trend").value)
    if not direction:
        return
    same = direction == (along.value["direction"] if along is not None else "rise")
    parts = (node.first("left"), node.first("axis"), *found_in(tails, "scope"))
    for way in combined(*(context.binder.groups(n) for n in parts)):
        left, axis, *places = way
        if any(len(group) > 1 or group[0].mean for group in way) or any(p.quantifier for p in (*left, *axis)):
            continue
        chosen = selection(constraints_of((left, *places)))
        columns = _columns(context, chosen, [p for group in places for p in group]) if chosen is not None else ()
        if chosen is None or not columns:
            continue
        if any(p.oriented for p in left) and directions_of(context, chosen.row, columns) != {1}:
            continue
        rows = chosen.row if chosen.row is not None else tuple(range(len(context.lines.table.rows)))
        for ordered in _ordered(context, axis[0], rows):
            said = [_along(context, ordered, column, "rising" if same else "falling") for column in columns]
            yield TableAssertion(said[0] if len(said) == 1 else Whole(tuple(said)), score_of(way))


def _direction(word: Mapping[str, Any]) -> str:
    """Whether a word says that numbers rise or fall; "" where only that they get better or worse."""
    return word.get("direction") or {">": "rise", "<": "fall"}.get(word.get("relation", ""), "")


def _columns(context: ClauseContext, chosen: Selection, places: Sequence[Phrase]) -> tuple[int, ...]:
    """The column that is named, or all that are compared where the clause says so: "for all domains"."""
    counted = [p for p in places if p.quantifier]
    if not counted:
        return chosen.column if chosen.column is not None and len(chosen.column) == 1 else ()
    every = result_lines(context.lines, "column")
    plain = all(p.quantifier == "all" and not p.named and not p.other and p.n in (None, len(every)) for p in counted)
    return every if chosen.column is None and plain and "place" in counted[0].nouns else ()


def _along(context: ClauseContext, rows: Sequence[int], column: int, direction: Direction) -> Formula:
    cell = context.at("row", "$r", context.name("column", column))
    return Along(direction, "$r", context.domain("row", rows), cell)


def _ordered(context: ClauseContext, axis: Phrase, rows: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Rows in the order of a column or label level of numbers; none where two share a number."""
    table = context.lines.table
    for constraint in axis.constraints:
        if constraint.axis == "column" and len(constraint.lines) == 1:
            column = next(iter(constraint.lines))
            numbers = context.lines.column(column)
            yield from _sorted([(float(numbers[i]), i) for i in rows if (i, column) in table.values], len(rows))
    for side, level in axis.kinds:
        if side == "row":
            labels = [(_number(table.rows[i].labels[level]), i) for i in rows]
            yield from _sorted([(value, i) for value, i in labels if value is not None], len(rows))


def _number(label: str) -> float | None:
    try:
        return float(label.replace(",", ""))
    except ValueError:
        return None


def _sorted(keyed: Sequence[tuple[float, int]], size: int) -> Iterator[tuple[int, ...]]:
    """Rows by their numbers, where each has one of its own."""
    if len(keyed) == size >= FEWEST and len({value for value, _ in keyed}) == size:
        yield tuple(i for _, i in sorted(keyed))
