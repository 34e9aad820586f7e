"""Agreement between orders of methods: from target to target, and from one model to another.

Here a cell may be missing by design: a prompt trained on the target itself is no transfer to it, so each
method lacks its own target. Two targets are compared over the methods that both have. Intervals are
jackknives over targets; they keep the methods, and say nothing of the luck of single runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import stdtrit
from scipy.stats import rankdata

from analysis.stats.arrays import Floats, constant

NEVER = float("nan")
FEWEST = 3
"""Methods, and targets, from which an agreement is estimated: two methods have only two orders."""


@dataclass(frozen=True, slots=True)
class OrderAgreement:
    """A rank correlation between orders.

    Attributes:
        correlation: Spearman's. low, high: of its jackknife interval over targets, within −1 and 1.
        methods, targets: how many are compared.
        because: why it cannot be told, or "".
    """

    correlation: float
    low: float
    high: float
    methods: int
    targets: int
    because: str = ""


def between_targets(scores: Floats, *, level: float = 0.95) -> OrderAgreement:
    """Mean correlation of the orders of two targets.

    Args:
        scores: (methods, targets), larger is better; NaN where missing.
        level: nominal coverage.
    """
    pairs = {(a, b): _spearman(scores[:, a], scores[:, b]) for a, b in combinations(range(scores.shape[1]), 2)}

    def mean_correlation(targets: Sequence[int]) -> float:
        known = [r for pair in combinations(targets, 2) if not np.isnan(r := pairs[pair])]
        return float(np.mean(known)) if known else NEVER

    return _told(scores.shape, mean_correlation, level)


def between_orders(one: Floats, other: Floats, *, level: float = 0.95) -> OrderAgreement:
    """Correlation of two orders of the same methods over the same targets, each by mean rank.

    Args:
        one: (methods, targets), larger is better; NaN where missing.
        other: the same of another model or another kind of training.
        level: nominal coverage.
    """
    missing = np.isnan(one) | np.isnan(other)
    first, second = (np.where(missing, np.nan, scores) for scores in (one, other))
    return _told(one.shape, lambda kept: _spearman(mean_rank(first[:, kept]), mean_rank(second[:, kept])), level)


def mean_rank(scores: Floats) -> Floats:
    """Mean over targets of a method's rank from −1 (last) to 1 (first), (methods,).

    Args:
        scores: (methods, targets), larger is better; NaN where missing.
    """
    ranks = np.full(scores.shape, np.nan)
    for column, values in zip(ranks.T, scores.T, strict=True):
        there = ~np.isnan(values)
        n = int(there.sum())
        if n > 1:
            column[there] = (2 * rankdata(values[there]) - n - 1) / (n - 1)
    counts = (~np.isnan(ranks)).sum(axis=1)
    means: Floats = np.nansum(ranks, axis=1) / np.where(counts, counts, np.nan)
    return means


def _told(shape: tuple[int, ...], statistic: Callable[[Sequence[int]], float], level: float) -> OrderAgreement:
    """A statistic of targets, given by their places, with its jackknife interval over them."""
    methods, n = shape
    if methods < FEWEST or n < FEWEST:
        what = "methods" if methods < FEWEST else "targets"
        because = f"an agreement of orders needs {FEWEST} {what}"
        return OrderAgreement(NEVER, NEVER, NEVER, methods, n, because)
    whole = statistic(range(n))
    without = np.array([statistic([t for t in range(n) if t != left_out]) for left_out in range(n)])
    if np.isnan(whole) or np.isnan(without).any():
        return OrderAgreement(NEVER, NEVER, NEVER, methods, n, "too few targets have an order")
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * error
    return OrderAgreement(whole, max(whole - half, -1.0), min(whole + half, 1.0), methods, n)


def _spearman(one: Floats, other: Floats) -> float:
    """Spearman's correlation over the places where both are; NaN where it is not defined."""
    there = ~(np.isnan(one) | np.isnan(other))
    if there.sum() < FEWEST:
        return NEVER
    a, b = rankdata(one[there]), rankdata(other[there])
    return NEVER if constant(a) or constant(b) else float(np.corrcoef(a, b)[0, 1])
