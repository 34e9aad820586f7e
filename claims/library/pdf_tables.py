"""Tables of a PDF's page: their regions, and their texts as a grid.

A table stands beside its caption, between rules of one width where it has such (`regions`). Its
columns are the blanks that run through all its rows; what does not fit into them raises a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.numbers import parse_cell
from analysis.tables.grid import TextGrid
from claims.library.model import PaperTable
from claims.library.pdf_header import PdfHeader, header_of
from claims.library.pdf_lines import (
    PdfColumns,
    PrintedLine,
    PrintedRow,
    captions,
    chunks,
    columns_of,
    common_size,
    is_body,
    is_number,
    rows_of,
    worded,
)
from claims.library.pdf_page import Page, Rule, Word
from claims.library.pdf_regions import Region, joined_rules, regions
from claims.library.pdf_wrapped import heading_doubt, joined_rows

EDGE = 0.09
"""Share of a page's height at either end in which running heads and page numbers stand."""
NEAR = 2.5
"""Largest distance of a further row below a table's last rule, as a multiple of the size of letters."""
LEAST_PARTS = 3
"""Texts of a row at least that may be one of a table."""


@dataclass(frozen=True, slots=True)
class Continued:
    """The tables of a page that may continue elsewhere.

    Attributes:
        here: numbers of the tables that continue in the next column of their page.
        last: number of the table that ends at the end of the page; None where none does.
        begins: True if the page begins with rows of a table without a caption.
    """

    here: frozenset[int]
    last: int | None
    begins: bool


def continued(page: Page, lines: Sequence[PrintedLine], regions: Sequence[Region]) -> Continued:
    """The tables of a page that may continue elsewhere.

    Args:
        page: with its words.
        lines: of the page.
        regions: of its tables, those without a caption among them.
    """
    size = common_size(page.words)
    words = [word for word in page.words if word.upright]
    tops = [region.left for region in regions if region.caption is None and _at_end(page, region, words, above=True)]
    tops += _rows_at_the_top(page, regions, words, size)
    here, last = set(), None
    for n, region in enumerate(regions):
        if not _at_end(page, region, words, above=False):
            continue
        if any(left > (region.left + region.right) / 2 for left in tops):
            here.add(n)
        elif not any(line.left > region.right + 5 for line in lines if _is_text(page, line, regions)):
            last = n
    return Continued(frozenset(here), last, any(left < page.width / 2 for left in tops))


def _is_text(page: Page, line: PrintedLine, regions: Sequence[Region]) -> bool:
    """True if a line is no part of a table, running head or page number."""
    return _inside(page, line.words[0]) and not any(region.holds(line.words[0]) for region in regions)


def _inside(page: Page, word: Word) -> bool:
    return EDGE < word.base / page.height < 1 - EDGE


def _at_end(page: Page, region: Region, words: Sequence[Word], *, above: bool) -> bool:
    """True if nothing of its column stands above a table, or below it."""
    return not any(
        region.left - 5 < word.middle < region.right + 5
        and _inside(page, word)
        and (word.base > region.top if above else word.base < region.bottom)
        for word in words
        if region.caption is None or not any(word in line.words for line in region.caption.lines)
    )


def _rows_at_the_top(page: Page, regions: Sequence[Region], words: Sequence[Word], size: float) -> list[float]:
    """Left ends of the topmost rows of the page and of its right half, of those that look like rows of a table."""
    found = []
    for half in (0.0, page.width / 2):
        own = [word for word in words if word.left >= half and _inside(page, word)]
        rows = rows_of(own)[:1]
        for row in rows:
            parts = chunks(row.words, size)
            numbers = sum(is_number(part.text) for part in parts)
            free = not any(region.holds(word) for region in regions for word in row.words)
            if free and len(parts) >= LEAST_PARTS and numbers > 1 and is_body(parts):
                found.append(parts[0].left)
    return found


def row_below(page: Page, region: Region, size: float) -> PrintedRow | None:
    """The row right below a table, if it looks like one of it."""
    own = {word for line in region.caption.lines for word in line.words} if region.caption else set()
    near = [
        word
        for word in page.words
        if word.upright
        and word not in own
        and region.bottom - NEAR * size < word.base < region.bottom
        and region.left - 3 <= word.left
        and word.right <= region.right + 3
    ]
    for row in rows_of(near)[:1]:
        parts = chunks(row.words, size)
        numbers = sum(is_number(part.text) for part in parts)
        if len(parts) >= LEAST_PARTS and numbers > 1 and is_body(parts):
            return row
    return None


MOST_HEADER_ROWS = 4
GOES_ON = "it may go on in the next column or on the next page"
SIGN = re.compile(r"(?:(?<=[/(])|^)\s*([-+−–])\s+(?=\.?\d)")
DIGIT = re.compile(r"\d")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]")
HALF = re.compile(r"/\s*[-–—]$|^[-–—]\s*/")
"""A pair of which one number was not measured."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table.

    Attributes:
        table: as read. words: ids of the word objects that are its own, without the caption's.
        below: True if it stands below its caption; None where it has none.
    """

    table: PaperTable
    words: frozenset[int]
    below: bool | None


