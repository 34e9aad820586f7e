"""Tests of a clause's parts: a scope of its own, and the lexicon's features of its words."""

from __future__ import annotations

from collections.abc import Mapping

from claims.language.chart import Edge, ParseNode


def is_placed(body: ParseNode) -> bool:
    """True if a clause has a scope of its own, or one in a tail."""
    tails = (tail.first("scope") is not None for tail in body.find("tail"))
    return body.first("scope") is not None or any(tails)


def says(part: Edge | ParseNode | None, feature: str) -> bool:
    """True if a word has a feature of the lexicon."""
    return isinstance(part, Edge) and isinstance(part.value, Mapping) and bool(part.value.get(feature))
