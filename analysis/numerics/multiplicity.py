"""Adjusted p-values for many tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.numerics.arrays import CannotTellError, Floats, ShapeError, vector

if TYPE_CHECKING:
    import numpy.typing as npt


def holm(p_values: npt.ArrayLike) -> Floats:
    """Holm's adjusted p-values (1979), (tests,): the chance of any false finding stays at the level.

    Raises:
        ShapeError: values outside 0 to 1 or missing.
        CannotTellError: no test.
    """
    p, order = _sorted(p_values)
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return _unsorted(steps, order)


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """Benjamini and Hochberg's adjusted p-values (1995), (tests,): the share of false findings.

    Raises:
        ShapeError: values outside 0 to 1 or missing.
        CannotTellError: no test.
    """
    p, order = _sorted(p_values)
    steps = p[order] * len(p) / np.arange(1, len(p) + 1)
    return _unsorted(np.minimum.accumulate(steps[::-1])[::-1], order)


def _sorted(p_values: npt.ArrayLike) -> tuple[Floats, npt.NDArray[np.intp]]:
    p = vector("p_values", p_values)
    if len(p) == 0:
        raise CannotTellError("there is no test to adjust")
    if ((p < 0) | (p > 1)).any():
        raise ShapeError("p_values lie outside 0 to 1")
    return p, np.argsort(p, kind="stable")


def _unsorted(steps: Floats, order: npt.NDArray[np.intp]) -> Floats:
    adjusted = np.empty_like(steps)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted
