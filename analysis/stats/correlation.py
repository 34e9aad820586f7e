"""Correlations with what they need to be believed: an interval, and the size that n could show.

A plain correlation over languages is never a decision (see `phylogeny` and `mixed`); it is
reported beside the others, with `required_correlation`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import ndtri, stdtr

from analysis.stats.arrays import (
    CannotTellError,
    Floats,
    constant,
    level_in_range,
    matrix,
    vector,
)

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation.

    Attributes:
        value: between −1 and 1.
        low: of the interval.
        high: of the interval.
        level: nominal coverage.
        p_value: two-sided t test of zero with n − 2 − controls degrees of freedom.
        n: pairs.
        required: |r| that n pairs show with 80 % power at 5 %, two-sided.
    """

    value: float
    low: float
    high: float
    level: float
    p_value: float
    n: int
    required: float


def correlation(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    kind: Literal["pearson", "spearman"] = "pearson",
    controls: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Correlation:
    """Pearson's or Spearman's correlation, or its partial form.

    Intervals by Fisher's z with variance 1/(n − 3 − controls), for Spearman times 1 + r²/2
    (Bonett and Wright 2000, doi:10.1007/BF02294183).

    Args:
        x: (n,).
        y: (n,).
        kind: Spearman ranks all variables first, ties sharing their mean rank.
        controls: (n, c), held constant by regression.
        level: nominal coverage.

    Raises:
        ShapeError: lengths that do not match, or missing values.
        CannotTellError: fewer than 4 + controls pairs, or a variable without spread.
    """
    level_in_range(level)
    first = vector("x", x)
    second = vector("y", y, length=len(first))
    held = np.empty((len(first), 0)) if controls is None else matrix("controls", controls, rows=len(first))
    n, c = held.shape
    if n < 4 + c:
        raise CannotTellError(f"{n} pairs with {c} controls leave no interval (at least {4 + c})")
    for name, values in (("x", first), ("y", second)):
        if constant(values):
            raise CannotTellError(f"{name} has the same value in every pair")
    if kind == "spearman":
        first, second = _ranks(first), _ranks(second)
        held = np.apply_along_axis(_ranks, 0, held) if c else held
    r = _pearson(first, second, held)
    widening = 1 + r**2 / 2 if kind == "spearman" else 1.0
    low, high = _fisher(r, sqrt(widening / (n - 3 - c)), level)
    df = n - 2 - c
    t = r * sqrt(df / max(1 - r**2, 1e-300))
    p_value = 2 * float(stdtr(df, -abs(t)))
    return Correlation(r, low, high, level, p_value, n, required_correlation(n - c))


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, ties at their mean; by hand, for scipy.stats takes a quarter of a second to import."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(count) - (count - 1) / 2)[place]
    return ranks


def _pearson(x: Floats, y: Floats, controls: Floats) -> float:
    basis, _ = np.linalg.qr(np.column_stack([np.ones(len(x)), controls]))
    rest_x, rest_y = x - basis @ (basis.T @ x), y - basis @ (basis.T @ y)
    sizes = np.array([np.linalg.norm(rest_x), np.linalg.norm(rest_y)])
    if (sizes <= 1e-10 * np.array([np.linalg.norm(x), np.linalg.norm(y)])).any():
        raise CannotTellError("the controls explain a variable without any residual")
    return float(np.clip(rest_x @ rest_y / sizes.prod(), -1.0, 1.0))


def _fisher(r: float, spread: float, level: float) -> tuple[float, float]:
    if abs(r) >= 1:
        return r, r
    half = float(ndtri(0.5 + level / 2)) * spread
    return tanh(atanh(r) - half), tanh(atanh(r) + half)


def required_correlation(n: int, *, power: float = 0.8, alpha: float = 0.05) -> float:
    """The |r| that n pairs show with the stated power, two-sided, by Fisher's z.

    Raises:
        ShapeError: a power or alpha outside 0 to 1.
        CannotTellError: fewer than four pairs.
    """
    if n < 4:
        raise CannotTellError(f"{n} pairs have no power at any correlation (at least 4)")
    reach = float(ndtri(1 - level_in_range(alpha) / 2) + ndtri(level_in_range(power)))
    return tanh(reach / sqrt(n - 3))
