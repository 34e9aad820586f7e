"""A table that says nowhere what its cells measure, taken for a table of the measure that a sentence names."""

from __future__ import annotations

from dataclasses import replace

from analysis.tables import Table
from analysis.tables.lexicon import lexicon, tokens
from analysis.tables.measures import measures_in, only_measure
from analysis.tables.model import Kind
from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.word_lists import word_lists
from claims.language.tokens import tokens_of

OTHERWISE: tuple[Kind, ...] = ("time", "size", "rank", "error", "change")
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
    if measure is None or measure.direction is None or not _may_measure(table, measure.name):
        return None
    cells = [value.number.value for value in table.values.values()]
    top = WHOLE if measure.name in word_lists().shares else float("inf")
    return replace(table, measure=measure) if cells and min(cells) >= 0 and max(cells) <= top else None


def _may_measure(table: Table, name: str) -> bool:
    """Whether neither a header nor the caption says that cells hold something else than a measure."""
    if table.measure is not None or measures_in(table.caption) - {name}:
        return False
    words = lexicon()
    other = (words.neither - words.fillers - word_lists().scores) | words.derived["quantities"] | word_lists().counting
    said = {token.folded for token in tokens_of(table.caption)} - set(tokens(name))
    if not said.isdisjoint(other.union(*(words.kinds[kind] for kind in OTHERWISE))):
        return False
    holding = {"row": {r for r, _ in table.values}, "column": {c for _, c in table.values}}
    lines = [lines_along(table, axis)[i] for axis in AXES for i in holding[axis]]
    return all(line.measure is None and line.kind in SCORED for line in lines)
