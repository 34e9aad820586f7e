"""Intervals from replicates: expanded percentiles, bias-corrected and accelerated, t.

Percentiles of a bootstrap are too narrow where few seeds were run, because a normal quantile
stands where a t quantile belongs. Expanding them (Hesterberg 2015, arXiv:1411.5279, section 5.4)
uses the degrees of freedom that the strata leave, by Satterthwaite's rule. With fewer than about
five degrees of freedom percentiles end at the most extreme draw: use `t` there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtrit

from analysis.stats import aggregates, resampling
from analysis.stats.arrays import Bools, Floats, ShapeError, level_in_range

if TYPE_CHECKING:
    from analysis.stats.bootstrap import Bootstrap
    from analysis.stats.resampling import ResamplingDesign


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
    method: Literal["percentile", "bca", "t"] = "percentile",
    *,
    acceleration: npt.ArrayLike | None = None,
) -> Interval:
    """Intervals for each column of replicates.

    Args:
        drawn: replicates.
        level: nominal coverage.
        method: `percentile`, expanded for `drawn.df`; `bca`, Efron 1987
            (doi:10.1080/01621459.1987.10478410), expanded alike; `t`, the estimate ± a t quantile
            times the standard deviation of the replicates.
        acceleration: (methods,), for `bca`, from `acceleration_of`.

    Raises:
        ShapeError: a level outside 0 to 1, or `bca` without its acceleration.
    """
    tail = (1 - level_in_range(level)) / 2
    if method == "bca" and acceleration is None:
        raise ShapeError("bca needs the acceleration of each method (see acceleration_of)")
    df = np.where(np.isfinite(drawn.df), drawn.df, 1e9)
    lower = np.asarray(stdtrit(df, tail), dtype=np.float64)
    if method == "t":
        half = -lower * drawn.replicates.std(axis=0, ddof=1)
        low, high = drawn.estimate - half, drawn.estimate + half
    else:
        shift, bend = np.zeros(len(df)), np.zeros(len(df))
        if method == "bca":
            shift, bend = bias_correction(drawn), np.broadcast_to(np.asarray(acceleration, float), df.shape)
        low = _quantiles(drawn.replicates, _bca_level(lower, shift, bend))
        high = _quantiles(drawn.replicates, _bca_level(-lower, shift, bend))
    known = np.array([not because for because in drawn.because])
    return Interval(drawn.estimate, np.where(known, low, np.nan), np.where(known, high, np.nan), level, drawn.because)


def bias_correction(drawn: Bootstrap) -> Floats:
    """BCa's z0 per method: the normal quantile of the share of replicates below the estimate."""
    below = (drawn.replicates < drawn.estimate).mean(axis=0)
    below += (drawn.replicates == drawn.estimate).mean(axis=0) / 2
    edge = 1 / (2 * len(drawn.replicates))
    shift: Floats = ndtri(np.clip(below, edge, 1 - edge))
    return shift


def _bca_level(z: Floats, shift: Floats, bend: Floats) -> Floats:
    moved = shift + z
    with np.errstate(divide="ignore", invalid="ignore"):
        level: Floats = ndtr(shift + moved / (1 - bend * moved))
    return np.where(1 - bend * moved > 0, level, (z > 0).astype(np.float64))


def _quantiles(replicates: Floats, levels: Floats) -> Floats:
    columns = zip(replicates.T, np.nan_to_num(levels, nan=0.5), strict=True)
    return np.array([np.quantile(column, level) for column, level in columns])


def acceleration_of(
    scores: npt.ArrayLike, statistic: str = "mean", *, scheme: ResamplingDesign, target: float | None = None
) -> Floats:
    """BCa's acceleration per method, from leaving out one run, cell seed or cluster at a time.

    Args:
        scores: (methods, tasks, languages, seeds), NaN where not run.
        statistic: as in `bootstrap`.
        scheme: as in `bootstrap`.
        target: as in `bootstrap`.

    Returns:
        (methods,). Several strata are joined as in Davison and Hinkley 1997, equation 5.26.
    """
    array = np.asarray(scores, dtype=np.float64)
    observed = resampling.check_scores(array, scheme)
    aggregate = aggregates.named(statistic, target)
    array = np.where(observed, array, np.nan)
    return np.array([_acceleration(x, o, aggregate, scheme) for x, o in zip(array, observed, strict=True)])


def _acceleration(scores: Floats, observed: Bools, aggregate: aggregates.Aggregate, scheme: ResamplingDesign) -> float:
    cubes = squares = 0.0
    for stratum in _left_out(observed, scheme):
        whole = observed[..., None].astype(np.float64)
        counts = np.stack([whole[..., 0] * ~left for left in stratum], axis=-1)
        without = aggregate(scores, resampling.normalised(counts, None))
        n = len(stratum)
        influence = (n - 1) * (without.mean() - without) / n
        cubes += float((influence**3).sum())
        squares += float((influence**2).sum())
    return cubes / (6 * squares**1.5) if squares > 0 else 0.0


def _left_out(observed: Bools, scheme: ResamplingDesign) -> list[list[Bools]]:
    """Strata of masks, each (tasks, languages, seeds) of what one left-out unit covers."""
    tasks, languages, seeds = np.indices(observed.shape)
    strata: list[list[Bools]] = []
    if scheme.seeds == "run":
        for t in range(observed.shape[0]):
            present = np.flatnonzero(observed[t].any(axis=0))
            strata.append([(tasks == t) & (seeds == s) for s in present])
    elif scheme.seeds == "cell":
        for t, cell in np.argwhere(observed.any(axis=2)):
            here = (tasks == t) & (languages == cell)
            strata.append([here & (seeds == s) for s in np.flatnonzero(observed[t, cell])])
    if scheme.clusters is not None:
        labels = np.asarray(scheme.clusters)
        strata.append([labels[languages] == g for g in np.unique(labels)])
    return strata
