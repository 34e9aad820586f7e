"""Lists of words as they are easiest to read and to extend: in one string."""

from __future__ import annotations


def each_word(words: str) -> frozenset[str]:
    """The words of a string."""
    return frozenset(words.split())


def each_phrase(phrases: str) -> frozenset[str]:
    """The phrases of a string, parted by bars."""
    return frozenset(phrase.strip() for phrase in phrases.split("|"))
