"""The whole tables of a store as typed tables to hold claims against, each with its paper, version and place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.tables import Table
from analysis.tables.building import tables_of_grid
from claims.checking.over_tables import OverTable, TableJudge
from claims.definitions import Definitions
from claims.library.model import PaperTable
from claims.library.store import Document, KeptTable
from claims.library.words import COMMON, parts, tokens


@dataclass(frozen=True, slots=True)
class StoreTables:
    """The tables of a store.

    Attributes:
        tables: tables that count as evidence. refused: the others, each with the reasons.
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
    """The name of a table in messages: "phang2020.pdf v1, Table 2, p. 5"."""
    version = f" {document.version}" if document.version and document.version not in document.name.lower() else ""
    page = f"p. {table.page}" if table.page else f"line {table.lines[0]}" if table.lines and table.lines[0] else ""
    return ", ".join(filter(None, (document.name + version, table.label or "a table", page)))


MOST_TABLES = 40
"""Tables that one claim is compared with at most."""


class LibraryJudge(TableJudge):
    """Judges claims over the tables of many papers.

    The words of a claim choose the tables it is compared with; its readings over them alone decide the verdict.
    """

    def __init__(self, tables: Sequence[Table], definitions: Definitions | None = None) -> None:
        super().__init__(tables, definitions)
        self._words = [_words(table) for table in tables] if len(tables) > MOST_TABLES else []

    def judged(self, claim: str, *, hint: bool = True) -> list[OverTable]:
        """The sentence over the tables that may speak of it, the deciding one first; see `TableJudge.judged`."""
        if not self._words:
            return super().judged(claim, hint=hint)
        named = set(tokens(claim)) - COMMON
        shared = sorted((-len(named & words), n) for n, words in enumerate(self._words))
        few = TableJudge(())
        few.level = self.level
        few.readers = [self.readers[n] for count, n in shared[:MOST_TABLES] if count]
        return few.judged(claim, hint=hint)


def _words(table: Table) -> frozenset[str]:
    """The words of a table's caption and lines."""
    labels = [label for line in (*table.rows, *table.columns) for label in line.labels]
    found = [token for text in (table.caption, *labels) for token in tokens(text)]
    return frozenset(found) | frozenset(part for token in found for part in parts(token))
