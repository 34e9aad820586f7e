"""Adjectives that a table's headers license: "more fluent" and "the most fluent" where a column is called Fluency."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from analysis.tables import Table
from analysis.tables.deriving import caption_reverses
from analysis.tables.lexicon import ARROWS, BRACKETS, lexicon
from claims.domains.table.other_quantities import says_less
from claims.domains.table.words import key_of
from claims.language.chart import Edge
from claims.language.tokens import Token, fold, folded_words, tokens_of

Words: TypeAlias = tuple[str, ...]
Features: TypeAlias = Mapping[str, str]
DEGREES: tuple[tuple[str, str, Features], ...] = (
    ("more", "comparative", {"relation": ">"}),
    ("less", "comparative", {"relation": "<"}),
    ("most", "superlative_word", {"place": "highest"}),
    ("least", "superlative_word", {"place": "lowest"}),
)
"""Word before an adjective, the lexicon class of the two together, and its features."""
HEADED = "header:"
"""Prefix of `about` for a word that is about the columns of one header."""
MEASURING = frozenset({"unknown", "measure", "size", "count", "attribute"})
"""Kinds of column that an adjective may be about; the lexicon knows those of times."""


def adjectives_of(table: Table) -> dict[Words, tuple[tuple[str, Features], ...]]:
    """The adjectives that the headers of a table's columns license: words → (class of the lexicon, features).

    The noun must be the last word of a header, its bracket left out, or of what the caption says it stands for.
    """
    found: dict[Words, dict[tuple[str, str], Features]] = {}
    for noun in _nouns(table):
        for words, symbol, features in _of_noun(noun):
            found.setdefault(words, {})[symbol, noun] = {**features, "about": f"{HEADED}{noun}"}
    kept = {words: {symbol for symbol, _ in ways} for words, ways in found.items()}
    return {
        words: tuple((symbol, features) for (symbol, _), features in ways.items())
        for words, ways in found.items()
        if len(ways) == len(kept[words])
    }


def adjective_edges(
    licensed: Mapping[Words, Iterable[tuple[str, Features]]], tokens: Sequence[Token]
) -> Iterator[Edge]:
    """The licensed adjectives in a sentence."""
    longest = max(map(len, licensed), default=0)
    folded = tuple(token.folded for token in tokens)
    for i in range(len(folded)):
        for end in range(i + 1, min(len(folded), i + longest) + 1):
            for symbol, features in licensed.get(folded[i:end], ()):
                yield Edge(i, end, symbol, features)


def is_headed(label: str, aliases: Mapping[str, str], about: str) -> bool:
    """True if a column is one that a licensed adjective is about."""
    return about.removeprefix(HEADED) in _last_words(label, aliases)


def _nouns(table: Table) -> set[str]:
    if caption_reverses(table.caption):
        return set()
    lines = [line for line in table.columns if line.kind in MEASURING and _is_plain(line.own)]
    return {noun for line in lines for noun in _last_words(line.own, table.aliases)}


def _is_plain(header: str) -> bool:
    """True if a header has no arrow, and nothing but a unit in brackets."""
    units = lexicon().units.union(_data()["scales"])
    inside = (text.strip().casefold() for text in BRACKETS.findall(header))
    return not any(sign in header for sign in ARROWS) and all(text in units for text in inside)


def _last_words(label: str, aliases: Mapping[str, str]) -> Iterator[str]:
    plain = label.split("(")[0].split("[")[0].strip()
    for text in (plain, aliases.get(fold(plain), "")):
        words = [token.folded for token in tokens_of(text) if token.word]
        if words and words[-1].isalpha() and not says_less(key_of(words[-1]), key_of(label)):
            yield words[-1]


def _of_noun(noun: str) -> Iterator[tuple[Words, str, Features]]:
    data = _data()
    for ending, other in data["endings"]:
        stem = noun.removesuffix(ending)
        if stem != noun and len(stem) >= data["shortest"]:
            for lead, symbol, features in DEGREES:
                yield (lead, f"{stem}{other}"), symbol, features
    for row in data["irregular"]:
        if noun in row["nouns"]:
            for degree, symbol, features in DEGREES:
                yield from ((folded_words(form), symbol, features) for form in row[degree])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("claims.domains.table") / "adjectives.toml").read_text(encoding="utf-8"))
