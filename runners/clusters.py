"""Characters as readers see them: a letter with its marks is one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

JOINERS = "\u200c\u200d"
JAMO = frozenset(map(chr, (*range(0x1160, 0x1200), *range(0xD7B0, 0xD7FC))))
"""Vowels and finals of Korean syllables that are written in parts."""


def clusters(word: str) -> list[str]:
    """The word cut into letters, each with the combining marks and joiners that follow it."""
    found: list[str] = []
    for character in word:
        if found and (_joins(character) or found[-1].endswith("\u200d")):
            found[-1] += character
        else:
            found.append(character)
    return found


def whole_letters(text: str, first: int, end: int) -> str:
    """A part of a text, widened so that no letter is cut from its marks.

    Args:
        text: as it stands, composed or not.
        first: first character of the part.
        end: the one after its last.
    """
    while 0 < first < len(text) and (_joins(text[first]) or text[first - 1] == "\u200d"):
        first -= 1
    while 0 < end < len(text) and (_joins(text[end]) or text[end - 1] == "\u200d"):
        end += 1
    return text[first:end]


def _joins(character: str) -> bool:
    """True if a character is part of the letter before it: a mark, a joiner, or a Korean vowel or final."""
    return unicodedata.category(character).startswith("M") or character in JOINERS or character in JAMO


def letters_only(word: Sequence[str]) -> bool:
    """True if its inner clusters are letters: addresses, file names and signs are no words."""
    return all(unicodedata.category(cluster[0]).startswith("L") for cluster in word[1:-1])
