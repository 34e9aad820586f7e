"""Words of a sentence in the form the table prints: abbreviated with a stop, joined, or with another ending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.domains.table.words import canonical, function_words, significant
from claims.language.tokens import Token, fold

ABBREVIATED = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})\.(?!\w)")
"""A word of a label that ends in a stop: "Transm. (s)", "Gen. perf."."""
SHORTEST = 4
"""Letters of a stem that two words may share."""
ARTICLES = frozenset({"a", "an", "the"})
"""Words that a name may have in a sentence and not in a table: "latency of sending a message"."""
ENDINGS = ("ing", "ed", "d", "e")

Placed = tuple[str, int, int]
"""A word's index form with the places it starts and ends at."""


@dataclass(slots=True)
class WordForms:
    """The words that a table prints.

    Attributes:
        printed: index forms. shortened: printed abbreviations, folded. stems: stem → the printed words that have it.
    """

    printed: set[str] = field(default_factory=set)
    shortened: set[str] = field(default_factory=set)
    stems: dict[str, set[str]] = field(default_factory=dict)

    def add(self, label: str, words: Iterable[str]) -> None:
        """Takes the words of a label."""
        self.shortened |= {fold(short) for short in ABBREVIATED.findall(label)}
        for word in words:
            if word not in self.printed and word.isalpha():
                self.stems.setdefault(_stem(word), set()).add(word)
            self.printed.add(word)

    def of(self, tokens: Sequence[Token]) -> list[Placed]:
        """The telling words of a sentence, those that the table prints in another form as it prints them."""
        placed = [(self._as_printed(word, tokens[start]), start, end) for word, start, end in significant(tokens)]
        made: list[Placed] = []
        for word, start, end in placed:
            if word in ARTICLES and word not in self.printed:
                continue
            if made and self._joins(tokens, made[-1], (word, start, end)):
                made[-1] = (made[-1][0] + word, made[-1][1], end)
            else:
                made.append((word, start, end))
        return made

    def _as_printed(self, word: str, token: Token) -> str:
        if word in self.printed or not word.isalpha() or word in function_words():
            return word
        short = {form for form in self.shortened if token.folded.startswith(form)}
        if len(short) == 1:
            return canonical(short.pop())
        alike = self.stems.get(_stem(word), set())
        return next(iter(alike)) if len(alike) == 1 else word

    def _joins(self, tokens: Sequence[Token], before: Placed, after: Placed) -> bool:
        """Whether a hyphen parts what the table prints as one word: "pre-trained" and "Pretrained"."""
        between = tokens[before[2] : after[1]]
        return (
            len(between) == 1
            and between[0].folded == "-"
            and before[0] + after[0] in self.printed
            and not (before[0] in self.printed and after[0] in self.printed)
        )


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word
