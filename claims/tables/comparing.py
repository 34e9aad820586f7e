"""Comparisons: each cell of the subject beside the cell of its rival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from claims.tables.assertion import Compare, Quantity
from claims.tables.choosing import compare_axis, crossings, named, pairs, summaries
from claims.tables.findings import Found, Truth, shared, unknown
from claims.tables.metrics import cell_direction
from claims.tables.quantities import within
from claims.tables.table import OTHER, Cell, Line, Table


@dataclass(frozen=True, slots=True)
class _Place:
    """One comparison: a cell on the left, one on the right, where both stand, and which way is better."""

    left: Cell
    right: Cell
    line: Line
    rival: Line
    crossing: Line
    better: int | None


def _places(table: Table, formula: Compare) -> list[_Place] | str:
    axis = compare_axis(formula.left, formula.right)
    if axis is None:
        return "the sentence does not say what is compared with what on one axis"
    couples = pairs(table, axis, formula)
    if not couples:
        return "no two lines to compare"
    across = crossings(table, OTHER[axis], formula.scope, formula.left, formula.right)
    quality = formula.relation in ("better", "worse")
    places: list[_Place] = []
    for a, b in couples:
        for crossing in across:
            left, right = table.at(a, crossing), table.at(b, crossing)
            way = cell_direction(table, a, crossing)
            if left is None or right is None or (quality and way == 0 and not named(formula.scope, crossing)):
                continue
            places.append(_Place(left, right, a, b, crossing, way))
    return places or "no cells of both where the sentence speaks"


def compared(formula: Compare, table: Table) -> Found:
    """Whether the relation holds at all places, or at as many as the sentence says."""
    if formula.degree == "tested":
        return unknown("significance cannot be read off single scores")
    places = _places(table, formula)
    if isinstance(places, str):
        return unknown(places)
    if formula.relation == "same":
        return _alike(places)
    if formula.by is not None:
        return _by_how_much(formula, places)
    if formula.scope.spread == "mean":
        return _on_average(formula, places)
    signs = [_sign(place, formula.relation) for place in places]
    cells = tuple(dict.fromkeys(cell for p in places for cell in (p.left, p.right)))
    margin = min((_distance(p) for p in places), default=0.0)
    truth = shared(signs if formula.scope.share is None else _by_crossing(places, signs), formula.scope.share)
    if truth == "mixed" and (summed := summaries(table, places[0].crossing.axis, formula.scope)):
        kept = [(p, s) for p, s in zip(places, signs, strict=True) if p.crossing.index in summed]
        if kept:
            places, signs = [p for p, _ in kept], [s for _, s in kept]
            truth = shared(signs, None)
    holds = sum(s > 0 for s in signs)
    why = f"holds in {holds} of {len(signs)} comparisons"
    return Found(truth, why, holds / len(signs), len(signs), cells, margin)


def _sign(place: _Place, relation: str) -> int:
    """1 where the relation holds, -1 where its opposite does, 0 for a tie."""
    signs = set()
    for left, right in zip(place.left.values, place.right.values, strict=False):
        gap = left.number - right.number
        if relation in ("better", "worse"):
            gap *= -1 if place.better == -1 else 1
        if relation in ("worse", "lower"):
            gap = -gap
        signs.add((gap > 1e-12) - (gap < -1e-12))
    return signs.pop() if len(signs) == 1 else 0


def _by_crossing(places: Sequence[_Place], signs: Sequence[int]) -> list[int]:
    """One sign per crossing line: 1 where all pairs hold, -1 where none does and one is against, 0 otherwise."""
    groups: dict[int, list[int]] = {}
    for place, sign in zip(places, signs, strict=True):
        groups.setdefault(place.crossing.index, []).append(sign)
    return [1 if min(group) > 0 else -1 if max(group) <= 0 else 0 for group in groups.values()]


def _distance(place: _Place) -> float:
    left, right = place.left.values[0].number, place.right.values[0].number
    size = max(abs(left), abs(right))
    return abs(left - right) / size if size else 0.0


def _alike(places: Sequence[_Place]) -> Found:
    """Comparable: within one part in twenty everywhere; not so: further than one in eight somewhere."""
    distances = [_distance(place) for place in places]
    cells = tuple(dict.fromkeys(cell for p in places for cell in (p.left, p.right)))
    near = sum(d <= 0.05 for d in distances)
    truth: Truth = "true" if near == len(distances) else "false" if min(distances) > 0.08 else "mixed"
    why = f"the numbers differ by {max(distances):.0%} at most"
    return Found(truth, why, near / len(distances), len(distances), cells, abs(max(distances) - 0.08))


def _on_average(formula: Compare, places: Sequence[_Place]) -> Found:
    gaps = []
    for place in places:
        gap = place.left.values[0].number - place.right.values[0].number
        gap /= max(abs(place.left.values[0].number), abs(place.right.values[0].number), 1e-12)
        turned = -1 if (formula.relation in ("better", "worse") and place.better == -1) else 1
        gaps.append(gap * turned * (-1 if formula.relation in ("worse", "lower") else 1))
    mean = fmean(gaps)
    cells = tuple(dict.fromkeys(cell for p in places for cell in (p.left, p.right)))
    truth: Truth = "true" if mean > 0 else "false"
    return Found(
        truth, f"the mean difference is {mean:.1%}", sum(g > 0 for g in gaps) / len(gaps), len(gaps), cells, 0.5
    )


def _by_how_much(formula: Compare, places: Sequence[_Place]) -> Found:
    """Whether the stated difference stands somewhere in the scope, in the stated direction."""
    assert formula.by is not None
    hits = []
    for place in places:
        sign = _sign(place, formula.relation)
        if any(within(gap, formula.by, width) for gap, width in _gaps(place, formula.by)):
            hits.append((place, sign))
    cells = tuple(dict.fromkeys(cell for p in places for cell in (p.left, p.right)))
    gaps = ", ".join(f"{_gaps(p, formula.by)[0][0]:.4g}" for p in places[:4])
    if any(sign > 0 for _, sign in hits):
        chosen = tuple(dict.fromkeys(c for p, s in hits if s > 0 for c in (p.left, p.right)))
        return Found("true", f"the difference is {formula.by}", len(hits) / len(places), len(places), chosen)
    if formula.scope.spread == "mean" and len(places) > 1:
        mean = fmean(_gaps(p, formula.by)[0][0] for p in places)
        if within(mean, formula.by, 0.01):
            return Found("true", f"the mean difference is {mean:.4g}", 1.0, len(places), cells)
    if len(places) > 12 or formula.right.others:
        return unknown("too many cells could be meant by the stated difference")
    return Found("false", f"the differences are {gaps}", 0.0, len(places), cells)


def _gaps(place: _Place, by: Quantity) -> list[tuple[float, float]]:
    """The sizes the difference of a place may be said to have, each with its rounding."""
    left, right = place.left.values[0], place.right.values[0]
    gap = abs(left.number - right.number)
    width = left.half_width + right.half_width
    sizes = [(gap, width)]
    if by.unit in ("%", "points") and max(abs(left.number), abs(right.number)) <= 1.0:
        sizes.append((100 * gap, 100 * width))
    if by.unit == "%":
        wholes = [abs(whole) for whole in (right.number, left.number) if whole]
        sizes += [(100 * gap / whole, 100 * width / whole) for whole in wholes]
        if place.better is not None and 0 < right.number < 100 and place.better > 0:
            room = (100 if right.number > 1 else 1) - right.number
            sizes.append((100 * gap / room, 100 * width / room))
    return sizes
