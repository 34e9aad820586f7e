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
OfColumn = Callable[["PlainColumn"], Floats]
OfCell = Callable[["Value"], float]
Axis = Literal["row", "column"]
Kind = Literal[
    "system", "ablation", "addition", "change", "bound", "human", "aggregate", "dataset", "language", "measure",
    "attribute", "size", "time", "count", "rank", "error", "prose", "index", "unknown",
]  # fmt: skip
Direction = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of cells: name, unit, direction.

    Attributes:
        name: the measure's plain name in lower case, "accuracy", "f1", "rouge-2".
        unit: as printed, "" where none is.
        direction: which way is better; None where nothing says so.
    """

    name: str
    unit: str = ""
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class TableLine:
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
        runs: of each row the rows of the source whose mean it is; () where rows are the source's own.
    """

    caption: str
    source: str
    pointer: str
    sha256: str
    row_levels: tuple[str, ...]
    column_levels: tuple[str, ...]
    rows: tuple[TableLine, ...]
    columns: tuple[TableLine, ...]
    values: Mapping[tuple[int, int], Value] = field(repr=False)
    texts: Mapping[tuple[int, int], str] = field(repr=False)
    measure: Measure | None = None
    aliases: dict[str, str] = field(default_factory=dict)
    runs: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def low(self) -> Floats:
        """Lower ends of the rounding intervals, rows x columns, NaN where there is no value."""
        return self._array(lambda column: column.bounds(-1), lambda value: _end(value.number, -1))

    @cached_property
    def high(self) -> Floats:
        """Upper ends of the rounding intervals, rows x columns, NaN where there is no value."""
        return self._array(lambda column: column.bounds(1), lambda value: _end(value.number, 1))

    def printed_in(self, column: int) -> Floats:
        """The numbers of one column as printed, NaN where there is no value."""
        return self._column(column, *PRINTED)

    def half_widths_in(self, column: int) -> Floats:
        """Half widths of rounding in one column, NaN where there is no value."""
        return self._column(column, *HALF_WIDTH)

    def _array(self, of_column: OfColumn, of_cell: OfCell) -> Floats:
        made = np.full((len(self.rows), len(self.columns)), np.nan)
        for column in range(len(self.columns)):
            made[:, column] = self._column(column, of_column, of_cell)
        made.flags.writeable = False
        return made

    def _column(self, column: int, of_column: OfColumn, of_cell: OfCell) -> Floats:
        """Reads the cells of a column; one of plain numbers is converted as a whole if the table keeps it so."""
        if isinstance(self.values, WholeColumns):
            cells = self.values.column(column)
        else:
            cells = {r: value for (r, c), value in self.values.items() if c == column}
        if not isinstance(cells, Mapping):
            return of_column(cells)
        made = np.full(len(self.rows), np.nan)
        for row, value in cells.items():
            made[row] = of_cell(value)
        return made


@runtime_checkable
class WholeColumns(Protocol):
    """A mapping of places to values that keeps columns whole."""

    def column(self, column: int) -> PlainColumn | Mapping[int, Value]:
        """A column of plain numbers, or else row → value."""


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


def _printed(value: Value) -> float:
    """The number of a cell; none where the cell only bounds it or gives a range ("<50", "60-70", "~55")."""
    number = value.number
    exact = number.relation == "=" and number.upper is None and not number.near and value.second is None
    return float(number.value) if exact else float("nan")


PRINTED: tuple[OfColumn, OfCell] = (lambda column: column.numbers(), _printed)
HALF_WIDTH: tuple[OfColumn, OfCell] = (
    lambda column: column.half_widths(),
    lambda value: float(value.number.half_width),
)
"""Result of reading a column of plain numbers, and any other cell."""
