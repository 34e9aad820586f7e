"""Simulation of outcomes from a mixed model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import Floats, vector
from analysis.stats.mixed_lambda import factors_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from analysis.stats.mixed_design import MixedDesign


def simulate(design: MixedDesign, mean: npt.ArrayLike, theta: Floats, sigma: float, rng: np.random.Generator) -> Floats:
    """An outcome drawn from the model, (n,).

    Args:
        design: from `mixed_design`.
        mean: (n,), the fixed part.
        theta: relative covariance parameters, as in a fit of this design.
        sigma: residual standard deviation.
        rng: the source of chance.
    """
    outcome = vector("mean", mean, length=len(design.x)) + sigma * rng.standard_normal(len(design.x))
    for e, triangle in zip(design.effects, factors_of(design, theta), strict=True):
        effects = sigma * rng.standard_normal((e.levels, len(triangle))) @ triangle.T
        for c in range(len(triangle)):
            outcome += e.spread(c, effects[:, c])
    return outcome
