"""Many labels by their words: an inverted index, searched only for the words of a sentence.

A table of ten thousand rows has a hundred thousand stretches of labels, of which a sentence names a few. Labels of
plain words are kept by word here; a stretch of the sentence is looked up by the labels that hold its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.domains.table.spellings import is_abbreviation
from claims.domains.table.words import Key
from claims.language.tokens import WORD

MANY = 300
"""Labels of an axis from which they are kept by word."""
PLAIN = re.compile(r"[A-Za-z0-9]+(?:(?: |[-_./](?! ))[A-Za-z0-9]+)*")
"""Labels whose words are their letters and digits: no brackets, no signs that stand for words."""
NEGATING = ("no ", "without ", "w/o ")


@dataclass(slots=True)
class Postings:
    """Labels of one axis by their words.

    Attributes:
        canonical: a folded word's index form.
        level: of each label. members: the lines that have it. keys: its words.
        whole: words → labels that consist of them. by_word: word → labels that hold it.
        longest: words of the longest label.
    """

    canonical: Callable[[str], str]
    level: list[int] = field(default_factory=list)
    members: list[Sequence[int]] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    whole: dict[Key, list[int]] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=dict)
    longest: int = 1

    def add(self, labels: Iterable[tuple[int, str, Sequence[int]]]) -> None:
        """Adds labels of plain words: (level, label, lines)."""
        forms: dict[str, str] = {}
        for level, label, members in labels:
            words = [word for word in WORD.findall(label.lower()) if word[0].isalnum()]
            key = tuple(forms.get(word) or forms.setdefault(word, self.canonical(word)) for word in words)
            at = len(self.keys)
            self.level.append(level)
            self.members.append(members)
            self.keys.append(key)
            self.whole.setdefault(key, []).append(at)
            for word in key:
                self.by_word.setdefault(word, []).append(at)
            self.longest = max(self.longest, len(key))

    def wholes(self, key: Key) -> Iterator[tuple[int, frozenset[int]]]:
        """Level and lines of each label that consists of some words."""
        return ((self.level[at], frozenset(self.members[at])) for at in self.whole.get(key, ()))

    def parts(self, key: Key, longest: int) -> Iterator[tuple[int, float, frozenset[int]]]:
        """Level, share and lines of the labels of which some words are a part, those of one level and share together.

        Args:
            key: the words.
            longest: words of the longest label that is known by a part.
        """
        found: dict[tuple[int, float], set[int]] = {}
        for at in self._holding(key):
            own = self.keys[at]
            if len(key) < len(own) <= longest and (len(key) == 1 or _holds(own, key)):
                found.setdefault((self.level[at], round(len(key) / len(own), 2)), set()).update(self.members[at])
        return ((level, share, frozenset(lines)) for (level, share), lines in found.items())

    def _holding(self, key: Key) -> Iterable[int]:
        """Labels that hold every word, in order."""
        wanted = set(key)
        rarest = min((self.by_word.get(word, []) for word in wanted), key=len)
        return (at for at in dict.fromkeys(rarest) if wanted.issubset(self.keys[at]))


def _holds(own: Key, key: Key) -> bool:
    return any(own[i : i + len(key)] == key for i in range(len(own) - len(key) + 1))


def is_plain_label(label: str) -> bool:
    """True if a label has no spelling but its own words."""
    if PLAIN.fullmatch(label) is None or label[:8].lower().startswith(NEGATING):
        return False
    return not is_abbreviation(label)