@dataclass(frozen=True, slots=True)
class PageTables:
    """The tables of a page.

    Attributes:
        found: in order. last: number of the table that may continue on the next page; None where none may.
        begins: True if the page begins with rows of a table without a caption.
    """

    found: list[FoundTable]
    last: int | None
    begins: bool


def tables_on(page: Page, lines: Sequence[PrintedLine]) -> PageTables:
    """The tables of a page that have a caption or stand between rules."""
    found: list[FoundTable] = []
    kept: list[Region] = []
    for region in regions(page, captions(page, lines), lines):
        beside = {id(word) for line in lines if _runs_through(line, region) for word in line.words}
        inside = [word for word in page.words if region.holds(word) and id(word) not in beside]
        if inside:
            found.append(_Reading(page, region, inside).found(lines))
            kept.append(region)
    goes_on = continued(page, lines, kept)
    for n in goes_on.here:
        found[n] = replace(found[n], table=with_doubt(found[n].table, GOES_ON))
    return PageTables(found, goes_on.last, goes_on.begins)


def with_doubt(table: PaperTable, doubt: str) -> PaperTable:
    """A table with a further doubt."""
    return replace(table, doubts=tuple(dict.fromkeys((*table.doubts, doubt))))


def _runs_through(line: PrintedLine, region: Region) -> bool:
    """True if a line of the text beside a table reaches into its region."""
    within = sum(region.left - 6 <= word.left and word.right <= region.right + 6 for word in line.words)
    return within * 2 < len(line.words)


