"""Ranks of methods over blocks: is there one order, and how sure is it?

A block is a (target, language) pair; scores have the shape (blocks, methods). Rank 1 is the best.
Demšar 2006 (jmlr.org/papers/v7/demsar06a) for the tests over blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc, fdtrc, ndtri, stdtrit
from scipy.stats import rankdata, studentized_range

from analysis.stats.arrays import CannotTellError, Floats, level_in_range, matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt


TIED = 7
"""Decimals beyond which scores in points are arithmetic: printed ones have four at most, and their means repeat."""


CHUNK = 250
"""Replicates that are drawn at a time."""


def chunks(size: int) -> list[int]:
    """A number of replicates as numbers of at most `CHUNK`."""
    return [CHUNK] * (size // CHUNK) + ([size % CHUNK] if size % CHUNK else [])


def spread_by_t(estimate: Floats, draws: Floats, df: float, level: float) -> Floats:
    """Replicates spread about the estimate by a t quantile over a normal one (Hesterberg 2015)."""
    tail = 0.5 + level / 2
    factor = 1.0 if np.isinf(df) else float(stdtrit(df, tail)) / float(ndtri(tail))
    return estimate + factor * (draws - estimate)


def block_ranks(scores: npt.ArrayLike) -> Floats:
    """Ranks within each block, (blocks, methods), ties sharing their mean rank.

    Scores that agree to `TIED` decimals tie: means of the same numbers in another order differ by less.

    Raises:
        ShapeError: not two dimensions, or missing values (see `skillings_mack`).
        CannotTellError: fewer than two methods or no block.
    """
    array = matrix("scores", scores)
    if array.shape[1] < 2 or len(array) == 0:
        raise CannotTellError(f"{len(array)} blocks of {array.shape[1]} methods have no order")
    ranks: Floats = rankdata(-to_ties(array), axis=1)
    return ranks


def to_ties(scores: Floats) -> Floats:
    """Scores without the noise of arithmetic, so that equal ones are equal."""
    rounded: Floats = np.round(scores, TIED)
    return rounded


@dataclass(frozen=True, slots=True)
class Friedman:
    """Friedman's test that all methods rank alike in independent blocks.

    Attributes:
        average_ranks: (methods,), 1 is the best.
        chi2: corrected for ties, as scipy does.
        p_chi2: its p-value, methods − 1 degrees of freedom.
        f: Iman and Davenport's statistic from `chi2`; infinite when all blocks agree.
        p_f: its p-value, methods − 1 and (methods − 1)(blocks − 1) degrees of freedom.
        blocks: number of blocks.
    """

    average_ranks: Floats
    chi2: float
    p_chi2: float
    f: float
    p_f: float
    blocks: int


def friedman(scores: npt.ArrayLike) -> Friedman:
    """Friedman's test with Iman and Davenport's correction.

    Blocks count as independent. Languages of one target are not: use
    `concordance.kendall_w` with the targets as clusters.

    Args:
        scores: (blocks, methods).

    Raises:
        ShapeError: missing values.
        CannotTellError: one block, one method, or ties only.
    """
    ranks = block_ranks(scores)
    n, k = ranks.shape
    if n < 2:
        raise CannotTellError("one block shows no agreement between blocks")
    untied = 1 - float(tie_terms(ranks).sum()) / (n * (k**3 - k))
    if untied <= 0:
        raise CannotTellError("all methods tie in every block")
    means = ranks.mean(axis=0)
    chi2 = friedman_chi2(means, n) / untied
    f = iman_davenport(chi2, n, k)
    p_f = float(fdtrc(k - 1, (k - 1) * (n - 1), f)) if np.isfinite(f) else 0.0
    return Friedman(means, chi2, float(chdtrc(k - 1, chi2)), f, p_f, n)


def friedman_chi2(average_ranks: npt.ArrayLike, blocks: int) -> float:
    """Friedman's statistic from average ranks, ties not corrected (Demšar 2006, section 3.2.2)."""
    ranks = np.asarray(average_ranks, dtype=np.float64)
    k = len(ranks)
    return 12 * blocks / (k * (k + 1)) * float(((ranks - (k + 1) / 2) ** 2).sum())


def iman_davenport(chi2: float, blocks: int, methods: int) -> float:
    """Iman and Davenport's F from Friedman's statistic; infinite when all blocks agree."""
    room = blocks * (methods - 1) - chi2
    return (blocks - 1) * chi2 / room if room > 1e-9 * blocks else float("inf")


