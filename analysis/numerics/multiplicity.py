"""Adjusted p-values for many tests, by statsmodels, which is imported when there is something to adjust."""

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
    return _adjusted(p_values, "holm")


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """Benjamini and Hochberg's adjusted p-values (1995), (tests,): the share of false findings.

    Raises:
        ShapeError: values outside 0 to 1 or missing.
        CannotTellError: no test.
    """
    return _adjusted(p_values, "fdr_bh")


def _adjusted(p_values: npt.ArrayLike, method: str) -> Floats:
    p = vector("p_values", p_values)
    if len(p) == 0:
        raise CannotTellError("there is no test to adjust")
    if ((p < 0) | (p > 1)).any():
        raise ShapeError("p_values lie outside 0 to 1")
    if len(p) == 1:
        return p
    from statsmodels.stats.multitest import multipletests

    adjusted: Floats = np.asarray(multipletests(p, method=method)[1], dtype=np.float64)
    return adjusted
