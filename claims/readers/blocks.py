"""Blocks of a document, in order: headings, paragraphs, list items and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest. `line` counts from 1 here and below."""

    text: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of prose, as written."""

    lines: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """The lines, still wrapped."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class ListItem:
    """An entry of a list, as written, without its bullet or number; depth 0 is the outermost."""

    lines: tuple[str, ...]
    line: int
    depth: int = 0

    @property
    def text(self) -> str:
        """The lines, still wrapped."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells of a table's row, as written, and the line it starts on (0 where there are none)."""

    cells: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its column names.

    Attributes:
        header: names of the columns. rows: the rows below it.
        data: True if the table is the whole file (CSV, JSON), not a part of some prose.
    """

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    data: bool = False

    @property
    def line(self) -> int:
        """The line that the table starts on; 0 without rows."""
        return self.rows[0].line - 1 if self.rows else 0


Block: TypeAlias = Heading | Paragraph | ListItem | TableBlock
