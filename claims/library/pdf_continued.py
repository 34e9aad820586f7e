"""Tables that go on in the next column or on the next page, and what stands at the top there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.library.pdf_lines import PrintedLine, common_size
from claims.library.pdf_page import Page, Word
from claims.library.pdf_regions import Region
from claims.library.pdf_rows import PrintedRow, chunks, is_body, is_number, rows_of

EDGE = 0.09
"""Share of a page's height at either end in which running heads and page numbers stand."""
NEAR = 2.5
"""How far below a table's last rule a further row of it may stand, as a multiple of the size of letters."""
LEAST_PARTS = 3
"""Texts of a row at least that may be one of a table."""


@dataclass(frozen=True, slots=True)
class Continued:
    """What goes on.

    Attributes:
        here: numbers of the tables that go on in the next column of their page.
        last: number of the table that ends where the page does; None where none does.
        begins: whether the page begins with rows of a table without a caption.
    """

    here: frozenset[int]
    last: int | None
    begins: bool


def continued(page: Page, lines: Sequence[PrintedLine], regions: Sequence[Region]) -> Continued:
    """Which of a page's tables may go on elsewhere.

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
    """Whether a line is no part of a table, running head or page number."""
    return _inside(page, line.words[0]) and not any(region.holds(line.words[0]) for region in regions)


def _inside(page: Page, word: Word) -> bool:
    return EDGE < word.base / page.height < 1 - EDGE


def _at_end(page: Page, region: Region, words: Sequence[Word], *, above: bool) -> bool:
    """Whether nothing of its column stands above a table, or below it."""
    return not any(
        region.left - 5 < word.middle < region.right + 5
        and _inside(page, word)
        and (word.base > region.top if above else word.base < region.bottom)
        for word in words
        if region.caption is None or not any(word in line.words for line in region.caption.lines)
    )


def _rows_at_the_top(page: Page, regions: Sequence[Region], words: Sequence[Word], size: float) -> list[float]:
    """Where the topmost row of the page, and of its right half, begins if it looks like one of a table."""
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
