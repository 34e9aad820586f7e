"""Plain sentences for facts of a table's cells: a value, the higher of two, the highest of all.

Each is only worded here; reading it decides whether the table bears it out. Forms: `cell_facts.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, combinations, islice, product
from typing import Any

import numpy as np

from claims.domains.table.axes import Axis, lines_along, other_axis
from claims.domains.table.lines import DESCRIBING, RIVALS, Lines

OWN, OTHER = 4, 2
"""Most lines of the compared axis, and of the crossing one, that facts are made of."""
LOOKED_THROUGH = 4
"""Lines that are searched for each line wanted with a name."""
WAYS = 3
"""Most ways of naming a line."""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line of a table with the ways of naming it; `named` is the sentence's own name for it, or ""."""

    at: int
    ways: tuple[str, ...]
    named: str = ""

    @property
    def is_lettered(self) -> bool:
        """True if it has a name rather than a number."""
        return any(map(str.isalpha, "".join(self.ways)))


@dataclass(frozen=True, slots=True)
class CellFact:
    """A fact that cells show, in plain sentences.

    Attributes:
        kind: a key of `cell_facts.toml`.
        texts: its wordings. kept: the names of the sentence that they contain.
    """

    kind: str
    texts: tuple[str, ...]
    kept: tuple[str, ...]


@cache
def fact_forms() -> Mapping[str, Any]:
    """The shipped forms, by kind of fact."""
    return tomllib.loads((files("claims.domains.table") / "cell_facts.toml").read_text(encoding="utf-8"))


def said_line(lines: Lines, axis: Axis, at: int, named: str = "", *, alone: bool = False) -> SaidLine:
    """A line with the ways of naming it: by its labels, or as a sentence names it.

    Args:
        lines: of the table.
        axis: of the line.
        at: its index.
        named: the sentence's name for it.
        alone: True if that name stands for no other line.
    """
    along = lines_along(lines.table, axis)
    labels = [label for label in along[at].labels if label]
    own = along[at].own
    ways = [named] if alone else [own] if sum(line.own == own for line in along) == 1 else []
    apart = lines.told_apart[axis].get(at)
    ways = [apart, *ways] if apart else ways
    said = fact_forms()["said"]
    ways += [form.format(OWN=labels[-1], OUTER=" ".join(labels[:-1])) for form in said if len(labels) > 1]
    return SaidLine(at, tuple(dict.fromkeys(ways))[:WAYS], named)


def any_lines(lines: Lines, axis: Axis, most: int) -> list[SaidLine]:
    """The first lines of an axis that are compared and have a name; else any with a name, else any."""
    compared = lines.comparable("rows" if axis == "row" else "columns")
    every = lines.along(axis)
    for names in (compared, tuple(every)):
        scored = (every[name].index for name in names if has_numbers(lines, axis, every[name].index))
        said = [said_line(lines, axis, at) for at in islice(scored, LOOKED_THROUGH * most)]
        if named := [one for one in said if one.ways and one.is_lettered]:
            return named[:most]
    return [one for one in said if one.ways][:most]


def cell_facts(lines: Lines, axis: Axis, own: Sequence[SaidLine], other: Sequence[SaidLine]) -> Iterator[CellFact]:
    """The facts of the cells at which some lines of an axis cross some of the other.

    Args:
        lines: of the table.
        axis: of the lines compared.
        own: the lines compared; where there are none, those with the highest and the lowest value.
        other: the crossing lines.
    """
    along = lines_along(lines.table, axis)
    for one, two in combinations([one for one in own if along[one.at].measure is None][:OWN], 2):
        for on in other[:OTHER]:
            if sign := _sign(lines, axis, (one.at, two.at), on.at):
                yield _fact(lines, axis, "higher" if sign > 0 else "lower", on, one, two)
    for on, one in product(other[:OTHER], own[:OWN]):
        if number := _printed(lines, axis, one.at, on.at):
            yield _fact(lines, axis, "value", on, one, number=number)
    for on in other[:OTHER]:
        for end, at in zip(("highest", "lowest"), _ends(lines, axis, on.at), strict=False):
            holder = next((one for one in own if one.at == at), None) if own else said_line(lines, axis, at)
            if holder is not None and holder.is_lettered:
                yield _fact(lines, axis, end, on, holder)
            if not own:
                bound = "top" if end == "highest" else "bottom"
                yield _fact(lines, axis, bound, on, number=_printed(lines, axis, at, on.at))


