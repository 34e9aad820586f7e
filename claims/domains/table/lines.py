"""Names for the lines of a table: unique, readable, the same in every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.tables import Table, TableLine
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis

RIVALS = frozenset({"system", "ablation", "addition", "dataset", "language", "measure", "unknown", "attribute"})
"""Kinds of line that stand for something compared; bounds, humans, averages and changes do not."""
BESIDE = frozenset({"attribute", "size", "time", "count", "index", "prose", "error", "rank"})
"""Kinds of column that describe or cost rather than tell how well something does."""
DESCRIBING = frozenset({"time", "size", "count", "attribute"})
"""Kinds of `BESIDE` that may be printed on a scale ("88k") and are not ranked among results."""
MOST_TOLD_APART = 200
"""Lines of an axis that are told apart by number or axis."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Filled:
    """Arrays of rows × columns that are filled column by column, and which columns are."""

    values: Floats
    halves: Floats
    known: NDArray[np.bool_]


@dataclass(frozen=True)
class Lines:
    """A table with a name for each of its lines."""

    table: Table

    @cached_property
    def rows(self) -> dict[str, TableLine]:
        """Name → row."""
        return _named(self.table.rows)

    @cached_property
    def columns(self) -> dict[str, TableLine]:
        """Name → column."""
        return _named(self.table.columns)

    @cached_property
    def names(self) -> dict[Axis, tuple[str, ...]]:
        """Axis → the names of its lines by index."""
        return {"row": tuple(self.rows), "column": tuple(self.columns)}

    @cached_property
    def told_apart(self) -> dict[Axis, dict[int, str]]:
        """Axis → index → a name of its own, of lines that share a label or have none: "Dev #2", "row #3", "row Dev".

        Of an axis with many lines none has such a name.
        """
        labels = {axis: _few_labels(lines_along(self.table, axis)) for axis in AXES}
        return {axis: _told_apart(labels[axis], axis, frozenset(labels[other_axis(axis)])) for axis in AXES}

    @cached_property
    def share_names(self) -> bool:
        """True if a name stands on both axes: kinds do not tell which of the two is which.

        Averages and measures count for nothing, unless most names of the shorter axis stand on the other too.
        """
        every, compared = (
            [{line.own.casefold() for line in lines_along(self.table, axis) if line.kind not in left} for axis in AXES]
            for left in ((), ("aggregate", "measure"))
        )
        both = every[0] & every[1]
        return len(both) > min(map(len, every)) / 2 or bool(compared[0] & compared[1])

    @cached_property
    def _filled(self) -> _Filled:
        shape = (len(self.table.rows), len(self.table.columns))
        empty = [np.full(shape, np.nan) for _ in range(2)]
        return _Filled(empty[0], empty[1], np.zeros(shape[1], dtype=np.bool_))

    def _arrays(self, columns: NDArray[np.intp]) -> _Filled:
        """The arrays of cells, filled at least in some columns."""
        filled = self._filled
        wanted = np.zeros_like(filled.known)
        wanted[columns] = True
        for column in np.flatnonzero(wanted & ~filled.known).tolist():
            filled.values[:, column] = self.table.printed_in(column)
            filled.halves[:, column] = np.nan_to_num(self.table.half_widths_in(column))
            filled.known[column] = True
        return filled

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Printed values (NaN where there is none), half widths of the rounding, and the ± printed beside, of cells.

        Args:
            rows: indices, of any shape.
            columns: indices, of a shape that fits.
        """
        filled = self._arrays(columns)
        return filled.values[rows, columns], filled.halves[rows, columns]

    def column(self, column: int) -> Floats:
        """Printed values of one column; NaN where there is none."""
        return self._arrays(np.array([column])).values[:, column]

    @cached_property
    def directions(self) -> NDArray[np.int8]:
        """1 where higher is better, −1 where lower is, 0 where nothing says, rows × columns."""
        columns = np.array([self._direction(line) for line in self.table.columns], dtype=np.int8)
        rows = np.array([self._direction(line) for line in self.table.rows], dtype=np.int8)
        whole = _sign(self.table.measure.direction) if self.table.measure is not None else 0
        made = np.where(columns[None, :] != 0, columns[None, :], rows[:, None])
        columned, rowed = (
            np.array([line.measure is None and line.kind != "change" for line in lines])
            for lines in (self.table.columns, self.table.rows)
        )
        open_ = (made == 0) & columned[None, :] & rowed[:, None]
        return np.where(open_, np.int8(whole), made).astype(np.int8)

    @staticmethod
    def _direction(line: TableLine) -> int:
        return 0 if line.measure is None else _sign(line.measure.direction)

    def along(self, axis: Axis) -> dict[str, TableLine]:
        """Name → line of one axis."""
        return self.rows if axis == "row" else self.columns

    def comparable(self, base: str) -> tuple[str, ...]:
        """Names of the lines of an axis ("rows" or "columns") that stand for something compared."""
        lines = self.rows if base == "rows" else self.columns
        if base == "columns":
            return tuple(name for name, line in lines.items() if line.kind not in BESIDE | {"change", "aggregate"})
        return tuple(name for name, line in lines.items() if line.kind in RIVALS)


def _sign(direction: str | None) -> int:
    return {"higher": 1, "lower": -1}.get(direction or "", 0)


def _few_labels(lines: tuple[TableLine, ...]) -> list[str]:
    return [" ".join(filter(None, line.labels)) for line in lines] if len(lines) <= MOST_TOLD_APART else []


def _told_apart(labels: Sequence[str], axis: Axis, across: Collection[str]) -> dict[int, str]:
    """Names by number of lines that share a label or have none, by axis of those whose label stands `across` too."""
    counts, met = Counter(labels), Counter[str]()
    made: dict[int, str] = {}
    for at, label in enumerate(labels):
        met[label] += 1
        if not label:
            made[at] = f"{axis} #{at + 1}"
        elif counts[label] > 1:
            made[at] = f"{label} #{met[label]}"
        elif label in across:
            made[at] = f"{axis} {label}"
    return made


def _named(lines: tuple[TableLine, ...]) -> dict[str, TableLine]:
    made: dict[str, TableLine] = {}
    for line in lines:
        label = " / ".join(part for part in line.labels if part) or f"#{line.index + 1}"
        name, k = label, 2
        while name in made:
            name, k = f"{label} #{k}", k + 1
        made[name] = line
    return made
