"""Texts as sequences of small pieces, so that "CS-ONLY-DISC", "CS-only-disc" and "cs only disc" are alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

PIECE = re.compile(r"\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+|[^\w\s]", re.UNICODE)
KEPT_SIGNS = frozenset("+−@#%=")
"""Signs that tell two names apart ("TGen+" and "TGen")."""

CITATION = re.compile(
    r"\(?\s*(?:[A-ZÀ-Þ][\w'’-]+(?:\s+(?:and|&)\s+[A-ZÀ-Þ][\w'’-]+|\s+et\s+al\.?)?),?\s*\(?\s*(?:19|20)\d\d[a-z]?\s*\)?\)?"
)
TAGGED = re.compile(r"\b[a-z]+:\d\d\b")
"""A citation key in a cell, as "gella:17"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a number or a sign of a text.

    Attributes:
        text: in lower case, accents kept. start, end: where it stands. raw: as written.
        glued: whether no blank stands before it.
    """

    text: str
    start: int
    end: int
    raw: str
    glued: bool


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of a text in their order, signs included."""
    found = []
    last = 0
    for match in PIECE.finditer(unicodedata.normalize("NFC", text)):
        raw = match[0]
        found.append(Piece(raw.casefold(), match.start(), match.end(), raw, match.start() == last and last > 0))
        last = match.end()
    return tuple(found)


def words_of(text: str) -> tuple[str, ...]:
    """The words, numbers and telling signs of a text in lower case."""
    return tuple(p.text for p in pieces_of(text) if p.text[0].isalnum() or _tells(p))


def _tells(piece: Piece) -> bool:
    return piece.text in KEPT_SIGNS


def squashed(words: tuple[str, ...]) -> str:
    """Words without anything between them."""
    return "".join(words)


def without_citation(text: str) -> str:
    """A name without the citation that stands behind it."""
    shorter = " ".join(TAGGED.sub(" ", CITATION.sub(" ", text)).split())
    return shorter or text


def alike(word: str, other: str) -> float:
    """How surely two words are one: 1 the same, 0.9 one but for its ending, 0.8 an abbreviation, 0 otherwise."""
    if word == other:
        return 1.0
    if _singular(word) == _singular(other) and min(len(word), len(other)) > 1:
        return 0.9
    short, long = sorted((_singular(word), _singular(other)), key=len)
    if len(short) >= 3 and short.isalpha() and long.startswith(short) and len(long) - len(short) >= 3:
        return 0.8
    if (
        len(short) == 3
        and short.isalpha()
        and not set(short) & set("aeiou")
        and len(long) > 5
        and _skeleton(short, long)
    ):
        return 0.75
    return 0.0


def _skeleton(short: str, long: str) -> bool:
    """Whether a word without vowels is another's consonants in their order ("psg", "passages")."""
    rest = iter(long)
    if not short.isalpha() or set(short) & set("aeiou"):
        return False
    return long.isalpha() and short[0] == long[0] and all(letter in rest for letter in short)


def _singular(word: str) -> str:
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + rest
    return word
