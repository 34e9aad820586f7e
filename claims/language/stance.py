"""The stance of a sentence towards a part of it: claimed by itself, or under a negation, doubt or exception."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from claims.language.kept import rewording_words
from claims.language.tokens import Token


def bearing(tokens: Sequence[Token], start: int, end: int, named: AbstractSet[int] = frozenset()) -> list[int]:
    """The places of denials, doubts and exceptions that bear on a stretch of a sentence.

    Denials and doubts bear on what follows them in their statement, exceptions also on what stands before them.

    Args:
        tokens: of the sentence.
        start: of the stretch, in tokens.
        end: of the stretch, exclusive.
        named: places that are part of names, where "no" and "without" deny nothing.
    """
    lists = rewording_words()
    first = max((i + 1 for i in range(start) if ends_statement(tokens, i)), default=0)
    last = next(
        (i for i in range(end, len(tokens)) if tokens[i].folded in ".;" and not _glued_to_next(tokens, i)), len(tokens)
    )
    before = [i for i in range(first, end) if tokens[i].folded in lists.denying | lists.doubting | lists.restricting]
    behind = [i for i in range(end, last) if tokens[i].folded in lists.narrowing]
    return [i for i in (*before, *behind) if i not in named]


def ends_statement(tokens: Sequence[Token], place: int) -> bool:
    """True if a statement of its own begins behind a token: a stop, "while", ", but"."""
    folded = tokens[place].folded
    if folded in ".;":
        return not _glued_to_next(tokens, place)
    if folded == ":":
        return True
    if folded == ",":  # "…, performing worse than …"
        after = tokens[place + 1].folded if place + 1 < len(tokens) else ""
        return after.endswith("ing") and len(after) > len("being")
    if folded == "but":
        return place > 0 and tokens[place - 1].folded == ","
    return folded in rewording_words().parting


def _glued_to_next(tokens: Sequence[Token], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].glued
