"""One file of any kind → a paper; its kind is recognised by its content."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.errors import InputError
from claims.library import markup, pdf, tex
from claims.library.flowing import Hyphens, PrintedParagraph, TextLine, entries, is_reference_heading, sentences_of
from claims.library.model import BODY, CAPTION, Paper, PaperTable, Section
from claims.library.naming import identified
from claims.library.pdf_lines import is_caption, lines_of
from claims.library.pdf_page import Page, Rule, Word
from claims.library.pdf_tables import tables_on
from claims.phrases import each_word
from claims.readers import docx, html, latex, markdown
from claims.readers.draft import MalformedError
from claims.readers.options import DEFAULT_OPTIONS
from claims.readers.pdf import is_pdf
from claims.readers.sections import heading_at
from claims.readers.source import ReportFile, decode, open_source
from claims.sentences import ends_sentence

ENDINGS = each_word(".pdf .tex .ltx .html .htm .xhtml .xml .nxml .md .markdown .mmd .txt .text .docx")
"""Endings of files that are taken out of a folder."""
MOST_BYTES = 200_000_000
"""Bytes of a file at most."""
PART = "is a part of a LaTeX document; the file with \\documentclass brings it in"
XML = re.compile(r"\s*<\?xml\b")


@dataclass(frozen=True, slots=True)
class PartError(Exception):
    """A file that is no paper of its own.

    Attributes:
        path: the file.
    """

    path: Path

    def __str__(self) -> str:
        return f"{self.path}: {PART}"


def read_paper(path: Path) -> tuple[Paper, str]:
    """A paper and the SHA-256 of its file.

    Raises:
        InputError: the file is missing, too large, empty, binary of no kind that is read, damaged, locked.
        MissingDataError: the package that reads its kind is not installed.
        PartError: it is a LaTeX file that others bring in.
    """
    source = opened_file(path)
    return paper_of(source), source.sha256


def opened_file(path: Path) -> ReportFile:
    """The bytes of a file.

    Raises:
        InputError: it is missing, no plain file, too large or empty.
    """
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        size = f"{path.stat().st_size / 1e6:,.0f} MB"
        raise InputError(str(path), f"has {size}, more than the {MOST_BYTES / 1e6:.0f} MB of any paper; leave it out")
    return open_source(path, MOST_BYTES)


def paper_of(source: ReportFile) -> Paper:
    """The paper that a file's bytes hold; raises as `read_paper` does."""
    try:
        paper = _read(source)
    except MalformedError as error:
        raise InputError(str(source.path), error.faults) from None
    except RecursionError:
        raise InputError(str(source.path), "is nested too deep to be read") from None
    if not paper.sentences and not paper.tables:
        raise InputError(str(source.path), f"holds no sentence and no table (read as {paper.kind})")
    return paper


def _read(source: ReportFile) -> Paper:
    name = str(source.path)
    if is_pdf(source):
        return pdf.read(name, source.data)
    if docx.recognise(source, "", DEFAULT_OPTIONS):
        return markup.read_html("docx", source.path.name, next(docx.texts(source, "")))
    text = decode(source)
    if latex.recognise(source, text, DEFAULT_OPTIONS) and source.ending not in {".md", ".markdown", ".mmd"}:
        if source.ending in {".tex", ".ltx"} and not tex.is_document(text):
            raise PartError(source.path)
        return tex.read(source.path, text)
    if markup.is_jats(text):
        return markup.read_jats(source.path.name, text)
    if html.recognise(source, text, DEFAULT_OPTIONS) and source.ending not in {".md", ".markdown", ".mmd"}:
        return markup.read_html("html", source.path.name, text)
    if XML.match(text):
        raise source.fault("is XML of no kind that is read; of XML, JATS articles are")
    if markdown.recognise(source, text, DEFAULT_OPTIONS):
        return markup.read_markdown(source.path.name, text)
    return read_plain_text(source.path.name, text)


