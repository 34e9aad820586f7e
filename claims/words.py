"""Words of a document, and of the English word list.

Both decide for a damaged text if a string is a word. The document comes first, for it has the terms of its subject;
the word list (the one that pyspellchecker ships) is loaded only when the document does not decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from claims.phrases import each_word

HYPHENS = "-‐‑"
"""Signs that join two halves of a word: hyphen-minus, hyphen, non-breaking hyphen."""

SOFT_HYPHEN = "\u00ad"

DAMAGE = "\ufffd\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufb00-\ufb06"
"""Signs, as the inside of a character class, that may stand for lost letters."""

BEYOND = each_word(
    "baselines bitext codebase crosslingual dataset datasets finetune finetuned finetuning multitask "
    "outperform outperformed outperforming outperforms pretrain pretrained pretraining runtime softmax "
    "subtask subtasks subword subwords tokenization tokenize tokenizer tokenizers"
)
"""Trade words that a general English word list lacks."""

_WORD = re.compile(r"[^\W\d]+")
_COMPOUND = re.compile(rf"(?<![^\W\d])[^\W\d]++(?:[{HYPHENS}][^\W\d]++)+")
_DAMAGED = re.compile(f"[{DAMAGE}]")
_FLOOR = 500
"""Words of up to three letters below this frequency are noise in the list ("ts", "nd")."""
_SHORT = 3


@cache
def word_list() -> Mapping[str, int]:
    """The English word list: word → how often it was counted, in no unit that matters."""
    from spellchecker import SpellChecker

    counted: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    kept = {word: n for word, n in counted.items() if len(word) > _SHORT or n >= _FLOOR}
    return kept | dict.fromkeys(BEYOND - kept.keys(), _FLOOR)


@cache
def _sorted_list() -> list[str]:
    return sorted(word_list())


def listed(word: str) -> bool:
    """True if the English word list holds a word, capital letters aside."""
    return word.lower() in word_list()


def begins_word(beginning: str) -> bool:
    """True if a longer word of the word list begins like this."""
    low, words = beginning.lower(), _sorted_list()
    at = bisect_left(words, low)
    return any(word.startswith(low) and word != low for word in words[at : at + 2])


@dataclass(frozen=True)
class Words:
    """The whole words of one document, in lower case, counted when they are first asked for.

    Words that are broken at a line's end or damaged are left out: they prove nothing.
    """

    text: str

    @cached_property
    def single(self) -> Mapping[str, int]:
        """Word → number of its occurrences."""
        return Counter(word for word in _WORD.findall(self._whole) if "_" not in word)

    @cached_property
    def paired(self) -> Mapping[str, int]:
        """Two neighbours in a hyphenated word ("zero-shot", "state-of", "of-the") → number of their occurrences."""
        paired: Counter[str] = Counter()
        for compound in _COMPOUND.findall(self._whole):
            parts = re.split(f"[{HYPHENS}]", compound)
            paired.update(f"{a}-{b}" for a, b in pairwise(parts) if "_" not in a + b)
        return paired

    @cached_property
    def _whole(self) -> str:
        return _DAMAGED.sub("_", "\n".join(_without_broken(self.text))).lower()

    def count(self, word: str) -> int:
        """The number of times the document uses a word on its own."""
        return self.single.get(word.lower(), 0)

    def knows(self, word: str) -> bool:
        """True if this is a word: of the document, or else of the word list."""
        return self.count(word) > 0 or listed(word)

    def begins(self, beginning: str) -> bool:
        """True if a longer word, of the document or of the word list, begins like this."""
        low = beginning.lower()
        return begins_word(low) or any(word.startswith(low) and word != low for word in self.single)


def _without_broken(text: str) -> Iterator[str]:
    """The lines of a text without words that a hyphen breaks over a line's end."""
    broken = False
    for line in text.split("\n"):
        rest = line.strip()
        if broken:
            rest = rest.partition(" ")[2]
        broken = rest.endswith((*HYPHENS, SOFT_HYPHEN))
        yield rest.rpartition(" ")[0] if broken else rest
