"""Trends along lines whose headers are numbers, and gaps between two lines."""

from __future__ import annotations

import re
from itertools import pairwise

from claims.tables.assertion import Gap, Trend
from claims.tables.choosing import axis_of, crossings, selected
from claims.tables.findings import Found, shared, unknown
from claims.tables.table import OTHER, Cell, Line, Table


def trended(formula: Trend, table: Table) -> Found:
    """Whether numbers rise (or fall) from line to line, at every crossing line."""
    axis = axis_of(formula.along)
    if axis is None:
        return unknown("no axis to follow")
    lines = sorted(
        ((number, line) for line in selected(table, axis, formula.along) if (number := number_of(line)) is not None),
        key=lambda pair: pair[0],
    )
    signs: list[int] = []
    cells: list[Cell] = []
    for crossing in crossings(table, OTHER[axis], formula.scope):
        scored = [cell for _, line in lines if (cell := table.at(line, crossing)) is not None]
        if len(scored) < 3:
            continue
        steps = [b.values[0].number - a.values[0].number for a, b in pairwise(scored)]
        turned = [step if formula.direction == "rise" else -step for step in steps]
        signs.append(1 if all(s > 0 for s in turned) else -1 if sum(turned) <= 0 or min(turned) < 0 else 0)
        cells += scored
    if not signs:
        return unknown("fewer than three numbers along the axis")
    holds = sum(s > 0 for s in signs)
    return Found(
        shared(signs, formula.scope.share),
        f"so in {holds} of {len(signs)}",
        holds / len(signs),
        len(signs),
        tuple(cells),
    )


def gap_compared(formula: Gap, table: Table) -> Found:
    """Whether the distance between two lines is wider (or narrower) here than elsewhere."""
    axis = axis_of(formula.at)
    if axis is None:
        return unknown("the sentence does not say where the gap stands")
    own = {line.index for line in selected(table, axis, formula.at)}
    others = {line.index for line in selected(table, axis, formula.than)} - own
    firsts, seconds = (selected(table, OTHER[axis], side) for side in (formula.first, formula.second))
    sizes: dict[bool, list[float]] = {True: [], False: []}
    cells: list[Cell] = []
    for line in (line for line in table.lines(axis) if line.index in own | others):
        for a in firsts:
            for b in seconds:
                left, right = table.at(line, a), table.at(line, b)
                if left is not None and right is not None:
                    sizes[line.index in own].append(abs(left.values[0].number - right.values[0].number))
                    cells += [left, right]
    if not sizes[True] or not sizes[False]:
        return unknown("no second place to compare the gap with")
    turned = 1 if formula.size == "wider" else -1
    signs = [(d > 0) - (d < 0) for mine in sizes[True] for theirs in sizes[False] for d in [turned * (mine - theirs)]]
    holds = sum(s > 0 for s in signs)
    why = f"so in {holds} of {len(signs)} pairs of places"
    return Found(shared(signs, None), why, holds / len(signs), len(signs), tuple(cells))


def number_of(line: Line) -> float | None:
    """The number in a line's header ("d=32" → 32), None where there is none or several."""
    found = re.findall(r"\d+(?:\.\d+)?", line.path[-1].text if line.path else "")
    return float(found[0]) if len(found) == 1 else None
