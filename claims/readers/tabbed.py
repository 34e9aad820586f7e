"""Tables of tab-separated cells inside prose."""

from __future__ import annotations

from collections.abc import Sequence

from claims.readers.blocks import TableBlock, TableRow
from claims.readers.columns import bears
from claims.readers.options import ReadOptions


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
    """Whether some cells are the column names of a claims table."""
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
