"""What a research question, a claim or an association is about beyond intermediate training itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.registry.vocabulary import Vocabulary
from claims.domains.registry.names import names_of
from claims.language.tokens import tokens_of


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concepts.

    Attributes:
        phrases: folded words of a phrase → the concept it names, "" where it names none.
        of_axis: axis of an association → the concepts of which it speaks.
        longest: words of the longest phrase.
    """

    phrases: dict[tuple[str, ...], str]
    of_axis: dict[str, frozenset[str]]
    longest: int

    def named(self, text: str) -> Iterator[str]:
        """The concepts that a text names; of phrases that lie in one another the longest counts."""
        words = _words(text)
        place = 0
        while place < len(words):
            for length in range(min(self.longest, len(words) - place), 0, -1):
                concept = self.phrases.get(words[place : place + length])
                if concept is not None:
                    if concept:
                        yield concept
                    place += length - 1
                    break
            place += 1


@cache
def known_concepts() -> Concepts:
    """The concepts of `concepts.toml`."""
    data = tomllib.loads((files("claims.domains.registry") / "concepts.toml").read_text(encoding="utf-8"))
    phrases = {_words(form): "" for form in data["elsewhere"]}
    of_axis: dict[str, set[str]] = {}
    for entry in data["concept"]:
        phrases |= {_words(form): entry["name"] for form in entry["forms"]}
        for axis in entry.get("axes", ()):
            of_axis.setdefault(axis, set()).add(entry["name"])
    frozen = {axis: frozenset(names) for axis, names in of_axis.items()}
    return Concepts(phrases, frozen, max(map(len, phrases)))


def benchmarks_named(text: str, registry: Vocabulary) -> tuple[str, ...]:
    """The ids of the benchmarks that a text names, in order."""
    return tuple(dict.fromkeys(e.value for e in names_of(registry).edges(tokens_of(text)) if e.symbol == "BENCH"))


def _words(text: str) -> tuple[str, ...]:
    """The folded words of a text, hyphens left out."""
    return tuple(t.folded for t in tokens_of(text) if t.folded != "-")
