"""Names with a number beside them, "8 layers", "alpha = 0.5": the lines whose label, or whose cell, is that number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from analysis.numbers import Number, NumberError, parse_number
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.lines import BESIDE, Lines
from claims.domains.table.phrase import Constraint, Phrase
from claims.domains.table.spellings import ENUMERATED, SETTING


def numbered(lines: Lines, phrase: Phrase, number: Number, *, counted: bool = False) -> list[Phrase]:
    """A phrase narrowed to lines whose label, or whose cell in the column it names, is a number.

    Args:
        lines: of the table.
        phrase: with a header or a column.
        number: said beside it.
        counted: the number stands before the name: "6 layers" is not "Layer 6".
    """
    if number.relation != "=" or number.upper is not None:
        return []
    made = [one for constraint in phrase.constraints for one in _by_cells(lines, phrase, constraint, number)]
    forms = (SETTING,) if counted else (SETTING, ENUMERATED)
    kinds = phrase.kinds or (_number_levels(lines) if phrase.caption and not phrase.constraints else ())
    for axis, level in kinds:
        found = _labelled(lines, axis, level, number, forms)
        if found:
            made.append(
                replace(phrase, kinds=(), constraints=(Constraint(axis, level, found),), score=phrase.score + 1)
            )
    return made


def whole_number(number: Number) -> int | None:
    """A count, None where a number is a fraction, a bound or a range."""
    value = number.value
    return int(value) if value == int(value) and number.relation == "=" and number.upper is None else None


def _by_cells(lines: Lines, phrase: Phrase, constraint: Constraint, number: Number) -> Iterator[Phrase]:
    if constraint.axis != "column" or len(constraint.lines) != 1 or len(phrase.constraints) != 1:
        return
    column = next(iter(constraint.lines))
    if lines.table.columns[column].kind not in BESIDE | {"unknown"}:
        return
    rows = frozenset(np.flatnonzero(lines.column(column) == float(number.value)).tolist())
    if rows:
        yield replace(phrase, constraints=(Constraint("row", -1 - column, rows),), score=phrase.score + 1)


def holds_numbers(lines: Lines, axis: Axis, level: int) -> bool:
    """True if the labels of a level are numbers: its header then names a quantity, and no kind of thing."""
    labels = [line.labels[level] for line in lines_along(lines.table, axis) if line.kind != "aggregate"]
    return len(labels) > 1 and all(label.replace(".", "", 1).isdigit() for label in labels)


def _number_levels(lines: Lines) -> tuple[tuple[Axis, int], ...]:
    """Levels whose labels are all numbers: they may be values of a thing that the caption names."""
    return tuple(
        (axis, level)
        for axis in AXES
        for level in range(len(lines_along(lines.table, axis)[0].labels) if lines_along(lines.table, axis) else 0)
        if holds_numbers(lines, axis, level)
    )


def _labelled(
    lines: Lines, axis: Axis, level: int, number: Number, forms: tuple[re.Pattern[str], ...]
) -> frozenset[int]:
    along = lines_along(lines.table, axis)
    return frozenset(line.index for line in along if _is_number(line.labels[level], number, forms))


def _is_number(label: str, number: Number, forms: tuple[re.Pattern[str], ...]) -> bool:
    """True if a label is a number, or sets something to it in one of some forms."""
    setting = next(filter(None, (form.fullmatch(label) for form in forms)), None)
    label = setting["number"] if setting is not None else label
    try:
        return float(label.replace(",", "")) == float(number.value)
    except ValueError:
        found = exact_number(label)
        return found is not None and (found.value, found.unit) == (number.value, number.unit)


def exact_number(label: str) -> Number | None:
    """The number that a label is, with its unit or a power of ten: "30%", "2.6∗10−7"; None where it is none."""
    if not label[:1].isdigit():
        return None
    try:
        found = parse_number(label)
    except NumberError:
        return None
    return found if found.relation == "=" and found.upper is None else None
