"""Counts of places: "on 3 out of 4 language pairs", "on at least two datasets", "on all four languages"."""

from __future__ import annotations

from collections.abc import Sequence

from claims.tables.assertion import Share
from claims.tables.tokens import Token

COUNTED = {"at-least": "at-least", "over": "at-least", "up-to": "at-most", "under": "at-most"}
"""Bounds of the lexicon → bounds of a count."""


def share_at(tokens: Sequence[Token], i: int, role: str) -> Share | None:
    """In how many places a statement is said to hold, where the number of a token says so."""
    own = tokens[i].number
    if own is None or own % 1 or tokens[i].unit:
        return None
    return _out_of(tokens, i, int(own)) or (_of_places(tokens, i, int(own)) if role == "place" else None)


def _out_of(tokens: Sequence[Token], i: int, own: int) -> Share | None:
    """The share in “3 out of 4 language pairs”, “3/5”, “three of the four datasets”."""
    words = [t.text.casefold() for t in tokens[i + 1 : i + 5]]
    number = next((t.number for t in tokens[i + 1 : i + 5] if t.number is not None), None)
    if number is None or number % 1 or number < own:
        return None
    if words[:1] == ["/"] or words[:1] == ["of"] or words[:2] == ["out", "of"]:
        return Share("count", own, int(number))
    return None


def _of_places(tokens: Sequence[Token], i: int, own: int) -> Share | None:
    """The share in “at least two datasets”, “only one task”, “all four languages”, “on the four data sets”."""
    before = tokens[i - 1] if i else None
    if before is None or "places" not in [t.kind for t in tokens[i + 1 : i + 3]]:
        return None
    bare = before.kind == "scope" or (before.text.casefold() == "the" and i > 1 and tokens[i - 2].kind == "scope")
    if before.kind == "all" or bare:  # "on the four data sets" speaks of all that there are
        return Share("all", out_of=own)
    if before.kind in COUNTED:
        return Share(COUNTED[before.kind], own + (before.kind == "over") - (before.kind == "under"))
    return Share("count", own) if before.text.casefold() in ("only", "exactly", "just") else None
