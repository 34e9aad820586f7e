"""Labels of another quantity than the measure in them: "Accuracy loss" is no accuracy, nor is "Accuracy rank"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from analysis.tables import TableLine
from analysis.tables.lexicon import lexicon
from claims.domains.table.spellings import without_spread
from claims.domains.table.words import Key, canonical, key_of

NAMED = frozenset({"system", "ablation", "addition", "dataset", "language", "bound", "human", "aggregate"})
"""Kinds of line that are called by a part of their name, whatever the rest of it says."""


def says_less(part: Key, label: Key) -> bool:
    """True if a part of a label leaves out a word that makes of a measure another quantity.

    Args:
        part: words of the label.
        label: all its words.
    """
    return not _deriving().isdisjoint(label) and not _deriving().intersection(label) <= set(part)


def is_other_quantity(label: str) -> bool:
    """True if a label has a word that makes of a measure another quantity."""
    return not _deriving().isdisjoint(key_of(without_spread(label)))


def may_be_derived(lines: Iterable[TableLine]) -> bool:
    """True if lines may be of a quantity derived from a measure: "Memory loss", not "Rank-1 accuracy"."""
    return any(line.kind not in NAMED and not _is_measured(line) for line in lines)


def _is_measured(line: TableLine) -> bool:
    """True if it is known which way is better, and by the last word of a label."""
    known = line.measure is not None and line.measure.direction is not None
    return known and _deriving().isdisjoint(key_of(without_spread(line.own))[-1:])


@cache
def _deriving() -> frozenset[str]:
    words = lexicon()
    spelled = words.derived["words"] | words.derived["headed"] | words.kinds["change"] | words.kinds["error"]
    return frozenset(canonical(word) for word in spelled if word.isalpha())
