"""The word lists of the gate, read from `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from claims.language.tokens import tokens_of

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateWords:
    """Words that a rewording may leave out, add or exchange; see `words.toml`.

    Attributes:
        function, neutral, telling, verbs, structural: classes of the lexicon, of verbs without their form.
        neutral_verbs: spellings. roots: class → the class it counts as.
        alike: structural spelling → the group it belongs to.
        at_start, anywhere: folded words of neutral phrases.
    """

    function: frozenset[str]
    neutral: frozenset[str]
    telling: frozenset[str]
    verbs: frozenset[str]
    structural: frozenset[str]
    neutral_verbs: frozenset[str]
    roots: Mapping[str, str]
    alike: Mapping[str, str]
    at_start: frozenset[Words]
    anywhere: frozenset[Words]


@cache
def gate_words() -> GateWords:
    """The shipped lists."""
    data = tomllib.loads((files("claims.proposing") / "words.toml").read_text(encoding="utf-8"))
    phrases = data["neutral_phrases"]
    return GateWords(
        frozenset(data["function_classes"]),
        frozenset(data["neutral_classes"]),
        frozenset(data["telling_classes"]) | data["same_class"].keys(),
        frozenset(data["verb_classes"]),
        frozenset(data["structural_classes"]),
        frozenset(data["neutral_verbs"]),
        data["same_class"],
        {spelling: group for group, spellings in data["alike"].items() for spelling in spellings},
        _folded(phrases["at_start"]),
        _folded(phrases["anywhere"]),
    )


def _folded(phrases: Iterable[str]) -> frozenset[Words]:
    return frozenset(tuple(token.folded for token in tokens_of(phrase)) for phrase in phrases)
