"""One number for many scores: mean, median, interquartile mean, optimality gap.

Each takes the scores of one method, (tasks, languages, seeds), and weights with one column per
replicate, (tasks · languages · seeds, size), as `resampling.normalised` makes them, and gives
(size,). Agarwal et al. 2021, arXiv:2108.13264, argue for the interquartile mean.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from analysis.stats.arrays import Floats, ShapeError

Aggregate: TypeAlias = Callable[[Floats, Floats], Floats]

TRIMMED = 0.25
"""Share of the weight that the interquartile mean leaves out at each end."""
BLOCKS = 32


def mean(scores: Floats, weights: Floats) -> Floats:
    """Mean over tasks of the mean over languages of the mean over seeds, in the scores' unit."""
    result: Floats = np.nan_to_num(scores).ravel() @ weights
    return result


def optimality_gap(target: float) -> Aggregate:
    """The aggregate that says by how much scores fall short of `target`, those above counting 0.

    Args:
        target: the score that is good enough, in the scores' unit.
    """

    def gap(scores: Floats, weights: Floats) -> Floats:
        return target - mean(np.minimum(scores, target), weights)

    return gap


def iqm(scores: Floats, weights: Floats) -> Floats:
    """Interquartile mean: the mean of the middle half of the weight.

    A score on the edge counts with the part of its weight that lies inside, so with n equal
    weights and n not divisible by 4 this differs from `scipy.stats.trim_mean`, which rounds.

    The quartiles of all replicates fall into a few neighbouring blocks of the sorted scores. Only
    there is weight added up score by score; blocks between are inside for every replicate.
    """
    flat = scores.ravel()
    order = np.argsort(flat)[: int(np.count_nonzero(~np.isnan(flat)))]
    edges = np.linspace(0, len(order), min(BLOCKS, len(order)) + 1).astype(np.int64)
    members = np.zeros((len(edges) - 1, len(flat)))
    members[np.repeat(np.arange(len(edges) - 1), np.diff(edges)), order] = 1.0
    reached = (members @ weights).cumsum(axis=0)
    low, high = TRIMMED * reached[-1], (1 - TRIMMED) * reached[-1]
    below, above = (reached < low).sum(axis=0), (reached < high).sum(axis=0)
    bands = [(below.min(), below.max()), (above.min(), above.max())]
    if below.max() >= above.min():
        bands = [(below.min(), above.max())]
    centre = flat[order[len(order) // 2]]
    values = np.where(np.isnan(flat), 0.0, flat - centre)
    inside = np.zeros(len(flat))
    if len(bands) == 2:
        between = order[edges[below.max() + 1] : edges[above.min()]]
        inside[between] = values[between]
    total = inside @ weights
    for first, last in bands:
        rows = order[edges[first] : edges[last + 1]]
        before = reached[first - 1] if first else np.zeros_like(low)
        total += _clipped_sum(values[rows], weights[rows], before, low, high)
    result: Floats = centre + total / (high - low)
    return result


def _clipped_sum(values: Floats, weights: Floats, before: Floats, low: Floats, high: Floats) -> Floats:
    """Sum of sorted values times the part of their weight between low and high, (size,)."""
    reached = weights
    reached[0] += before
    for i in range(1, len(reached)):
        reached[i] += reached[i - 1]
    np.clip(reached, low, high, out=reached)
    # Abel summation: the weight inside is reached[i] − reached[i−1], so only steps of values matter.
    total: Floats = values[-1] * reached[-1] - values[0] * np.clip(before, low, high)
    return total - np.diff(values) @ reached[:-1]


def median(scores: Floats, weights: Floats) -> Floats:
    """Weighted median over the (task, language) cells of the mean over seeds.

    The middle of the lower and the upper median, so equal weights give `numpy.median`.
    """
    cells = scores.reshape(-1, scores.shape[-1])
    by_cell = weights.reshape(*cells.shape, -1)
    share = by_cell.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.einsum("cs,csb->cb", np.nan_to_num(cells), by_cell) / share
    means[~(share > 0)] = np.inf
    order = np.argsort(means, axis=0)
    means = np.take_along_axis(means, order, axis=0)
    reached = np.take_along_axis(share, order, axis=0).cumsum(axis=0)
    slack = 1e-9 * reached[-1]
    half = reached[-1] / 2
    low = np.take_along_axis(means, (reached >= half - slack).argmax(axis=0)[None], axis=0)[0]
    high = np.take_along_axis(means, (reached > half + slack).argmax(axis=0)[None], axis=0)[0]
    result: Floats = np.where(np.isfinite(half), (low + high) / 2, np.nan)
    return result


NAMED: dict[str, Aggregate] = {"mean": mean, "median": median, "iqm": iqm}


def named(name: str, target: float | None = None) -> Aggregate:
    """The aggregate of that name; `optimality_gap` needs `target`.

    Raises:
        ShapeError: an unknown name, or a gap without a target.
    """
    if name == "optimality_gap":
        if target is None:
            raise ShapeError("optimality_gap needs a target: the score that is good enough")
        return optimality_gap(target)
    if name not in NAMED:
        raise ShapeError(f"unknown aggregate {name!r}; one of {', '.join([*NAMED, 'optimality_gap'])}")
    return NAMED[name]
