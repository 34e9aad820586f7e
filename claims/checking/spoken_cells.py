"""What the lines of a term say of its numbers: unit, scale, and whether they are shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.tables import Measure, TableLine
from claims.assertion import At, Difference, Fold, StatedNumber, Term
from claims.checking.quantities import Scope, TermReader
from claims.checking.stated_numbers import PrintedScale
from claims.domains.table.axes import AXES, Axis
from claims.domains.table.lines import DESCRIBING, Lines
from claims.domains.table.units import in_cells, printed_units, units_of
from claims.domains.table.word_lists import word_lists

IN_SCALE = re.compile(
    r"[(\[](?:in )?(k|m|mil|b|bn|thousands?|millions?|billions?)[)\]]|#(k|m)\b|\bin (thousands|millions|billions)\b"
)
"""What a header says of its scale: "(M)", "in thousands"."""
SCALE = {
    "k": 1e3, "thousand": 1e3, "thousands": 1e3, "m": 1e6, "mil": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9,
    "bn": 1e9, "billion": 1e9, "billions": 1e9,
}  # fmt: skip
RATE = re.compile(r"(?:.+ )?rate|.+@\s?\d+")
"""Names of shares beside those of the list."""
MOST_PERCENT = 100
"""Numbers above it are no percentages, unless they are marked so."""


@dataclass(frozen=True, slots=True)
class SpokenCells:
    """The cells that a term speaks of.

    Attributes:
        lines: of the table. rows, columns: indices. fixed: names of the lines that no variable stands for.
    """

    lines: Lines
    rows: frozenset[int]
    columns: frozenset[int]
    fixed: frozenset[str]

    def size_of(self, unit: str) -> float | None:
        """What one of a stated unit is in the unit of the cells; None where they cannot be in it."""
        printed = printed_units(self.lines, self.rows, self.columns)
        if unit == "%" and "%" not in printed and self._are_counted():
            return None
        return in_cells(unit, self._names(), printed) if unit else 1.0

    def _are_counted(self) -> bool:
        """Whether the cells are no percentages: times, sizes, counts, numbers above 100, unmarked ones among marked."""
        if any(line.kind in ("time", "size", "count") for axis in AXES for line in self._of(axis)):
            return True
        if not any("%" in name for name in self._names()) and (np.abs(self._along()) > MOST_PERCENT).any():
            return True
        marked = any("%" in line.own for line in (*self.lines.table.rows, *self.lines.table.columns))
        return marked and not any("%" in name for name in self._names()) and not self._are_shares()

    def _are_shares(self) -> bool:
        """Whether the measure of the cells is a share."""
        name = measure.name if (measure := self._measure()) is not None else ""
        return name in word_lists().shares or RATE.fullmatch(name) is not None

    def printed(self, *, gap: bool) -> PrintedScale:
        """How the numbers are printed; `gap` says that the stated one is a difference of them."""
        scale = self._scale()
        if scale != 1 or self._describe() or units_of(self.fixed):
            return PrintedScale(scale, gap=gap)
        values = self._along()
        known = values[~np.isnan(values)]
        span = (float(known.min()), float(known.max())) if known.size else None
        measure = self._measure()
        name = measure.name if measure is not None else ""
        percent = any("%" in one for one in self.fixed)
        share = percent or self._are_shares()
        return PrintedScale(1.0, span, gap=gap, percent=percent, share=share, other=bool(name) and not share)

    def _names(self) -> Iterator[str]:
        for axis, indices in zip(AXES, (self.rows, self.columns), strict=True):
            yield from (self.lines.names[axis][i] for i in indices)

    def _of(self, axis: Axis) -> list[TableLine]:
        along = self.lines.table.rows if axis == "row" else self.lines.table.columns
        return [along[i] for i in (self.rows if axis == "row" else self.columns)]

    def _describe(self) -> bool:
        """Whether a line is of times, sizes or counts."""
        return any(line.kind in DESCRIBING for axis in AXES for line in self._of(axis))

    def _scale(self) -> float:
        """What the cells are printed in: 1e6 for "Parameters (M)"; 1 where nothing says so."""
        along = [self.lines.along(axis).get(name) for name in self.fixed for axis in AXES]
        names = [name for name, line in zip((n for n in self.fixed for _ in AXES), along, strict=True)
                 if line is not None and line.kind in DESCRIBING]  # fmt: skip
        found = {SCALE[word] for name in names for words in IN_SCALE.findall(name.casefold()) for word in words if word}
        return found.pop() if len(found) == 1 else 1.0

    def _measure(self) -> Measure | None:
        """The one measure of the cells; None where nothing says it, or there are several."""
        for axis in ("column", "row"):
            found = {line.measure for line in self._of(axis)}
            if found - {None}:
                return found.pop() if len(found) == 1 else None
        return self.lines.table.measure

    def _along(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """The numbers of the whole lines that are measured alike."""
        measured = any(line.measure is not None for line in self._of("row"))
        rows = sorted(self.rows) if measured else range(len(self.lines.table.rows))
        return np.stack([self.lines.column(column)[list(rows)] for column in sorted(self.columns)])


def cells_of(reader: TermReader, term: Term, scope: Scope) -> SpokenCells:
    """The cells that a term speaks of, with the variables in force."""
    rows: set[int] = set()
    columns: set[int] = set()
    fixed: set[str] = set()
    for cell, inner in _ats(reader, term, scope):
        for axis, name, found in zip(AXES, (cell.row, cell.column), (rows, columns), strict=True):
            if name.startswith("$"):
                found.update(inner[name].tolist())
            else:
                fixed.add(name)
                found.add(reader.lines.along(axis)[name].index)
    return SpokenCells(reader.lines, frozenset(rows), frozenset(columns), frozenset(fixed))


def is_its_spread(lines: Lines, term: Term, number: StatedNumber) -> bool:
    """Whether a stated number is the ± that a cell prints beside its own number, which may be meant."""
    if not isinstance(term, At):
        return False
    row, column = lines.rows.get(term.row), lines.columns.get(term.column)
    value = lines.table.values.get((row.index, column.index)) if row is not None and column is not None else None
    return value is not None and value.number.plus_minus is not None and value.number.plus_minus == number.value


def _ats(reader: TermReader, term: Term, scope: Scope) -> Iterator[tuple[At, Scope]]:
    match term:
        case At():
            yield term, scope
        case Difference(left, right, _):
            yield from _ats(reader, left, scope)
            yield from _ats(reader, right, scope)
        case Fold(_, body, variable, domain):
            yield from _ats(reader, body, {**scope, variable: reader.members(domain)})
