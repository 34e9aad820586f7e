"""Tests for names of data sets and the like, of which one may be harder than another, and for names of runs."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tables.runs import numbers_runs
from claims.domains.table.axes import lines_along, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.phrase import Constraint
from claims.domains.table.roles import role_of
from claims.domains.table.words import key_of


def are_places(context: ClauseContext, names: Sequence[Constraint]) -> bool:
    """True if names leave lines of an axis of test places, or lines of one measure that they do not name.

    Lines that cross systems in a table of one measure are test places, too.
    """
    if not names or len({c.axis for c in names}) > 1:
        return False
    axis = names[0].axis
    if role_of(context.lines, axis) == "place":
        return True
    along = lines_along(context.lines.table, axis)
    told = [along[i] for c in names for i in c.lines]
    crossing = role_of(context.lines, other_axis(axis)) == "system" and context.lines.table.measure is not None
    if crossing and all(line.kind == "unknown" and line.measure is None for line in told):
        return True
    measures = {line.measure for line in told}
    measure = measures.pop()
    if measures or measure is None:
        return False
    return not any(set(key_of(measure.name)).intersection(c.words) for c in names)


def are_runs(context: ClauseContext, constraint: Constraint) -> bool:
    """True if a name is one of runs: "A performs best with seed 2" may rank A among all, or the seed among A's."""
    table, axis, level = context.lines.table, constraint.axis, constraint.level
    levels = table.row_levels if axis == "row" else table.column_levels
    headed = 0 <= level < len(levels) and numbers_runs(levels[level])
    along = lines_along(table, axis)
    return headed or all(numbers_runs(along[i].own.rstrip("0123456789 ")) for i in constraint.lines)
