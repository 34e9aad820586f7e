"""Words of place and measure that the table does not know: what they narrow cannot be looked up in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.phrases import each_word
from claims.tables.metrics import is_measure, measures_of
from claims.tables.table import Table
from claims.tables.tokens import Token

PLACING = frozenset(
    {"on", "in", "for", "under", "across", "at", "within", "w.r.t", "with respect to", "in terms of", "regarding",
     "as measured by", "according to", "over all"}
)  # fmt: skip
"""Scope words after which a place or a measure stands."""

KNOWN = frozenset({"name", "context", "places", "systems", "number", "than"})
"""Kinds of tokens that tell what a phrase is about."""

VAGUE = each_word(
    "general practice fact addition contrast order case cases detail details experiments experiment paper work study "
    "total principle turn part comparison summary presented literature future"
)
"""Words of phrases that are no place ("in general", "in our experiments")."""


GENERAL = frozenset({"performance", "performances", "results", "quality"})
"""Nouns for whatever the table prints."""


def looks_like_a_name(word: str) -> bool:
    """Whether a word is written as names are: capitals inside, letters with digits, or a compound of a name."""
    mixed = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return any(sign.isupper() for sign in word[1:]) or mixed or "-" in word or "–" in word


def unknown_places(tokens: Sequence[Token], table: Table) -> tuple[str, ...]:
    """The phrases of place or measure in a clause of which the table knows no word, as written.

    A word that is written like a name counts wherever it stands in such a phrase, and so does a
    measure (“recall”) that the table does not print while it prints another.
    """
    prints_measures = bool(measures_of(table))
    found = []
    for scope, phrase in _phrases(tokens):
        words = [token for token in phrase if token.kind == "word" and token.text.casefold() not in VAGUE]
        if not prints_measures:
            words = [token for token in words if not is_measure(token.text)]
        named = [t for t in words if looks_like_a_name(t.text) or (t.text[0].isupper() and scope.end == t.start)]
        printed = any(token.kind in KNOWN and is_measure(token.text) for token in phrase)
        foreign = named or [token for token in words if is_measure(token.text) and not printed]
        if foreign:
            found += [token.text for token in foreign]
        elif words and not any(token.kind in KNOWN or token.text.casefold() in GENERAL for token in phrase):
            found.append(" ".join(token.text for token in phrase))
    return tuple(dict.fromkeys(found))


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Each scope word of a clause with the tokens up to the end of its phrase."""
    for i, token in enumerate(tokens):
        if token.kind != "scope" or token.text.casefold() not in PLACING:
            continue
        phrase: list[Token] = []
        for following in tokens[i + 1 :]:
            if following.kind in ("scope", "than", "by") or following.text in ",;()" or following.text in BREAKING:
                break
            phrase.append(following)
        yield token, phrase


BREAKING = frozenset({"but", "while", "whereas", "although", "because", "which", "that"})
