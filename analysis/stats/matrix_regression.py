"""Multiple regression on distance matrices (Legendre, Lapointe and Casgrain 1994)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import CannotTellError, Floats, Ints, ShapeError, codes
from analysis.stats.permutation import SAME, moved, rearranged, square

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class MatrixRegression:
    """A regression of one distance matrix on others.

    Attributes:
        estimate: (1 + predictors,), intercept first.
        t: (1 + predictors,), pseudo t, which permutations judge.
        p_value: (1 + predictors,), two-sided; NaN for the intercept.
        r_squared: of the pairs.
        p_model: of all predictors together.
        permutations: how many were looked at, the observed one included.
        exact: whether these are all.
    """

    estimate: Floats
    t: Floats
    p_value: Floats
    r_squared: float
    p_model: float
    permutations: int
    exact: bool


def matrix_regression(
    outcome: npt.ArrayLike,
    predictors: Sequence[npt.ArrayLike],
    *,
    rng: np.random.Generator,
    blocks: Sequence[object] | npt.NDArray[np.generic] | None = None,
    size: int = 9999,
) -> MatrixRegression:
    """Regresses the outcome's distances on several others, objects of the outcome permuted.

    Args:
        outcome: (n, n), symmetric.
        predictors: each (n, n), symmetric.
        rng: the source of chance.
        blocks: (n,), labels of the objects within which they may be exchanged; None: everywhere.
        size: permutations drawn where not all are looked at.

    Raises:
        ShapeError: matrices that do not fit, or missing values.
        CannotTellError: collinear predictors, no spread, or blocks that allow no exchange.
    """
    y = square("outcome", outcome)
    others = [square(f"predictor {i}", values) for i, values in enumerate(predictors)]
    if not others or any(other.shape != y.shape for other in others):
        raise ShapeError("give at least one predictor, each of the outcome's size")
    lower = np.tril_indices(len(y), -1)
    x = np.column_stack([np.ones(len(lower[0])), *(other[lower] for other in others)])
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise CannotTellError("a predictor does not vary or is a combination of the others")
    labels = np.zeros(len(y), dtype=np.int64) if blocks is None else blocks
    block, _ = codes("blocks", labels, len(y))
    orders, exact = rearranged(block, rng, size)
    estimate, t, r_squared = (part[0] for part in _fits(y, x, np.arange(len(y))[None]))
    _, t_drawn, r_drawn = _fits(y, x, orders)
    extra = 0 if exact else 1
    extreme = (np.abs(t_drawn) >= np.abs(t) * (1 - SAME)).sum(axis=0)
    p_value = (extreme + extra) / (len(orders) + extra)
    p_value[0] = np.nan
    better = int((r_drawn >= r_squared * (1 - SAME)).sum())
    p_model = (better + extra) / (len(orders) + extra)
    return MatrixRegression(estimate, t, p_value, float(r_squared), p_model, len(orders) + extra, exact)


def _fits(y: Floats, x: Floats, orders: Ints) -> tuple[Floats, Floats, Floats]:
    """Coefficients, their t and R² with the objects of y in each order."""
    drawn = moved(y, orders)
    bread = np.linalg.inv(x.T @ x)
    estimates = drawn @ x @ bread
    centred = drawn - drawn.mean(axis=1, keepdims=True)
    total = (centred**2).sum(axis=1)
    if total.min() <= 0:
        raise CannotTellError("all distances of the outcome are equal")
    residual = ((drawn - estimates @ x.T) ** 2).sum(axis=1)
    error = np.sqrt(residual[:, None] / (len(x) - x.shape[1]) * np.diag(bread))
    return estimates, estimates / error, 1 - residual / total
