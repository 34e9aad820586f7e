"""The words of a name: stems, synonyms and abbreviations, and which of them tell a line from others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeAlias

from analysis.tables.measures import measure_of
from claims.language.lexicon import lexicon
from claims.language.tokens import Token, fold, stem, tokens_of

Key: TypeAlias = tuple[str, ...]
"""The telling words of a name, in order."""
KEPT = 8192
"""Labels and stretches of labels that are kept as keys: headers recur from table to table."""
WITHOUT_BRACKET = 0.95
"""Share of a label that its words are given without the bracket behind them."""
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
GLUE = frozenset("-_/.()[]{}'\":&|“”‘`")
"""Signs that tell no label from another; any other sign of a name must stand in it."""
SET_TO = frozenset("=≥≤<>")
"""Signs between a setting and its number: "α = 0.1" tells lines apart."""
TIMES = "×"
"""The sign between the sides of a size, "14 × 14", that may be typed as a letter."""
FOOTNOTES = "†‡§¶*"
CLOSED_CLASSES = frozenset(
    {"det", "the", "art", "be", "prep", "than", "and", "or", "not", "quant", "other", "noun", "degree", "comparative",
     "superlative_word", "by", "to", "from", "as", "of", "in", "on", "over", "both", "while", "but", "when", "versus",
     "agent", "same", "mid", "its", "have", "have.inf", "having", "opener", "attain.en"}
)  # fmt: skip
"""Classes of the lexicon whose words are part of many names and tell none from others."""


@cache
def synonyms() -> dict[Key, tuple[Key, ...]]:
    """Words of one thing → its other spellings."""
    data = tomllib.loads((files("claims.domains.table") / "synonyms.toml").read_text(encoding="utf-8"))
    made: dict[Key, list[Key]] = {}
    for row in data["same"]:
        keys = [bare(key_of(spelling)) for spelling in row]
        for one in keys:
            made.setdefault(one, []).extend(k for k in keys if k != one and k)
    return {one: tuple(dict.fromkeys(others)) for one, others in made.items()}


def bare(key: Key) -> Key:
    """Words without "the": a name may have it in a sentence and not in a table."""
    return tuple(word for word in key if word != "the")


@cache
def _one_word() -> dict[str, str]:
    data = tomllib.loads((files("claims.domains.table") / "synonyms.toml").read_text(encoding="utf-8"))
    return {stem(fold(word)): stem(fold(row[0])) for row in data["word"] for word in row}


def canonical(folded: str) -> str:
    """A word's stem, abbreviations of one word written out ("acc" is "accuracy"), numbers without their commas."""
    if folded[0].isdigit():
        return folded.replace(",", "") if THOUSANDS.fullmatch(folded) else folded
    stemmed = stem(folded)
    return _one_word().get(stemmed, stemmed)


@lru_cache(maxsize=KEPT)
def key_of(text: str) -> Key:
    """The words of a label that tell it from others: no signs but "+" and a trailing "-", plurals as singulars."""
    return tuple(word for word, _, _ in significant(tokens_of(text)))


def significant(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """The telling words of tokens, each with the places it starts and ends at."""
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        ends = (
            following is None or not following.glued or not (following.text[0].isalnum() or following.folded in "-_/")
        )
        if token.word or token.folded == "@":
            yield canonical(token.folded), i, i + 1
        elif (
            token.folded == "+"
            or (token.folded in f"-{FOOTNOTES}" and token.glued and ends)
            or token.folded not in GLUE
        ):
            yield ("x" if token.folded == TIMES else token.folded), i, i + 1


@cache
def function_words() -> frozenset[str]:
    """Words of the language, as they stand in names."""
    return frozenset(
        canonical(word)
        for word, lexemes in lexicon().by_first.items()
        if any(len(x.words) == 1 and x.symbol in CLOSED_CLASSES and "of" not in x.features for x in lexemes)
    ) | frozenset(map(canonical, lexicon().blocked))


@cache
def is_kind(word: str) -> bool:
    """True if a word is a noun for a kind of thing: "classifier"."""
    return any(len(x.words) == 1 and x.symbol == "noun" for x in lexicon().by_first.get(word, ()))


@lru_cache(maxsize=KEPT)
def telling(part: Key) -> bool:
    """True if words tell a line from others: not only numbers, single letters and words of the language."""
    if len(part) == 1 and len(part[0]) == 1:
        return False
    if len(part) == 3 and (part[1] in SET_TO or (part[1] == "x" and part[0].isdigit() and part[2].isdigit())):
        return True
    if len(part) == 2 and len(part[0]) == 1 and part[0].isalpha() and part[1].isdigit():  # "L2"
        return part[0] not in function_words()
    return bare(part) in synonyms() or any(w.isalpha() and len(w) > 1 and w not in function_words() for w in part)


@cache
def direction_of(words: Key) -> int:
    """1 or −1 where words name a measure of which more, or less, is better; else 0."""
    measure = measure_of(" ".join(words), (), {}) if words else None
    return 0 if measure is None else {"higher": 1, "lower": -1}.get(measure.direction or "", 0)
