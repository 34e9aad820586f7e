"""Numbers that a sentence states against numbers that a table prints: rounding, "about", and scales."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.tables import Measure, TableLine
from claims.assertion import At, Difference, Fold, StatedNumber, Term
from claims.checking.quantities import Quantities, Scope, TermReader
from claims.checking.truths import TRUE, UNKNOWN, Truths, decided, unknown
from claims.domains.table.axes import AXES, Axis
from claims.domains.table.lines import DESCRIBING, Lines
from claims.domains.table.units import in_cells, printed_units, units_of
from claims.domains.table.word_lists import word_lists

ABOUT = 0.05
"""Share by which "about" may miss."""
THOUSAND = 1000
"""From here on a number may be printed in thousands or millions."""
PRECISE = 0.005
"""Half a unit of the last digit of a fraction that is written to two places."""
HALF = 0.5
"""Half a unit of a whole number: 1 is no fraction, and 1.0 may be."""
SLACK = 1e-9
"""Share that the arithmetic of floats may miss."""


@dataclass(frozen=True, slots=True)
class PrintedScale:
    """The printed scale of the cells that a stated number is compared with.

    Attributes:
        scale: the factor they are printed in: 1e6 for millions, 1 where no header names one.
        span: the smallest and the largest number of their lines; None where no other scale than the printed one may
            be meant, because the lines are of times, sizes or counts.
        gap: True if the stated number is a difference of cells. percent: True if the line marks them as percentages.
        share: True if they are shares, which are printed as fractions or as percentages.
        other: True if they are of a known measure that is no share.
    """

    scale: float = 1.0
    span: tuple[float, float] | None = None
    gap: bool = False
    percent: bool = False
    share: bool = False
    other: bool = False


PLAIN = PrintedScale()


def against(
    relation: str, q: Quantities, number: StatedNumber, printed: PrintedScale = PLAIN, size: float = 1.0
) -> Truths:
    """Truth of numbers standing in a relation to a stated one, on their own scale or on another it may be meant on.

    Args:
        relation: "=", "about", ">", "<", ">=" or "<=".
        q: the numbers.
        number: as stated, with its rounding.
        printed: the printed scale of the numbers.
        size: the factor from the stated unit to the unit of the numbers.
    """
    stated, half = float(number.value) * size, number.half_width * size
    bare = _on_scale(relation, q, stated, half)
    if printed.scale != 1:
        in_full = _on_scale(relation, q, stated / printed.scale, half / printed.scale)
        if abs(stated) < THOUSAND:
            return unknown(np.shape(q.value))
        return np.where((bare == TRUE) & (in_full != TRUE), UNKNOWN, in_full).astype(np.int8)
    if size == 1 and number.unit in ("", "%") and not printed.gap and _may_be_in_thousands(q, stated):
        return unknown(np.shape(q.value))
    by = _other_scale(number, printed)
    if by is None or stated == 0:
        return bare
    scaled = _on_scale(relation, q, stated * by, half * by)
    return _on_either(relation, number, printed, bare, scaled, fraction=by > 1)


def as_multiple(relation: str, q: Quantities, number: StatedNumber) -> Truths:
    """Truth of quotients being a multiple; "twice" is open from where 5 % are missing to where it rounds away."""
    stated, half = float(number.value), number.half_width
    truth = _on_scale(relation, q, stated, half)
    gap = np.abs(q.value - stated)
    with np.errstate(invalid="ignore"):
        loose = gap > ABOUT * stated if _equal(relation) else gap <= q.half
    return np.where((truth == TRUE) & loose if _equal(relation) else loose, UNKNOWN, truth).astype(np.int8)


def _may_be_in_thousands(q: Quantities, stated: float) -> bool:
    """True if a header may leave the thousands or millions of its numbers unsaid."""
    known = np.abs(q.value[~np.isnan(q.value)])
    return abs(stated) >= THOUSAND > (float(known.max()) if known.size else 0.0)


def _other_scale(stated: StatedNumber, printed: PrintedScale) -> float | None:
    """The factor from a percentage to a fraction, or back, where a stated number may be meant so; else None."""
    if printed.span is None:
        return None
    low, high = printed.span
    value = abs(stated.value)
    if low >= 0 and high <= 1 and not printed.percent:
        return 0.01 if stated.unit == "%" or value > 1 or (printed.gap and printed.share) else None
    return 100.0 if low > 1 and high <= 100 and _is_fraction(stated) and stated.unit != "%" else None


def _is_fraction(stated: StatedNumber) -> bool:
    return 0 < stated.value < 1 or (stated.value == 1 and stated.half_width < HALF)


def _on_either(
    relation: str, number: StatedNumber, printed: PrintedScale, bare: Truths, scaled: Truths, *, fraction: bool
) -> Truths:
    """The truth where a number may be meant on either scale: open where that decides, unless one is surely meant.

    A gap in a table of percentages is one in points; between shares 0.5 may be half a point or half of all.
    """
    above = abs(number.value) > 1 or (printed.gap and abs(number.value) == 1)
    if number.unit == "%" or (printed.share and above and not fraction):
        open_ = _equal(relation) & (bare == TRUE) & (scaled != TRUE)  # no share is above one
        return np.where(open_, UNKNOWN, scaled).astype(np.int8)
    if not _equal(relation):
        plain = printed.other or (printed.gap and fraction)
        return bare if plain else np.where(bare == scaled, bare, UNKNOWN).astype(np.int8)
    precise = number.half_width <= PRECISE and printed.share and not printed.gap
    return np.where((bare != TRUE) & (scaled == TRUE), TRUE if precise else UNKNOWN, bare).astype(np.int8)


def _equal(relation: str) -> bool:
    return relation in ("=", "about")


def _on_scale(relation: str, q: Quantities, stated: float, half: float) -> Truths:
    gap, known = q.value - stated, ~np.isnan(q.value)
    slack = SLACK * max(1.0, abs(stated))
    match relation:
        case "=" if stated == 0:
            return decided(np.abs(gap) <= slack, np.abs(gap) > half + q.half + slack, known)
        case "=":
            return decided(np.abs(gap) <= half + slack, np.abs(gap) > half + q.half + slack, known)
        case "about":
            share = ABOUT * abs(stated)
            near = (np.abs(gap) <= half + slack) | (np.abs(gap) <= share)
            return decided(near, np.abs(gap) > 2 * share + half + q.half, known)
        case ">":
            return decided(gap > slack, gap < slack, known & (np.abs(gap) > slack))
        case "<":
            return decided(gap < -slack, gap > -slack, known & (np.abs(gap) > slack))
        case ">=":
            return decided(gap >= -slack, gap < -slack, known)
        case "<=":
            return decided(gap <= slack, gap > slack, known)
    return unknown(np.shape(gap))


IN_SCALE = re.compile(
    r"[(\[](?:in )?(k|m|mil|b|bn|thousands?|millions?|billions?)[)\]]|#(k|m)\b|\bin (thousands|millions|billions)\b"
)
"""A scale in a header: "(M)", "in thousands"."""
SCALE = {
    "k": 1e3, "thousand": 1e3, "thousands": 1e3, "m": 1e6, "mil": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9,
    "bn": 1e9, "billion": 1e9, "billions": 1e9,
}  # fmt: skip
WRITTEN_OUT = ("thousand", "million", "billion")
"""Words for a scale that are no unit: "(m)" may be metres."""
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
        """The factor from a stated unit to the unit of the cells; None where the cells cannot be in it."""
        printed = printed_units(self.lines, self.rows, self.columns)
        if unit == "%" and "%" not in printed and self._are_counted():
            return None
        return in_cells(unit, self._names(), printed) if unit else 1.0

    def _are_counted(self) -> bool:
        """True if the cells are no percentages: times, sizes, counts, numbers above 100, unmarked ones among marked."""
        if any(line.kind in ("time", "size", "count") for axis in AXES for line in self._of(axis)):
            return True
        if not any("%" in name for name in self._names()) and (np.abs(self._along()) > MOST_PERCENT).any():
            return True
        marked = any("%" in line.own for line in (*self.lines.table.rows, *self.lines.table.columns))
        return marked and not any("%" in name for name in self._names()) and not self._are_shares()

    def _are_shares(self) -> bool:
        """True if the measure of the cells is a share."""
        name = measure.name if (measure := self._measure()) is not None else ""
        return name in word_lists().shares or RATE.fullmatch(name) is not None

    def printed(self, *, gap: bool) -> PrintedScale:
        """The printed scale of the cells; `gap` is True if the stated number is a difference of them."""
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
        """True if a line is of times, sizes or counts."""
        return any(line.kind in DESCRIBING for axis in AXES for line in self._of(axis))

    def _scale(self) -> float:
        """The factor the cells are printed in: 1e6 for "Parameters (M)", "Population (million)"; 1 without a header."""
        along = [(name, self.lines.along(axis).get(name)) for name in self.fixed for axis in AXES]
        told = [(name, line.kind in DESCRIBING) for name, line in along if line is not None]
        said = {(word, sized) for name, sized in told for words in IN_SCALE.findall(name.casefold()) for word in words}
        found = {SCALE[word] for word, sized in said if word and (sized or word.startswith(WRITTEN_OUT))}
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
    """True if a stated number is the ± that a cell prints beside its own number, which may be meant."""
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
