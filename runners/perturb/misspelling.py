"""Changes to a text: letters exchanged, left out, mistyped, disguised; words out of order.

Every change takes a text and a generator and returns the changed text and how many of its
characters were changed. Only letters inside words of four letters or more are changed, so that
short words (articles, "no") and numbers stay.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from runners.clusters import clusters, letters_only

SHARE = 0.05
"""Share of the letters that may be changed which are drawn."""

SHUFFLED = 0.5
"""Share of the windows of words that are disordered."""

WINDOW = 3
"""Words that may change places with each other."""

Changed = tuple[str, int]
"""A text and how many of its characters were changed."""


def swap(text: str, rng: np.random.Generator) -> Changed:
    """Neighbouring letters inside words exchanged."""

    def exchange(word: list[str], at: int) -> int:
        if at + 1 >= len(word) - 1 or word[at] == word[at + 1]:
            return 0
        word[at], word[at + 1] = word[at + 1], word[at]
        return len(word[at]) + len(word[at + 1])

    return _inside_words(text, rng, exchange)


def drop(text: str, rng: np.random.Generator) -> Changed:
    """Letters inside words left out."""

    def leave_out(word: list[str], at: int) -> int:
        length, word[at] = len(word[at]), ""
        return length

    return _inside_words(text, rng, leave_out)


def typo(text: str, rng: np.random.Generator) -> Changed:
    """Letters inside words struck on a neighbouring key of their script's keyboard."""
    keys = neighbours()

    def strike(word: list[str], at: int) -> int:
        near = keys.get(word[at].lower())
        if near is None:
            return 0
        letter = near[int(rng.integers(len(near)))]
        word[at] = letter.upper() if word[at].isupper() else letter
        return 1

    return _inside_words(text, rng, strike)


def homoglyph(text: str, rng: np.random.Generator) -> Changed:
    """Letters replaced by others that look the same."""
    doubles = homoglyphs()

    def disguise(word: list[str], at: int) -> int:
        double = doubles.get(word[at])
        if double is None:
            return 0
        word[at] = double
        return 1

    return _inside_words(text, rng, disguise)


def shuffle(text: str, rng: np.random.Generator) -> Changed:
    """Words disordered within windows of three; spaces and the last sign stay where they are."""
    parts = re.split(r"(\s+)", text)
    words = [i for i in range(0, len(parts), 2) if parts[i] and any(ch.isalnum() for ch in parts[i])]
    order = disorder(len(words), rng)
    moved = list(parts)
    for at, unit in enumerate(order):
        moved[words[at]] = parts[words[unit]]
    changed = sum(len(parts[words[at]]) for at, unit in enumerate(order) if unit != at)
    return "".join(moved), changed


def disorder(count: int, rng: np.random.Generator) -> list[int]:
    """Numbers to `count`, about half of the windows disordered."""
    order = list(range(count))
    for first in range(0, count, WINDOW):
        window = order[first : first + WINDOW]
        if len(window) > 1 and rng.random() < SHUFFLED:
            order[first : first + WINDOW] = [window[i] for i in rng.permutation(len(window))]
    return order


def _inside_words(text: str, rng: np.random.Generator, change: Callable[[list[str], int], int]) -> Changed:
    """Changes about `SHARE` of the inner letters of words of four letters or more."""
    changed = 0

    def altered(match: re.Match[str]) -> str:
        nonlocal changed
        word = clusters(match.group())
        if len(word) < 4 or not letters_only(word):
            return match.group()
        for at in np.flatnonzero(rng.random(len(word)) < SHARE * len(word) / (len(word) - 2)).tolist():
            if 0 < at < len(word) - 1:
                changed += change(word, at)
        return "".join(word)

    return re.sub(r"[^\s\d_]+", altered, text), changed


@cache
def letters() -> Mapping[str, Any]:
    """Table of letters: keyboards, doubles, scripts without spaces."""
    return tomllib.loads((files("runners") / "letters.toml").read_text(encoding="utf-8"))


@cache
def neighbours() -> Mapping[str, str]:
    """Letter → the letters on the keys around it."""
    found: dict[str, str] = {}
    for rows in letters()["keyboard"].values():
        for r, row in enumerate(rows):
            for at, letter in enumerate(row):
                beside = [row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)]
                above = [rows[i][at] for i in (r - 1, r + 1) if 0 <= i < len(rows) and at < len(rows[i])]
                found[letter] = "".join((*beside, *above))
    return found


@cache
def homoglyphs() -> Mapping[str, str]:
    """Letter → its double."""
    return {a: b for pairs in letters()["homoglyph"].values() for a, b in pairs.items()}
