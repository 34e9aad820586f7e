"""Lines called "gap" or "drop" that may be changes of other lines, or measured like them: "gap (meV)" of a molecule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.tables.lexicon import BRACKETS
from claims.assertion import Domain, Formula
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.lines import Floats, Lines
from claims.domains.table.selection import result_lines
from claims.rewriting import nodes

MOST_LINES, MOST_CELLS = 60, 200
"""Lines, and cells of each, that a change is looked for in."""
EXACT = 1e-9


def unsure_change(lines: Lines, readings: Sequence[Formula]) -> str:
    """The label of a line that a reading leaves out of all lines as a change and that may be none; "" where none is.

    A line is surely a change if its label says of what or from what, if a cell has a sign, or if its numbers are the
    differences, in points or in percent, between two other lines, between one and the best or worst of the rest, or
    between the cells of one and a cell of its own, or are in percent where no other line's are.
    """
    for axis in AXES:
        if any(_all_of(lines, axis, reading) for reading in readings) and (unsure := unsure_line(lines, axis)):
            return unsure
    return ""


def unsure_line(lines: Lines, axis: Axis) -> str:
    """The label of a line of an axis that is taken for a change and may be none; "" where none is."""
    along = lines_along(lines.table, axis)
    bare = (line for line in along if line.kind == "change" and _is_bare(line.own))
    return next((line.own for line in bare if not _is_sure(lines, axis, line.index)), "")


def _is_bare(label: str) -> bool:
    """True if a label is one word, but for brackets."""
    return BRACKETS.sub(" ", label).strip(" .:*†‡").isalpha() and label.isascii()


def _all_of(lines: Lines, axis: Axis, reading: Formula) -> bool:
    """True if a reading speaks of all lines of an axis, also where it lists all but the changes."""
    every = {lines.names[axis][i] for i in result_lines(lines, axis)}
    domains = (node for node in nodes(reading) if isinstance(node, Domain) and node.base == f"{axis}s")
    return any(not node.names or set(node.names) == every for node in domains)


def _is_sure(lines: Lines, axis: Axis, index: int) -> bool:
    return _is_signed(lines, axis, index) or _alone_in_percent(lines, axis, index) or _is_computed(lines, axis, index)


def _alone_in_percent(lines: Lines, axis: Axis, index: int) -> bool:
    """True if every cell of a line has a percent sign, and no cell of the other lines has one."""
    along = lines_along(lines.table, axis)[:MOST_LINES]
    in_percent = [
        {
            value.number.unit == "%"
            for i in range(_crossing(lines, axis))
            if (value := lines.table.values.get((i, line.index) if axis == "column" else (line.index, i))) is not None
        }
        for line in along
    ]
    own = [units for line, units in zip(along, in_percent, strict=True) if line.index == index]
    others = [units for line, units in zip(along, in_percent, strict=True) if line.index != index and units]
    return own == [{True}] and bool(others) and all(units == {False} for units in others)


def _is_signed(lines: Lines, axis: Axis, index: int) -> bool:
    places = ((i, index) if axis == "column" else (index, i) for i in range(_crossing(lines, axis)))
    return any((value := lines.table.values.get(place)) is not None and value.number.signed for place in places)


def _is_computed(lines: Lines, axis: Axis, index: int) -> bool:
    """True if the numbers of a line are differences of others, within what their rounding leaves open."""
    along = lines_along(lines.table, axis)
    others = [line.index for line in along if line.index != index and line.kind != "change"][:MOST_LINES]
    if not others:
        return False
    change, change_half = _cells(lines, axis, [index])
    known = ~np.isnan(change[0])
    if known.sum() < 2:
        return False
    value, half = (array[:, known] for array in _cells(lines, axis, others))
    base, base_half = _bases(value, value), _bases(value, half)
    apart, open_ = np.abs(value[:, None, :] - base), half[:, None, :] + base_half + EXACT
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = 100 / np.abs(base)
        fits = [
            np.abs(apart * scale - np.abs(change[0, known])) <= open_ * scale + change_half[0, known]
            for scale in (1.0, percent)
        ]
    return any(bool(fit.all(axis=-1).any()) for fit in fits)


def _bases(values: Floats, array: Floats) -> Floats:
    """The bases that each line may be a change from: shape (lines, lines + cells + 2, cells).

    Every line, every cell of its own, and in each cell the highest and the lowest of the other lines.

    Args:
        values: that tell which are the highest and lowest.
        array: numbers to take from these places, of the same shape.
    """
    count, width = array.shape
    beside = np.broadcast_to(array, (count, count, width))
    within = np.broadcast_to(array[:, :, None], (count, width, width))
    rest = np.repeat(values[None], count, axis=0)
    rest[np.arange(count), np.arange(count)] = np.nan
    ends = [np.argmax(np.where(np.isnan(rest), -np.inf, sign * rest), axis=1) for sign in (1, -1)]
    return np.concatenate([beside, within, *(array[end, np.arange(width)][:, None] for end in ends)], axis=1)


def _cells(lines: Lines, axis: Axis, indices: Sequence[int]) -> tuple[Floats, Floats]:
    """Numbers and half widths of lines, shape (lines, cells)."""
    chosen, crossing = np.array(indices)[:, None], np.arange(_crossing(lines, axis))[None, :]
    return lines.at(crossing, chosen) if axis == "column" else lines.at(chosen, crossing)


def _crossing(lines: Lines, axis: Axis) -> int:
    return min(len(lines_along(lines.table, other_axis(axis))), MOST_CELLS)
