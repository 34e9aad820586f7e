"""Correlations: whether the numbers of two lines rise together over the lines that cross them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import correlation

from claims.tables.assertion import Correlated
from claims.tables.choosing import axis_of, selected
from claims.tables.findings import Found, Truth, unknown
from claims.tables.table import OTHER, Table

FEWEST = 5
"""Pairs of numbers below which a correlation says nothing."""

TOGETHER, STRONGLY = 0.5, 0.7
"""Spearman's coefficient from which on two lines are taken to go together, and to do so strongly."""


def correlated(formula: Correlated, table: Table) -> Found:
    """Whether Spearman's rank correlation of two lines has the stated sign and size.

    Between no correlation and `TOGETHER` nothing is decided: so weak a one may be called either.
    """
    axis = axis_of(formula.left)
    if axis is None or axis_of(formula.right) != axis:
        return unknown("the two do not stand on one axis")
    pairs = [(a, b) for a in selected(table, axis, formula.left) for b in selected(table, axis, formula.right)]
    if len(pairs) != 1:
        return unknown(f"{len(pairs)} pairs of lines could be meant")
    left, right = pairs[0]
    places = [
        (one, other) for crossing in table.lines(OTHER[axis])
        if (one := table.at(left, crossing)) is not None and (other := table.at(right, crossing)) is not None
    ]  # fmt: skip
    if len(places) < FEWEST:
        return unknown(f"{len(places)} pairs of numbers are too few for a correlation; {FEWEST} are needed")
    rho = spearman([a.values[0].number for a, _ in places], [b.values[0].number for _, b in places])
    if rho is None:
        return unknown("all numbers of a line are equal")
    turned = rho if formula.direction == "rise" else -rho
    least = STRONGLY if formula.degree == "clear" else TOGETHER
    truth: Truth = "true" if turned >= least else "false" if turned <= 0 else "unknown"
    why = f"Spearman's rho over {len(places)} places is {rho:.2f}"
    return Found(truth, why, float(turned >= least), len(places), tuple(cell for pair in places for cell in pair))


def spearman(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Spearman's rank correlation, ties at their mean rank; None where one side does not vary."""
    if len(set(left)) == 1 or len(set(right)) == 1:
        return None
    return correlation(_ranks(left), _ranks(right))


def _ranks(numbers: Sequence[float]) -> list[float]:
    ordered = sorted(numbers)
    return [ordered.index(number) + (ordered.count(number) + 1) / 2 for number in numbers]
