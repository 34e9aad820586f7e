"""Messages on the names of a table that a sentence has, and on those that the table offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.both_axes import crossings
from claims.domains.table.names import NameIndex
from claims.domains.table.spoken_names import SpokenNames
from claims.domains.table.words import is_kind
from claims.language.tokens import Token

SHOWN = 6
"""Most names listed for an axis."""
LONGEST = 40
"""Characters of the longest name listed."""
NONE = "It has none of the table's names"
COUNTED = (
    "A number behind a name counts the lines that share it, in their order; behind “row” or “column” those of all."
)
AXIS_NAMES: dict[Axis, str] = {"row": "rows", "column": "columns"}


def names_offered(sentence: str, tokens: Sequence[Token], index: NameIndex) -> str:
    """The names of the table that a sentence has, and others, as a sentence; "" where the table has none.

    Args:
        sentence: that was not read.
        tokens: its words.
        index: the names of the table.
    """
    told = [f"{AXIS_NAMES[axis]} {listed}" for axis in AXES if (listed := _listed(index, axis))]
    names = [name.text for name in SpokenNames.of(sentence, tokens, index).names]
    linked = dict.fromkeys(f"“{name}”" for name in (*names, *(both.text for both in crossings(tokens, index))))
    has = f"Of the table's names it has {', '.join(linked)}" if linked else f"{NONE}{_missing(tokens)}"
    return f"{has}; the table has {' and '.join(told)}." if told else ""


def names_counted(index: NameIndex, offered: Iterable[str]) -> str:
    """The explanation of numbers behind names, where an offered sentence has one; else ""."""
    names = [name for axis in AXES for name in index.lines.told_apart[axis].values() if "#" in name]
    return COUNTED if any(name in text for text in offered for name in names) else ""


def _missing(tokens: Sequence[Token]) -> str:
    """A remark on the nouns of a sentence that has no name of the table, where one could stand instead."""
    nouns = dict.fromkeys(f"“{token.text}”" for token in tokens if token.word and is_kind(token.folded))
    return f" (it says {', '.join(nouns)})" if nouns else ""


def _listed(index: NameIndex, axis: Axis) -> str:
    lines = lines_along(index.lines.table, axis)
    names = dict.fromkeys(line.own for line in lines if 0 < len(line.own) <= LONGEST and _is_lettered(line.own))
    shown = list(names)[:SHOWN]
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return ", ".join([*shown, *more])


def _is_lettered(name: str) -> bool:
    return any(sign.isalpha() for sign in name)
