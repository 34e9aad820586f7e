"""What a clause says of itself: where it holds, and what its words are marked with in the lexicon."""

from __future__ import annotations

from collections.abc import Mapping

from claims.language.chart import Edge, ParseNode


def is_placed(body: ParseNode) -> bool:
    """True if a clause says where it holds."""
    tails = (tail.first("scope") is not None for tail in body.find("tail"))
    return body.first("scope") is not None or any(tails)


def says(part: Edge | ParseNode | None, feature: str) -> bool:
    """True if a word has a feature of the lexicon."""
    return isinstance(part, Edge) and isinstance(part.value, Mapping) and bool(part.value.get(feature))
