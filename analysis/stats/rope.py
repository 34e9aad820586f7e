"""Bayesian signed-rank test with a region of practical equivalence (rope)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import CannotTellError, Floats, ShapeError, vector

if TYPE_CHECKING:
    import numpy.typing as npt

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class SignedRankPosterior:
    """How probable it is that one of two methods is better on a new data set.

    Attributes:
        first_better: probability that the region where the first leads by more than the rope
            holds the most mass.
        equivalent: the same for the rope.
        second_better: the same for the second.
        sample: (size, 3), the mass of the three regions, draw by draw.
    """

    first_better: float
    equivalent: float
    second_better: float
    sample: Floats


def signed_rank_posterior(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    rope: float,
    *,
    rng: np.random.Generator,
    size: int = 50_000,
    prior: float = 0.5,
) -> SignedRankPosterior:
    """Posterior of the signed-rank statistic under a Dirichlet process.

    Benavoli, Corani, Demšar and Zaffalon 2017 (jmlr.org/papers/v18/16-305), as in baycomp: Walsh
    sums of differences against twice the rope, a pseudo-difference of 0 with weight `prior`, sums
    on the edge counting half to either side.

    Args:
        first: (data sets,), mean scores, independent of each other.
        second: (data sets,).
        rope: half width of what counts as equal, in the scores' unit; 0 for none.
        rng: the source of chance.
        size: posterior draws.
        prior: weight of the pseudo-difference.

    Raises:
        ShapeError: lengths that do not match, a negative rope, a prior of 0 or less.
        CannotTellError: one data set, or no difference anywhere without a rope.
    """
    if rope < 0 or prior <= 0:
        raise ShapeError(f"rope {rope} and prior {prior} must be at least 0 and above 0")
    x = vector("first", first)
    difference = vector("second", second, length=len(x)) - x
    if len(difference) < 2:
        raise CannotTellError("one data set says nothing about others")
    if rope == 0 and not difference.any():
        raise CannotTellError("the two never differ and no rope is given")
    values = np.concatenate([[0.0], difference])
    sums = values[:, None] + values
    lower, upper = _beyond(-sums, 2 * rope), _beyond(sums, 2 * rope)
    alpha = np.ones(len(values))
    alpha[0] = prior
    sample = np.empty((size, 3))
    for start in range(0, size, CHUNK):
        part = slice(start, min(start + CHUNK, size))
        weights = rng.dirichlet(alpha, part.stop - part.start)
        sample[part, 0] = ((weights @ lower) * weights).sum(axis=1)
        sample[part, 2] = ((weights @ upper) * weights).sum(axis=1)
    sample[:, 1] = 1 - sample[:, 0] - sample[:, 2]
    if rope == 0:
        sample[:, 1] = 0.0
    share = np.bincount(sample.argmax(axis=1), minlength=3) / size
    return SignedRankPosterior(float(share[0]), float(share[1]), float(share[2]), sample)


def _beyond(sums: Floats, edge: float) -> Floats:
    beyond: Floats = (sums > edge) + 0.5 * (sums == edge)
    return beyond