def opposite_facts(
    lines: Lines, axis: Axis, own: Sequence[SaidLine], other: Sequence[SaidLine]
) -> Iterator[tuple[CellFact, CellFact]]:
    """Pairs of opposite facts on lines of an axis: two against each other, or one against the rest.

    Args:
        lines: of the table.
        axis: of the lines compared.
        own: the lines compared.
        other: the crossing lines they are compared on; empty for all of them.
    """
    along, either = lines_along(lines.table, axis), fact_forms()["either"]
    alike = (
        (one, two)
        for one, two in combinations(own[:OWN], 2)
        if one.named != two.named and len({along[at].measure for at in (one.at, two.at)} - {None}) < 2
    )
    alone = ((one,) for one in own[:OWN] if along[one.at].measure is None)
    for told in chain(alike, alone):
        on_each, on_all = either["two" if len(told) > 1 else "one"]
        places: Sequence[SaidLine | None] = other[:OTHER] or [None]
        for on in places:
            if all(_has_number(lines, axis, one.at, on) for one in told):
                first, second = told[0], told[1] if len(told) > 1 else None
                up, down = on_all if on is None else on_each
                yield _fact(lines, axis, up, on, first, second), _fact(lines, axis, down, on, first, second)


def value_fact(lines: Lines, axis: Axis, one: SaidLine, on: SaidLine, number: str) -> CellFact:
    """The fact that a number is the value of a line of an axis on a crossing line."""
    return _fact(lines, axis, "value", on, one, number=number)


def bound_facts(lines: Lines, axis: Axis, on: SaidLine, number: str) -> tuple[CellFact, CellFact]:
    """The facts that a number is the highest value of a line, and that it is the lowest.

    Args:
        lines: of the table.
        axis: of the lines that cross it.
        on: the line.
        number: as written in the sentence.
    """
    return _fact(lines, axis, "top", on, number=number), _fact(lines, axis, "bottom", on, number=number)


def has_numbers(lines: Lines, axis: Axis, at: int) -> bool:
    """True if a line has a cell that is a number."""
    return any(_printed(lines, axis, at, on.index) for on in lines_along(lines.table, other_axis(axis)))


def _has_number(lines: Lines, axis: Axis, at: int, on: SaidLine | None) -> bool:
    return bool(_printed(lines, axis, at, on.at)) if on is not None else has_numbers(lines, axis, at)


def _fact(
    lines: Lines,
    axis: Axis,
    kind: str,
    on: SaidLine | None,
    one: SaidLine | None = None,
    two: SaidLine | None = None,
    number: str = "",
) -> CellFact:
    forms, nobody = fact_forms()[kind], SaidLine(0, ("",))
    measured = on is not None and lines_along(lines.table, other_axis(axis))[on.at].measure is not None
    chosen = (*(forms["measured"] if measured else ()), *forms["placed"])
    said = (one or nobody, two or nobody, on or nobody)
    places = product(*(range(len(line.ways)) for line in said), range(len(chosen)))
    tried = sorted(places, key=lambda at: (two is not None and at[0] != at[1], max(at[0], at[1]) + at[2] + at[3]))
    texts = [
        chosen[form].format(A=said[0].ways[a], A2=said[1].ways[a2], B=said[2].ways[b], NUMBER=number)
        for a, a2, b, form in tried
    ]
    kept = dict.fromkeys(line.named for line in said if line.named)
    return CellFact(kind, tuple(text.replace("..", ".") for text in texts), tuple(kept))


def _at(axis: Axis, one: int, on: int) -> tuple[int, int]:
    return (one, on) if axis == "row" else (on, one)


def _printed(lines: Lines, axis: Axis, one: int, on: int) -> str:
    value = lines.table.values.get(_at(axis, one, on))
    return "" if value is None else value.number.text or f"{value.number.value:f}"


def _sign(lines: Lines, axis: Axis, pair: tuple[int, int], on: int) -> int:
    """1 if the first of two lines has the higher value, -1 if the lower; 0 where rounding or an empty cell hides it."""
    first, second = (lines.table.values.get(_at(axis, one, on)) for one in pair)
    if first is None or second is None:
        return 0
    return int(first.number.low > second.number.high) - int(first.number.high < second.number.low)


def _ends(lines: Lines, axis: Axis, on: int) -> tuple[int, ...]:
    """The line with the highest value, and that with the lowest, of those that are compared; none of fewer than two."""
    if any(
        line.kind in DESCRIBING and _printed(lines, axis, line.index, on) for line in lines_along(lines.table, axis)
    ):
        return ()  # sizes and times stand beside the values
    compared = (line for line in lines_along(lines.table, axis) if line.kind in RIVALS and line.measure is None)
    rivals = np.array([line.index for line in compared], dtype=np.intp)
    crossing = np.full(len(rivals), on)
    values = lines.at(rivals, crossing)[0] if axis == "row" else lines.at(crossing, rivals)[0]
    if np.isfinite(values).sum() < 2:
        return ()
    return int(rivals[np.nanargmax(values)]), int(rivals[np.nanargmin(values)])
