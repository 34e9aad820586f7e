"""Whether a sentence of prose states something that could be checked, and of what kind it is where it does not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from claims.citation_marks import without_marks
from claims.citations import WORKS
from claims.sentences import ends_sentence

QUESTION, FRAGMENT, BACKGROUND = "question", "fragment", "background"
"""Kinds of sentence that nothing could check: asks; breaks off; names no number, no comparison and no fact."""
_NUMBER = re.compile(
    r"(?<![\w.,/#–-])(?P<before>[A-Za-z]+\.?\s)?(?P<number>[+\-−]?\d{1,3}(?:,\d{3})+|[+\-−]?\d+(?:\.\d+)?)(?![\w-]|\.\d)(?P<percent>\s?%)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"\b(?:[A-Za-z]*[a-z]?[A-Z][A-Za-z]*[A-Z0-9][\w+-]*|[A-Z]{2,}[\w+-]*|[A-Z][a-z]+-[A-Z0-9][\w-]*)\b")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Words:
    results: frozenset[str]
    facts: frozenset[str]
    counts: frozenset[str]
    places: frozenset[str]
    apart: frozenset[str]
    fact_phrases: re.Pattern[str]
    kinds: Mapping[str, tuple[re.Pattern[str], re.Pattern[str] | None]]


def unchecked_kind(sentence: str) -> str | None:
    """The kind of a sentence that states nothing to check; None of one that does.

    A sentence that states a number is one to check, however it is hedged: whether it is read, the reader says.
    """
    words = _words()
    if sentence.rstrip().endswith("?"):
        return QUESTION
    if not ends_sentence(sentence):
        return FRAGMENT
    bare = WORKS.sub("", without_marks(sentence)[0]).strip()
    said = {word.casefold() for word in _WORD.findall(bare)}
    counted = states_number(bare) or bool(said & words.counts)
    for kind, (begins, holds) in words.kinds.items():
        if begins.match(bare) or (not counted and holds is not None and holds.search(bare)):
            return kind
    if counted or said & words.results:
        return None
    named = _NAME.search(bare) is not None
    return None if named and (said & words.facts or words.fact_phrases.search(bare)) else BACKGROUND


def states_number(text: str) -> bool:
    """Whether a text holds a number that is no year and no number of a table, a section or a page."""
    return any(map(_counts, _NUMBER.finditer(text)))


def _counts(found: re.Match[str]) -> bool:
    before = (found["before"] or "").strip(". ").casefold()
    year = _YEAR.fullmatch(found["number"]) is not None and not found["percent"]
    return before not in _words().places and not year


def apart_sections() -> frozenset[str]:
    """Headings, in lower case, below which no sentence is looked at."""
    return _words().apart


@cache
def _words() -> _Words:
    told: dict[str, Any] = tomllib.loads((files("claims") / "readers" / "checkable.toml").read_text(encoding="utf-8"))
    kinds = {kind: (_opening(lists["begins"]), _within(lists["holds"])) for kind, lists in told["kinds"].items()}
    phrases = _within(told["fact_phrases"])
    assert phrases is not None
    results, facts, counts, places = (
        frozenset(told[name].split()) for name in ("results", "facts", "counts", "places")
    )
    return _Words(results, facts, counts, places, frozenset(told["apart"]), phrases, kinds)


def _opening(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases)) or '(?!)'})", re.IGNORECASE)


def _within(phrases: Iterable[str]) -> re.Pattern[str] | None:
    listed = "|".join(map(re.escape, phrases))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE) if listed else None
