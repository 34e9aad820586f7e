"""Simulation from a mixed model: parametric bootstrap of a fixed effect, refits of drawn outcomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import CannotTellError, Floats, ShapeError, vector
from analysis.stats.mixed_lambda import factors_of
from analysis.stats.mixed_optimum import refit
from analysis.stats.threads import one_thread

if TYPE_CHECKING:
    import numpy.typing as npt

    from analysis.stats.mixed_design import MixedDesign

MOST_FAILED = 0.05


@dataclass(frozen=True, slots=True)
class ParametricTest:
    """A fixed effect against the distribution it has when it is zero.

    Attributes:
        estimate: the fixed effect, in the unit of y over that of its column.
        statistic: the estimate over its standard error.
        p_value: two-sided, (1 + as extreme) / (1 + size).
        critical: the 95 % quantile of |statistic| under the null, beside t's usual 1.96 or more.
        size: simulated outcomes that were fitted.
        failed: simulated outcomes whose fit did not converge; left out.
    """

    estimate: float
    statistic: float
    p_value: float
    critical: float
    size: int
    failed: int


def parametric_test(
    design: MixedDesign,
    y: npt.ArrayLike,
    which: int,
    *,
    rng: np.random.Generator,
    size: int = 999,
) -> ParametricTest:
    """Tests a fixed effect by simulating outcomes from the model without it and refitting.

    Davison and Hinkley 1997, section 4.4; asked for where few levels make Satterthwaite's degrees
    of freedom doubtful.

    Args:
        design: from `mixed_design`.
        y: (n,), the outcome.
        which: column of x.
        rng: the source of chance.
        size: simulated outcomes.

    Raises:
        ShapeError: no such column.
        CannotTellError: as `fit_mixed`; or more than one simulated fit in twenty fails.
    """
    columns = design.x.shape[1]
    if not 0 <= which < columns:
        raise ShapeError(f"fixed effect {which} is not one of 0 … {columns - 1}")
    full = refit(design, y)
    rest = without(design, which)
    null = refit(rest, y)
    if not (full.converged and null.converged):
        raise CannotTellError("the mixed model did not converge")
    mean = rest.x @ null.estimate
    observed = full.estimate[which] / np.sqrt(full.covariance[which, which])
    drawn, failed = [], 0
    with one_thread():
        for _ in range(size):
            outcome = simulate(design, mean, null.theta, null.sigma, rng)
            again = refit(design, outcome, start=full.theta)
            if again.converged:
                drawn.append(again.estimate[which] / np.sqrt(again.covariance[which, which]))
            else:
                failed += 1
    if failed > MOST_FAILED * size:
        raise CannotTellError(f"{failed} of {size} simulated outcomes could not be fitted")
    extreme = np.abs(drawn)
    return ParametricTest(
        estimate=float(full.estimate[which]),
        statistic=float(observed),
        p_value=(1 + int((extreme >= abs(observed)).sum())) / (1 + len(extreme)),
        critical=float(np.quantile(extreme, 0.95)),
        size=len(extreme),
        failed=failed,
    )


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


def without(design: MixedDesign, which: int) -> MixedDesign:
    """The design with one fixed effect left out; its cross-products of Z are shared."""
    kept = [j for j in range(design.x.shape[1]) if j != which]
    x = design.x[:, kept]
    basis, triangle = np.linalg.qr(x)
    inverse = np.linalg.inv(triangle)

    def turned(zx: Floats) -> Floats:
        crossed: Floats = (zx @ design.triangle)[:, kept] @ inverse
        return crossed

    lead = None if design.lead is None else replace(design.lead, zx=turned(design.lead.zx))
    return replace(design, x=x, basis=basis, triangle=triangle, zx=turned(design.zx), lead=lead)
