"""The whole tables of a store as typed tables to hold claims against, each with its paper, version and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.tables import Table
from analysis.tables.building import tables_of_grid
from claims.library.model import PaperTable
from claims.library.store import Document, KeptTable


@dataclass(frozen=True, slots=True)
class StoreTables:
    """The tables of a store.

    Attributes:
        tables: that count as evidence. refused: those that do not, each with the reasons.
    """

    tables: tuple[Table, ...]
    refused: tuple[tuple[KeptTable, tuple[str, ...]], ...]


def usable(kept: Iterable[KeptTable]) -> StoreTables:
    """The tables that are whole and hold numbers, as typed tables."""
    tables: list[Table] = []
    refused: list[tuple[KeptTable, tuple[str, ...]]] = []
    for one in kept:
        if one.table.doubts:
            refused.append((one, one.table.doubts))
            continue
        try:
            tables += typed(one.table, source_of(one.document, one.table), one.document.sha256)
        except InputError as error:
            refused.append((one, error.faults))
    return StoreTables(tuple(tables), tuple(refused))


def typed(table: PaperTable, source: str, sha256: str) -> list[Table]:
    """A table of a paper as typed tables that hold a number.

    Raises:
        InputError: it is too large, or a column contradicts itself.
    """
    return [found for found in tables_of_grid(table.grid, source, sha256) if found.values]


def source_of(document: Document, table: PaperTable) -> str:
    """What a table is called in messages: "phang2020.pdf v1, Table 2, p. 5"."""
    version = f" {document.version}" if document.version and document.version not in document.name.lower() else ""
    page = f"p. {table.page}" if table.page else f"line {table.lines[0]}" if table.lines and table.lines[0] else ""
    return ", ".join(filter(None, (document.name + version, table.label or "a table", page)))
