"""A stored paper: origin, sections, sentences, tables and references."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.tables.grid import TextGrid

BODY, CAPTION, NOTE = "body", "caption", "note"
"""Kinds of sentence: of the running text, of a caption, of a footnote or other small print."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place.

    Attributes:
        text: on one line. section: the heading it stands under, "" above the first.
        page: from 1; 0 in kinds without pages. line: of its first word, on the page or in the file, from 1.
        kind: one of `BODY`, `CAPTION`, `NOTE`.
    """

    text: str
    section: str
    page: int
    line: int
    kind: str = BODY


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table as printed.

    Attributes:
        label: its name in the paper, "Table 2"; "" where it has none.
        caption: its words, the label among them.
        grid: its texts; bold ones between `**`, underlined ones in `<u>`.
        page: from 1; 0 in kinds without pages.
        lines: of each row of the grid, its line on the page or in the file; 0 where unknown.
        doubts: why its rows or columns may not be whole; a table with doubts is shown and not used.
    """

    label: str
    caption: str
    grid: TextGrid
    page: int = 0
    lines: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading; level 1 is the highest."""

    title: str
    level: int
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was read.

    Attributes:
        kind: of file, "pdf", "tex", "html", "jats", "markdown", "text", "docx".
        title: "" where none is found.
        ids: "arxiv", "doi" → as printed in the paper or its file name, without version.
        version: "v1"; "" where unknown.
        pages: number of pages; 0 in kinds without pages.
        empty_pages: pages on which no text was found. parts: further files it was made of.
    """

    kind: str
    title: str
    ids: dict[str, str]
    version: str
    pages: int
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[PaperTable, ...]
    references: tuple[str, ...]
    empty_pages: tuple[int, ...] = field(default=())
    parts: tuple[str, ...] = field(default=())
