"""Which names of a table a sentence has, and which the table offers, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.names import NameIndex
from claims.domains.table.spoken_names import SpokenNames
from claims.language.tokens import Token

SHOWN = 6
"""Names of an axis that are told."""
LONGEST = 40
"""Characters of a name that is told."""
SHARED = 2
"""Names of several lines that are told."""
LACKING = "Name each row and column of the table apart, so that sentences can speak of them"
AXIS_NAMES: dict[Axis, str] = {"row": "rows", "column": "columns"}


def names_offered(sentence: str, tokens: Sequence[Token], index: NameIndex) -> str:
    """The names of the table that a sentence has, and others, as a sentence; "" where the table has none.

    Args:
        sentence: that was not read.
        tokens: its words.
        index: the names of the table.
    """
    told = [f"{AXIS_NAMES[axis]} {listed}" for axis in AXES if (listed := _listed(index, axis))]
    linked = dict.fromkeys(f"“{name.text}”" for name in SpokenNames.of(sentence, tokens, index).names)
    has = f"Of the table's names it has {', '.join(linked)}" if linked else "It has none of the table's names"
    return f"{has}; the table has {' and '.join(told)}." if told else ""


def names_lacking(index: NameIndex) -> str:
    """Which rows and columns have no name of their own, so that no sentence can speak of them, and what to do."""
    told = []
    for axis in AXES:
        names = Counter(" ".join(filter(None, line.labels)) for line in lines_along(index.lines.table, axis))
        bare = names.pop("", 0)
        shared = [f"{count} {AXIS_NAMES[axis]} have the name “{name}”" for name, count in names.items() if count > 1]
        without = f"{bare} {AXIS_NAMES[axis]} have no name" if bare > 1 else f"one {axis} has no name"
        told += [*([without] if bare else []), *shared[:SHARED]]
    return f"{LACKING}: {'; '.join(told)}." if told else ""


def _listed(index: NameIndex, axis: Axis) -> str:
    lines = lines_along(index.lines.table, axis)
    names = dict.fromkeys(line.own for line in lines if 0 < len(line.own) <= LONGEST and _is_lettered(line.own))
    shown = list(names)[:SHOWN]
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return ", ".join([*shown, *more])


def _is_lettered(name: str) -> bool:
    return any(sign.isalpha() for sign in name)
