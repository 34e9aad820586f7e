"""Many tables as one judge of claims: each claim is held against those that hold most of its words."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tables import Table
from claims.checking.over_tables import OverTable, TableJudge
from claims.definitions import Definitions
from claims.library.words import COMMON, parts, tokens

MOST_TABLES = 40
"""Tables that one claim is held against at most."""


class LibraryJudge(TableJudge):
    """Judges claims over the tables of many papers.

    Which tables a claim is held against, its words decide; what they say of it, its reading alone.
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
