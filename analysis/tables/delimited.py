"""Grids out of delimited text: CSV and TSV, with a caption in lines that begin with #."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from analysis.tables.grid import MOST_CELLS, TextGrid

DELIMITERS = "\t;,|"
LOOKED_AT = 50
"""Lines by which the delimiter is chosen."""


def grids(text: str) -> Iterator[TextGrid]:
    """The one table of a delimited text.

    Raises:
        ValueError: it is no delimited text, or too large.
    """
    lines = text.splitlines()
    caption: list[str] = []
    while lines and (lines[0].startswith("#") or not lines[0].strip()) and not _is_header(lines[0]):
        caption.append(lines.pop(0).lstrip("# ").strip())
    rows: list[tuple[str, ...]] = []
    total = 0
    try:
        for row in csv.reader(lines, delimiter=_delimiter(lines)):
            total += len(row)
            if total > MOST_CELLS:
                raise ValueError(f"holds more than {MOST_CELLS} cells; cut it to the part that matters")
            if any(cell.strip() for cell in row):
                rows.append(tuple(row))
    except csv.Error as error:
        raise ValueError(f"is no delimited text ({error})") from None
    if not caption and len(rows) > 2 and _is_title(rows):
        caption = [next(cell for cell in rows.pop(0) if cell.strip())]
    if rows:
        yield TextGrid(" ".join(filter(None, caption)), tuple(rows))


def _is_header(line: str) -> bool:
    """True if a first line that begins with # is a header whose first column is named so, as in "#,Model,F1"."""
    return line.startswith("#") and any(line[1:].lstrip('"').startswith(sign) for sign in DELIMITERS)


def _is_title(rows: list[tuple[str, ...]]) -> bool:
    """True if the first row holds one text above a header of several."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:3]]
    return filled[0] == 1 and min(filled[1:]) > 1 and len(next(c for c in rows[0] if c.strip()).split()) > 2


def _delimiter(lines: list[str]) -> str:
    """The delimiter that parts most lines into as many cells as the first; of equals, the one with more cells."""

    def fit(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(islice(lines, LOOKED_AT), delimiter=delimiter) if row]
        except csv.Error:
            return 0.0, 0
        if not widths or max(widths) < 2:
            return 0.0, 0
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        if usual < 2:
            return 0.0, 1
        return widths.count(usual) / len(widths), usual

    return max(DELIMITERS, key=lambda delimiter: (*fit(delimiter), delimiter == ","))
