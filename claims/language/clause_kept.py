"""The clauses of a sentence that are read alone, where the whole is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.language.kept import leaves_phrases_whole, rewording_words
from claims.language.reading import Forest
from claims.language.rewording import BOUNDS, joined, named_places
from claims.language.stance import bearing
from claims.language.tokens import Token

STOPS = ".,;: "
SHORTEST = 4
"""Tokens of a clause."""


def clauses_kept(forest: Forest) -> Iterator[str]:
    """Stretches of a sentence from one joint to another that may be said alone, the longest first.

    Words in the way are left out of them where the rest stays whole.
    """
    tokens = forest.tokens
    unknown = set(forest.unknown)
    named = named_places(forest)
    joints = [-1, *(i for i, token in enumerate(tokens) if _joins(token)), len(tokens)]
    stretches = [(a + 1, b) for k, a in enumerate(joints) for b in joints[k + 1 :] if b - a > SHORTEST]
    for start, end in sorted(stretches, key=lambda stretch: stretch[0] - stretch[1]):
        if end - start == len(tokens) or not _stands_alone(tokens, start, end) or _goes_on(joints, start, named):
            continue
        kept = [token for token in tokens[start:end] if token.text not in unknown]
        if kept and leaves_phrases_whole(tokens, kept):
            yield f"{joined(kept).rstrip(STOPS)}."


def _goes_on(joints: Sequence[int], start: int, named: frozenset[int]) -> bool:
    """True if a stretch goes on with a list of names that begins before it: "A, B and C are tied"."""
    before = joints[joints.index(start - 1) - 1] if start else -1
    return start > 0 and before + 1 < start - 1 and named.issuperset(range(before + 1, start - 1))


def _joins(token: Token) -> bool:
    return token.folded in BOUNDS or token.folded in rewording_words().joining


def _stands_alone(tokens: Sequence[Token], start: int, end: int) -> bool:
    """True if nothing outside a stretch bears on it, and nothing in it needs what stands outside."""
    lists = rewording_words()
    inside = {token.folded for token in tokens[start:end]}
    if start and tokens[0].folded in lists.prepositions and not any(map(_joins, tokens[: start - 1])):
        return False  # "on X, A beats B" says nothing of A and B elsewhere
    denied = [i for i in bearing(tokens, start, end) if not start <= i < end or tokens[i].folded in lists.doubting]
    if denied or (inside & lists.paired and "and" not in inside and end < len(tokens)):
        return False
    if start == 0 or tokens[start - 1].folded != "and":
        return True
    before = {token.folded for token in tokens[:start]}
    return bool(before & lists.comparing) and not before & lists.paired
