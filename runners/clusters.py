"""Characters as readers see them: a letter with its marks is one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

JOINERS = "\u200c\u200d"


def clusters(word: str) -> list[str]:
    """The word cut into letters, each with the combining marks and joiners that follow it."""
    found: list[str] = []
    for character in word:
        joined = unicodedata.category(character).startswith("M") or character in JOINERS
        if found and (joined or found[-1].endswith("\u200d")):
            found[-1] += character
        else:
            found.append(character)
    return found


def letters_only(word: Sequence[str]) -> bool:
    """Whether its inner clusters are letters: addresses, file names and signs are no words."""
    return all(unicodedata.category(cluster[0]).startswith("L") for cluster in word[1:-1])
