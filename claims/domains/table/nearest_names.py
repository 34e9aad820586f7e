"""Unknown words of a sentence, and the nearest words of a table: abbreviated, misspelled, with another ending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.names import NameIndex
from claims.domains.table.words import function_words
from claims.language.tokens import Token, tokens_of

SHORTEST = 4
"""Letters of a word for which a nearest one is looked for."""
ABBREVIATION = 3
"""Letters of an abbreviation of it."""
ALIKE = 0.85
"""Least similarity, from 0 to 1, of two words of at least six letters that are taken for one misspelled."""
MOST_LABELS = 200
"""Labels of an axis that are looked through."""


@dataclass(frozen=True, slots=True)
class Respelled:
    """A sentence with words exchanged for words of a table: (as written, as the table has it)."""

    text: str
    replaced: tuple[tuple[str, str], ...]


def respelled(sentence: str, tokens: Sequence[Token], unknown: Iterable[str], index: NameIndex) -> Respelled:
    """A sentence whose unknown words are the nearest of the table, where there is one nearest."""
    printed = _words_of(index)
    run_together = {squashed(label): label for label in _labels_of(index) if len(squashed(label)) >= SHORTEST}
    known = {token.folded for token in tokens} - {word.casefold() for word in unknown}
    nearest = {}
    for word in unknown:
        if squashed(word) in run_together:
            nearest[word] = run_together[squashed(word)]
            continue
        near = {other for other in printed if other.casefold() not in known and _is_near(word.casefold(), other)}
        folded = {other.casefold() for other in near}
        if len(folded) == 1:
            nearest[word] = min(near)
    text, reached = "", 0
    for token in tokens:
        if token.text in nearest:
            text += sentence[reached : token.start] + nearest[token.text]
            reached = token.end
    return Respelled(text + sentence[reached:], tuple(nearest.items()))


def squashed(text: str) -> str:
    """The letters and digits of a text, folded: "B-COPA" is "bcopa"."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def is_alike(word: str, printed: str) -> bool:
    """True if two words are one misspelled, or written apart otherwise."""
    return SequenceMatcher(None, squashed(word), squashed(printed)).ratio() >= ALIKE


def _labels_of(index: NameIndex) -> set[str]:
    return {
        label for axis in AXES for line in lines_along(index.lines.table, axis)[:MOST_LABELS] for label in line.labels
    }


def _words_of(index: NameIndex) -> set[str]:
    return {
        token.text
        for label in _labels_of(index)
        for token in tokens_of(label)
        if token.word and len(token.text) >= ABBREVIATION and token.folded not in function_words()
    }


def _is_near(word: str, printed: str) -> bool:
    other = printed.casefold()
    if len(word) < SHORTEST or not word.isalpha() or not other.isalpha():
        return False
    if word.startswith(other) or (other.startswith(word) and len(word) > SHORTEST):
        return True
    if len(word) > SHORTEST and word in other:
        return True
    common = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    if common >= 6 and common >= 0.6 * max(len(word), len(other)):
        return True
    return min(len(word), len(other)) >= 6 and SequenceMatcher(None, word, other).ratio() >= ALIKE
