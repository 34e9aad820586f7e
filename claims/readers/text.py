"""Plain text, also as it comes out of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.readers.blocks import Block, ListItem, Paragraph, TableBlock, TableRow
from claims.readers.columns import bears
from claims.readers.draft import Draft, Layout, as_it_stands
from claims.readers.options import ReadOptions
from claims.readers.printed import take_printed
from claims.readers.prose import read_blocks
from claims.readers.sections import heading_at
from claims.sentences import ends_sentence
from claims.words import Words

_ITEM = re.compile(
    r"([ \t]*)(?:[-*∗•–▪◦·‣●■►➢\x80-\x9f\uf0b7\uf0a7\uf0d8]|\(?\d{1,3}[.)]|\[\d{1,3}\]|[CH]\d{1,3}[.:)])[ \t]+(?=\S)"
)
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\d{1,4}\s*")
PAGE_BREAK = "\f"
"""A line in whose place a page number stood: blank, but no end of a paragraph."""
_NESTED = 2
"""Blanks by which an entry is set in below the one it belongs to."""


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads plain text: tables of any printed shape, fields, and lists."""
    return read_blocks(text_blocks(text, options), words, options)


def text_blocks(text: str, options: ReadOptions) -> list[Block]:
    """The blocks of a plain text, tables of claims among them."""
    lines = unpaged(text.split("\n"))
    tabbed, lines = take_tabbed(lines, options)
    printed, lines = take_printed(lines, options)
    blocks: list[Block] = [*tabbed, *printed, *_prose(lines)]
    return sorted(blocks, key=lambda block: block.line)


def unpaged(lines: Sequence[str]) -> list[str]:
    """The lines without form feeds and page numbers; those that only part pages become `PAGE_BREAK`."""
    kept = list(lines)
    starts = [i for i, line in enumerate(kept) if "\f" in line]
    for i in starts:
        kept[i] = kept[i].replace("\f", "")
        above = next((j for j in range(i - 1, max(-1, i - 4), -1) if kept[j].strip()), None)
        if above is not None and _PAGE_NUMBER.fullmatch(kept[above]):
            kept[above:i] = [PAGE_BREAK] * (i - above)
            _widen(kept, above)
    for i in _top_numbers(kept, starts):
        kept[i] = PAGE_BREAK
    return kept


def _widen(lines: list[str], at: int) -> None:
    """Makes the blank lines above a page break part of it."""
    while at and not lines[at - 1].strip():
        at -= 1
        lines[at] = PAGE_BREAK


def _top_numbers(lines: Sequence[str], starts: Sequence[int]) -> list[int]:
    """The page numbers at the top of pages: those that count up from page to page."""
    told = {n: (i, int(lines[i])) for n, i in enumerate(starts) if _NUMBER.fullmatch(lines[i])}
    return [
        i for n, (i, number) in told.items() if any(told.get(m, (0, -1))[1] == number + m - n for m in (n - 1, n + 1))
    ]


def _prose(lines: Sequence[str]) -> Iterator[Block]:
    """Headings, paragraphs and entries of lists."""
    gathered: list[str] = []
    start, indent, base = 0, -1, 0
    for i, line in enumerate([*lines, ""]):
        if line == PAGE_BREAK and gathered and _goes_on(gathered[-1], lines, i):
            continue
        heading = heading_at(lines, i) if i < len(lines) else None
        item = None if heading else _ITEM.match(line)
        if gathered and (heading or item or not line.strip()):
            yield _block(gathered, start, indent, base)
            gathered = []
        if heading:
            yield heading
            base = 0
        elif line.strip():
            if not gathered:
                start = i + 1
                base = len(item.group(1)) if item and (indent < 0 or not base) else base
                indent = len(item.group(1)) if item else -1
            gathered.append(line[item.end() :] if item else line)


def _goes_on(above: str, lines: Sequence[str], at: int) -> bool:
    """True if a sentence goes on behind a page break."""
    below = next((line.strip() for line in lines[at:] if line.strip()), "")
    return not ends_sentence(above) and not _ITEM.match(below) and (below[:1].islower() or below[:1].isdigit())


def _block(lines: list[str], start: int, indent: int, base: int) -> Block:
    stripped = tuple(line.strip() for line in lines)
    if indent < 0:
        return Paragraph(stripped, start)
    return ListItem(stripped, start, int(indent - base >= _NESTED))


LAYOUT = Layout("text", lambda *_: True, as_it_stands, read)


def take_tabbed(lines: Sequence[str], options: ReadOptions) -> tuple[list[TableBlock], list[str]]:
    """The tab-separated claims tables of a text, and its lines with those blanked.

    A table starts at a line of column names and ends at the first line without a tab; blank lines
    between its rows do not end it.
    """
    tables: list[TableBlock] = []
    rest = list(lines)
    at = 0
    while at < len(lines):
        header = _cells(lines[at])
        if not names_claims(header, options):
            at += 1
            continue
        rows, end = _rows(lines, at + 1)
        tables.append(TableBlock(tuple(header), tuple(rows)))
        rest[at:end] = [""] * (end - at)
        at = end
    return tables, rest


def names_claims(header: Sequence[str], options: ReadOptions) -> bool:
    """True if some cells are the column names of a claims table."""
    return len(header) > 1 and any(bears(name, "claim", options) for name in header)


def _rows(lines: Sequence[str], at: int) -> tuple[list[TableRow], int]:
    rows: list[TableRow] = []
    end = at
    while at < len(lines):
        cells = _cells(lines[at])
        if len(cells) > 1:
            rows.append(TableRow(tuple(cells), at + 1))
            end = at + 1
        elif lines[at].strip():
            break
        at += 1
    return rows, end


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.rstrip("\n").split("\t")] if "\t" in line.strip() else []
