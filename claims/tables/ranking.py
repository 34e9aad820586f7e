"""Superlatives: who holds the extreme place among the lines of an axis."""

from __future__ import annotations

from collections.abc import Sequence

from claims.tables.assertion import Superlative
from claims.tables.choosing import BOUNDS, axis_of, crossings, named, narrowing, selected, summaries
from claims.tables.findings import Found, shared, unknown
from claims.tables.metrics import cell_direction
from claims.tables.table import OTHER, Axis, Cell, Line, Table


def ranked(formula: Superlative, table: Table) -> Found:
    """Whether one of the named lines is the extreme one, place by place."""
    axis = axis_of(formula.left) or _dual_axis(formula)
    if axis is None:
        return unknown("the sentence does not say among which lines")
    lines = _candidates(table, axis, formula)
    own = {line.index for line in selected(table, axis, formula.left)}
    across = crossings(table, OTHER[axis], formula.scope, formula.left)
    signs: list[int] = []
    used: list[Line] = []
    cells: list[Cell] = []
    margins: list[float] = []
    for crossing in across:
        scored = [(line, cell) for line in lines if (cell := table.at(line, crossing)) is not None]
        way = cell_direction(table, lines[0], crossing) if lines else None
        if len(scored) < 2 or not any(line.index in own for line, _ in scored):
            continue
        if formula.place in ("best", "worst") and way == 0 and not named(formula.scope, crossing):
            continue
        sign, margin = (
            _leads(scored, own, formula.place, way) if formula.rank == 1 else _stands(scored, own, formula, way)
        )
        signs.append(sign)
        used.append(crossing)
        margins.append(margin)
        cells += [cell for _, cell in scored]
    if not signs:
        return unknown("no cells where the sentence speaks")
    truth = shared(signs, formula.scope.share)
    if truth == "mixed" and (summed := summaries(table, OTHER[axis], formula.scope)):
        kept = [s for s, crossing in zip(signs, used, strict=True) if crossing.index in summed]
        if kept:
            signs, truth = kept, shared(kept, None)
    holds = sum(s > 0 for s in signs)
    return Found(
        truth, f"{formula.place} in {holds} of {len(signs)}", holds / len(signs), len(signs), tuple(cells), min(margins)
    )


def _dual_axis(formula: Superlative) -> Axis | None:
    """Where the words name a row and a column, the axis with fewer chosen lines left open is the subject's."""
    if formula.left.rows is None or formula.left.columns is None:
        return None
    return "row" if len(formula.left.rows) <= len(formula.left.columns) else "column"


def _candidates(table: Table, axis: Axis, formula: Superlative) -> list[Line]:
    own = {line.index for line in selected(table, axis, formula.left)}
    lines = selected(table, axis, *narrowing(formula.scope.where, axis, formula.left))
    if {line.index for line in lines} <= own:
        lines = table.lines(axis)
    return [line for line in lines if line.index in own or not set(line.name.casefold().split()) & BOUNDS]


def _stands(
    scored: Sequence[tuple[Line, Cell]], own: set[int], formula: Superlative, way: int | None
) -> tuple[int, float]:
    """Whether one of the lines stands k-th: k − 1 others are ahead of it, ties aside."""
    turned = _turn(formula.place, way)
    numbers = [(turned * cell.values[0].number, line.index in own) for line, cell in scored]
    for number, mine in numbers:
        ahead = sum(other > number + 1e-12 for other, _ in numbers)
        level = sum(abs(other - number) <= 1e-12 for other, _ in numbers)
        if mine and ahead < formula.rank <= ahead + level:
            return (1 if level == 1 else 0), 1.0
    return -1, 1.0


def _turn(place: str, way: int | None) -> int:
    """1 where the place is among the high numbers, -1 where it is among the low ones."""
    turned = -1 if place in ("worst", "lowest") else 1
    return -turned if place in ("best", "worst") and way == -1 else turned


def _leads(scored: Sequence[tuple[Line, Cell]], own: set[int], place: str, way: int | None) -> tuple[int, float]:
    turned = _turn(place, way)
    numbers = [(turned * cell.values[0].number, line.index in own) for line, cell in scored]
    ours = max(number for number, mine in numbers if mine)
    theirs = max((number for number, mine in numbers if not mine), default=float("-inf"))
    if theirs == float("-inf"):
        return 0, 0.0
    size = max(abs(ours), abs(theirs)) or 1.0
    return (1 if ours > theirs + 1e-12 else 0 if ours >= theirs - 1e-12 else -1), abs(ours - theirs) / size
