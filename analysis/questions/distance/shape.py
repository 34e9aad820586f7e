"""Shape of an outcome over distance: where it changes, and whether it does so along a line.

A slope may be that of one family alone, or of one side of the range; neither is a fall with distance.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.questions.distance.deciding import line
from analysis.questions.distance.models import by_language, language_level
from analysis.stats.arrays import CannotTellError
from analysis.stats.multiplicity import holm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.questions.distance.rows import DistanceRows
    from analysis.stats.arrays import Floats

LEAST_INSIDE = 4
"""Languages of a family with a slope of its own."""
LEAST_SPREAD = 0.2
"""Standard deviation of distance within a family, beside that of all, from which it has a slope of its own."""
EDGE = 0.15
"""Share of the languages that lie at least on either side of a bend."""
ALONE = 1e-9
"""Residual share below which a language lies on the line by itself."""
CARRIED = 1 / 3
"""Share of the slope that the other families keep at least, where it is not one family's."""


@dataclass(frozen=True, slots=True)
class Apart:
    """The slope within one family and in all others.

    Attributes:
        family: its name.
        languages: in it.
        inside: slope in it, in the outcome's unit per standard deviation of distance.
        outside: slope in all others.
        p_inside: of no slope in it.
        p_outside: of no slope in the others.
        p_differ: of no difference between them, Holm over the families looked at.
    """

    family: str
    languages: int
    inside: float
    outside: float
    p_inside: float
    p_outside: float
    p_differ: float


@dataclass(frozen=True, slots=True)
class Bend:
    """The outcome as two lines that meet.

    Attributes:
        p_curved: of no curvature (a squared distance beside the distance).
        curvature: coefficient of the squared distance.
        at: where the lines meet, in standard deviations of distance from its mean.
        near: slope before, 0 where there is no curvature.
        far: slope beyond, likewise.
        p_near: of no slope before.
        p_far: of no slope beyond.
    """

    p_curved: float
    curvature: float
    at: float
    near: float
    far: float
    p_near: float
    p_far: float


def families_apart(rows: DistanceRows) -> tuple[Apart, ...]:
    """Every family of `LEAST_INSIDE` languages or more against the others."""
    sizes = Counter(dict.fromkeys(zip(map(str, rows.language), map(str, rows.family), strict=True)).keys())
    counts = Counter(family for _, family in sizes)
    found = []
    for family, languages in sorted(counts.items(), key=lambda item: -item[1]):
        if languages < LEAST_INSIDE or len(counts) < 3:
            continue
        try:
            found.append(family_apart(rows, family, languages))
        except (CannotTellError, np.linalg.LinAlgError):
            continue
    if not found:
        return ()
    adjusted = holm([a.p_differ for a in found])
    return tuple(
        Apart(a.family, a.languages, a.inside, a.outside, a.p_inside, a.p_outside, float(p))
        for a, p in zip(found, adjusted, strict=True)
    )


def family_apart(rows: DistanceRows, family: str, languages: int) -> Apart:
    """One family against the others, its p-values not adjusted.

    Raises:
        CannotTellError: one side hardly varies in distance.
    """
    inside = rows.family.astype(str) == family
    if min(rows.z[inside].std(), rows.z[~inside].std()) < LEAST_SPREAD * rows.z.std():
        raise CannotTellError("one side hardly varies in distance")
    within = np.where(inside, rows.z - rows.z[inside].mean(), 0.0)
    beyond = np.where(inside, 0.0, rows.z)
    each = line(rows, np.column_stack([beyond, within, inside.astype(np.float64)]))
    return Apart(
        family, languages, float(each.estimate[1]), float(each.estimate[0]),
        each.p_value(1), each.p_value(0), each.p_of(np.array([1.0, -1.0, 0.0])),
    )  # fmt: skip


def bend(rows: DistanceRows, alpha: float) -> Bend:
    """Curvature; where there is some, the two lines that meet at the vertex of the parabola (after Simonsohn 2018).

    Args:
        rows: what is fitted.
        alpha: level of the test of curvature.

    Raises:
        CannotTellError: the distances do not determine a curve.
    """
    curve = line(rows, np.column_stack([rows.z, rows.z**2]))
    straight, squared = (float(v) for v in curve.estimate)
    edges: Floats = np.quantile(_by_language(rows), [EDGE, 1 - EDGE])
    vertex = -straight / (2 * squared) if squared else 0.0
    at = float(np.clip(vertex, *edges))
    if not curve.p_value(1) < alpha:
        return Bend(curve.p_value(1), squared, at, 0.0, 0.0, 1.0, 1.0)
    two = line(rows, np.column_stack([np.minimum(rows.z - at, 0.0), np.maximum(rows.z - at, 0.0)]))
    return Bend(
        curve.p_value(1), squared, at, float(two.estimate[0]), float(two.estimate[1]), two.p_value(0), two.p_value(1)
    )  # fmt: skip


def _by_language(rows: DistanceRows) -> Floats:
    first = dict(zip(map(str, rows.language), rows.z, strict=True))
    return np.array(list(first.values()))


def farthest_off(rows: DistanceRows) -> str:
    """The language whose mean outcome the other languages' line predicts worst, in their standard deviations.

    By externally studentised residuals of least squares on distance and controls, so that a
    language at the end of the range does not hide by drawing the line to itself.
    """
    y, _, languages = language_level(rows)
    x = np.column_stack([np.ones(len(y)), by_language(rows, rows.z[:, None]), by_language(rows, rows.controls)])
    basis, _ = np.linalg.qr(x)
    room = np.maximum(1 - (basis**2).sum(axis=1), ALONE)
    residual = y - basis @ (basis.T @ y)
    others = np.maximum(float(residual @ residual) - residual**2 / room, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return str(languages[int(np.nanargmax(residual**2 / room / others))])


def carried_by(apart: Sequence[Apart], estimate: float, alpha: float) -> tuple[Apart | None, bool]:
    """The family that alone has the slope, and whether it is sure to be alone.

    Sure: its slope differs from that of the others, which show none. Not sure: the others show
    none, and keep less than a third of the slope.
    """
    for a in apart:
        shown = a.p_outside < alpha and a.outside * estimate > 0
        if not shown and a.p_differ < alpha and a.p_inside < alpha:
            return a, True
    for a in apart:
        shown = a.p_outside < alpha and a.outside * estimate > 0
        if not shown and a.outside * np.sign(estimate) < CARRIED * abs(estimate):
            return a, False
    return None, False
