"""The typed table: lines with their kinds and measures, cells with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from analysis.numbers import Number
    from analysis.tables.plain_columns import PlainColumn

Floats = NDArray[np.float64]
Axis = Literal["row", "column"]
Kind = Literal[
    "system", "ablation", "addition", "change", "bound", "human", "aggregate", "dataset", "language", "measure",
    "attribute", "size", "time", "count", "rank", "error", "prose", "index", "unknown",
]  # fmt: skip
Direction = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What cells measure.

    Attributes:
        name: the measure's plain name in lower case, "accuracy", "f1", "rouge-2".
        unit: as printed, "" where none is.
        direction: which way is better; None where nothing says so.
    """

    name: str
    unit: str = ""
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column.

    Attributes:
        axis: which. index: its position among the table's lines of that axis, from 0.
        labels: outer to inner, one per level of the axis, plain text; "" where a level says nothing.
        kind: what the line stands for.
        measure: what its cells measure; None where the line itself does not say.
        base: of an ablation, addition or change, the index of the line it refers to; None where
            the table does not show it.
        marks: "ours", "proposed", "baseline", "bold", as the label itself says.
    """

    axis: Axis
    index: int
    labels: tuple[str, ...]
    kind: Kind
    measure: Measure | None = None
    base: int | None = None
    marks: frozenset[str] = frozenset()

    @property
    def own(self) -> str:
        """The innermost label that says something; "" where none does."""
        return next((label for label in reversed(self.labels) if label), "")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that is fully read as a number.

    Attributes:
        number: the first, or only, number. second: the other number of a two-part cell.
        marks: what was printed with it: "bold", "underline", and footnote signs as printed.
    """

    number: Number
    second: Number | None = None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """A table of results, one block of rows under one header.

    Attributes:
        caption: the words above or below it, plain. source: its file's name, with the table's
            number where there are several. pointer: where in the source it stands.
        sha256: of the source's bytes.
        row_levels: the header of each label level of the rows, outer to inner; "" where none.
        column_levels: the name of each header level, outer to inner; "" where none.
        rows, columns: its lines.
        values: (row index, column index) → number. texts: the same for cells of words.
        measure: the caption's only measure; None where it states none, or several.
        aliases: abbreviation → expansion, as caption and headers define them.
    """

    caption: str
    source: str
    pointer: str
    sha256: str
    row_levels: tuple[str, ...]
    column_levels: tuple[str, ...]
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    values: Mapping[tuple[int, int], Value] = field(repr=False)
    texts: Mapping[tuple[int, int], str] = field(repr=False)
    measure: Measure | None = None
    aliases: dict[str, str] = field(default_factory=dict)

    @cached_property
    def low(self) -> Floats:
        """Lower ends of the rounding intervals, rows x columns, NaN where there is no value."""
        return self._array(lambda column: column.bounds(-1), lambda value: _end(value.number, -1))

    @cached_property
    def high(self) -> Floats:
        """Upper ends of the rounding intervals, rows x columns, NaN where there is no value."""
        return self._array(lambda column: column.bounds(1), lambda value: _end(value.number, 1))

    @cached_property
    def printed(self) -> Floats:
        """Numbers as printed, rows x columns, NaN where there is no value."""
        return self._array(lambda column: column.numbers(), lambda value: float(value.number.value))

    @cached_property
    def half_widths(self) -> Floats:
        """What rounding leaves open on either side, rows x columns, NaN where there is no value."""
        return self._array(lambda column: column.half_widths(), lambda value: float(value.number.half_width))

    @cached_property
    def spreads(self) -> Floats:
        """The ± printed with a cell, whatever it is, rows x columns, NaN where there is none."""
        return self._array(lambda column: column.nothing(), lambda value: _spread(value.number))

    def _array(self, of_column: Callable[[PlainColumn], Floats], of_cell: Callable[[Value], float]) -> Floats:
        """What cells come to; columns of plain numbers are converted as a whole where the table keeps them so."""
        made = np.full((len(self.rows), len(self.columns)), np.nan)
        if isinstance(self.values, WholeColumns):
            self.values.fill(made, of_column, of_cell)
        else:
            for place, value in self.values.items():
                made[place] = of_cell(value)
        made.flags.writeable = False
        return made


@runtime_checkable
class WholeColumns(Protocol):
    """A mapping of places to values that converts columns as a whole."""

    def fill(self, made: Floats, of_column: Callable[[PlainColumn], Floats], of_cell: Callable[[Value], float]) -> None:
        """Writes what cells come to into an array of rows x columns."""


def _spread(number: Number) -> float:
    return float("nan") if number.plus_minus is None else float(number.plus_minus)


def _end(number: Number, side: int) -> float:
    """One end of what a cell leaves open; infinite on the open side of "<0.001" and the like."""
    relation = number.relation
    if relation == "=" and number.upper is None:
        return float(number.value + side * number.half_width)
    if relation in {"<", "<=", ">", ">="}:
        is_open = (side < 0) == relation.startswith("<")
        return side * float("inf") if is_open else float(number.value)
    near = abs(number.value) / 20 if relation == "~" else 0
    return float(number.high + near) if side > 0 else float(number.low - near)
