"""Adjusted p-values for many tests.

Benjamini and Hochberg's are those of statsmodels. Holm's, which every verdict on distance needs several times, are
computed here: `multipletests` collects all garbage of the process at each call, which takes longer than the models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import Floats, ShapeError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt


def holm(p_values: npt.ArrayLike) -> Floats:
    """Holm's adjusted p-values (1979), (tests,): the chance of any false finding stays at the level.

    NaN, of tests that were not made, stays NaN.

    Raises:
        ShapeError: values outside 0 to 1.
    """
    return _adjusted(p_values, _holm)


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """Benjamini and Hochberg's adjusted p-values (1995), (tests,): the share of false findings; NaN likewise.

    Raises:
        ShapeError: values outside 0 to 1.
    """
    return _adjusted(p_values, _benjamini_hochberg)


def _adjusted(p_values: npt.ArrayLike, adjust: Callable[[Floats], Floats]) -> Floats:
    p = np.asarray(p_values, dtype=np.float64)
    made = ~np.isnan(p)
    if ((p[made] < 0) | (p[made] > 1)).any():
        raise ShapeError("p_values lie outside 0 to 1")
    adjusted = np.full(len(p), np.nan)
    if made.any():
        adjusted[made] = adjust(p[made])
    return adjusted


def _holm(p: Floats) -> Floats:
    order = np.argsort(p)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
    return adjusted


def _benjamini_hochberg(p: Floats) -> Floats:
    if len(p) == 1:
        return p
    from statsmodels.stats.multitest import multipletests

    adjusted: Floats = np.asarray(multipletests(p, method="fdr_bh")[1], dtype=np.float64)
    return adjusted
