"""A table's texts before anything is understood, and the limits of what is read at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
            f"is a table of {len(found)} rows and {width} columns; at most {MOST_COLUMNS} columns "
            f"and {MOST_CELLS} cells are read; cut it to the part that matters"
        )
    for row in found:
        row += [""] * (width - len(row))
    return found
