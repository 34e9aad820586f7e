"""Tests whether the cells of an assertion hold numbers, which may decide among the lines of an ambiguous name."""

from __future__ import annotations

from math import isnan

from claims.assertion import At, Compare, Formula, Ranked
from claims.domains.table.lines import Lines


def is_filled(lines: Lines, formula: Formula) -> bool:
    """True if no single cell that an assertion is about is empty.

    Args:
        lines: of the table.
        formula: of a winner the winner's own cell counts, of a comparison both sides; others are taken as filled.
    """
    match formula:
        case Ranked(names=names, variable=variable, term=At(row, column)):
            own = {variable: [str(name) for name in names]}
            cells = [At(r, c) for r in own.get(row, [row]) for c in own.get(column, [column])]
        case Compare(left=left, right=right):
            cells = [term for term in (left, right) if isinstance(term, At)]
        case _:
            return True
    return not any(_is_empty(lines, cell) for cell in cells)


def _is_empty(lines: Lines, cell: At) -> bool:
    row, column = lines.rows.get(cell.row), lines.columns.get(cell.column)
    return row is not None and column is not None and isnan(lines.column(column.index)[row.index])
