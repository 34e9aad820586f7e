"""A table's texts before anything is understood, and the limits of what is read at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.wording import counted

MOST_CELLS = 5_000_000
MOST_COLUMNS = 20_000
"""Larger tables are refused before anything is laid out."""


@dataclass(frozen=True, slots=True)
class TextGrid:
    """Rows of texts, spanning cells repeated.

    Attributes:
        caption: the words above or below the table.
        rows: header and body rows, of any length.
        depth: how many rows are headers; None where the rows themselves must tell.
        pointer: where in its source the table stands.
        latex: whether the texts are LaTeX.
    """

    caption: str
    rows: tuple[tuple[str, ...], ...]
    depth: int | None = None
    pointer: str = ""
    latex: bool = False


def rectangular(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """The rows at one width, empty cells added and columns without any text at the right left out.

    Raises:
        ValueError: the rectangle is larger than any table of results.
    """
    found = [list(row) for row in rows]
    for row in found:
        while row and not row[-1].strip():
            row.pop()
    width = max(map(len, found), default=0)
    if width > MOST_COLUMNS or width * len(found) > MOST_CELLS:
        raise ValueError(
            f"is a table of {counted(len(found), 'row')} and {counted(width, 'column')}; "
            f"at most {MOST_COLUMNS} columns and {MOST_CELLS} cells are read; cut it to the part that matters"
        )
    for row in found:
        row += [""] * (width - len(row))
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """A cell as its source has it.

    Attributes:
        text: its content. across, down: how many columns and rows it covers, as the source claims.
    """

    text: str
    across: int = 1
    down: int = 1


def laid_out(rows: Sequence[Sequence[Span]], *, covered_are_listed: bool = False) -> tuple[tuple[str, ...], ...]:
    r"""The rows with every span repeated.

    Args:
        rows: cells by row.
        covered_are_listed: whether a row lists the cells that a span from above covers (as LaTeX's
            \multirow does, with an empty cell) or leaves them out (as HTML does).

    Raises:
        ValueError: the table would be larger than any table of results.
    """
    width = _width(rows)
    hanging: dict[int, tuple[int, str]] = {}
    placed: list[list[str]] = []
    total = 0
    for cells in rows:
        row = _listed(cells, hanging, width) if covered_are_listed else _skipped(cells, hanging, width)
        total += len(row)
        if total > MOST_CELLS:
            raise ValueError(f"is a table of more than {MOST_CELLS} cells; cut it to the part that matters")
        placed.append(row)
        if covered_are_listed:
            _fill_upwards(placed, cells)
    return tuple(map(tuple, placed))


def _fill_upwards(placed: Sequence[list[str]], cells: Iterable[Span]) -> None:
    r"""Repeats a text over the empty cells above it that it covers (`\multirow{-2}`)."""
    column = 0
    for cell in cells:
        for row in placed[-2 : max(-1 + cell.down, -len(placed) - 1) : -1] if cell.down < -1 else ():
            if column < len(row) and not row[column]:
                row[column] = cell.text
        column += max(cell.across, 1)


def _width(rows: Iterable[Sequence[Span]]) -> int:
    """The table's real width: the widest row, where a span counts no more than the cells there are to cover."""
    most = max(map(len, rows), default=0)
    widest = most
    for row in rows:
        claimed = sum(max(cell.across, 1) for cell in row)
        if claimed <= max(4 * most + 64, most):
            widest = max(widest, claimed)
    if widest > MOST_COLUMNS:
        raise ValueError(f"is a table of {widest} columns; at most {MOST_COLUMNS} are read")
    return widest


def _skipped(cells: Iterable[Span], hanging: dict[int, tuple[int, str]], width: int) -> list[str]:
    row: list[str] = []
    for cell in cells:
        while len(row) in hanging:
            row.append(_hung(hanging, len(row)))
        for _ in range(min(max(cell.across, 1), max(width - len(row), 1))):
            if cell.down > 1:
                hanging[len(row)] = (cell.down - 1, cell.text)
            row.append(cell.text)
    while len(row) in hanging:
        row.append(_hung(hanging, len(row)))
    return row


def _listed(cells: Iterable[Span], hanging: dict[int, tuple[int, str]], width: int) -> list[str]:
    row: list[str] = []
    for cell in cells:
        for _ in range(min(max(cell.across, 1), max(width - len(row), 1))):
            above = _hung(hanging, len(row)) if len(row) in hanging else ""
            text = cell.text or above
            if cell.down > 1 and cell.text:
                hanging[len(row)] = (cell.down - 1, cell.text)
            row.append(text)
    return row


def _hung(hanging: dict[int, tuple[int, str]], column: int) -> str:
    left, text = hanging.pop(column)
    if left > 1:
        hanging[column] = (left - 1, text)
    return text
