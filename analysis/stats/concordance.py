"""Agreement of rankings: Kendall's W with dependent blocks, and tests with missing cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from math import factorial
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc
from scipy.stats import rankdata

from analysis.stats.arrays import CannotTellError, Floats, ShapeError, codes
from analysis.stats.permutation import ENUMERATED, SAME
from analysis.stats.ranks import block_ranks, tie_terms, to_ties

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's coefficient of concordance.

    Attributes:
        w: between 0 (no common order) and 1 (the same order in every block), ties corrected.
        p_value: chance of a W as large if every cluster ordered the methods at random.
        clusters: independent units behind it.
        permutations: how many were looked at, the observed one included.
        exact: whether these are all.
    """

    w: float
    p_value: float
    clusters: int
    permutations: int
    exact: bool


def kendall_w(
    scores: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    clusters: Sequence[object] | npt.NDArray[np.generic] | None = None,
    size: int = 9999,
) -> Concordance:
    """Kendall's W, tested by exchanging the methods within whole clusters.

    The 40 languages of one target come from the same checkpoints; they are one cluster, and the
    methods' names are exchanged in all of them together.

    Args:
        scores: (blocks, methods).
        rng: the source of chance.
        clusters: (blocks,), the unit each block belongs to; None: every block is its own.
        size: permutations drawn where not all are looked at.

    Raises:
        ShapeError: missing values, or labels of another length.
        CannotTellError: one cluster, or ties only.
    """
    ranks = block_ranks(scores)
    n, k = ranks.shape
    cluster, groups = codes("clusters", np.arange(n) if clusters is None else clusters, n)
    if groups < 2:
        raise CannotTellError("there is one cluster of blocks, which shows no agreement between clusters")
    room = n**2 * (k**3 - k) - n * float(tie_terms(ranks).sum())
    if room <= 0:
        raise CannotTellError("all methods tie in every block")
    sums = np.zeros((groups, k))
    np.add.at(sums, cluster, ranks - (k + 1) / 2)
    observed = float((sums.sum(axis=0) ** 2).sum())
    # One cluster may stay as it is: only the orders relative to it matter.
    exact = factorial(k) ** (groups - 1) <= ENUMERATED
    drawn = _enumerated(sums) if exact else _drawn(sums, rng, size)
    extreme = int((drawn >= observed * (1 - SAME)).sum())
    extra = 0 if exact else 1
    p_value = (extreme + extra) / (len(drawn) + extra)
    return Concordance(12 * observed / room, p_value, groups, len(drawn) + extra, exact)


def _enumerated(sums: Floats) -> Floats:
    orders = np.array(list(permutations(range(sums.shape[1]))))
    totals = np.zeros((1, sums.shape[1]))
    for row in sums[1:]:
        totals = (totals[:, None] + row[orders]).reshape(-1, sums.shape[1])
    values: Floats = ((sums[0] + totals) ** 2).sum(axis=1)
    return values


def _drawn(sums: Floats, rng: np.random.Generator, size: int) -> Floats:
    values = np.empty(size)
    for start in range(0, size, CHUNK):
        block = min(CHUNK, size - start)
        shuffled = rng.permuted(np.broadcast_to(sums, (block, *sums.shape)), axis=2)
        values[start : start + block] = (shuffled.sum(axis=1) ** 2).sum(axis=1)
    return values


@dataclass(frozen=True, slots=True)
class SkillingsMack:
    """Friedman's test where cells are missing.

    Attributes:
        statistic: Skillings and Mack's T.
        df: rank of its covariance.
        p_value: from chi-squared.
        p_permutation: from exchanging the present methods within each block; NaN if not asked.
        blocks: blocks with at least two methods.
        left_out: blocks with fewer.
        adjusted: (methods,), weighted sums of centred ranks, negative for the better.
    """

    statistic: float
    df: int
    p_value: float
    p_permutation: float
    blocks: int
    left_out: int
    adjusted: Floats


def skillings_mack(
    scores: npt.ArrayLike,
    *,
    rng: np.random.Generator | None = None,
    size: int = 9999,
) -> SkillingsMack:
    """Tests that all methods rank alike, with cells missing at random.

    Skillings and Mack 1981 (doi:10.1080/00401706.1981.10486261). Blocks count as independent.

    Args:
        scores: (blocks, methods), NaN where missing.
        rng: the source of chance; None: no permutation p-value.
        size: permutations drawn.

    Raises:
        ShapeError: not two dimensions.
        CannotTellError: a method that is never compared, or fewer than two usable blocks.
    """
    array = np.asarray(scores, dtype=np.float64)
    if array.ndim != 2:
        raise ShapeError(f"scores have shape {array.shape}; give (blocks, methods)")
    enough = (~np.isnan(array)).sum(axis=1) >= 2
    kept = array[enough]
    if len(kept) < 2:
        raise CannotTellError(f"{len(kept)} blocks have two methods or more; at least 2 are needed")
    present = ~np.isnan(kept)
    if not present.any(axis=0).all():
        missing = int(np.argmin(present.any(axis=0)))
        raise CannotTellError(f"method {missing} is never measured beside another")
    centred = _weighted_ranks(kept, present)
    sizes = present.astype(np.float64)
    covariance = -(sizes.T @ sizes)
    np.fill_diagonal(covariance, 0.0)
    np.fill_diagonal(covariance, -covariance.sum(axis=1))
    inverse = np.linalg.pinv(covariance, hermitian=True)
    df = int(np.linalg.matrix_rank(covariance, hermitian=True))
    adjusted = centred.sum(axis=0)
    statistic = float(adjusted @ inverse @ adjusted)
    p_permutation = float("nan")
    if rng is not None:
        sums = _shuffled_sums(centred, present, rng, size)
        drawn = np.einsum("si,ij,sj->s", sums, inverse, sums)
        p_permutation = (1 + int((drawn >= statistic * (1 - SAME)).sum())) / (1 + size)
    p_value = float(chdtrc(df, statistic))
    left_out = int((~enough).sum())
    return SkillingsMack(statistic, df, p_value, p_permutation, len(kept), left_out, adjusted)


def _weighted_ranks(scores: Floats, present: npt.NDArray[np.bool_]) -> Floats:
    weighted = np.zeros_like(scores)
    for row, (values, here) in enumerate(zip(scores, present, strict=True)):
        k = int(here.sum())
        ranks = rankdata(to_ties(-values[here]))
        weighted[row, here] = np.sqrt(12 / (k + 1)) * (ranks - (k + 1) / 2)
    return weighted


def _shuffled_sums(weighted: Floats, present: npt.NDArray[np.bool_], rng: np.random.Generator, size: int) -> Floats:
    sums = np.zeros((size, weighted.shape[1]))
    for values, here in zip(weighted, present, strict=True):
        sums[:, here] += rng.permuted(np.tile(values[here], (size, 1)), axis=1)
    return sums
