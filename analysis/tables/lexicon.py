"""The words of headers, read from `words.toml` and the registry of tasks, languages, models and metrics."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.tables.model import Direction, Kind

ARROWS: Mapping[str, Direction] = {
    "↑": "higher",
    "▲": "higher",
    "⇑": "higher",
    "↓": "lower",
    "▼": "lower",
    "⇓": "lower",
}
CODE = 3
"""Letters of a language's code at most."""
LONGEST_LEVEL = 3
"""Words of a label column's header that is told by its last word."""
AT_K = re.compile(
    r"(?:accuracy|acc|p|r|precision|prec|recall|hits?|h|hr|map|ap|mrr|ndcg|n|f1|success|top|pass|\d+r)"
    r"\s?@\s?(?:\d+|[kmo])"
)
"""Measures of the first k answers, "10R@1" of those among ten, all better when higher."""
TOKEN = re.compile(r"\w+(?:[-'’./@+²]\w+|[@+²%]+|\.(?=\s|$))*|[#%±Δ∆∑κσ]|[^\s\w]")
BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
LANGUAGE_PAIR = re.compile(r"([a-z]{2,3})\s?(?:-|–|→|->|2|↔)\s?([a-z]{2,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class TableLexicon:
    """Word lists for headers of tables, folded to lower case.

    Attributes:
        measures: spelling → (plain name, direction).
        head_only: plain names that count only at the end of a header.
        beside: short spelling → (plain name, direction, word that must stand beside it).
        neither: names of measures without a direction.
        not_in_captions, of_metrics, of_judgements: plain names.
        kinds: kind → words. levels: kind of line → headers of label columns.
        runs: headers of columns that number the runs of one system.
        loose: of those, the ones that say nothing at the end of a longer header.
        marks: mark → words. full, stepwise, units, fillers, no_short, before_symbols, after_head, after_change: words.
        derived: what makes of a measure another quantity: "words" that do, "quantities" of their own, words "joining"
            two, words "counting" something, words of what is "affecting" a measure and words "opening" a caption.
        judged: "names" of measures on a scale, words and phrases of captions "reversing" it or with 1 as "best".
        cased: spelling → the ways in which it must be written to count.
        better: direction → phrases that state it.
        registry: tasks, languages, models and metrics.
    """

    measures: Mapping[str, tuple[str, Direction]]
    head_only: frozenset[str]
    beside: Mapping[str, tuple[str, Direction, str]]
    neither: frozenset[str]
    not_in_captions: frozenset[str]
    of_metrics: frozenset[str]
    of_judgements: frozenset[str]
    kinds: Mapping[Kind, frozenset[str]]
    levels: Mapping[Kind, frozenset[str]]
    runs: frozenset[str]
    loose: frozenset[str]
    marks: Mapping[str, frozenset[str]]
    full: frozenset[str]
    stepwise: Mapping[str, frozenset[str]]
    cased: Mapping[str, frozenset[str]]
    after_change: frozenset[str]
    no_short: frozenset[str]
    before_symbols: frozenset[str]
    after_head: frozenset[str]
    units: frozenset[str]
    fillers: frozenset[str]
    derived: Mapping[str, frozenset[str]]
    judged: Mapping[str, frozenset[str]]
    better: Mapping[Direction, tuple[str, ...]]
    registry: Vocabulary

    def is_level_name(self, text: str) -> bool:
        """True if a text heads a level of labels: "Model", "Data set"."""
        return self.level_kind(text) is not None

    def level_kind(self, text: str) -> Kind | None:
        """Kind of lines that a label column's header names."""
        folded = " ".join(BRACKETS.sub(" ", text).strip(" :").casefold().split())
        if exact := next((kind for kind, words in self.levels.items() if folded in words), None):
            return exact
        parts = folded.split()
        if not 2 <= len(parts) <= LONGEST_LEVEL or any(part.startswith("train") for part in parts):
            return None
        return next((kind for kind, words in self.levels.items() if parts[-1] in words - self.loose), None)

    def is_known(self, text: str) -> bool:
        """True if a header text is a word of measures, kinds, data sets or languages."""
        folded = text.casefold()
        return (
            folded in self.measures
            or folded in self.beside
            or any(folded in words for words in self.kinds.values())
            or any(arrow in text for arrow in ARROWS)
            or bool(AT_K.fullmatch(folded))
            or self.named(text) is not None
        )

    def named(self, text: str) -> Kind | None:
        """Entry of the registry for a whole text; None where there is none."""
        if not text or len(text) > 80:
            return None
        if len(text) > CODE and self.language(text):
            return "language"
        if any(self.registry.find(c, text) for c in ("target", "benchmark", "intermediate", "further_intermediate")):
            return "dataset"
        return "system" if self.registry.find("model", text) else None

    def language(self, text: str) -> bool:
        """True if a text is a language, by name or code, or a pair of them."""
        folded = text.casefold()
        if self.registry.find("language", text) or (2 <= len(text) <= 3 and self.registry.language(folded)):
            return True
        pair = LANGUAGE_PAIR.fullmatch(folded)
        if pair is None or pair[1] == pair[2]:
            return False
        known = [self.registry.language(code) is not None for code in pair.groups()]
        return all(known) or (any(known) and len(pair[1]) == len(pair[2]) == CODE - 1)


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a header in lower case, signs apart."""
    return tuple(found.casefold() for found in TOKEN.findall(text))


@cache
def lexicon() -> TableLexicon:
    """The lexicon (read once)."""
    data = tomllib.loads((files("analysis") / "tables" / "words.toml").read_text(encoding="utf-8"))
    measures = {spelling: (name, "higher") for name, more in data["higher"].items() for spelling in (name, *more)}
    measures |= {spelling: (name, "lower") for name, more in data["lower"].items() for spelling in (name, *more)}
    return TableLexicon(
        measures=cast(Mapping[str, tuple[str, Direction]], measures),
        head_only=_names(data, "head_only"),
        beside={short: tuple(found) for short, found in data["beside"].items()},
        neither=_names(data, "neither"),
        not_in_captions=_names(data, "not_in_captions"),
        of_metrics=_names(data, "of_metrics"),
        of_judgements=_names(data, "of_judgements"),
        kinds=_sets(data["kinds"]),
        levels=_sets(data["levels"]),
        runs=_names(data, "runs"),
        loose=_names(data, "loose"),
        marks=_sets(data["marks"]),
        full=_names(data, "full"),
        stepwise=_sets(data["stepwise"]),
        cased=_sets(data["cased"]),
        after_change=_names(data, "after_change"),
        no_short=_names(data, "no_short"),
        before_symbols=_names(data, "before_symbols"),
        after_head=_names(data, "after_head"),
        units=_names(data, "units"),
        fillers=_names(data, "fillers"),
        derived=_sets(data["derived"]),
        judged=_sets(data["judged"]),
        better={direction: tuple(phrases) for direction, phrases in data["direction_words"].items()},
        registry=vocabulary(),
    )


def _names(data: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(data[key]["names"])


def _sets(found: Mapping[str, Iterable[str]]) -> Any:
    return {key: frozenset(words) for key, words in found.items()}
