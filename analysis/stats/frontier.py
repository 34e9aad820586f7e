"""Finds configurations that are worth their cost: frontier, incremental ratios, net benefit.

The terms are those of health economics (Drummond et al. 2015); acceptability curves: van Hout et
al. 1994. The ratio's own interval is unstable where the gain is near zero, so uncertainty is told
by net benefit and by the share of replicates in each quadrant.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import isotonic_regression

from analysis.stats.arrays import CannotTellError, Floats, Ints, ShapeError, matrix, vector

if TYPE_CHECKING:
    import numpy.typing as npt


def pareto(cost: npt.ArrayLike, score: npt.ArrayLike) -> Ints:
    """Indices of the configurations that none matches at less cost, by rising cost.

    A configuration is left out when another scores at least as high and costs at most as much and
    differs in one of the two; equal twins both stay.

    Raises:
        ShapeError: lengths that do not match, or missing values.
    """
    costs = vector("cost", cost)
    scores = vector("score", score, length=len(costs))
    cheaper, better = costs[None, :] <= costs[:, None], scores[None, :] >= scores[:, None]
    differs = (costs[None, :] != costs[:, None]) | (scores[None, :] != scores[:, None])
    kept = np.flatnonzero(~(cheaper & better & differs).any(axis=1))
    return kept[np.argsort(costs[kept], kind="stable")].astype(np.int64)


def rising(cost: npt.ArrayLike, score: npt.ArrayLike) -> Floats:
    """The best fit that never falls with cost (isotonic regression), in the order given.

    Configurations of equal cost get their mean first.

    Raises:
        ShapeError: lengths that do not match, or missing values.
        CannotTellError: no configuration.
    """
    costs = vector("cost", cost)
    scores = vector("score", score, length=len(costs))
    if len(costs) == 0:
        raise CannotTellError("there is no configuration")
    _, place, count = np.unique(costs, return_inverse=True, return_counts=True)
    means = np.bincount(place, scores) / count
    fitted: Floats = np.asarray(isotonic_regression(means, weights=count).x, dtype=np.float64)[place]
    return fitted


@dataclass(frozen=True, slots=True)
class Ratios:
    """Incremental cost-effectiveness along the efficient frontier.

    Attributes:
        order: (efficient,), indices by rising cost.
        ratio: (efficient,), extra cost per extra point against the one before; 0 for the first.
        dominated: (n,), another scores as high for less or higher for the same.
        extendedly: (n,), a mixture of two others does so.
    """

    order: Ints
    ratio: Floats
    dominated: npt.NDArray[np.bool_]
    extendedly: npt.NDArray[np.bool_]


def incremental_ratios(cost: npt.ArrayLike, score: npt.ArrayLike) -> Ratios:
    """Extra cost per extra point, configuration after configuration.

    Args:
        cost: (n,).
        score: (n,).

    Raises:
        ShapeError: lengths that do not match, or missing values.
        CannotTellError: no configuration.
    """
    costs = vector("cost", cost)
    scores = vector("score", score, length=len(costs))
    kept = [int(i) for i in pareto(costs, scores)]
    if not kept:
        raise CannotTellError("there is no configuration")
    dominated = np.ones(len(costs), dtype=np.bool_)
    dominated[kept] = False
    hull: list[int] = []
    for i in kept:
        if hull and scores[i] == scores[hull[-1]]:
            continue
        while len(hull) > 1 and _steeper(costs, scores, hull[-2], hull[-1], i):
            hull.pop()
        hull.append(i)
    on_hull = set(zip(costs[hull], scores[hull], strict=True))
    extendedly = ~dominated
    for i in kept:
        extendedly[i] = (costs[i], scores[i]) not in on_hull
    ratio = [0.0] + [_ratio(costs, scores, a, b) for a, b in pairwise(hull)]
    return Ratios(np.array(hull, dtype=np.int64), np.array(ratio), dominated, extendedly)


def _steeper(costs: Floats, scores: Floats, first: int, second: int, third: int) -> bool:
    """True if a point costs more on the first step than on the second, which then skips one."""
    return _ratio(costs, scores, first, second) >= _ratio(costs, scores, second, third)


def _ratio(costs: Floats, scores: Floats, first: int, second: int) -> float:
    return float((costs[second] - costs[first]) / (scores[second] - scores[first]))


@dataclass(frozen=True, slots=True)
class IncrementalRatio:
    """One configuration against another.

    Attributes:
        gain: difference in score.
        extra: difference in cost.
        ratio: extra / gain; NaN where the gain is 0.
        better_cheaper: share of replicates with a gain at no extra cost (dominant).
        better_dearer: share with a gain at extra cost.
        worse_cheaper: share with a loss and a saving.
        worse_dearer: share with a loss or no gain at extra or equal cost (dominated).
    """

    gain: float
    extra: float
    ratio: float
    better_cheaper: float
    better_dearer: float
    worse_cheaper: float
    worse_dearer: float


def increment(gain: float, extra: float, gain_replicates: npt.ArrayLike) -> IncrementalRatio:
    """The ratio of one step with the quadrants its replicates fall into.

    Args:
        gain: difference in score.
        extra: difference in cost, which is certain.
        gain_replicates: (size,).

    Raises:
        ShapeError: missing values.
        CannotTellError: no replicate.
    """
    gains = vector("gain_replicates", gain_replicates)
    if len(gains) == 0:
        raise CannotTellError("there is no replicate")
    better = gains > 0
    worse_cheaper = float((~better).mean()) if extra < 0 else 0.0
    shares = [0.0, float(better.mean())] if extra > 0 else [float(better.mean()), 0.0]
    ratio = extra / gain if gain != 0 else float("nan")
    return IncrementalRatio(gain, extra, ratio, shares[0], shares[1], worse_cheaper, 1 - sum(shares) - worse_cheaper)


@dataclass(frozen=True, slots=True)
class AcceptabilityCurve:
    """The configuration to choose, by the worth of a point.

    Attributes:
        worth: (worths,), cost one would pay for a point.
        share: (worths, n), share of replicates in which each has the highest net benefit.
        benefit: (worths, n), mean net benefit, in the unit of cost.
        best: (worths,), index of the highest mean net benefit, which need not have the largest share.
    """

    worth: Floats
    share: Floats
    benefit: Floats
    best: Ints


def acceptability(score_replicates: npt.ArrayLike, cost: npt.ArrayLike, worth: npt.ArrayLike) -> AcceptabilityCurve:
    """Net benefit worth · score − cost, and how often each configuration has the highest.

    Args:
        score_replicates: (size, n), joint draws.
        cost: (n,), or (size, n) joint with the scores.
        worth: (worths,), cost one would pay for a point, 0 or more.

    Raises:
        ShapeError: sizes that do not match, missing values, a negative worth.
        CannotTellError: no replicate, or one configuration.
    """
    scores = matrix("score_replicates", score_replicates)
    costs = np.asarray(cost, dtype=np.float64)
    worths = vector("worth", np.atleast_1d(np.asarray(worth, dtype=np.float64)))
    if len(scores) == 0 or scores.shape[1] < 2:
        raise CannotTellError(f"{len(scores)} replicates of {scores.shape[1]} configurations leave no choice")
    if costs.shape not in {scores.shape, scores.shape[1:]}:
        raise ShapeError(f"cost has shape {costs.shape} for replicates of shape {scores.shape}")
    if not np.isfinite(costs).all() or (worths < 0).any():
        raise ShapeError("costs must be known and worths 0 or more")
    share, benefit = np.empty((2, len(worths), scores.shape[1]))
    for i, value in enumerate(worths):
        net = value * scores - costs
        top = net == net.max(axis=1, keepdims=True)
        share[i] = (top / top.sum(axis=1, keepdims=True)).mean(axis=0)
        benefit[i] = net.mean(axis=0)
    return AcceptabilityCurve(worths, share, benefit, benefit.argmax(axis=1).astype(np.int64))
