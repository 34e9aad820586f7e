"""Stated scores and printed changes: numbers that must stand in the named cells."""

from __future__ import annotations

from collections.abc import Iterator

from claims.tables.assertion import Change, Quantity, Scope, Selection, Stated
from claims.tables.choosing import selected
from claims.tables.findings import Found, shared, unknown
from claims.tables.quantities import within
from claims.tables.table import Cell, Line, Table
from claims.tables.values import Value


def _cells(table: Table, left: Selection, scope: Scope) -> Iterator[tuple[Line, Line, Cell]]:
    for row in selected(table, "row", left, scope.where):
        for column in selected(table, "column", left, scope.where):
            cell = table.at(row, column)
            if cell is not None:
                yield row, column, cell


def stated(formula: Stated, table: Table) -> Found:
    """Whether a stated number stands in the named cells, where these are few."""
    cells = list(_cells(table, formula.left, formula.scope))
    if not cells:
        return unknown("no cell where the sentence speaks")
    hits = [cell for *_, cell in cells if any(_says(value, formula.value) for value in cell.values)]
    if hits and len(cells) <= 4:
        return Found("true", f"{formula.value} stands in the table", len(hits) / len(cells), len(cells), tuple(hits))
    if len(cells) > 2:
        return unknown("the number stands in none of the many cells that could be meant")
    shown = tuple(cell for *_, cell in cells)
    return Found("false", f"the cells hold {', '.join(cell.text for cell in shown)}", 0.0, len(cells), shown)


def _says(value: Value, said: Quantity) -> bool:
    sizes = [(value.number, value.half_width)]
    if said.unit in ("%", "points") and abs(value.number) <= 1:
        sizes.append((100 * value.number, 100 * value.half_width))
    return any(within(abs(number), said, 0.0) for number, _ in sizes)


def changed(formula: Change, table: Table) -> Found:
    """Whether printed changes are above (or below) zero."""
    cells = [
        (row, column, cell) for row, column, cell in _cells(table, formula.left, formula.scope)
        if any(value.signed for value in cell.values) or _is_change(column) or _is_change(row)
    ]  # fmt: skip
    if not cells:
        return unknown("no cell prints a change")
    turned = 1 if formula.direction == "rise" else -1
    signs = [(v > 0) - (v < 0) for *_, cell in cells for v in [turned * cell.values[0].number]]
    holds = sum(s > 0 for s in signs)
    return Found(
        shared(signs, formula.scope.share), f"so in {holds} of {len(signs)} cells", holds / len(signs), len(signs),
        tuple(cell for *_, cell in cells),
    )  # fmt: skip


def _is_change(line: Line) -> bool:
    name = line.name.casefold()
    return "δ" in name or "diff" in name or "change" in name or "gain" in name
