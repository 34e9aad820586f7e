"""Incomplete tables of methods by cells: score = method + cell + error, by weighted least squares.

Where no score is missing a method's effect is its weighted mean, as printed tables have it. Where some
are, methods are compared in the cells that they share, directly or through others, and the cells that a
method lacks are filled by the sum of the two effects (Yates 1933; Searle 1987, "Linear Models for
Unbalanced Data", chapter 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from analysis.stats.arrays import Floats, Ints, ShapeError, matrix

if TYPE_CHECKING:
    import numpy.typing as npt

HELD = 20_000_000
"""Numbers held at once while the equations of many replicates are set up."""


@dataclass(frozen=True, slots=True)
class TwoWay:
    """The fit of an additive model.

    Attributes:
        means: (methods,), weighted mean over all cells, missing ones filled by the model.
        cells: (cells,), the mean of all methods in each cell, likewise.
        filled: (methods, cells), the scores, missing ones replaced by the model's.
        sigma: standard deviation of the scores about the model, NaN without degrees of freedom.
        df: degrees of freedom of `sigma`.
    """

    means: Floats
    cells: Floats
    filled: Floats
    sigma: float
    df: int


def components(there: npt.NDArray[np.bool_]) -> Ints:
    """Numbers the groups of comparable methods, (methods,): one number shares cells, directly or not.

    Args:
        there: (methods, cells), whether there is a score.
    """
    shared = csr_array(there.astype(np.float64) @ there.T.astype(np.float64))
    found: Ints = connected_components(shared, directed=False)[1].astype(np.int64)
    return found


def two_way(scores: npt.ArrayLike, weights: npt.ArrayLike) -> TwoWay:
    """Fits the additive model.

    Args:
        scores: (methods, cells), NaN where missing; every cell has at least one.
        weights: (cells,), positive.

    Raises:
        ShapeError: a cell or a method without a score, methods that share no cell.
    """
    values = np.asarray(scores, dtype=np.float64)
    there = ~np.isnan(values)
    weight = np.asarray(weights, dtype=np.float64)
    if values.ndim != 2 or weight.shape != values.shape[1:]:
        raise ShapeError(
            f"scores {values.shape} and weights {weight.shape} do not fit: give (methods, cells), (cells,)"
        )
    if not (there.any(axis=0).all() and there.any(axis=1).all()):
        raise ShapeError("a method or a cell has no score")
    if components(there).any():
        raise ShapeError("methods share no cell and cannot be compared")
    effects = _effects(values, there, weight[None])[0]
    cells = np.where(there, values - effects[:, None], 0.0).sum(axis=0) / there.sum(axis=0)
    model = effects[:, None] + cells
    filled = np.where(there, values, model)
    means = effects + float(weight @ cells) / float(weight.sum())
    df = int(there.sum()) - values.shape[0] - values.shape[1] + 1
    off = np.where(there, values - model, 0.0)
    sigma = float(np.sqrt((off**2).sum() / df)) if df > 0 else float("nan")
    return TwoWay(means, cells, filled, sigma, df)


def replicated_means(scores: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Means of the methods under many weights, (replicates, methods); NaN where they cannot be compared.

    Args:
        scores: (methods, cells), NaN where missing.
        weights: (replicates, cells), not negative.
    """
    values = np.asarray(scores, dtype=np.float64)
    there = ~np.isnan(values)
    weight = matrix("weights", weights)
    effects = _effects(values, there, weight)
    filled = np.where(there, values, 0.0)
    total = weight.sum(axis=1, keepdims=True)
    per_cell = weight / there.sum(axis=0)
    cells = (per_cell @ filled.sum(axis=0))[:, None] - (effects * (per_cell @ there.T)).sum(axis=1, keepdims=True)
    means: Floats = effects + cells / total
    return means


def _effects(values: Floats, there: npt.NDArray[np.bool_], weights: Floats) -> Floats:
    """Effects of the methods that sum to 0, (replicates, methods), after taking the cells' means out."""
    methods, cells = values.shape
    filled, count = np.where(there, values, 0.0), there.sum(axis=0)
    centred = np.where(there, filled - filled.sum(axis=0) / count, 0.0)
    right = weights @ centred.T
    left = np.zeros((len(weights), methods * methods))
    step = max(1, HELD // methods**2)
    for start in range(0, cells, step):
        here = there[:, start : start + step].astype(np.float64)
        pairs = -(here[:, None] * here[None]) / count[start : start + step]
        pairs[np.arange(methods), np.arange(methods)] += here
        left += weights[:, start : start + step] @ pairs.reshape(methods * methods, -1).T
    square = left.reshape(-1, methods, methods)
    used = weights > 0
    ones = weights.sum(axis=1)[:, None, None] / methods
    solved = np.full((len(weights), methods), np.nan)
    known = (
        np.array([not components(there[:, row]).any() and there[:, row].any(axis=1).all() for row in used])
        if not there.all()
        else np.ones(len(weights), dtype=bool)
    )
    solved[known] = np.linalg.solve((square + ones)[known], right[known][..., None])[..., 0]
    return solved
