"""Words of a sentence in the form the table prints: abbreviated with a stop, joined, or with another ending."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache

from claims.domains.table.words import canonical, function_words, significant
from claims.language.lexicon import lexicon
from claims.language.tokens import Token, fold, stem

ABBREVIATED = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})\.(?!\w)")
"""A word of a label that ends in a stop: "Transm. (s)", "Gen. perf."."""
SHORTEST = 4
"""Letters of a stem that two words may share."""
PLAIN = 6
"""Letters of an abbreviation that one word alone begins with, as far as anybody would write."""
ARROWS = frozenset("→⇒")
"""Signs between two names that converters lose: "A → B" is printed "A B"."""
SHORTEST_CLIPPED, LONGEST_CLIPPED = 3, 5
"""Letters of a word that is printed cut short without a stop."""
LEAST_CUT = 3
"""Letters that are cut off at least."""
DERIVED = ("ations", "ation", "ating", "ated", "ate", "ions", "ion")
ENDINGS = ("ing", "ed", "d", "e")
SHORTEST_DERIVED = 6
"""Letters of a stem that a noun and its verb share: "relation" and "related" are two things."""

Placed = tuple[str, int, int]
"""A word's index form with the places it starts and ends at."""


@dataclass(slots=True)
class WordForms:
    """The words that a table prints.

    Attributes:
        printed: index forms. shortened: printed abbreviations that no list writes out → the words printed beside them.
        stems: stem → the printed words that have it. caption: words of the caption.
        clipped: printed words that may be cut short, as "seg" → the words of their labels.
    """

    printed: set[str] = field(default_factory=set)
    shortened: dict[str, set[str]] = field(default_factory=dict)
    stems: dict[str, set[str]] = field(default_factory=dict)
    caption: frozenset[str] = frozenset()
    clipped: dict[str, set[str]] = field(default_factory=dict)

    def add(self, label: str, words: Sequence[str]) -> None:
        """Adds the words of a label."""
        for short in map(fold, ABBREVIATED.findall(label)):
            if canonical(short) == stem(short):
                self.shortened.setdefault(short, set()).update(words)
        for word in words:
            if len(words) > 1 and SHORTEST_CLIPPED <= len(word) <= LONGEST_CLIPPED and _is_clipped(word):
                self.clipped.setdefault(word, set()).update(words)
            if word not in self.printed and word.isalpha():
                self.stems.setdefault(_stem(word), set()).add(word)
            self.printed.add(word)

    def of(self, tokens: Sequence[Token]) -> list[Placed]:
        """The telling words of a sentence, those that the table prints in another form as it prints them."""
        said = list(significant(tokens))
        near = [{word for word, _, _ in said[max(0, i - 1) : i + 2]} for i in range(len(said))]
        placed = [
            (self._as_printed(word, tokens[start], beside), start, end)
            for (word, start, end), beside in zip(said, near, strict=True)
        ]
        made: list[Placed] = []
        for word, start, end in placed:
            if (word in articles() or word in ARROWS) and word not in self.printed:
                continue
            if made and self._joins(tokens, made[-1], (word, start, end)):
                made[-1] = (made[-1][0] + word, made[-1][1], end)
            else:
                made.append((word, start, end))
        return made

    def _as_printed(self, word: str, token: Token, beside: AbstractSet[str]) -> str:
        if word in self.printed or not word.isalpha() or word in function_words():
            return word
        short = {form for form in self.shortened if self._stands_for(form, word, token, beside)}
        if len(short) == 1:
            return canonical(short.pop())
        cut = {form for form, words in self.clipped.items() if _clips(form, word) and (words - {form}) & beside}
        if len(cut) == 1 and word not in self.caption:
            return cut.pop()
        alike = self.stems.get(_stem(word), set())
        return next(iter(alike)) if len(alike) == 1 else word

    def _stands_for(self, short: str, word: str, token: Token, beside: AbstractSet[str]) -> bool:
        """True if an abbreviation is of a word: the caption has it, or it stands beside words as the label's does."""
        if not token.folded.startswith(short):
            return False
        if word in self.caption or len(short) >= PLAIN:
            return True
        others = self.shortened[short] - {canonical(short)}
        both = any(other in self.shortened and any(w.startswith(other) for w in beside) for other in others)
        return both or (len(short) >= SHORTEST and not others.isdisjoint(beside))

    def _joins(self, tokens: Sequence[Token], before: Placed, after: Placed) -> bool:
        """True if a hyphen parts what the table prints as one word: "pre-trained" and "Pretrained"."""
        between = tokens[before[2] : after[1]]
        return (
            len(between) == 1
            and between[0].folded == "-"
            and before[0] + after[0] in self.printed
            and not (before[0] in self.printed and after[0] in self.printed)
        )


@cache
def _is_clipped(word: str) -> bool:
    """True if a printed word may be another one cut short: no word of the language, and ending in a consonant."""
    return word.isalpha() and word[-1] not in "aeiou" and not lexicon().knows(word) and word not in function_words()


def _clips(form: str, word: str) -> bool:
    return word.startswith(form) and len(word) - len(form) >= LEAST_CUT


@cache
def articles() -> frozenset[str]:
    """Words that a name may have in a sentence and not in a table: "latency of sending a message"."""
    known = lexicon().by_first.items()
    return frozenset(word for word, found in known if any(x.symbol == "art" and len(x.words) == 1 for x in found))


def _stem(word: str) -> str:
    """The stem of a word and its other forms: "calibrated" and "calibration", "perturb" and "perturbation"."""
    for ending in DERIVED:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_DERIVED:
            return word.removesuffix(ending)
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word
