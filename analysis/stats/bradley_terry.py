"""Strengths of methods from who beats whom, and whether families agree on them.

Bradley and Terry 1952: logit P(i beats j) = s_i − s_j. Within a (target, language) block every pair
of methods is one comparison; a tie is half a win for both. Comparisons of a block are not
independent, so the test of equal hierarchies exchanges the families' names between clusters; the
chi-squared of the textbook is given beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc, expit

from analysis.stats.arrays import CannotTellError, Floats, Ints, ShapeError, codes
from analysis.stats.permutation import SAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Labels = Sequence[object] | npt.NDArray[np.generic]

RIDGE = 1e-4
"""Penalty on strengths: keeps them finite in a drawn table where a method always wins; moves the
log-likelihood by less than 0.01."""
ROUNDS = 60


def _pairs(scores: npt.ArrayLike) -> Floats:
    """Wins of the row over the column in each block, (blocks, methods, methods)."""
    array = np.asarray(scores, dtype=np.float64)
    if array.ndim != 2:
        raise ShapeError(f"scores have shape {array.shape}; give (blocks, methods)")
    if array.shape[1] < 2:
        raise CannotTellError("one method has no rival")
    ahead = array[:, :, None] - array[:, None, :]
    met = ~np.isnan(ahead)
    met[:, np.arange(array.shape[1]), np.arange(array.shape[1])] = False
    sign = np.sign(np.where(met, ahead, 0.0))
    wins: Floats = np.where(met, (sign + 1) / 2, 0.0)
    return wins


def fit_wins(wins: Floats, *, ridge: float = RIDGE) -> tuple[Floats, Floats]:
    """Strengths of many tables at once, by Newton's method.

    Args:
        wins: (tables, methods, methods), wins of the row over the column.
        ridge: penalty on the squared strengths.

    Returns:
        (tables, methods) strengths with mean 0, and (tables,) log-likelihoods without the penalty.
    """
    k = wins.shape[-1]
    met = wins + np.swapaxes(wins, -1, -2)
    strength = np.zeros(wins.shape[:-1])
    for _ in range(ROUNDS):
        chance = expit(strength[..., :, None] - strength[..., None, :])
        gradient = (wins - met * chance).sum(axis=-1) - ridge * strength
        curve = met * chance * (1 - chance)
        information = -curve
        information[..., np.arange(k), np.arange(k)] += curve.sum(axis=-1) + ridge
        step = np.linalg.solve(information + 1 / k, gradient[..., None])[..., 0]
        step -= step.mean(axis=-1, keepdims=True)
        # Halving long steps keeps Newton inside the region where the likelihood is near quadratic.
        step /= np.maximum(1.0, np.abs(step).max(axis=-1, keepdims=True) / 2)
        strength = strength + step
        if np.abs(step).max() < 1e-10:
            break
    ahead = strength[..., :, None] - strength[..., None, :]
    likelihood = -(wins * np.logaddexp(0.0, -ahead)).sum(axis=(-1, -2))
    return strength, likelihood


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """Test of the hypothesis that all groups order the methods alike.

    Attributes:
        statistic: twice the gain in log-likelihood of strengths by group.
        df: (groups − 1)(methods − 1).
        p_chi2: as if all comparisons were independent; too small where they are not.
        p_value: from exchanging the group names of whole clusters.
        strength: (groups, methods), in logits with mean 0; of a method that always wins as far as a
            slight penalty lets it go.
        groups: names, in the order of `strength`.
        permutations: how many were looked at, the observed one included.
    """

    statistic: float
    df: int
    p_chi2: float
    p_value: float
    strength: Floats
    groups: tuple[str, ...]
    permutations: int


def same_hierarchy(
    scores: npt.ArrayLike,
    groups: Labels,
    *,
    rng: np.random.Generator,
    clusters: Labels | None = None,
    size: int = 999,
) -> Homogeneity:
    """Likelihood-ratio test that strengths do not depend on the group (language family, kind of task).

    Args:
        scores: (blocks, methods), NaN where missing.
        groups: (blocks,), the group of each block.
        rng: the source of chance.
        clusters: (blocks,), units that lie in one group each and keep together (a language with
            all its targets, a target with all its languages); None: every block is its own.
        size: permutations drawn.

    Raises:
        ShapeError: labels of another length, or a cluster that lies in two groups.
        CannotTellError: one group, or as many groups as clusters (families of one language only).
    """
    table = _pairs(scores)
    blocks, k = len(table), table.shape[1]
    names = np.unique(np.asarray(groups))
    group, n_groups = codes("groups", groups, blocks)
    cluster, n_clusters = codes("clusters", np.arange(blocks) if clusters is None else clusters, blocks)
    if n_groups < 2:
        raise CannotTellError("there is one group, so hierarchies cannot differ between groups")
    of_cluster = np.full(n_clusters, -1)
    of_cluster[cluster] = group
    if (of_cluster[cluster] != group).any():
        raise ShapeError("a cluster lies in two groups; clusters must be nested in groups")
    if n_clusters <= n_groups:
        raise CannotTellError("every group has one cluster, so groups cannot be told from clusters")
    by_cluster = np.zeros((n_clusters, k, k))
    np.add.at(by_cluster, cluster, table)
    statistics, strength = _gains(by_cluster, of_cluster, n_groups, rng, size)
    observed = float(statistics[0])
    extreme = int((statistics >= observed - SAME * abs(observed)).sum())
    df = (n_groups - 1) * (k - 1)
    return Homogeneity(
        statistic=observed,
        df=df,
        p_chi2=float(chdtrc(df, max(observed, 0.0))),
        p_value=extreme / (size + 1),
        strength=strength,
        groups=tuple(str(name) for name in names),
        permutations=size + 1,
    )


def _gains(
    by_cluster: Floats, of_cluster: Ints, groups: int, rng: np.random.Generator, size: int
) -> tuple[Floats, Floats]:
    """Twice the gain in log-likelihood for the groups as they are and as drawn; strengths as they are."""
    orders = np.tile(np.arange(len(by_cluster)), (size + 1, 1))
    orders[1:] = rng.permuted(orders[1:], axis=1)
    member = of_cluster[orders][:, :, None] == np.arange(groups)
    wins = np.einsum("scg,cij->sgij", member.astype(np.float64), by_cluster, optimize=True)
    strength, separate = fit_wins(wins)
    _, joint = fit_wins(by_cluster.sum(axis=0)[None])
    return 2 * (separate.sum(axis=1) - joint[0]), strength[0]
