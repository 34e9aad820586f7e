"""A table that says nowhere what its cells measure, taken for a table of the measure that a sentence names."""

from __future__ import annotations

from dataclasses import replace

from analysis.tables import Table
from analysis.tables.lexicon import lexicon
from analysis.tables.measures import measures_in, only_measure
from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.word_lists import word_lists
from claims.language.tokens import tokens_of

OTHERWISE = ("time", "size", "count", "rank", "error", "change")
"""Kinds of line whose words in a caption say that it is about something else than how well something does."""
SCORED = frozenset({"system", "ablation", "addition", "dataset", "language", "aggregate", "human", "bound", "unknown"})
"""Kinds of line that may hold scores of a measure nobody names."""
WHOLE = 100.0
"""The largest share, in percent."""


def of_measure_named(table: Table, sentence: str) -> Table | None:
    """The table with the measure of a sentence; None where it says of its own what it measures, or cannot be that.

    Args:
        table: any.
        sentence: a claim that was not read over it.
    """
    measure = only_measure(sentence)
    if measure is None or measure.direction is None or not _is_unnamed(table):
        return None
    cells = [value.number.value for value in table.values.values()]
    top = WHOLE if measure.name in word_lists().shares else float("inf")
    if not cells or min(cells) < 0 or max(cells) > top:
        return None
    return replace(table, measure=measure)


def _is_unnamed(table: Table) -> bool:
    """Whether neither a header nor the caption says what is measured."""
    holding = {"row": {r for r, _ in table.values}, "column": {c for _, c in table.values}}
    lines = [lines_along(table, axis)[i] for axis in AXES for i in holding[axis]]
    return (
        table.measure is None
        and all(line.measure is None and line.kind in SCORED for line in lines)
        and not _speaks_of_measures(table.caption)
    )


def _speaks_of_measures(caption: str) -> bool:
    """Whether a caption has a word of anything measured, however little it says of it."""
    words = lexicon()
    said = {token.folded for token in tokens_of(caption)}
    named = frozenset().union(*(words.kinds[kind] for kind in OTHERWISE))
    plain = words.neither - words.fillers - word_lists().scores
    return bool(measures_in(caption)) or bool(said & (named | plain | words.derived["quantities"]))
