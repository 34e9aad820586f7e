"""Grids out of HTML: spanning cells laid out, struck and hidden text left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.files.markup import parsable_sections
from analysis.tables.grid import Span, TextGrid, laid_out

if TYPE_CHECKING:
    from bs4 import Tag

HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
GONE = ["script", "style", "template", "del", "s", "strike"]
LEVELS = {"table": 0, "thead": 1, "tbody": 1, "tfoot": 1, "tr": 2, "td": 3, "th": 3}
"""Tags of tables, each with what it stands inside of."""
TABLE_TAG = re.compile(rf"<(/?)({'|'.join(LEVELS)})\b[^>]*>", re.IGNORECASE)
KEPT = {"b", "strong", "u", "sup", "sub", "br"}
"""Tags that say something of a cell's text; of others only the content counts."""
MOST_SPAN = 1_000_000


def grids(text: str) -> Iterator[TextGrid]:
    """The tables of a page, in order; of nested tables the inner ones."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(_closed(parsable_sections(text)), "html.parser")
    for gone in page(GONE):
        gone.decompose()
    for number, table in enumerate(page.find_all("table"), 1):
        if table.find("table") is not None or _is_hidden(table):
            continue
        lines = [line for line in table.find_all("tr") if not _is_hidden(line)]
        rows = [[_span(cell) for cell in line.find_all(["td", "th"]) if not _is_hidden(cell)] for line in lines]
        caption = table.find("caption")
        words = caption.get_text(" ", strip=True) if caption is not None else ""
        yield TextGrid(words, laid_out(rows), _depth(table, lines), f"table {number} of the page")


def _closed(text: str) -> str:
    """A page with the end tags of cells and rows that HTML lets its author leave out."""
    opened: list[str] = []
    parts, at = [], 0
    for tag in TABLE_TAG.finditer(text):
        closing, name = bool(tag[1]), tag[2].lower()
        ends: list[str] = []
        while opened and opened[-1] != "table" and _ends(opened[-1], name, closing=closing):
            ends.append(opened.pop())
        parts += [text[at : tag.start()], *(f"</{end}>" for end in ends), text[tag.start() : tag.end()]]
        at = tag.end()
        if not closing:
            opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
    return "".join([*parts, text[at:]])


def _ends(inner: str, name: str, *, closing: bool) -> bool:
    """True if a tag ends the cell, row or group of rows that is open."""
    if (closing and inner == name) or (name == "table" and not closing):
        return False
    return LEVELS[inner] >= LEVELS[name]


def _depth(table: Tag, lines: list[Tag]) -> int | None:
    """Counts the rows that the page itself sets as headers; None where it does not mark them."""
    depth = len(table.select("thead > tr"))
    if not depth:
        for line in lines:
            if line.find("td") is not None or line.find("th") is None:
                break
            depth += 1
    return depth if 0 < depth < len(lines) else None


def _span(cell: Tag) -> Span:
    for inner in cell.find_all(True):
        if inner.name not in KEPT:
            if inner.name in {"p", "div", "li"}:
                inner.insert_after(" ")
            inner.unwrap()
    return Span(cell.decode_contents().strip(), _count(cell.get("colspan")), _count(cell.get("rowspan")))


def _count(given: object) -> int:
    text = str(given or "1").strip()
    return min(int(text), MOST_SPAN) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or HIDDEN.search(str(tag.get("style", ""))) is not None
