"""A table that nowhere says what it measures, and the measure that a sentence says of it.

"A has a higher accuracy than B" over rows, columns and a caption that name no measure: the sentence names what the
caption leaves out, and what is compared are the table's only kind of number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.tables import Table
from analysis.tables.lexicon import lexicon
from analysis.tables.measures import measures_in
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.word_lists import word_lists
from claims.language.tokens import Token

PLAIN = frozenset({"system", "dataset", "language", "unknown", "ablation", "addition", "human", "bound", "aggregate"})
"""Kinds of line that say nothing of what is measured."""
COSTS = frozenset({"size", "time", "count"})
"""Kinds of line that say what they measure and are no result."""
HIGHEST = 100.5
"""The largest share of a hundred, rounded."""
LONGEST = 4
"""Words of a measure's name at most."""


def unmeasured_lines(table: Table) -> tuple[tuple[Axis, frozenset[int]], ...]:
    """The lines of each axis whose measure neither caption nor lines name; empty where anything names one.

    Lines of sizes, times, counts and the like say what they are; beside them, the others are left.
    """
    if table.measure is not None or measures_in(table.caption):
        return ()
    kept: list[tuple[Axis, frozenset[int]]] = []
    for axis in AXES:
        lines = lines_along(table, axis)
        if any(line.kind in PLAIN and line.measure is not None for line in lines):
            return ()
        if any(line.kind == "measure" or (line.measure and line.measure.direction) for line in lines):
            return ()
        if any(line.labels[-1].casefold() in lexicon().beside for line in lines):
            return ()  # "P" may be precision
        if any(line.kind not in PLAIN and line.kind not in COSTS for line in lines):
            return ()
        plain = frozenset(line.index for line in lines if line.kind in PLAIN)
        if not plain:
            return ()
        kept.append((axis, plain if len(plain) < len(lines) else frozenset()))
    return tuple(kept) if not all(lines for _, lines in kept) else ()


def may_be_of(measure: str, table: Table, unmeasured: Sequence[tuple[Axis, frozenset[int]]]) -> bool:
    """Whether the numbers that are left may be of a measure: those of a share lie between nought and a hundred."""
    if measure not in word_lists().shares:
        return True
    low, high = table.low, table.high
    for axis, lines in unmeasured:
        if lines:
            low, high = (np.take(ends, sorted(lines), axis=AXES.index(axis)) for ends in (low, high))
    with np.errstate(invalid="ignore"):
        return bool(np.isfinite(low).any()) and not ((low < 0) | (high > HIGHEST)).any()


def only_measure_said(tokens: Sequence[Token]) -> tuple[str, list[tuple[int, int]]]:
    """The one measure that a sentence speaks of, by its plain name, and its places; else "", none."""
    found: dict[str, list[tuple[int, int]]] = {}
    taken = 0
    for start in range(len(tokens)):
        for end in range(min(len(tokens), start + LONGEST), start, -1):
            said = "".join(t.folded if t.glued or i == 0 else f" {t.folded}" for i, t in enumerate(tokens[start:end]))
            known = lexicon().measures.get(said)
            if known is not None and start >= taken:
                found.setdefault(known[0], []).append((start, end))
                taken = end
                break
    return next(iter(found.items())) if len(found) == 1 else ("", [])
