"""Which lines and cells an assertion is about."""

from __future__ import annotations

from claims.tables.assertion import Compare, Scope, Selection
from claims.tables.metrics import same_measure
from claims.tables.pieces import words_of
from claims.tables.table import Axis, Line, Table


def selected(table: Table, axis: Axis, *selections: Selection) -> tuple[Line, ...]:
    """The lines of an axis that all selections leave."""
    lines = table.lines(axis)
    for selection in selections:
        chosen = selection.rows if axis == "row" else selection.columns
        if chosen is not None:
            kept = tuple(line for line in lines if line.index in chosen)
            lines = kept
    return lines


def axis_of(selection: Selection) -> Axis | None:
    """The axis a selection is on; None where it is on both or on none."""
    if selection.rows is not None and selection.columns is None:
        return "row"
    if selection.columns is not None and selection.rows is None:
        return "column"
    return None


def compare_axis(left: Selection, right: Selection) -> Axis | None:
    """The axis on which the two sides are different lines."""
    axes: list[Axis] = []
    for axis in ("row", "column"):
        ours = left.rows if axis == "row" else left.columns
        theirs = right.rows if axis == "row" else right.columns
        if ours is not None and theirs is not None and ours != theirs:
            axes.append(axis)
    if len(axes) == 1:
        return axes[0]
    if right.others:
        return axis_of(left) or ("row" if left.levels else None)
    return None


def pairs(table: Table, axis: Axis, formula: Compare) -> list[tuple[Line, Line]]:
    """Lines on the left with those they are compared with: where possible such as differ in the named level only."""
    where = formula.scope.where
    narrowed = narrowing(where, axis, formula.left, formula.right)
    ours = selected(table, axis, formula.left, *narrowed)
    theirs = (
        selected(table, axis, *narrowed) if formula.right.others else selected(table, axis, formula.right, *narrowed)
    )
    out = formula.scope.but.rows if axis == "row" else formula.scope.but.columns
    theirs = tuple(line for line in theirs if out is None or line.index not in out)
    levels = {level for a, level in formula.left.levels | formula.right.levels if a == axis}
    if formula.right.others:
        theirs = tuple(b for b in theirs if b not in ours and not set(b.name.casefold().split()) & BOUNDS)
    pairs = [(a, b) for a in ours for b in theirs if a.index != b.index and same_measure(a, b)]
    alike = [(a, b) for a, b in pairs if _same_elsewhere(a, b, levels)]
    return alike or pairs


def narrowing(where: Selection, axis: Axis, *sides: Selection) -> tuple[Selection, ...]:
    """The scope, where it narrows the compared axis without emptying either side."""
    chosen = where.rows if axis == "row" else where.columns
    if chosen is None:
        return ()
    for side in sides:
        own = side.rows if axis == "row" else side.columns
        if own is not None and not own & chosen:
            return ()
    return (where,)


def _same_elsewhere(a: Line, b: Line, levels: set[int]) -> bool:
    if len(a.path) != len(b.path):
        return False
    offset = 1 if a.path and a.path[0].head == "section" else 0
    for i, (x, y) in enumerate(zip(a.path, b.path, strict=True)):
        level = -1 if x.head == "section" else i
        if x.text != y.text and level not in levels and (i - offset) not in levels:
            return False
    return True


def named(scope: Scope, line: Line) -> bool:
    """Whether the sentence names a line as its place."""
    chosen = scope.where.rows if line.axis == "row" else scope.where.columns
    return chosen is not None and line.index in chosen


def crossings(table: Table, axis: Axis, scope: Scope, *sides: Selection) -> list[Line]:
    """The lines across which both sides are looked at."""
    lines = selected(table, axis, scope.where, *sides)
    out = scope.but.rows if axis == "row" else scope.but.columns
    return [line for line in lines if out is None or line.index not in out]


SUMMARIES = frozenset({"overall", "average", "avg", "mean", "total", "all"})


def summaries(table: Table, axis: Axis, scope: Scope) -> frozenset[int]:
    """Lines that sum up the others, where the sentence names none of the axis."""
    chosen = scope.where.rows if axis == "row" else scope.where.columns
    if chosen is not None or scope.share is not None:
        return frozenset()
    return frozenset(x.index for x in table.lines(axis) if x.path and set(words_of(x.path[-1].text)) & SUMMARIES)


BOUNDS = frozenset({"human", "humans", "oracle", "upper", "gold"})
"""Words of lines that are no competitor: what people reach, what an oracle would."""