def tie_terms(ranks: Floats) -> Floats:
    """Σ (t³ − t) over the ties of each block, (blocks,)."""
    terms = np.zeros(len(ranks))
    for row, values in enumerate(ranks):
        _, sizes = np.unique(values, return_counts=True)
        terms[row] = float((sizes**3 - sizes).sum())
    return terms


def critical_difference(methods: int, blocks: int, *, alpha: float) -> float:
    """Nemenyi's difference of average ranks, studentised range over √2 (Demšar 2006, section 3.2.2).

    Args:
        methods: how many are compared, all pairs of them.
        blocks: number of independent blocks behind their ranks.
        alpha: level over all pairs.

    Raises:
        CannotTellError: one method or one block.
    """
    if methods < 2 or blocks < 2:
        raise CannotTellError(f"{blocks} blocks of {methods} methods have no pairs to compare")
    quantile = float(studentized_range.ppf(1 - level_in_range(alpha), methods, np.inf)) / np.sqrt(2)
    return float(quantile * np.sqrt(methods * (methods + 1) / (6 * blocks)))


@dataclass(frozen=True, slots=True)
class RankDistribution:
    """Uncertainty of the order of methods.

    Attributes:
        p_first: (methods,), chance of rank 1; methods that tie share it.
        p_top: (methods,), chance of a rank within `top`.
        top: how many count as the top.
        expected: (methods,), mean rank.
        low: (methods,), best rank of the interval.
        high: (methods,), worst rank of the interval.
        level: nominal coverage of each method's interval.
    """

    p_first: Floats
    p_top: Floats
    top: int
    expected: Floats
    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]
    level: float


def rank_distribution(
    estimate: npt.ArrayLike,
    replicates: npt.ArrayLike,
    *,
    top: int = 3,
    level: float = 0.95,
    higher_is_better: bool = True,
) -> RankDistribution:
    """Ranks over joint bootstrap replicates of the methods' aggregates.

    Quantiles of bootstrapped ranks cover too rarely where methods are close. The interval instead
    counts the methods that are surely better and surely worse, by the largest standardised
    difference over all rivals (Mogstad, Romano, Shaikh and Wilhelm 2024,
    doi:10.1093/restud/rdad006).

    Args:
        estimate: (methods,), for example `Bootstrap.estimate`.
        replicates: (size, methods), joint draws, for example `Bootstrap.replicates`.
        top: how many count as the top.
        level: nominal coverage of each method's interval.
        higher_is_better: whether the highest aggregate gets rank 1.

    Raises:
        ShapeError: sizes that do not match, missing values.
        CannotTellError: fewer than two methods.
    """
    drawn = matrix("replicates", replicates)
    values = matrix("estimate", estimate)[:, 0]
    sign = 1.0 if higher_is_better else -1.0
    k = drawn.shape[1]
    if k < 2 or len(values) != k:
        raise CannotTellError(f"{len(values)} estimates and replicates of {k} methods have no order")
    better = np.stack([(sign * drawn > sign * drawn[:, [i]]).sum(axis=1) for i in range(k)], axis=1)
    equal = np.stack([(drawn == drawn[:, [i]]).sum(axis=1) for i in range(k)], axis=1)
    p_first = np.clip((1 - better) / equal, 0, 1).mean(axis=0)
    p_top = np.clip((top - better) / equal, 0, 1).mean(axis=0)
    expected = (better + (equal + 1) / 2).mean(axis=0)
    low, high = _rank_intervals(sign * values, sign * drawn, level_in_range(level))
    return RankDistribution(p_first, p_top, top, expected, low, high, level)


def _rank_intervals(values: Floats, drawn: Floats, level: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    k = len(values)
    low, high = np.empty(k, dtype=np.int64), np.empty(k, dtype=np.int64)
    for i in range(k):
        rivals = np.arange(k) != i
        ahead = values[rivals] - values[i]
        deviation = drawn[:, rivals] - drawn[:, [i]] - ahead
        error = np.sqrt((deviation**2).mean(axis=0))
        known = error > 0
        reach = np.zeros(k - 1)
        if known.any():
            largest = np.abs(deviation[:, known] / error[known]).max(axis=1)
            reach[known] = np.quantile(largest, level) * error[known]
        low[i] = 1 + int((ahead > reach).sum())
        high[i] = k - int((ahead < -reach).sum())
    return low, high


def tie_numbers(low: Iterable[float], high: Iterable[float]) -> list[int]:
    """Groups of rows, best first, joined while the intervals of their ranks overlap: 1 for the first."""
    numbers: list[int] = []
    reach = 0.0
    for best, worst in zip(low, high, strict=True):
        numbers.append((numbers[-1] if numbers else 0) + int(best > reach))
        reach = max(reach, float(worst))
    return numbers