LETTER = 4.7
"""Size of letters in widths of one, at which two blanks part columns and one does not."""
LEADING = 5.6
TOKEN = re.compile(r"\S+")
RULE = re.compile(r"[-=_─━]{6,}")
ITEM = re.compile(r"\s*(?:[-*•‣]|\(?\d{1,3}[.)])\s+")


def read_plain_text(name: str, text: str) -> Paper:
    """A paper in plain text."""
    pages = text.split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    paged = len(pages) > 1
    tables: list[PaperTable] = []
    lines: list[TextLine] = []
    for number, page in enumerate(pages, 1):
        found, rest = _without_tables(page, number)
        tables += found if paged else [replace(t, page=0, grid=replace(t.grid, pointer="")) for t in found]
        lines += [TextLine(line, number if paged else 0, n) for n, line in enumerate(rest, 1)]
    title = next((line.text.strip() for line in lines if line.text.strip()), "")
    flow = _PlainTextFlow(title)
    flow.take(lines)
    hyphens = Hyphens(line.text for line in lines)
    prose = [p for p in flow.paragraphs if not is_reference_heading(p.section)]
    listed = [line.text for p in flow.paragraphs if is_reference_heading(p.section) for line in p.lines]
    ids, version = identified(name, "\n".join(line.text for line in lines[:60]))
    return Paper(
        "text", title[:300], ids, version, len(pages) if paged else 0, tuple(flow.sections),
        tuple(s for p in prose for s in sentences_of(p, hyphens)), tuple(tables), tuple(entries(listed, hyphens)),
    )  # fmt: skip


def _without_tables(text: str, number: int) -> tuple[list[PaperTable], list[str]]:
    """The tables of a page whose columns kept their places, and its lines without them."""
    lines = text.split("\n")
    if not any(is_caption(line.strip()) for line in lines):
        return [], lines
    words, rules = [], []
    for n, line in enumerate(lines):
        base = -LEADING * n
        if RULE.fullmatch(line.strip()):
            start = len(line) - len(line.lstrip())
            rules.append(Rule(start, start + len(line.strip()), base + 0.3 * LETTER))
            continue
        words += [
            Word(m.group(), m.start(), m.end(), base, LETTER, False, True) for m in TOKEN.finditer(line.expandtabs())
        ]
    page = Page(number, 200.0, LEADING * len(lines), tuple(words), tuple(rules))
    printed = lines_of(page)
    found = tables_on(page, printed).found
    gone = {round(-w.base / LEADING) for w in words for one in found if id(w) in one.words}
    heights = {line.number: round(-line.base / LEADING) + 1 for line in printed}
    tables = [replace(t.table, lines=tuple(heights.get(n, 0) for n in t.table.lines)) for t in found]
    return tables, ["" if n in gone else line for n, line in enumerate(lines)]


class _PlainTextFlow:
    """Paragraphs and headings as they are found."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.paragraphs: list[PrintedParagraph] = []
        self.sections: list[Section] = []
        self._section = ""
        self._open: list[TextLine] = []

    def take(self, lines: list[TextLine]) -> None:
        """Takes all lines."""
        texts = [line.text for line in lines]
        for n, line in enumerate(lines):
            heading = heading_at(texts, n)
            if heading and line.text.strip() != self.title:
                self._flush()
                self._section = heading.text
                self.sections.append(Section(heading.text, heading.level, line.page, line.line))
            elif not line.text.strip():
                if self._open and (self._ended() or self._next_begins(texts, n)):
                    self._flush()
            else:
                if self._open and (ITEM.match(line.text) or is_caption(line.text.strip())):
                    self._flush()
                self._open.append(line)
        self._flush()

    def _ended(self) -> bool:
        return ends_sentence(self._open[-1].text) or not self._open[-1].page

    def _next_begins(self, texts: list[str], n: int) -> bool:
        below = next((text.strip() for text in texts[n:] if text.strip()), "")
        return not below[:1].islower()

    def _flush(self) -> None:
        if self._open:
            kind = CAPTION if is_caption(self._open[0].text.strip()) else BODY
            self.paragraphs.append(PrintedParagraph(tuple(self._open), self._section, kind))
            self._open = []
