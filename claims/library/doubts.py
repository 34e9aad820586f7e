"""Doubts about tables whose source gives their cells: rows that have too few or too many of them."""

from __future__ import annotations

from analysis.tables.grid import TextGrid

MOST_TOLD = 3


def ragged(grid: TextGrid, *, may_end_early: bool = False) -> tuple[str, ...]:
    """Why the rows of a table may not be whole.

    Args:
        grid: the table.
        may_end_early: whether a row may leave cells at its end out, as in LaTeX.
    """
    if not grid.rows:
        return ("it has no rows",)
    depth = grid.depth or 1
    width = max(map(len, grid.rows[:depth]))
    doubts = []
    for number, row in enumerate(grid.rows[depth:], depth + 1):
        heading = sum(bool(cell.strip()) for cell in row) < 2
        longer = any(cell.strip() for cell in row[width:])
        shorter = len(row) < width and not heading and not may_end_early
        if longer or shorter:
            doubts.append(f"row {number} has {len(row)} cells below {width} names")
    return tuple(doubts[:MOST_TOLD])
