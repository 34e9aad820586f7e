"""From a grid of texts to a table: which rows are headers, which columns hold names, which rows are headings.

The first row is a header. Rows below it that hold no number but several texts go on with the
header; a row that holds one text only, or the same text throughout, is a heading over the rows
below it. Columns from the left are labels while most of their cells are words; the first always is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.tables.markup import bare
from claims.tables.table import Cell, Line, Part, Table
from claims.tables.values import looks_numeric, read_values

CHECKED = frozenset({"✓", "✔", "x", "yes", "√", "•"})
"""Signs that say a setting is on; the setting is the column's heading."""
UNCHECKED = frozenset({"", "-", "–", "—", "✗", "×", "no"})
SECTION = "section"


@dataclass(frozen=True, slots=True)
class Grid:
    """The texts of a table, spanning cells repeated, before anything is understood.

    Attributes:
        caption: the words above or below it. rows: all rows, of any length.
        depth: how many rows are headers; None where the grid itself must tell.
        source, sha256: where it was read.
    """

    caption: str
    rows: tuple[tuple[str, ...], ...]
    depth: int | None = None
    source: str = ""
    sha256: str = ""


def laid_out(grid: Grid) -> Table:
    """The table that a grid of texts prints."""
    width = max(map(len, grid.rows), default=0)
    rows = _unfused([[bare(text) for text in (*row, *[""] * (width - len(row)))] for row in grid.rows])
    depth = _header_depth(rows) if grid.depth is None else grid.depth
    header, body = rows[:depth], rows[depth:]
    labels = _label_columns(body, width)
    columns = tuple(
        Line("column", index, _column_path(header, j), j + 1)
        for index, j in enumerate(j for j in range(width) if j not in labels)
    )
    heads = tuple(header[-1][j] if header else "" for j in labels)
    lines: list[Line] = []
    cells: dict[tuple[int, int], Cell] = {}
    section = ""
    above: dict[int, str] = {}
    for number, row in enumerate(body, depth + 1):
        heading = _heading(row, labels)
        if heading is not None:
            section, above = heading, {}
            continue
        path = _row_path(row, labels, heads, section, above)
        line = Line("row", len(lines), path, number)
        lines.append(line)
        for column in columns:
            text = row[column.number - 1]
            if values := read_values(text):
                cells[line.index, column.index] = Cell(line.index, column.index, text, values)
    return Table(
        bare(grid.caption), tuple(lines), columns, cells, tuple(h for h in heads if h), grid.source, grid.sha256
    )


FUSED = re.compile(r"(.*?)\s+([-−+]?\d+\.\d+\s?%?)")


def _unfused(rows: list[list[str]]) -> list[list[str]]:
    """The rows with the first row of numbers parted from the header it was written into.

    Converters of PDF and HTML sometimes run the header and the first row together ("wiki.el
    27.20%"); that is so where every column of numbers has such a header.
    """
    if len(rows) < 2:
        return rows
    parts = [FUSED.fullmatch(text) for text in rows[0]]
    numeric = [j for j in range(len(rows[0])) if all(looks_numeric(row[j]) for row in rows[1:])]
    if len(numeric) < 2 or not all(parts[j] for j in numeric):
        return rows
    header = [part[1] if part else "" for part in parts]
    first = [part[2] if part else text for part, text in zip(parts, rows[0], strict=True)]
    shared = first[0].split(" ")[0]
    labels = [j for j in range(len(first)) if not parts[j]]
    if len(labels) > 1 and all(first[j].startswith(f"{shared} ") for j in labels):
        for j in labels:
            header[j], first[j] = shared, first[j].removeprefix(f"{shared} ")
    return [header, first, *rows[1:]]


def _header_depth(rows: Sequence[Sequence[str]]) -> int:
    """The first row, and those after it without a number and with two different texts or more."""
    depth = 1
    for row in rows[1:]:
        texts = {text for text in row if text}
        if any(map(looks_numeric, row)) or len(texts) < 2 or texts <= UNCHECKED:
            break
        depth += 1
    return min(depth, max(len(rows) - 1, 1)) if depth < len(rows) else 1


def _label_columns(body: Sequence[Sequence[str]], width: int) -> list[int]:
    """The columns from the left that hold names, the first always among them."""
    labels = [0] if width else []
    for j in range(1, width):
        texts = [row[j] for row in body if row[j] and _heading(row, [0]) is None]
        named = sum(not looks_numeric(text) and text not in UNCHECKED for text in texts)
        if not texts or named * 2 <= len(texts):
            break
        labels.append(j)
    checked = [j for j in range(width) if j not in labels and _is_check_column([row[j] for row in body])]
    return labels + checked


def _is_check_column(texts: Sequence[str]) -> bool:
    signs = {text.casefold() for text in texts}
    return bool(signs & CHECKED) and signs <= CHECKED | UNCHECKED


def _column_path(header: Sequence[Sequence[str]], j: int) -> tuple[Part, ...]:
    texts = dict.fromkeys(row[j] for row in header if row[j])
    return tuple(Part(text) for text in texts)


def _heading(row: Sequence[str], labels: Sequence[int]) -> str | None:
    """The text of a row that is a heading over the rows below it, None for any other row."""
    texts = {text for text in row if text}
    if len(row) < 2 or len(texts) != 1 or any(map(looks_numeric, row)):
        return None
    text = next(iter(texts))
    return text if row[labels[0] if labels else 0] == text and text not in UNCHECKED else None


def _row_path(
    row: Sequence[str], labels: Sequence[int], heads: Sequence[str], section: str, above: dict[int, str]
) -> tuple[Part, ...]:
    parts = [Part(section, SECTION)] if section else []
    for j, head in zip(labels, heads, strict=True):
        text = row[j]
        if text.casefold() in CHECKED and head:
            text = head
        elif text in UNCHECKED and len(labels) > 1:
            text = above.get(j, "") if j == labels[0] else ""
        if j == labels[0]:
            above[j] = text
        if text:
            parts.append(Part(text, head))
    return tuple(parts)
