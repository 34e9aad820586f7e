"""Cells of a table as evidence of a verdict."""

from __future__ import annotations

from collections.abc import Iterable

from claims.tables.table import Cell, Table
from claims.verdict import EvidenceItem


def evidence_of(table: Table, cells: Iterable[Cell]) -> tuple[EvidenceItem, ...]:
    """The cells, each once and with its place in the file."""
    return tuple(dict.fromkeys(_item(table, cell) for cell in cells))


def _item(table: Table, cell: Cell) -> EvidenceItem:
    row, column = table.rows[cell.row], table.columns[cell.column]
    value = cell.values[0]
    source = f"{table.source or 'table'} row {row.number} column {column.number}: {cell.text}"
    return EvidenceItem(
        f"{row.name} · {column.name}", value.number, value.number - value.half_width, value.number + value.half_width,
        source, "imported", "decides",
    )  # fmt: skip
