"""The context of a clause over a table: the table's lines and the binder of phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan

from analysis.tables import Measure
from analysis.tables.lexicon import lexicon
from claims.assertion import At, Domain
from claims.domains.table.adjectives import HEADED, is_headed
from claims.domains.table.axes import Axis, lines_along, other_axis
from claims.domains.table.binder import PhraseBinder
from claims.domains.table.lines import BESIDE, Lines
from claims.domains.table.selection import Selection, result_lines

MEASURED = frozenset({"measure", "size", "time", "count", "rank", "error", "attribute"})
"""Kinds of line by which something may be large."""


@dataclass(frozen=True, slots=True)
class ClauseContext:
    """One sentence over one table.

    Attributes:
        lines: of the table. binder: of the sentence's phrases.
    """

    lines: Lines
    binder: PhraseBinder

    def name(self, axis: Axis, index: int) -> str:
        """The name of a line."""
        return self.lines.names[axis][index]

    def at(self, axis: Axis, line: str, crossing: str) -> At:
        """The cell of a line of an axis and a line that crosses it, each a name or a variable."""
        return At(line, crossing) if axis == "row" else At(crossing, line)

    def domain(self, axis: Axis, indices: Iterable[int]) -> Domain:
        """Lines of an axis, listed by name."""
        return Domain(f"{axis}s", tuple(self.name(axis, i) for i in indices))

    def crossing(self, axis: Axis, chosen: Selection, about: str | None) -> tuple[int, ...] | None:
        """The crossing lines that a clause names, else those comparable along `axis`; None where they do not fit."""
        cross = other_axis(axis)
        found = chosen.on(cross)
        if about == "size" and found is not None:
            along = lines_along(self.lines.table, cross)
            if any(along[i].kind not in MEASURED for i in found):
                return None  # the largest model on a data set is not the one with the highest score
            about = None
        if about is not None:
            pool = found if found is not None else tuple(range(len(self.lines.names[cross])))
            return self.about(cross, pool, about) or None
        if found is not None:
            return self.telling(cross, found)
        return self.measured_there(axis, chosen.on(axis) or (), result_lines(self.lines, cross)) or None

    def measured_there(self, axis: Axis, lines: Sequence[int], crossing: tuple[int, ...]) -> tuple[int, ...]:
        """The crossing lines with values on the same data set: a task may be scored by only one of two metrics."""
        if axis == "column" or not lines:
            return crossing
        levels = [k for k, name in enumerate(self.lines.table.row_levels) if lexicon().level_kind(name) == "dataset"]
        rows = lines_along(self.lines.table, axis)
        there = [{row.index for row in rows if row.labels[k] == rows[i].labels[k]} for k in levels for i in lines]
        cells = [{i for i, value in enumerate(self.lines.column(c)) if not isnan(value)} for c in crossing]
        return tuple(
            c for c, filled in zip(crossing, cells, strict=True) if not there or any(filled & rows_ for rows_ in there)
        )

    def costs(self, axis: Axis) -> tuple[int, ...]:
        """The lines of costs and descriptions with a known better direction, which "everywhere" may include."""
        along = lines_along(self.lines.table, axis)
        return tuple(i.index for i in along if i.kind in BESIDE and i.measure is not None and i.measure.direction)

    def telling(self, axis: Axis, lines: tuple[int, ...]) -> tuple[int, ...]:
        """The lines that measure quality, or all where none does: "on NER" does not mean the time for NER."""
        along = lines_along(self.lines.table, axis)
        return tuple(i for i in lines if along[i].kind not in BESIDE) or lines

    def averaged(self, axis: Axis, lines: Sequence[int]) -> tuple[int, ...]:
        """The line that prints the average of some lines, where there is one; else the lines to average.

        A printed average is of all lines: that of a few is taken of their cells. Empty where only averages are named.
        """
        every = lines_along(self.lines.table, axis)
        printed = [line.index for line in every if line.kind == "aggregate"]
        named = [i for i in printed if i in lines]
        if not named and set(result_lines(self.lines, axis)).issubset(lines):
            named = printed
        return (named[0],) if len(named) == 1 else tuple(i for i in lines if every[i].kind != "aggregate")

    def about(self, axis: Axis, pool: Sequence[int], about: str) -> tuple[int, ...]:
        """The lines of `pool` that measure the topic of a word such as "faster"."""
        lines = lines_along(self.lines.table, axis)
        if about.startswith(HEADED):
            aliases = self.lines.table.aliases
            return tuple(i for i in pool if axis == "column" and is_headed(lines[i].own, aliases, about))
        if about in ("time", "size"):
            found = tuple(i for i in pool if lines[i].kind == about)
            return found or (tuple(pool) if about == "time" and self._is_of_times() else ())
        found = tuple(i for i in pool if _is_of(lines[i].measure, about))
        return found or (tuple(pool) if _is_of(self.lines.table.measure, about) else ())

    def _is_of_times(self) -> bool:
        """True if a table measures time and nothing else: its caption says so first, and no line measures anything."""
        table = self.lines.table
        if any(line.measure is not None or line.kind in MEASURED for line in (*table.rows, *table.columns)):
            return False
        return not self.binder.index.measured.isdisjoint(lexicon().kinds["time"])


def _is_of(measure: Measure | None, about: str) -> bool:
    """True if a measure is the topic of a word and has a direction, which a drop in the measure has not."""
    return measure is not None and about in measure.name and measure.direction is not None
