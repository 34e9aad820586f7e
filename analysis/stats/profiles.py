"""Performance profiles: the share of runs that score above each threshold, with bands.

Dolan and Moré 2002, as score distributions in Agarwal et al. 2021, arXiv:2108.13264, section 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.stats import aggregates, resampling
from analysis.stats.arrays import Floats, level_in_range, vector
from analysis.stats.bootstrap import BLOCK, method_chances
from analysis.stats.freedom import too_many_undefined
from analysis.stats.resampling import ResamplingDesign


@dataclass(frozen=True, slots=True)
class Profiles:
    """Profiles of every method.

    Attributes:
        thresholds: (thresholds,), in the scores' unit.
        share: (methods, thresholds), the share of runs above each threshold, every task counting
            the same.
        low: (methods, thresholds), pointwise band.
        high: (methods, thresholds), pointwise band.
        margin: (methods,), half width that holds at all thresholds at once (the quantile of the
            largest deviation of a replicate).
        level: nominal coverage.
    """

    thresholds: Floats
    share: Floats
    low: Floats
    high: Floats
    margin: Floats
    level: float


def performance_profiles(
    scores: npt.ArrayLike,
    thresholds: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    scheme: ResamplingDesign = ResamplingDesign(),  # noqa: B008 — frozen
    size: int = 2000,
    level: float = 0.95,
) -> Profiles:
    """Profiles with percentile bands.

    Args:
        scores: (methods, tasks, languages, seeds), NaN where not run.
        thresholds: scores at which the share above is asked for.
        rng: the source of chance.
        scheme: what is drawn again.
        size: number of replicates.
        level: nominal coverage of the bands.

    Raises:
        ShapeError: arrays that do not fit, or a level outside 0 to 1.
        CannotTellError: as `bootstrap`.
    """
    array = np.asarray(scores, dtype=np.float64)
    observed = resampling.check_scores(array, scheme)
    array = np.where(observed, array, np.nan)
    points = vector("thresholds", thresholds)
    tail = (1 - level_in_range(level)) / 2
    above = aggregates.share_above(points)
    once = observed.astype(np.float64)[..., None]
    share = np.array([above(x, resampling.normalised(c, None))[:, 0] for x, c in zip(array, once, strict=True)])
    blocks = []
    for start in range(0, size, BLOCK):
        block = min(BLOCK, size - start)
        languages = resampling.draw_clusters(scheme, rng, block)
        drawn = [
            above(x, resampling.draw_weights(o, scheme, languages, chance, block))
            for x, o, chance in zip(array, observed, method_chances(scheme, rng, len(array)), strict=True)
        ]
        blocks.append(np.stack(drawn))
    replicates = np.concatenate(blocks, axis=2)
    defined = np.isfinite(replicates).all(axis=(0, 1))
    too_many_undefined(int((~defined).sum()), size)
    replicates = replicates[..., defined]
    low, high = np.quantile(replicates, [tail, 1 - tail], axis=2)
    farthest = np.abs(replicates - share[..., None]).max(axis=1)
    return Profiles(points, share, low, high, np.quantile(farthest, level, axis=1), level)
