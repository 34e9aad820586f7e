"""Tables out of files: CSV, TSV, Markdown, LaTeX, HTML, JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.errors import InputError
from analysis.files.encodings import decoded
from analysis.files.unread import why_unread
from analysis.tables import delimited, latex, markdown, records, webpage
from analysis.tables.building import tables_of_grid
from analysis.tables.grid import TextGrid
from analysis.tables.model import Table

READERS: Mapping[str, Callable[[str], Iterator[TextGrid]]] = {
    ".csv": delimited.grids,
    ".tsv": delimited.grids,
    ".txt": delimited.grids,
    ".md": markdown.grids,
    ".markdown": markdown.grids,
    ".tex": latex.grids,
    ".html": webpage.grids,
    ".htm": webpage.grids,
    ".json": records.grids,
}
"""File ending → reader of its grids."""
LARGEST = 200_000_000
"""Bytes of a file at most."""


def table_of_grid(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str = "", source: str = ""
) -> tuple[Table, ...]:
    """The typed tables of a grid given inline, one per header in it.

    Args:
        columns: the header.
        rows: the rows below it, of any length.
        caption: the words above or below the table.
        source: what the table is called in messages.

    Raises:
        InputError: the grid is too large, or a column contradicts itself.
    """
    texts = tuple(tuple(str(text) for text in row) for row in (columns, *rows))
    return tables_of_grid(TextGrid(str(caption), texts), source, "")


def read_tables(path: Path, told: Callable[[str], None] = lambda _: None) -> tuple[Table, ...]:
    """The tables of a file that hold a number.

    Args:
        path: the file.
        told: called with what the reader of the result should know: that the encoding was guessed.

    Raises:
        InputError: the file cannot be read, or holds no table with a number in it.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            str(path),
            f"unsupported file type {path.suffix!r} (expected {', '.join(READERS)}); save the table as one of these",
        )
    text, sha256 = _content(path, told)
    try:
        grids = list(reader(text))
    except ValueError as error:
        raise InputError(str(path), str(error)) from None
    except RecursionError:
        raise InputError(str(path), "is nested too deep to be read as a table") from None
    found: list[Table] = []
    for number, grid in enumerate(grids, 1):
        where = f"{path.name} table {number}" if len(grids) > 1 else path.name
        found += [table for table in tables_of_grid(grid, where, sha256) if table.values]
    if not found:
        raise InputError(str(path), f"holds no table with a number in it (read as {path.suffix})")
    return tuple(_numbered(found))


def _numbered(tables: Sequence[Table]) -> Iterator[Table]:
    """The tables, with a pointer for those of one grid that have none."""
    for number, table in enumerate(tables, 1):
        yield table if table.pointer else replace(table, pointer=f"table {number}")


def _content(path: Path, told: Callable[[str], None]) -> tuple[str, str]:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(str(path), f"is larger than {LARGEST // 1_000_000} MB; cut it to the part that matters")
        data = path.read_bytes()
        found = decoded(data)
    except OSError as error:
        raise InputError(str(path), why_unread(error, "a table")) from None
    if found is None or "\0" in found.text:
        raise InputError(str(path), "is not text, or in an encoding that nobody can tell; save it as UTF-8")
    if found.note:
        told(f"{path} {found.note}")
    return found.text, hashlib.sha256(data).hexdigest()
