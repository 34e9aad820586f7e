"""Papers in PDF, by pypdfium2 (an extra), which tells where every letter stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.errors import InputError, MissingDataError
from claims.library.flowing import Hyphens, PrintedParagraph, TextLine, entries, is_reference_heading, sentences_of
from claims.library.model import BODY, CAPTION, NOTE, Paper, PaperTable, Section
from claims.library.naming import identified
from claims.library.pdf_lines import PrintedLine, is_caption, lines_of
from claims.library.pdf_page import Page, page_of
from claims.library.pdf_tables import GOES_ON, tables_on, with_doubt
from claims.readers.sections import NUMBERED, known_section, section_name
from claims.sentences import ends_sentence

MOST_PAGES = 2_000
PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s+(?:of|/)\s+\d{1,4})?", re.IGNORECASE)
APPENDIX = re.compile(r"(?P<number>[A-Z](?:\.\d{1,2}){0,2})\.?\s+[A-Z]\S*(?:\s+\S+){0,9}")
EDGE = 0.09
"""Share of a page's height at either end in which running heads and page numbers stand."""
LONGEST_HEADING = 110


def read(name: str, data: bytes) -> Paper:
    """A paper in PDF.

    Args:
        name: of the file, for messages.
        data: its bytes.

    Raises:
        MissingDataError: pypdfium2 is not installed.
        InputError: the file is damaged, locked, too long, or holds no text.
    """
    document = _opened(name, data)
    try:
        if len(document) > MOST_PAGES:
            raise InputError(name, f"has {len(document):,} pages, more than the {MOST_PAGES:,} of any paper; split it")
        layout = _Layout()
        for index in range(len(document)):
            layout.take(_page(name, document, index))
        if not any(layout.filled):
            raise InputError(name, "is a PDF without text, perhaps a scan; run text recognition (OCR) on it first")
        return layout.paper(name)
    finally:
        document.close()


def _page(name: str, document: Any, index: int) -> Page:
    try:
        return page_of(document, index)
    except RuntimeError as error:  # of which pypdfium2's own error is one
        raise InputError(name, f"has a page {index + 1} that cannot be read ({error}); print it to a new PDF") from None


def _opened(name: str, data: bytes) -> Any:
    try:
        import pypdfium2
    except ImportError as error:
        message = f'{name}: reading papers in PDF needs pypdfium2; install it: pip install "claimgauge[sources]"'
        raise MissingDataError(message) from error
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(name, "is a PDF locked by a password; save it without one") from None
        raise InputError(name, f"is a PDF that cannot be read ({error}); print it to a new PDF") from None


@dataclass(slots=True)
class _Layout:
    """A document as it is put together, page by page; of a page only its text is kept."""

    lines: list[list[PrintedLine]] = field(default_factory=list)
    tables: list[PaperTable] = field(default_factory=list)
    sides: list[bool | None] = field(default_factory=list)
    open: int | None = None
    filled: list[bool] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)

    def take(self, page: Page) -> None:
        """Adds a page; its tables are taken out of its text."""
        lines = lines_of(page)
        self.filled.append(bool(lines))
        self.heights.append(page.height)
        found = tables_on(page, lines)
        if found.begins and self.open is not None:
            self.tables[self.open] = with_doubt(self.tables[self.open], GOES_ON)
        gone = {word for one in found.found for word in one.words}
        self.open = None if found.last is None else len(self.tables) + found.last
        self.sides += [one.below for one in found.found]
        self.tables += [one.table for one in found.found]
        kept = [replace(line, words=tuple(w for w in line.words if id(w) not in gone)) for line in lines]
        self.lines.append([line for line in kept if line.words])

    def paper(self, name: str) -> Paper:
        """The paper, once all pages are in."""
        pages = [self._without_edges(n) for n in range(len(self.lines))]
        sizes: Counter[float] = Counter()
        for line in (line for lines in pages for line in lines):
            sizes[round(line.size, 1)] += len(line.text)
        flow = _PdfFlow(sizes.most_common(1)[0][0] if sizes else 0.0)
        title = _title(pages[0]) if pages else ""
        for lines in pages:
            for line in lines:
                flow.take(line)
        paragraphs = flow.finished()
        hyphens = Hyphens(line.text for p in paragraphs for line in p.lines)
        prose = [p for p in paragraphs if not is_reference_heading(p.section)]
        listed = [line for p in paragraphs if is_reference_heading(p.section) for line in p.lines]
        first = "\n".join(line.text for line in self.lines[0]) if self.lines else ""
        ids, version = identified(name, first)
        return Paper(
            "pdf", title, ids, version, len(self.lines), tuple(flow.sections),
            tuple(s for p in prose for s in sentences_of(p, hyphens)), tuple(self._tables()),
            tuple(entries([line.text for line in listed], hyphens)),
            tuple(n for n, filled in enumerate(self.filled, 1) if not filled),
        )  # fmt: skip

    def _tables(self) -> Iterator[PaperTable]:
        """The tables, in doubt where captions of one name, or on either side of their tables, may be of others."""
        labels = Counter(table.label for table in self.tables if table.label)
        sides = Counter(side for side in self.sides if side is not None)
        for table, below in zip(self.tables, self.sides, strict=True):
            if labels[table.label] > 1:
                table = with_doubt(table, f"several tables are called {table.label!r}")
            if below is not None and 0 < sides[below] <= sides[not below]:
                table = with_doubt(table, "other captions stand on the other side of their tables")
            yield table

    def _without_edges(self, n: int) -> list[PrintedLine]:
        """The lines of a page without its number and its running head."""
        height = self.heights[n]
        return [line for line in self.lines[n] if EDGE < line.base / height < 1 - EDGE or not self._runs(line, n)]

    def _runs(self, line: PrintedLine, n: int) -> bool:
        if PAGE_NUMBER.fullmatch(line.text):
            return True
        bare = re.sub(r"\d+", "", line.text)
        beside = (m for m in (n - 2, n - 1, n + 1, n + 2) if 0 <= m < len(self.lines))
        return len(line.text) > 3 and any(
            abs(other.base - line.base) < 2 and re.sub(r"\d+", "", other.text) == bare
            for m in beside
            for other in (*self.lines[m][:3], *self.lines[m][-3:])
        )


