"""Intervals from replicates: expanded percentiles, or t.

Percentiles of a bootstrap are too narrow where few seeds were run, because a normal quantile
stands where a t quantile belongs. Expanding them (Hesterberg 2015, arXiv:1411.5279, section 5.4)
uses the degrees of freedom that the strata leave, by Satterthwaite's rule. With fewer than about
five degrees of freedom percentiles end at the most extreme draw: use `t` there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import ndtr, stdtrit

from analysis.stats.arrays import Floats, level_in_range

if TYPE_CHECKING:
    from analysis.stats.bootstrap import Bootstrap


@dataclass(frozen=True, slots=True)
class Interval:
    """Intervals per method, in the scores' unit.

    Attributes:
        estimate: (methods,).
        low: (methods,); NaN where it cannot be told.
        high: (methods,); NaN where it cannot be told.
        level: nominal coverage.
        because: per method why it cannot be told, or "".
    """

    estimate: Floats
    low: Floats
    high: Floats
    level: float
    because: tuple[str, ...]


def interval(
    drawn: Bootstrap,
    level: float = 0.95,
    method: Literal["percentile", "t"] = "percentile",
) -> Interval:
    """Intervals for each column of replicates.

    Args:
        drawn: replicates.
        level: nominal coverage.
        method: `percentile`, expanded for `drawn.df`; `t`, the estimate ± a t quantile times the standard
            deviation of the replicates.

    Raises:
        ShapeError: a level outside 0 to 1.
    """
    tail = (1 - level_in_range(level)) / 2
    df = np.where(np.isfinite(drawn.df), drawn.df, 1e9)
    lower = np.asarray(stdtrit(df, tail), dtype=np.float64)
    if method == "t":
        half = -lower * drawn.replicates.std(axis=0, ddof=1)
        low, high = drawn.estimate - half, drawn.estimate + half
    else:
        low, high = _quantiles(drawn.replicates, ndtr(lower)), _quantiles(drawn.replicates, ndtr(-lower))
    known = np.array([not because for because in drawn.because])
    return Interval(drawn.estimate, np.where(known, low, np.nan), np.where(known, high, np.nan), level, drawn.because)


def _quantiles(replicates: Floats, levels: Floats) -> Floats:
    columns = zip(replicates.T, np.nan_to_num(levels, nan=0.5), strict=True)
    return np.array([np.quantile(column, level) for column, level in columns])
