"""Probability of improvement: how often a run of one method beats a run of another."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.stats import resampling
from analysis.stats.arrays import Bools, Floats, ShapeError
from analysis.stats.bootstrap import BLOCK, Bootstrap, method_chances, summarised
from analysis.stats.resampling import ResamplingDesign


def probability_of_improvement(
    scores: npt.ArrayLike,
    first: int,
    second: int,
    *,
    rng: np.random.Generator,
    scheme: ResamplingDesign = ResamplingDesign(),  # noqa: B008 — frozen
    size: int = 10_000,
) -> Bootstrap:
    """P(a run of `first` scores above a run of `second`), ties counting half.

    Averaged over the languages of a task and then over tasks (Agarwal et al. 2021,
    arXiv:2108.13264, section 4.3: the Mann-Whitney statistic of each task).

    Args:
        scores: (methods, tasks, languages, seeds), NaN where not run.
        first: index of a method.
        second: index of another.
        rng: the source of chance.
        scheme: what is drawn again.
        size: number of replicates.

    Returns:
        One column of replicates, between 0 and 1.

    Raises:
        ShapeError: an index outside, or the same twice.
        CannotTellError: as `bootstrap`; or no cell that both methods have.
    """
    array = np.asarray(scores, dtype=np.float64)
    if first == second or not (0 <= first < len(array) and 0 <= second < len(array)):
        raise ShapeError(f"methods {first} and {second} are not two of 0 … {len(array) - 1}")
    array = array[[first, second]]
    both = (~np.isnan(array)).any(axis=3, keepdims=True).all(axis=0)
    array = np.where(both, array, np.nan)
    observed = resampling.check_scores(array, scheme)
    array = np.where(observed, array, np.nan)
    wins = _wins(array[0], array[1])
    estimate = _averaged(wins, observed.astype(np.float64)[..., None], None)
    blocks = []
    for start in range(0, size, BLOCK):
        block = min(BLOCK, size - start)
        languages = resampling.draw_clusters(scheme, rng, block)
        chances = method_chances(scheme, rng, 2)
        counts = [resampling.seed_counts(observed[m], scheme, chances[m], block) for m in range(2)]
        blocks.append(_averaged(wins, counts, languages))
    replicates = np.concatenate(blocks)[:, None]
    contrasts = _deviations(wins, observed)
    return summarised(contrasts, observed[:1], scheme, estimate, replicates)


def _wins(x: Floats, y: Floats) -> Floats:
    """1, ½ or 0 for every pair of runs in every cell: (tasks, languages, seeds of x, seeds of y)."""
    ahead = np.sign(np.nan_to_num(x)[..., :, None] - np.nan_to_num(y)[..., None, :])
    wins: Floats = (ahead + 1) / 2
    return wins


def _averaged(wins: Floats, counts: list[Floats] | Floats, languages: Floats | None) -> Floats:
    x, y = counts
    per_cell = x.sum(axis=2) * y.sum(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        cells = (x * (wins @ y)).sum(axis=2) / per_cell
    share = (per_cell > 0).astype(np.float64)
    if languages is not None:
        share *= languages
    with np.errstate(invalid="ignore", divide="ignore"):
        by_task = np.where(share > 0, cells, 0.0) * share
        result: Floats = (by_task.sum(axis=1) / share.sum(axis=1)).mean(axis=0)
    return result


def _deviations(wins: Floats, observed: Bools) -> Floats:
    """Scores whose spread stands for the statistic's: how often each run of x wins."""
    with np.errstate(invalid="ignore"):
        rate = (wins * observed[1][..., None, :]).sum(axis=3) / observed[1].sum(axis=2)[..., None]
    return np.where(observed[0], rate, np.nan)[None]
