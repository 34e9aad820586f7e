"""HTML: tables, headings, paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

from analysis.tables.grid import Span, laid_out
from claims.phrases import each_word
from claims.readers.blocks import Block, Heading, ListItem, Paragraph, TableBlock, TableRow
from claims.readers.columns import rank
from claims.readers.draft import Draft, Layout, MalformedError, as_it_stands
from claims.readers.markup import parsable
from claims.readers.options import ROLES, ReadOptions
from claims.readers.prose import read_blocks, without_label
from claims.readers.source import ReportFile
from claims.readers.struck import assert_only
from claims.words import Words

_PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"\s*<(?:table|div|section|article|main|p|h[1-6]|ul|ol|script|style|meta)\b", re.IGNORECASE)
_OTHER_MARKUP = re.compile(r"^#{1,6}[ \t]+\S|^\|.*\|[ \t]*$|\*\*\w", re.MULTILINE)

_ENDINGS = frozenset((".html", ".htm", ".xhtml"))

_UNSEEN = frozenset(("script", "style", "template", "noscript", "svg", "select", "textarea"))
_BREAKS = each_word(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form "
    "header hr html main nav ol p pre section summary ul li h1 h2 h3 h4 h5 h6 table title"
)
_BOLD = "\x01"
"""Mark of the beginning and end of bold text, until a block is made of it."""
_NO_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction)
_WIDEST_SPAN = 50
"""Columns or rows that one cell may cover; more is a mistake or an attack."""
_DEEPEST = 2000
"""Tags within tags beyond which a document is refused."""


def recognise(source: ReportFile, text: str, _: ReadOptions) -> bool:
    """True if a text is an HTML page, or begins with a tag and has nothing of Markdown."""
    begins_with_tag = text[:200].lstrip().startswith("<")
    if (begins_with_tag and _PAGE.search(text, 0, 5000)) or (source.ending in _ENDINGS and "<" in text):
        return True
    return bool(_ANY_TAG.match(text)) and not _OTHER_MARKUP.search(text)


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads an HTML page."""
    return read_blocks(html_blocks(text), words, options)


def html_blocks(markup: str, above: int = 0) -> list[Block]:
    """The blocks of an HTML text that are said; `above` is the number of lines of the file above it.

    Raises:
        MalformedError: tags nested too deeply.
    """
    builder = _Builder(above)
    soup = BeautifulSoup(parsable(markup), "html.parser")
    assert_only(soup)
    for tag, text in _walk(soup):
        builder.take(tag, text)
    builder.flush()
    return builder.blocks


def _walk(soup: BeautifulSoup) -> Iterator[tuple[Tag | None, str]]:
    """Tags in order as (tag, "open") and (tag, "close"), text between them as (None, text)."""
    stack: list[tuple[Tag, Iterator[object]]] = [(soup, iter(soup.children))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield parent, "close"
        elif isinstance(child, Tag):
            if len(stack) > _DEEPEST:
                raise MalformedError(f"nests tags deeper than {_DEEPEST:,}; no report needs that")
            if child.name not in _UNSEEN:
                yield child, "open"
                stack.append((child, iter(child.children)))
        elif isinstance(child, NavigableString) and not isinstance(child, _NO_TEXT):
            yield None, str(child)


@dataclass(slots=True)
class _OpenTable:
    """A table being built: rows of cells, each with its line."""

    rows: list[tuple[list[Span], int]] = field(default_factory=list)
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)


