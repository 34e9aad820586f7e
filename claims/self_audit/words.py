"""The words that the checks go by, from `words.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:[-.+][^\W_]+)*[+%]?")


@cache
def word_lists() -> dict[str, dict[str, frozenset[str]]]:
    """Table → name → words."""
    text = (files("claims.self_audit") / "words.toml").read_text(encoding="utf-8")
    return {
        table: {name: frozenset(words) for name, words in lists.items()} for table, lists in tomllib.loads(text).items()
    }


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [word.lower() for word in WORD.findall(text)]


def has_stem(words: list[str], stems: frozenset[str]) -> bool:
    """Whether a word begins with one of some stems."""
    return any(word.startswith(stem) for word in words for stem in stems)


def is_beyond(label: str) -> bool:
    """Whether a line stands for people, an oracle or another bound, which best marks leave out."""
    return bool(word_lists()["lines"]["beyond"] & set(words_of(label)))


def is_kind(label: str, kind: str) -> bool:
    """Whether a line's label is one of a kind of `[lines]`."""
    return label.strip().strip("*†‡: ").lower() in word_lists()["lines"][kind]