class _Reading:
    """One table as it is being read."""

    def __init__(self, page: Page, region: Region, words: Sequence[Word]) -> None:
        self.page, self.region = page, region
        self.words = words
        self.turned = [word for word in words if not word.upright]
        self.rows = rows_of(word for word in words if word.upright)
        self.size = common_size(word for row in self.rows for word in row.words) or 1.0
        self.rows, doubts = joined_rows(self.rows, columns_of(self.rows, self.size), region.inner, self.size)
        self.doubts: dict[str, None] = dict.fromkeys(doubts)
        self.caption = region.caption.text if region.caption else ""
        self.below = region.below if region.caption else None
        if region.caption is None:
            self.doubts["it has no caption; it may be a part of another table or of a figure"] = None
        if row := row_below(page, region, self.size):
            self.doubts[f"a row stands below its last rule: {row.text[:40]!r}"] = None
        if unreadable := next((word.text for word in words if CONTROL.search(word.text)), ""):
            self.doubts[f"a sign of {CONTROL.sub('?', unreadable)!r} is no letter that the file tells"] = None

    def found(self, lines: Sequence[PrintedLine]) -> FoundTable:
        """The table as read, with its doubts."""
        ids = frozenset(map(id, self.words))
        numbers = {id(word): line.number for line in lines for word in line.words}
        columns = columns_of(self.rows, self.size)
        if columns is None:
            texts = tuple((" ".join(word.text for word in row.words),) for row in self.rows)
            self.doubts["its columns cannot be told apart"] = None
            return FoundTable(self._table(TextGrid(self.caption, texts, None), ()), ids, self.below)
        depth = self._depth(columns)
        edges = self.region.left, self.region.right
        header = header_of(self.rows[:depth], columns, joined_rules(self.page.rules), self.page.bars, self.size, edges)
        self.doubts |= dict.fromkeys(header.doubts)
        body, at = self._body(columns, depth)
        rows = [*header.texts, *(texts for texts, _ in body)]
        places = [numbers.get(id(row.words[0]), 0) for row in header.rows] + [numbers.get(id(w), 0) for w in at]
        self._check(header, [texts for texts, _ in body])
        grid = TextGrid(self.caption, tuple(map(tuple, rows)), len(header.texts) or None, f"page {self.page.number}")
        return FoundTable(self._table(grid, tuple(places)), ids, self.below)

    def _table(self, grid: TextGrid, places: tuple[int, ...]) -> PaperTable:
        label = self.region.caption.label if self.region.caption else ""
        return PaperTable(label, self.caption, grid, self.page.number, places, tuple(self.doubts))

    def _depth(self, columns: PdfColumns) -> int:
        """The number of header rows: those above the first rule that follows names of most columns."""
        first = next((n for n, row in enumerate(self.rows) if columns.is_dense(row)), 0)
        for rule in self.region.inner:
            above = [row for row in self.rows if row.base > rule.height]
            named = any(len(chunks(row.words, self.size)) * 2 > len(columns) for row in above)
            if named and len(above) <= MOST_HEADER_ROWS + 1 and len(above) < len(self.rows):
                counted = sum(columns.is_dense(row) for row in above)
                if counted <= 1:
                    return next((n for n, row in enumerate(above) if columns.is_dense(row)), len(above))
            if named:
                break
        while first and self._heads(self.rows[first - 1], columns):
            first -= 1
        return min(first, MOST_HEADER_ROWS)

    def _heads(self, row: PrintedRow, columns: PdfColumns) -> bool:
        """True if a row above the first numbers is a heading of the rows below it rather than of columns."""
        parts = chunks(row.words, self.size)
        return len(parts) == 1 and len(columns) > 2 and row is not self.rows[0]

    def _body(self, columns: PdfColumns, depth: int) -> tuple[list[tuple[list[str], Word]], list[Word]]:
        body: list[tuple[list[str], Word]] = []
        blocks = self._blocks(depth)
        shown: object = None
        for at, row in enumerate(self.rows[depth:], depth):
            block = next((b for b in blocks if b.top > row.base > b.bottom), None)
            if block and block is not shown:
                body.append(([block.text, *[""] * (len(columns) - 1)], row.words[0]))
            elif shown and not block and columns.is_dense(row):
                self.doubts["rows below a turned heading have none of their own"] = None
            parts = chunks(row.words, self.size)
            if len(parts) == 1 and not columns.is_dense(row):
                if doubt := heading_doubt(self.rows, at, columns, self.region.inner, self.size):
                    self.doubts[doubt] = None
                body.append(([_text(parts[0].words), *[""] * (len(columns) - 1)], row.words[0]))
                shown = None
                continue
            shown = block
            body.append((self._cells(row, columns), row.words[0]))
        return body, [word for _, word in body]

    def _cells(self, row: PrintedRow, columns: PdfColumns) -> list[str]:
        cells: list[list[Word]] = [[] for _ in range(len(columns))]
        for word in row.words:
            column = columns.holding(word)
            if column is None:
                self.doubts[f"{word.text!r} stands in no column"] = None
                column = columns.nearest(word)
            cells[column].append(word)
        filled = sum(map(bool, cells))
        if filled * 2 < len(columns) and not any(is_number(w.text) for w in row.words):
            self.doubts[f"a row holds text in {filled} of {len(columns)} columns: {row.text[:40]!r}"] = None
        ruled = [_underlined(words, self.page.rules) for words in cells]
        return [_text(words, under) for words, under in zip(cells, ruled, strict=True)]

    def _blocks(self, depth: int) -> list[_Block]:
        """The rows that each turned heading stands over: those between the rules on either side of it."""
        last = self.rows[depth].base + self.size if depth < len(self.rows) else 0.0
        heights = [last, *(r.height for r in self.region.inner if r.height < last), self.region.bottom]
        spans = list(pairwise(heights))
        blocks = []
        for word in self.turned:
            middle = word.base + word.size / 2
            around = [span for span in spans if span[0] > middle > span[1]]
            if not around:
                self.doubts[f"the turned heading {word.text!r} stands over no rows"] = None
                continue
            blocks.append(_Block(word.text, *around[0]))
        if len({(block.top, block.bottom) for block in blocks}) < len(blocks):
            self.doubts["several turned headings stand over the same rows"] = None
        return blocks

    def _check(self, header: PdfHeader, body: Sequence[Sequence[str]]) -> None:
        """Doubts about cells: numbers that are not read, columns that hold several."""
        width = len(header.names)
        for column in range(1, width):
            texts = [row[column] for row in body if row[column]]
            numbers = [parse_cell(_bare(text)).layout for text in texts if DIGIT.search(text)]
            odd = [t for t in texts if DIGIT.search(t) and parse_cell(_bare(t)).layout == "text" and not HALF.search(t)]
            if odd and len(odd) * 2 < len(numbers):
                self.doubts[f"{_bare(odd[0])!r} in column {header.names[column] or column + 1!r} is no number"] = None
            elif odd and any(_several(text) or not any(map(str.isalpha, text)) for text in odd):
                self.doubts[f"column {header.names[column] or column + 1!r} holds several numbers a cell"] = None
        if not any(is_number(_bare(text)) for row in body for text in row[1:]):
            self.doubts["it holds no numbers"] = None


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    top: float
    bottom: float


def _bare(text: str) -> str:
    return text.replace("**", "").replace("<u>", "").replace("</u>", "")


def _several(text: str) -> bool:
    words = _bare(text).split()
    return len(words) > 1 and sum(map(is_number, words)) == len(words)


def _text(words: Sequence[Word], underlined: bool = False) -> str:
    """The text of a cell with its marks."""
    if not words:
        return ""
    whole = worded(words)
    text = SIGN.sub(lambda found: found[0].replace(" ", "").replace("−", "-"), whole)
    text = text.replace("/-", "/ -").replace("/+", "/ +")
    if DIGIT.search(text) and is_number(text):
        text += "".join(word.mark for word in words if not any(map(str.isalnum, word.mark)))
        if all(word.bold for word in words if DIGIT.search(word.text)):
            text = f"**{text}**"
    return f"<u>{text}</u>" if underlined else text


def _underlined(words: Sequence[Word], rules: Iterable[Rule]) -> bool:
    """True if a rule of about the width of a cell's words runs right below them."""
    if not words:
        return False
    left, right, base, size = words[0].left, words[-1].right, words[0].base, words[0].size
    return any(
        0 < base - rule.height < 0.35 * size and abs(rule.left - left) < size and abs(rule.right - right) < size
        for rule in rules
    )
