"""A table of results by others: lines with their header paths, cells with their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from claims.tables.values import Value

Axis = Literal["row", "column"]

OTHER: dict[Axis, Axis] = {"row": "column", "column": "row"}
"""The axis that crosses an axis."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a line's header.

    Attributes:
        text: as printed, best-marks removed. head: the heading of the label column it stands in
            ("Training data"), "section" for a heading above several rows, "" otherwise.
    """

    text: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column.

    Attributes:
        axis: which. index: its place among the lines of the axis, from 0.
        path: its header pieces, from the outermost in.
        number: its row (or column) in the file's grid, from 1.
    """

    axis: Axis
    index: int
    path: tuple[Part, ...]
    number: int

    @property
    def name(self) -> str:
        """The header pieces in one string."""
        return " / ".join(part.text for part in self.path) or f"{self.axis} {self.number}"


@dataclass(frozen=True, slots=True)
class Cell:
    """The numbers where a row and a column meet."""

    row: int
    column: int
    text: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of results.

    Attributes:
        caption: the words above or below it. rows, columns: its lines.
        cells: (row index, column index) → cell, only where there is a number.
        heads: headings of the label columns ("Model", "Training data").
        source: file, and which table of it. sha256: of the file.
    """

    caption: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: Mapping[tuple[int, int], Cell]
    heads: tuple[str, ...] = ()
    source: str = ""
    sha256: str = ""
    _known: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    def lines(self, axis: Axis) -> tuple[Line, ...]:
        """The rows or the columns."""
        return self.rows if axis == "row" else self.columns

    def all_lines(self) -> Iterator[Line]:
        """Rows, then columns."""
        yield from self.rows
        yield from self.columns

    def at(self, line: Line, crossing: Line) -> Cell | None:
        """The cell where two lines of different axes meet; None where no number stands."""
        row, column = (line, crossing) if line.axis == "row" else (crossing, line)
        return self.cells.get((row.index, column.index))
