"""Scores as a function of cost: learning curves, whether they are determined, expected maxima.

score = a − b·cost^(−c), c > 0 (Hestness et al. 2017, arXiv:1712.00409). For a given c the curve is
linear in a and b, so the search is over c alone (variable projection, Golub and Pereyra 1973): a
grid over four decades of curvature, each point a start, and a line search from the best.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import fdtri, gammaln

from analysis.stats.arrays import (
    CannotTellError,
    Floats,
    ShapeError,
    constant,
    level_in_range,
    matrix,
    vector,
)

if TYPE_CHECKING:
    import numpy.typing as npt

BENDS = np.geomspace(0.02, 60.0, 240)
"""Candidates for c times the log of the largest over the smallest cost. At the lower end a curve is
a straight line in log cost, at the upper end it has reached its plateau at the second cost."""


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """A fitted curve score = a − b·(cost / unit)^(−c).

    Attributes:
        a: plateau, in the scores' unit.
        b: distance to the plateau at `unit`; negative where scores fall with cost.
        c: exponent, above 0.
        unit: geometric mean of the costs, for numbers of a readable size.
        cost_range: smallest and largest cost seen.
        c_low: of the 95 % profile interval; 0 where c is not bounded below.
        c_high: of the 95 % profile interval; infinite where c is not bounded above.
        residual_sd: in the scores' unit; NaN where three points leave no residual.
        because: why a and c cannot be told apart from other curves, or "".
    """

    a: float
    b: float
    c: float
    unit: float
    cost_range: tuple[float, float]
    c_low: float
    c_high: float
    residual_sd: float
    because: str

    @property
    def identified(self) -> bool:
        """True if the data bound the exponent, and so the plateau."""
        return not self.because

    def at(self, cost: npt.ArrayLike) -> Floats:
        """The curve's score at each cost."""
        return self.a - self.b * (np.asarray(cost, dtype=np.float64) / self.unit) ** -self.c


def fit_curve(cost: npt.ArrayLike, score: npt.ArrayLike) -> LearningCurve:
    """Fits a curve by least squares and says whether its exponent is determined.

    Args:
        cost: (n,), examples or FLOPs, above 0.
        score: (n,).

    Raises:
        ShapeError: lengths that do not match, missing values, a cost of 0 or less.
        CannotTellError: fewer than three different costs, or scores without spread.
    """
    costs, scores = _checked(cost, score)
    span = float(np.log(costs.max() / costs.min()))
    unit = float(np.exp(np.log(costs).mean()))
    squares = np.array([_squares(costs / unit, scores, bend / span) for bend in BENDS])
    best = int(np.argmin(squares))
    near = np.log(BENDS[[max(best - 1, 0), min(best + 1, len(BENDS) - 1)]] / span)
    found = minimize_scalar(
        lambda log_c: _squares(costs / unit, scores, float(np.exp(log_c))),
        bounds=(float(near[0]), float(near[1])),
        method="bounded",
    )
    c = float(np.exp(found.x))
    least = _squares(costs / unit, scores, c)
    if squares[best] < least:
        c, least = float(BENDS[best] / span), float(squares[best])
    a, b = _linear(costs / unit, scores, c)
    low, high, because = _profile(scores, squares, least, span)
    free = len(scores) - 3
    return LearningCurve(
        a=a,
        b=b,
        c=c,
        unit=unit,
        cost_range=(float(costs.min()), float(costs.max())),
        c_low=min(low, c),
        c_high=max(high, c),
        residual_sd=float(np.sqrt(least / free)) if free > 0 else float("nan"),
        because=because,
    )


def _checked(cost: npt.ArrayLike, score: npt.ArrayLike) -> tuple[Floats, Floats]:
    costs = vector("cost", cost)
    scores = vector("score", score, length=len(costs))
    if (costs <= 0).any():
        raise ShapeError("a cost of 0 or less has no place on a curve of powers; leave it out")
    different = len(np.unique(costs))
    if different < 3:
        raise CannotTellError(f"{different} different costs do not determine a curve of three numbers")
    if constant(scores):
        raise CannotTellError("the score is the same at every cost")
    return costs, scores


def _basis(costs: Floats, c: float) -> Floats:
    """Orthonormal columns of the constant and cost^(−c)."""
    shape = np.expm1(-c * np.log(costs)) / c
    shape = shape - shape.mean()
    level = np.full(len(costs), 1 / np.sqrt(len(costs)))
    return np.column_stack([level, shape / np.linalg.norm(shape)])


def _squares(costs: Floats, scores: Floats, c: float) -> float:
    basis = _basis(costs, c)
    rest = scores - basis @ (basis.T @ scores)
    return float(rest @ rest)


def _linear(costs: Floats, scores: Floats, c: float) -> tuple[float, float]:
    shape = costs**-c
    slope = float(np.polynomial.polynomial.polyfit(shape, scores, 1)[1])
    return float(scores.mean() - slope * shape.mean()), -slope


