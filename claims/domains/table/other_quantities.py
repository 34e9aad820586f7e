"""Labels of another quantity than the measure in them: "Accuracy loss" is no accuracy, nor is "Accuracy rank"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from analysis.tables import Table, TableLine
from analysis.tables.lexicon import lexicon
from claims.domains.table.axes import Axis, lines_along, other_axis
from claims.domains.table.lines import DESCRIBING
from claims.domains.table.spellings import without_spread
from claims.domains.table.words import Key, canonical, key_of

NAMED = frozenset({"system", "ablation", "addition", "dataset", "language", "bound", "human", "aggregate"})
"""Kinds of line that a part of their name may stand for, whatever the rest of it is."""


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


def names_what_is_compared(table: Table, axis: Axis, label: str) -> bool:
    """True if a label ends as another of its axis does, and all that crosses it is measured: "Triplet loss" by F1."""
    crossing = [line for line in lines_along(table, other_axis(axis)) if line.kind not in DESCRIBING]
    head = key_of(label)[-1:]
    alike = {line.own for line in lines_along(table, axis) if key_of(line.own)[-1:] == head}
    return len(alike) > 1 and bool(crossing) and all(line.kind == "measure" for line in crossing)


def _is_measured(line: TableLine) -> bool:
    """True if it is known which way is better, and by the last word of a label."""
    known = line.measure is not None and line.measure.direction is not None
    return known and _deriving().isdisjoint(key_of(without_spread(line.own))[-1:])


@cache
def _deriving() -> frozenset[str]:
    words = lexicon()
    spelled = words.derived["words"] | words.derived["headed"] | words.kinds["change"] | words.kinds["error"]
    return frozenset(canonical(word) for word in spelled if word.isalpha())
