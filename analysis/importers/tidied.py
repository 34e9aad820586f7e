"""Rows of a table that hold no scores: remarks below it, and headings over groups of rows; headings over columns."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.importers.cells import MISSING, looks_numeric

Rows = list[list[str]]


def without_remarks(rows: Sequence[Sequence[str]]) -> tuple[Rows, str]:
    """Delimited text without the lines of words below its table that have other cells than its header.

    Returns:
        The rows, and the note that names the first of those left out, or "".
    """
    end = len(rows)
    while end > 1 and len(rows[end - 1]) != len(rows[0]) and not any(map(looks_numeric, rows[end - 1])):
        end -= 1
    kept = [list(row) for row in rows[:end]]
    if end == len(rows) or not any(looks_numeric(cell) for row in kept for cell in row):
        return [list(row) for row in rows], ""
    return kept, f"lines below the table left out: {' '.join(rows[end])[:60]!r}" + (
        f" and {len(rows) - end - 1} more" if len(rows) - end > 1 else ""
    )


def is_group(row: Sequence[str]) -> bool:
    """True for a row that one text spans: a heading over the rows below it."""
    return len(row) > 2 and len(set(row)) == 1 and row[0].casefold() not in MISSING and not looks_numeric(row[0])


def without_groups(grid: Sequence[Sequence[str]]) -> tuple[Rows, list[int], list[str]]:
    """A grid without the headings over its rows.

    Returns:
        The rows, the number of each in the file, from 1, and the notes on those left out.
    """
    groups = dict.fromkeys(i for i, row in enumerate(grid) if i and is_group(row))
    kept = [i for i in range(len(grid)) if i not in groups]
    names = ", ".join(dict.fromkeys(repr(grid[i][0]) for i in groups))
    notes = [f"headings over rows left out: {names}"] if groups else []
    return [list(grid[i]) for i in kept], [i + 1 for i in kept], notes


def spread_over(rows: Sequence[Sequence[str]]) -> tuple[Rows, str]:
    """Delimited text whose upper headings stand over the blank cells right of them, as merged cells are saved.

    Returns:
        The rows, and the note that names the headings that were spread, or "".
    """
    depth = next((i for i, row in enumerate(rows) if any(map(looks_numeric, row))), 0)
    if depth < 2:
        return [list(row) for row in rows], ""
    made = [list(row) for row in rows]
    spread: dict[str, None] = {}
    for i in range(depth - 1):
        for j in range(1, len(made[i])):
            under = [row[j] for row in rows[i + 1 : depth] if j < len(row)]
            if not made[i][j] and made[i][j - 1] and any(under) and (j - 1 or i):
                made[i][j] = made[i][j - 1]
                spread[made[i][j]] = None
    return (
        made,
        f"headings taken to span the blank cells right of them: {', '.join(map(repr, spread))}" if spread else "",
    )