def _profile(scores: Floats, squares: Floats, least: float, span: float) -> tuple[float, float, str]:
    """The 95 % interval of c by the F test of its sum of squares, and why it is not bounded."""
    free = len(scores) - 3
    if free < 1:
        return 0.0, float("inf"), "three points fit such a curve exactly whatever it is"
    limit = least * (1 + float(fdtri(1, free, 0.95)) / free)
    inside = np.flatnonzero(squares <= limit)
    if len(inside) == 0:
        return float("inf"), 0.0, ""
    low = 0.0 if inside[0] == 0 else float(BENDS[inside[0]] / span)
    high = float("inf") if inside[-1] == len(BENDS) - 1 else float(BENDS[inside[-1]] / span)
    total = float(((scores - scores.mean()) ** 2).sum())
    if total <= limit:
        return 0.0, float("inf"), "scores do not rise or fall with cost beyond their scatter"
    if low == 0.0:
        return low, high, "scores still rise like a straight line in log cost, so no plateau is in sight"
    if not np.isfinite(high):
        return low, high, "all the change lies at the smallest cost, so its steepness is unknown"
    return low, high, ""


@dataclass(frozen=True, slots=True)
class CurveReplicates:
    """Curves fitted to replicates of the scores.

    Attributes:
        a: (size,).
        b: (size,).
        c: (size,), from the grid of candidates.
        unit: as in `LearningCurve`.
        cost_range: smallest and largest cost seen.
    """

    a: Floats
    b: Floats
    c: Floats
    unit: float
    cost_range: tuple[float, float]

    def at(self, cost: npt.ArrayLike) -> Floats:
        """Scores of every replicate's curve at each cost, (size, costs)."""
        relative = np.atleast_1d(np.asarray(cost, dtype=np.float64)) / self.unit
        return self.a[:, None] - self.b[:, None] * relative ** -self.c[:, None]


def curve_replicates(cost: npt.ArrayLike, replicates: npt.ArrayLike) -> CurveReplicates:
    """Fits a curve to each replicate, for example of `bootstrap` with one method per cost.

    Args:
        cost: (n,), above 0.
        replicates: (size, n), scores at each cost.

    Raises:
        ShapeError: sizes that do not match, missing values, a cost of 0 or less.
        CannotTellError: fewer than three different costs, or scores without spread.
    """
    drawn = matrix("replicates", replicates)
    costs, _ = _checked(cost, drawn.mean(axis=0))
    span = float(np.log(costs.max() / costs.min()))
    unit = float(np.exp(np.log(costs).mean()))
    candidates = BENDS / span
    explained = np.stack([((drawn @ _basis(costs / unit, c)) ** 2).sum(axis=1) for c in candidates])
    c = candidates[explained.argmax(axis=0)]
    shape = (costs / unit) ** -c[:, None]
    centred = shape - shape.mean(axis=1, keepdims=True)
    slope = (centred * drawn).sum(axis=1) / (centred**2).sum(axis=1)
    a = drawn.mean(axis=1) - slope * shape.mean(axis=1)
    return CurveReplicates(a, -slope, c, unit, (float(costs.min()), float(costs.max())))


@dataclass(frozen=True, slots=True)
class IsoCost:
    """A score against what the curve reaches at the same cost.

    Attributes:
        gain: score minus curve, in the scores' unit.
        low: of the interval.
        high: of the interval.
        level: nominal coverage.
        extrapolated: whether the cost lies beyond those the curve was fitted to.
    """

    gain: float
    low: float
    high: float
    level: float
    extrapolated: bool


def iso_cost_gain(
    curve: LearningCurve,
    replicates: CurveReplicates,
    cost: float,
    score: float,
    score_replicates: npt.ArrayLike,
    *,
    level: float = 0.95,
) -> IsoCost:
    """Gain of an alternative (intermediate training) over more target data of equal cost.

    Args:
        curve: target-only scores over cost.
        replicates: the same, replicate by replicate.
        cost: of the alternative, all its training included.
        score: of the alternative.
        score_replicates: (size,), drawn jointly with `replicates` or independently.
        level: nominal coverage.

    Raises:
        ShapeError: another number of replicates.
    """
    tail = (1 - level_in_range(level)) / 2
    drawn = vector("score_replicates", score_replicates, length=len(replicates.a)) - replicates.at(cost)[:, 0]
    low, high = np.quantile(drawn, [tail, 1 - tail])
    outside = not curve.cost_range[0] <= cost <= curve.cost_range[1]
    return IsoCost(score - float(curve.at(cost)), float(low), float(high), level, outside)


def expected_maximum(scores: npt.ArrayLike) -> Floats:
    """Expected best score of 1, 2, … n runs, (n,), drawn without replacement from those seen.

    Unbiased, unlike drawing with replacement (Tang et al. 2020, doi:10.18653/v1/2020.acl-main.246,
    on Dodge et al. 2019, doi:10.18653/v1/D19-1224).

    Args:
        scores: (n,), validation scores of n runs.

    Raises:
        ShapeError: missing values.
        CannotTellError: fewer than two runs.
    """
    values = np.sort(vector("scores", scores))
    n = len(values)
    if n < 2:
        raise CannotTellError(f"{n} runs show no spread")
    rank, k = np.arange(1, n + 1)[None, :], np.arange(1, n + 1)[:, None]
    with np.errstate(invalid="ignore"):
        log_share = _log_choose(rank - 1, k - 1) - _log_choose(np.full_like(rank, n), k)
    share = np.where(rank >= k, np.exp(np.where(rank >= k, log_share, 0.0)), 0.0)
    result: Floats = share @ values
    return result


def _log_choose(n: npt.NDArray[np.int64], k: npt.NDArray[np.int64]) -> Floats:
    inside = np.maximum(n - k, 0)
    result: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(inside + 1)
    return result
