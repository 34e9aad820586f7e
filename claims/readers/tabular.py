"""CSV and TSV: a file that is one table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from claims.readers.blocks import TableBlock, TableRow
from claims.readers.columns import BARE, claims_of, folded
from claims.readers.draft import Draft, Layout, MalformedError, as_it_stands
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile
from claims.readers.text import names_claims
from claims.repair import unwrap
from claims.words import Words

_DELIMITERS = "\t,;|"
_ENDINGS = frozenset((".csv", ".tsv", ".tab"))
_PREAMBLE = re.compile(r"(?:#(?![,;\t|])|//|SOURCE:|sep=|\s*$)", re.IGNORECASE)
_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-[ \t|:-]*$", re.MULTILINE)
"""The line below the names of a Markdown table."""
_HEADED = re.compile(r"\A(?:#[^\n]*\n|\n)*#[^\n]*\n\s*\n")
"""Headings, not comments: a blank line stands below them."""
_SAMPLE = 30
"""Records looked at to tell whether a text is a table."""


def recognise(source: ReportFile, text: str, options: ReadOptions) -> bool:
    """True if a text is one table from its first line to its last, with a column of claims.

    A file that is named .csv or .tsv is one as soon as it has columns at all.
    """
    start, delimiter = _start(text)
    if (delimiter == "|" and _RULE.search(text)) or (source.ending not in _ENDINGS and _HEADED.match(text)):
        return False
    if source.ending in _ENDINGS:
        return bool(delimiter) or _single(text, start, options)
    records = list(islice(_tolerant(text, start, delimiter), _SAMPLE)) if delimiter else []
    if len(records) < 2:
        return False
    header = records[0]
    even = all(len(cells) == len(header) for cells in records[1:] if any(cells))
    return even and (names_claims(header, options) or any(folded(name) in BARE for name in header))


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads a table.

    Raises:
        MalformedError: quotation marks that do not close, rows with more cells than the header.
    """
    start, delimiter = _start(text)
    records = list(_records(text, start, delimiter or ","))
    if not records:
        return Draft()
    header = tuple(cell.strip() for cell in records[0].cells)
    faults = [
        f"line {row.line}: {len(row.cells)} cells where the header has {len(header)}; "
        f"put cells that hold {delimiter!r} in quotation marks"
        for row in records[1:]
        if any(cell.strip() for cell in row.cells[len(header) :])
    ]
    if faults:
        raise MalformedError(*faults)
    table = TableBlock(header, tuple(records[1:]), data=True)
    return Draft(claims_of(table, options, lambda cell: unwrap(cell, words)), names=header)


def _start(text: str) -> tuple[int, str]:
    """Lines above the header, and the delimiter that parts it into most cells; "" where none does."""
    lines = io.StringIO(text[:100_000], newline="\n")
    for n, line in enumerate(lines):
        if not _PREAMBLE.match(line):
            counts = {sign: len(next(csv.reader([line], delimiter=sign), [])) for sign in _DELIMITERS}
            best = max(counts, key=lambda sign: counts[sign])
            return n, best if counts[best] > 1 else ""
    return 0, ""


def _single(text: str, start: int, options: ReadOptions) -> bool:
    """True if a table of one column has the name of a claims column."""
    name = text.split("\n", start + 1)[start]
    return names_claims([name, ""], options) or folded(name) in BARE


def _tolerant(text: str, start: int, delimiter: str) -> Iterator[Sequence[str]]:
    """Records, up to the first that breaks the rules."""
    lines = islice(io.StringIO(text, newline="\n"), start, None)
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _records(text: str, start: int, delimiter: str) -> list[TableRow]:
    """All records that are not blank, with the line each starts on."""
    try:
        rows = _parsed(text, start, delimiter, quoted=True)
    except MalformedError:
        if delimiter != "\t":
            raise
        return _parsed(text, start, delimiter, quoted=False)  # many TSV writers quote nothing
    return rows


def _parsed(text: str, start: int, delimiter: str, *, quoted: bool) -> list[TableRow]:
    lines = islice(io.StringIO(text, newline="\n"), start, None)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=quoted)
    rows: list[TableRow] = []
    line = start + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(TableRow(tuple(cells), line))
            line = start + reader.line_num + 1
    except csv.Error as error:
        message = f"line {line}: {error}; close quotation marks and double those inside a cell"
        raise MalformedError(message) from error
    return rows


LAYOUT = Layout("table", recognise, as_it_stands, read)
