"""The two axes of a table and the lines along them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from analysis.tables import Table, TableLine

Axis: TypeAlias = Literal["row", "column"]
AXES: tuple[Axis, Axis] = ("row", "column")


def other_axis(axis: Axis) -> Axis:
    """The axis that crosses an axis."""
    return "column" if axis == "row" else "row"


def lines_along(table: Table, axis: Axis) -> tuple[TableLine, ...]:
    """The rows, or the columns, of a table."""
    return table.rows if axis == "row" else table.columns
