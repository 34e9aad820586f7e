"""Looking around a token: what precedes it, what follows, what it governs."""

from __future__ import annotations

from collections.abc import Sequence

from claims.reading.linking import Token
from claims.reading.terminals import (
    BETWEEN,
    NOUNS,
)


def noun_after(tokens: Sequence[Token], i: int) -> Token | None:
    """The noun that a number or quantifier at `i` governs, if one follows."""
    number = tokens[i].kind == "NUMBER"
    for k, token in enumerate(tokens[i + 1 : i + 9]):
        if token.kind in NOUNS or (token.kind == "EXAMPLESBARE" and number):
            return None if token.kind == "LANG" and adjectival(tokens, i + 1 + k) else token
        of = token.kind == "OUTOF" and k == 0
        counted = token.kind == "NUMBER" and not number
        if token.kind not in BETWEEN and not of and not counted:
            return None
    return None


def adjectival(tokens: Sequence[Token], i: int) -> bool:
    """As in "English language tasks": the word "language" belongs to the name before it."""
    return tokens[i - 1].kind == "LANGUAGE"


def share_of(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number at `i` starts "k of n NOUN"."""
    rest = [(j, t) for j, t in enumerate(tokens) if i < j < i + 6 and t.kind not in {"FILLER", "ALL"}]
    if tokens[i].kind != "NUMBER" or len(rest) < 2 or rest[0][1].kind != "OUTOF":
        return False
    place, number = rest[1]
    return number.kind == "NUMBER" and noun_after(tokens, place) is not None


def number_follows(tokens: Sequence[Token], i: int) -> bool:
    """Whether the very next token is a number."""
    return i + 1 < len(tokens) and tokens[i + 1].kind == "NUMBER"


def word_of(token: Token) -> str:
    """The words of a token, folded."""
    return token.text.casefold()


def last_word(token: Token) -> str:
    """The last word of a token, folded."""
    return word_of(token).split()[-1]


def kinds_of(tokens: Sequence[Token]) -> set[str]:
    """The classes that occur among tokens."""
    return {t.kind for t in tokens}
