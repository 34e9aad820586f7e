"""Abbreviations that a caption explains: "MFT: most frequent tag", "BLEU-2 (B-2)", "“perp” stands for perplexity"."""

from __future__ import annotations

import re

from claims.tables.pieces import words_of

COLON = re.compile(r"(?:^|[.;:,]\s+)([A-Z][\w.+-]{0,15}):\s+([a-z][\w\s-]{2,60}?)(?=[;.,]|$)")
STANDS = re.compile(
    r"[“\"'’]?([\w.+-]{1,15})[”\"'’]?\s+"
    r"(?:stands? for|denotes?|means?|refers? to|indicates?|is short for)\s+(?:the\s+)?"
    r"([a-z][\w\s-]{2,60}?)(?=\s*[;.,(]|\s+and\s+[“\"'’]|$)"
)
BRACKETED = re.compile(r"((?:[\w-]+\s+){0,4}[\w-]+)\s+\(([A-Z][\w.+-]{0,11})\)")


def abbreviations(caption: str) -> dict[str, tuple[str, ...]]:
    """Abbreviation (lower case) → the words it stands for."""
    found: dict[str, tuple[str, ...]] = {}
    for pattern in (COLON, STANDS):
        for short, long in pattern.findall(caption):
            found.setdefault(short.casefold(), words_of(long))
    for long, short in BRACKETED.findall(caption):
        words = _initialled(words_of(long), short)
        if words:
            found.setdefault(short.casefold(), words)
    return found


def _initialled(words: tuple[str, ...], short: str) -> tuple[str, ...]:
    """The last words of a phrase that a bracketed abbreviation abbreviates; none where it does not."""
    letters = [sign for sign in short.casefold() if sign.isalpha()]
    if not letters:
        return ()
    for count in (len(letters), 1, 2, 3, len(words)):
        tail = words[-count:]
        if tail and tail[0][0] == letters[0] and _spells(letters, "".join(tail)):
            return tail
    return ()


def _spells(letters: list[str], word: str) -> bool:
    """Whether letters occur in a word in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
