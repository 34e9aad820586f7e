"""Names for the lines of a table: unique, readable, the same in every run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.tables import Line, Table

RIVALS = frozenset({"system", "ablation", "addition", "dataset", "language", "measure", "unknown", "attribute"})
"""Kinds of line that stand for something compared; bounds, humans, averages and changes do not."""
BESIDE = frozenset({"attribute", "size", "time", "count", "index", "prose", "error", "rank"})
"""Kinds of column that describe or cost rather than tell how well something does."""


Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Filled:
    """Arrays of rows × columns that are filled column by column, and which columns are."""

    values: Floats
    halves: Floats
    spreads: Floats
    known: NDArray[np.bool_]


@dataclass(frozen=True)
class Lines:
    """A table with a name for each of its lines."""

    table: Table

    @cached_property
    def rows(self) -> dict[str, Line]:
        """Name → row."""
        return _named(self.table.rows)

    @cached_property
    def columns(self) -> dict[str, Line]:
        """Name → column."""
        return _named(self.table.columns)

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Axis → the names of its lines by index."""
        return {"row": tuple(self.rows), "column": tuple(self.columns)}

    @cached_property
    def _filled(self) -> _Filled:
        shape = (len(self.table.rows), len(self.table.columns))
        empty = [np.full(shape, np.nan) for _ in range(3)]
        return _Filled(empty[0], empty[1], empty[2], np.zeros(shape[1], dtype=np.bool_))

    def _arrays(self, columns: NDArray[np.intp]) -> _Filled:
        """The arrays of cells, filled at least in some columns."""
        filled = self._filled
        for column in np.unique(columns[~filled.known[columns]]).tolist():
            filled.values[:, column] = self.table.printed_in(column)
            filled.halves[:, column] = np.nan_to_num(self.table.half_widths_in(column))
            filled.spreads[:, column] = self.table.spreads_in(column)
            filled.known[column] = True
        return filled

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> tuple[Floats, Floats, Floats]:
        """Printed values (NaN where there is none), half widths of the rounding, and the ± printed beside, of cells.

        Args:
            rows: indices, of any shape.
            columns: indices, of a shape that fits.
        """
        filled = self._arrays(columns)
        return filled.values[rows, columns], filled.halves[rows, columns], filled.spreads[rows, columns]

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
        measured = np.array([line.measure is None for line in self.table.columns])
        rowed = np.array([line.measure is None for line in self.table.rows])
        open_ = (made == 0) & measured[None, :] & rowed[:, None]
        return np.where(open_, np.int8(whole), made).astype(np.int8)

    @staticmethod
    def _direction(line: Line) -> int:
        return 0 if line.measure is None else _sign(line.measure.direction)

    def comparable(self, base: str) -> tuple[str, ...]:
        """Names of the lines of an axis ("rows" or "columns") that stand for something compared."""
        lines = self.rows if base == "rows" else self.columns
        if base == "columns":
            return tuple(name for name, line in lines.items() if line.kind not in BESIDE | {"change", "aggregate"})
        return tuple(name for name, line in lines.items() if line.kind in RIVALS)


def _sign(direction: str | None) -> int:
    return {"higher": 1, "lower": -1}.get(direction or "", 0)


def _named(lines: tuple[Line, ...]) -> dict[str, Line]:
    made: dict[str, Line] = {}
    for line in lines:
        label = " / ".join(part for part in line.labels if part) or f"#{line.index + 1}"
        name, k = label, 2
        while name in made:
            name, k = f"{label} #{k}", k + 1
        made[name] = line
    return made


SYSTEM_WORDS = frozenset(
    ["model", "system", "method", "approach", "algorithm", "network", "classifier", "architecture", "source", "encoder", "decoder", "embedding", "feature", "intermediate", "trained"]
)
PLACE_WORDS = frozenset(
    ["dataset", "data", "set", "task", "target", "language", "test", "corpus", "benchmark", "domain", "evaluated", "pair", "evaluation"]
)


def role_of(lines: Lines, axis: str) -> str:
    """ "system", "place", "measure" or "" for what the lines of an axis are, by its header or else their kinds."""
    table = lines.table
    names = table.row_levels if axis == "row" else table.column_levels
    said = SAID.search(table.caption)
    if said is not None:
        return "system" if (said[1].casefold() == "source") == (axis == "row") else "place"
    words = {w.rstrip("s") for name in names for w in name.casefold().replace("-", " ").split()}
    if words & SYSTEM_WORDS and not words & PLACE_WORDS:
        return "system"
    if words & PLACE_WORDS and not words & SYSTEM_WORDS:
        return "place"
    kinds = [line.kind for line in (table.rows if axis == "row" else table.columns) if line.kind != "aggregate"]
    kinds = [k for k in kinds if axis == "row" or k not in BESIDE]
    if kinds and all(k == "measure" for k in kinds):
        return "measure"
    if kinds and sum(k in ("dataset", "language") for k in kinds) > len(kinds) / 2:
        return "place"
    return "system" if kinds and sum(k in ("system", "ablation", "addition") for k in kinds) > len(kinds) / 2 else ""


SAID = re.compile(r"rows (?:are|show|hold|list) (?:the )?(source|target)", re.IGNORECASE)
"""A caption that says which axis trains and which is tested."""


def transfers(lines: Lines) -> bool:
    """Whether a table has what is trained on along one axis and what is tested on along the other."""
    return {role_of(lines, "row"), role_of(lines, "column")} == {"system", "place"}