def _title(lines: Sequence[PrintedLine]) -> str:
    """The lines in the largest letters of the first page's upper half."""
    top = [line for line in lines[:12] if len(line.text) > 3 and not line.text.startswith("arXiv:")]
    if not top:
        return ""
    largest = max(line.size for line in top)
    first = next(i for i, line in enumerate(top) if line.size == largest)
    title = []
    for line in top[first:]:
        if abs(line.size - largest) > 0.3:
            break
        title.append(line.text)
    return " ".join(title)[:300]


class _PdfFlow:
    """The running text; captions and small print stand in its way and do not end its paragraphs."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.sections: list[Section] = []
        self._done: list[PrintedParagraph] = []
        self._open: dict[str, list[PrintedLine]] = {BODY: [], NOTE: [], CAPTION: []}
        self._section = ""
        self._last: PrintedLine | None = None

    def take(self, line: PrintedLine) -> None:
        """Adds a line."""
        if heading := self._heading(line):
            self._flush(BODY, NOTE, CAPTION)
            self._section = heading.title
            self.sections.append(heading)
        elif is_caption(line.text):
            self._flush(CAPTION)
            self._open[CAPTION].append(line)
        elif self._open[CAPTION] and self._near(CAPTION, line):
            self._open[CAPTION].append(line)
        else:
            self._flush(CAPTION)
            small = line.size < 0.93 * self.size and self._section.lower() != "abstract"
            kind = NOTE if small else BODY
            if self._open[kind] and self._parts(self._open[kind][-1], line, kind):
                self._flush(kind)
            self._open[kind].append(line)
        self._last = line

    def finished(self) -> list[PrintedParagraph]:
        """The paragraphs, once all lines are in."""
        self._flush(BODY, NOTE, CAPTION)
        return self._done

    def _flush(self, *kinds: str) -> None:
        for kind in kinds:
            if lines := self._open[kind]:
                printed = tuple(TextLine(line.text, line.page, line.number) for line in lines)
                self._done.append(PrintedParagraph(printed, self._section, kind))
                self._open[kind] = []

    def _near(self, kind: str, line: PrintedLine) -> bool:
        last = self._open[kind][-1]
        below = -0.2 * line.size < last.base - line.base < 1.6 * last.size
        return last is self._last and below and abs(last.size - line.size) < 0.1 * last.size

    def _parts(self, last: PrintedLine, line: PrintedLine, kind: str) -> bool:
        """True if a new paragraph begins with a line."""
        if is_reference_heading(self._section):
            return False
        drop = last.base - line.base
        jumps = drop < -1 or last.page != line.page or last is not self._last
        if not jumps and drop > 1.75 * last.size:
            return True
        if any(word.mark and word.mark == line.words[0].mark for word in line.words[:1]) and kind == NOTE:
            return True  # a footnote begins with its mark
        return ends_sentence(last.text) and (
            jumps or line.left - last.left > 0.7 * line.size or drop > 1.45 * last.size
        )

    def _heading(self, line: PrintedLine) -> Section | None:
        text = line.text
        if len(text) > LONGEST_HEADING or not any(sign.isalpha() for sign in text):
            return None
        larger = line.size > 1.08 * self.size
        numbered = NUMBERED.fullmatch(text) or APPENDIX.fullmatch(text)
        bold = line.is_bold or (len(line.words) > 1 and all(word.bold for word in line.words[1:]))
        known = known_section(text)
        apart = self._last is None or abs(self._last.base - line.base) > 0.5 * line.size
        if not apart or not (larger or bold):
            return None
        if not (numbered or known) and not (
            larger and bold and self.sections
        ):  # above the first section stands the title
            return None
        level = 1 + numbered["number"].count(".") if numbered else 1
        return Section(section_name(text) if known or NUMBERED.fullmatch(text) else text, level, line.page, line.number)
