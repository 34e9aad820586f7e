"""Comparisons: whether the subject stands to its rival as the sentence says, place by place."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from claims.tables.assertion import Compare
from claims.tables.choosing import summaries
from claims.tables.differences import by_how_much
from claims.tables.findings import Found, Truth, shared, unknown
from claims.tables.metrics import same_measure
from claims.tables.places import Place, cells_of, distance, places_of, sign_at
from claims.tables.table import Table


def compared(formula: Compare, table: Table) -> Found:
    """Whether the relation holds at all places, or at as many as the sentence says."""
    if formula.degree == "tested":
        return unknown("significance cannot be read off single scores")
    places = places_of(table, formula)
    if isinstance(places, str):
        return unknown(places)
    if formula.by is not None:
        return by_how_much(formula, places, table)
    if formula.relation == "same":
        return _alike(places)
    if formula.scope.spread == "mean":
        return _on_average(formula, places)
    signs = [sign_at(place, formula.relation) for place in places]
    cells = cells_of(places)
    margin = min((distance(p) for p in places), default=0.0)
    truth = shared(signs if formula.scope.share is None else _by_crossing(places, signs), formula.scope.share)
    if truth == "mixed" and (summed := summaries(table, places[0].crossing.axis, formula.scope)):
        kept = [(p, s) for p, s in zip(places, signs, strict=True) if p.crossing.index in summed]
        if kept:
            places, signs = [p for p, _ in kept], [s for _, s in kept]
            truth = shared(signs, None)
    holds = sum(s > 0 for s in signs)
    why = f"holds in {holds} of {len(signs)} comparisons"
    return Found(truth, why, holds / len(signs), len(signs), cells, margin)


def _by_crossing(places: Sequence[Place], signs: Sequence[int]) -> list[int]:
    """One sign per crossing line: 1 where all pairs hold, -1 where one is against, 0 where some only tie."""
    groups: dict[int, list[int]] = {}
    for place, sign in zip(places, signs, strict=True):
        groups.setdefault(place.crossing.index, []).append(sign)
    return [min(group) for group in groups.values()]


def _alike(places: Sequence[Place]) -> Found:
    """Comparable: within one part in twenty everywhere; not so: further than one in eight somewhere."""
    distances = [distance(place) for place in places]
    cells = cells_of(places)
    near = sum(d <= 0.05 for d in distances)
    truth: Truth = "true" if near == len(distances) else "false" if min(distances) > 0.08 else "mixed"
    why = f"the numbers differ by {max(distances):.0%} at most"
    return Found(truth, why, near / len(distances), len(distances), cells, abs(max(distances) - 0.08))


def _on_average(formula: Compare, places: Sequence[Place]) -> Found:
    one_measure = all(same_measure(places[0].crossing, place.crossing) for place in places)
    gaps = []
    for place in places:
        gap = place.left.values[0].number - place.right.values[0].number
        gap /= 1.0 if one_measure else max(abs(place.left.values[0].number), abs(place.right.values[0].number), 1e-12)
        turned = -1 if (formula.relation in ("better", "worse") and place.better == -1) else 1
        gaps.append(gap * turned * (-1 if formula.relation in ("worse", "lower") else 1))
    mean = fmean(gaps)
    cells = cells_of(places)
    truth: Truth = "true" if mean > 0 else "false"
    share = sum(gap > 0 for gap in gaps) / len(gaps)
    return Found(truth, f"the mean difference is {mean:.4g}", share, len(gaps), cells, 0.5)
