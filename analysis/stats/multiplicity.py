"""Adjusted p-values for many tests.

Benjamini and Hochberg's are those of statsmodels. Holm's, which every verdict on distance needs several times, are
computed here: `multipletests` collects all garbage of the process at each call, which takes longer than the models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import CannotTellError, Floats, ShapeError, vector

if TYPE_CHECKING:
    import numpy.typing as npt


def holm(p_values: npt.ArrayLike) -> Floats:
    """Holm's adjusted p-values (1979), (tests,): the chance of any false finding stays at the level.

    Raises:
        ShapeError: values outside 0 to 1 or missing.
        CannotTellError: no test.
    """
    p = _told(p_values)
    order = np.argsort(p)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
    return adjusted


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """Benjamini and Hochberg's adjusted p-values (1995), (tests,): the share of false findings.

    Raises:
        ShapeError: values outside 0 to 1 or missing.
        CannotTellError: no test.
    """
    p = _told(p_values)
    if len(p) == 1:
        return p
    from statsmodels.stats.multitest import multipletests

    adjusted: Floats = np.asarray(multipletests(p, method="fdr_bh")[1], dtype=np.float64)
    return adjusted


def _told(p_values: npt.ArrayLike) -> Floats:
    p = vector("p_values", p_values)
    if len(p) == 0:
        raise CannotTellError("there is no test to adjust")
    if ((p < 0) | (p > 1)).any():
        raise ShapeError("p_values lie outside 0 to 1")
    return p
