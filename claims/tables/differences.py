"""Stated differences: "2 points" is not "2 %", and a relative difference is not an absolute one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from claims.tables.assertion import Compare, Quantity
from claims.tables.choosing import summaries
from claims.tables.findings import Found, unknown
from claims.tables.places import Place, cells_of, sign_at
from claims.tables.quantities import within
from claims.tables.table import Table

MANY = 12
"""Places from which on a difference that stands in none of them refutes nothing: it may be of another kind."""


def by_how_much(formula: Compare, places: Sequence[Place], table: Table) -> Found:
    """Whether the stated difference stands somewhere in the scope, or on average, in the stated direction."""
    assert formula.by is not None
    if formula.scope.spread == "mean" and len(places) > 1:
        return _mean_difference(formula, formula.by, _not_summed(places, formula, table))
    hits = [place for place in places if _differs(place, formula.by) and _in_direction(place, formula)]
    if hits:
        share = len(hits) / len(places)
        return Found("true", f"the difference is {formula.by}", 1.0 if share else 0.0, len(places), cells_of(hits))
    if len(places) > MANY or formula.right.others:
        return unknown("too many cells could be meant by the stated difference")
    shown = ", ".join(f"{_absolute(place)[0]:.4g}" for place in places[:4])
    return Found("false", f"the differences are {shown}", 0.0, len(places), cells_of(places))


def _in_direction(place: Place, formula: Compare) -> bool:
    return formula.relation == "same" or sign_at(place, formula.relation) > 0


def _not_summed(places: Sequence[Place], formula: Compare, table: Table) -> Sequence[Place]:
    """The places to average: the line of averages where the table prints one, else all."""
    summed = summaries(table, places[0].crossing.axis, formula.scope)
    kept = [place for place in places if place.crossing.index in summed]
    return kept or places


def _mean_difference(formula: Compare, by: Quantity, places: Sequence[Place]) -> Found:
    signed = [
        sign_at(place, "better" if formula.relation == "same" else formula.relation) * size
        for place in places for size, _ in _sizes(place, by)[:1]
    ]  # fmt: skip
    if not signed:
        return unknown("no such difference can be formed here")
    width = max(width for place in places for _, width in _sizes(place, by)[:1])
    mean = fmean(signed)
    close = within(abs(mean) if formula.relation == "same" else mean, by, width)
    return Found("true" if close else "false", f"the mean difference is {mean:.4g}", 1.0, len(places), cells_of(places))


def _differs(place: Place, by: Quantity) -> bool:
    return any(within(size, by, width) for size, width in _sizes(place, by))


def _absolute(place: Place) -> tuple[float, float]:
    left, right = place.left.values[0], place.right.values[0]
    return abs(left.number - right.number), left.half_width + right.half_width


def _sizes(place: Place, by: Quantity) -> list[tuple[float, float]]:
    """The sizes that the difference may be said to have, each with its rounding.

    Points are differences of scores in 0..100, of shares in 0..1 times 100. A percentage is relative
    to the rival, or a difference of scores that are percentages, unless the sentence says which; of
    errors it is relative to what the rival leaves up to 100, or to the rival where lower is better.
    """
    gap, width = _absolute(place)
    right = abs(place.right.values[0].number)
    hundred = 100.0 if max(right, abs(place.left.values[0].number)) <= 1.0 else 1.0
    absolute = [(gap, width)] if not by.unit or hundred == 1.0 else [(hundred * gap, hundred * width)]
    relative = [(100 * gap / right, 100 * width / right)] if right else []
    if by.unit != "%":
        return absolute
    if by.sense == "error":
        room = right if place.better == -1 else (100.0 / hundred) - right
        return [(100 * gap / room, 100 * width / room)] if room > 0 else []
    if by.sense == "relative":
        return relative
    return absolute if by.sense == "absolute" else absolute + relative