class _Builder:
    """Gathers text into blocks as tags open and close."""

    def __init__(self, above: int) -> None:
        self.blocks: list[Block] = []
        self._above = above
        self._text: list[str] = []
        self._line: int = 0
        self._kind: str = "p"
        self._lists = 0
        self._term = ""
        self._tables: list[_OpenTable] = []

    def take(self, tag: Tag | None, text: str) -> None:
        """Takes the next event."""
        if tag is None:
            (self._text if not self._tables else self._cell()).append(text)
        elif self._tables or tag.name == "table":
            self._in_table(tag, opening=text == "open")
        elif tag.name == "br":
            self._text.append("\n" if text == "open" else "")
        elif tag.name in _BREAKS:
            self._break(tag, opening=text == "open")
        elif tag.name in {"b", "strong"}:
            self._text.append(_BOLD)
        elif _tells_value(tag):
            self._text.append("\n")

    def _cell(self) -> list[str]:
        cell = self._tables[-1].cell
        return cell if cell is not None else []

    def _break(self, tag: Tag, *, opening: bool) -> None:
        self.flush()
        if tag.name in {"ul", "ol"}:
            self._lists += 1 if opening else -1
        if opening:
            self._line = tag.sourceline or 0
            inner_paragraph = tag.name in {"p", "div"} and self._kind == "li"
            self._kind = self._kind if inner_paragraph else str(tag.name)
        elif tag.name not in {"p", "div"} or self._kind != "li":
            self._kind = "p"

    def flush(self) -> None:
        """Makes a block of the text gathered so far."""
        lines = tuple(filter(None, map(_collapsed, "".join(self._text).split("\n"))))
        self._text = []
        if not lines:
            return
        if self._kind == "dt":
            self._term = " ".join(lines).replace(_BOLD, "")
            return
        line = self._above + self._line
        if re.fullmatch("h[1-6]", self._kind):
            self.blocks.append(Heading(" ".join(lines).replace(_BOLD, ""), int(self._kind[1]), line))
        elif self._kind == "li":
            self.blocks.append(ListItem(_without_label(lines), line, max(0, self._lists - 1)))
            self._kind = "p"
        elif self._kind != "title":
            lines = tuple(line.replace(_BOLD, "") for line in lines)
            self.blocks.append(Paragraph((_named(self._term, lines[0]), *lines[1:]), line))
            self._term = ""

    def _in_table(self, tag: Tag, *, opening: bool) -> None:
        name = tag.name
        if name == "table" and opening:
            self.flush()
            self._tables.append(_OpenTable())
        elif name == "table":
            self._close_table()
        elif name == "tr":
            self._close_cell()
            if opening:
                self._tables[-1].rows.append(([], self._above + (tag.sourceline or 0)))
        elif name in {"td", "th"}:
            self._cell_tag(tag, opening=opening)
        elif name in _BREAKS or name == "br":
            self._cell().append("\n")

    def _cell_tag(self, tag: Tag, *, opening: bool) -> None:
        table = self._tables[-1]
        self._close_cell()
        if opening:
            table.cell = []
            table.spans = _span(tag, "colspan"), _span(tag, "rowspan")
            if not table.rows:
                table.rows.append(([], self._above + (tag.sourceline or 0)))

    def _close_cell(self) -> None:
        """Ends the open cell; a new cell, row or table end does so too, for many leave out `</td>`."""
        table = self._tables[-1]
        if table.cell is not None:
            table.rows[-1][0].append(Span(_collapsed("".join(table.cell)), *table.spans))
            table.cell = None

    def _close_table(self) -> None:
        self._close_cell()
        rows = list(_rows(self._tables.pop()))
        if len(rows) > 1:
            self.blocks.append(TableBlock(rows[0].cells, tuple(rows[1:])))
        if self._tables:
            self._cell().extend(" ".join(row.cells) for row in rows)


def _named(term: str, text: str) -> str:
    """The definition of a term as a field; alone where the term is none of ours."""
    told = term.rstrip(": ")
    return f"{told}: {text}" if any(rank(told, role) is not None for role in ROLES) else text


def _without_label(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a list entry without emphasis and without a label in bold before them."""
    text = "\n".join(lines)
    marked = text.replace("**", "").replace(_BOLD, "**")
    bare = without_label(marked)
    return tuple((text.replace(_BOLD, "") if bare == marked else bare.replace("**", "")).split("\n"))


def _tells_value(tag: Tag) -> bool:
    """True if a tag is set apart as a mark or a confidence by its class ("badge verified")."""
    words = " ".join(map(str, tag.get("class") or ())).replace("-", " ")
    return bool(words) and any(
        rank(word, role) is not None for word in words.split() for role in ("mark", "confidence")
    )


def _rows(table: _OpenTable) -> Iterator[TableRow]:
    """The rows of a table, cells that cover several columns or rows repeated in each.

    Raises:
        MalformedError: it is larger than any table of claims.
    """
    try:
        laid = laid_out([cells for cells, _ in table.rows])
    except ValueError as error:
        raise MalformedError(str(error)) from None
    yield from (TableRow(texts, line) for texts, (_, line) in zip(laid, table.rows, strict=True) if any(texts))


def _span(tag: Tag, name: str) -> int:
    told = str(tag.get(name, "1")).strip()
    return min(_WIDEST_SPAN, max(1, int(told))) if told.isdecimal() and len(told) < 5 else 1


def _collapsed(text: str) -> str:
    return " ".join(text.split())


LAYOUT = Layout("html", recognise, as_it_stands, read)
