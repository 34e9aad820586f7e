"""Sentences and rows of tables that hold some words, the best first; it finds and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.errors import UsageError
from claims.library.store import Document, Store
from claims.library.words import expression


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence, or a row of a table, that was found.

    Attributes:
        document: it is in. kind: "body", "caption", "note", or "row" of a table.
        page: 0 in kinds without pages. line: 0 where unknown. section: or the table's label. text: whole.
        every: whether it holds every word that was looked for.
    """

    document: Document
    kind: str
    page: int
    line: int
    section: str
    text: str
    every: bool


def search(store: Store, query: str, limit: int) -> list[Hit]:
    """The sentences with all words of a query, and behind them, where those are few, ones with some.

    Raises:
        UsageError: the query holds no word.
    """
    whole = expression(query, every=True)
    if not whole:
        raise UsageError(f"nothing to look for in {query!r}; write words or numbers")
    found = [(row, True) for row in store.matching(whole, limit)]
    if len(found) < limit:
        seen = {row[:6] for row, _ in found}
        some = store.matching(expression(query, every=False), limit)
        found += [(row, False) for row in some if row[:6] not in seen]
    documents = {document.id: document for document in store.documents({row[0] for row, _ in found})}
    return [
        Hit(documents[document], kind, page, line, section, text, every)
        for (document, kind, page, line, section, text, _), every in found[:limit]
    ]
