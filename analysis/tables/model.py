"""The typed table: lines with their kinds and measures, cells with their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from analysis.numbers import Number

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
    values: dict[tuple[int, int], Value] = field(repr=False)
    texts: dict[tuple[int, int], str] = field(repr=False)
    measure: Measure | None = None
    aliases: dict[str, str] = field(default_factory=dict)

    @cached_property
    def low(self) -> NDArray[np.float64]:
        """Lower ends of the rounding intervals, rows x columns, NaN where there is no value."""
        return self._bound(-1)

    @cached_property
    def high(self) -> NDArray[np.float64]:
        """Upper ends of the rounding intervals, rows x columns, NaN where there is no value."""
        return self._bound(1)

    def _bound(self, side: int) -> NDArray[np.float64]:
        bound = np.full((len(self.rows), len(self.columns)), np.nan)
        for place, value in self.values.items():
            bound[place] = _end(value.number, side)
        bound.flags.writeable = False
        return bound


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
