"""Words of place, measure and condition that the table does not know: what they narrow cannot be looked up in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.phrases import each_word
from claims.tables.metrics import is_measure, measures_of
from claims.tables.names import looks_like_a_name
from claims.tables.table import Table
from claims.tables.tokens import Token

PLACING = frozenset(
    {"on", "in", "for", "under", "across", "at", "within", "among", "w.r.t", "with respect to", "in terms of",
     "regarding", "as measured by", "according to", "over all"}
)  # fmt: skip
"""Words after which a place or a measure stands."""

UNDER = frozenset({"with", "without", "using", "trained on", "trained with", "tuned on", "training on"})
"""Words after which a condition stands that the subject is in."""

SUPPOSING = frozenset({"when", "if", "unless", "once", "whenever", "given", "after", "before", "during", "throughout"})
"""Words after which a condition stands in which something holds; a name of the table in it tells which."""

KNOWN = frozenset({"name", "context", "number", "than"})
"""Kinds of tokens that tell what a phrase is about."""

SHARING = frozenset({"all", "almost-all", "most", "number"})
"""Kinds of tokens that say how many of the places are meant ("all evaluated data sets")."""

GRADED = frozenset({"higher", "lower", "better", "worse"})
"""Kinds of tokens that make a condition of a quantity ("with less data")."""

SIZED = frozenset({"slight", "clear", "ordinal", "highest", "lowest"})
"""Kinds of tokens that choose among places ("on the large data sets", "on the first two")."""

SELECTING = each_word("other remaining certain some few specific particular selected")
"""Words that choose among places without saying which."""

VAGUE = each_word(
    "general practice fact addition contrast order case cases detail details experiments experiment paper work study "
    "total principle turn part comparison summary presented literature future"
)
"""Words of phrases that are no place ("in general", "in our experiments")."""


GENERAL = frozenset({"performance", "performances", "results", "quality"})
"""Nouns for whatever the table prints."""


def unknown_places(tokens: Sequence[Token], table: Table) -> tuple[str, ...]:
    """The phrases of place, measure or condition in a clause of which the table knows no word, as written.

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
        if foreign and scope.text.casefold() not in SUPPOSING:
            found += [token.text for token in foreign]
        elif _unknown(scope, phrase, words):
            found.append(" ".join(token.text for token in phrase))
    return tuple(dict.fromkeys(found))


def _unknown(scope: Token, phrase: Sequence[Token], words: Sequence[Token]) -> bool:
    """Whether a phrase narrows by words the table does not know: "on the news data set", "with less data"."""
    kinds = {token.kind for token in phrase}
    after = scope.text.casefold()
    if scope.kind == "except":
        return bool(words) and "name" not in kinds
    if after in SUPPOSING:
        return "name" not in kinds and (bool(words) or bool(kinds & (GRADED | {"systems"})))
    if "systems" in kinds and "name" not in kinds and (after in UNDER or kinds & SIZED):
        return True
    if "places" in kinds and not kinds & {"name", "context"}:
        chosen = kinds & SIZED or any(token.text.casefold() in SELECTING for token in phrase)
        return bool(chosen) or (bool(words) and not kinds & (SHARING | {"systems"}))
    told = KNOWN - {"context"} if words and after in PLACING else KNOWN
    if kinds & told or any(token.text.casefold() in GENERAL for token in phrase):
        return False
    return (after in UNDER and bool(kinds & GRADED)) or (bool(words) and "systems" not in kinds)


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each word of place or condition in a clause with the tokens up to the end of its phrase."""
    for i, token in enumerate(tokens):
        opening = token.text.casefold() in PLACING | UNDER | SUPPOSING and token.kind not in ("name", "than", "over")
        if opening or token.kind == "except":
            yield token, phrase_at(tokens, i + 1, past="(" if token.text.casefold() in SUPPOSING else "")


def phrase_at(tokens: Sequence[Token], start: int, past: str = "") -> Sequence[Token]:
    """The tokens of a clause from a place on up to the end of the phrase that begins there.

    Args:
        tokens: of the clause.
        start: the place.
        past: a sign that does not end it.
    """
    ends = (i for i in range(start, len(tokens)) if _ends(tokens[i]) and tokens[i].text != past)
    return tokens[start : next(ends, len(tokens))]


def _ends(token: Token) -> bool:
    return token.kind in ENDING or token.text in PARTING


ENDING = frozenset(
    {"scope", "than", "by", "better-than", "worse-than", "rises", "falls", "helps", "hurts", "correlates"}
)
"""Kinds of tokens at which a phrase ends."""

PARTING = frozenset({*",;()", "but", "while", "whereas", "although", "because", "which", "that"})
"""Signs and words at which it ends."""
