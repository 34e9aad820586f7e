"""The maximum of a mixed model's likelihood: the quick part of a fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import fmin_l_bfgs_b

from analysis.numerics import mixed_deviance as md
from analysis.numerics.arrays import Bools, CannotTellError, Floats, constant, vector
from analysis.numerics.threads import one_thread

if TYPE_CHECKING:
    import numpy.typing as npt

    from analysis.numerics.mixed_design import MixedDesign

BOUNDARY = 1e-3
"""A standard deviation below this share of the residual's counts as zero."""
RESTART = 0.1
TRIALS = (0.3, 0.1, 0.03, 0.01)
LITTLE = 1e-7
FLAT = 1e-2
"""A gradient of the deviance below this counts as zero; likelihoods then agree to 1e-4 and better."""


@dataclass(frozen=True, slots=True)
class Refit:
    """The quick part of a fit, for bootstraps.

    Attributes:
        estimate: (p,), fixed effects.
        covariance: (p, p), their covariance.
        sigma: residual standard deviation.
        log_likelihood: restricted where REML.
        theta: (m,), relative covariance parameters.
        converged: whether the gradient vanished.
    """

    estimate: Floats
    covariance: Floats
    sigma: float
    log_likelihood: float
    theta: Floats
    converged: bool


def refit(design: MixedDesign, y: npt.ArrayLike, *, reml: bool = True, start: Floats | None = None) -> Refit:
    """Estimates without degrees of freedom.

    Args:
        design: from `mixed_design`.
        y: (n,), the outcome.
        reml: restricted likelihood; False: maximum likelihood.
        start: θ to begin at, from an earlier fit of the same design.

    Raises:
        ShapeError: as `fit_mixed`.
        CannotTellError: as `fit_mixed`.
    """
    with one_thread():
        crossed, at_zero = crossed_with(design, y)
        return maximum(crossed, at_zero, reml=reml, start=start)


def crossed_with(design: MixedDesign, y: npt.ArrayLike) -> tuple[md.CrossProducts, Floats]:
    """The cross-products of design and y, and the least-squares fit that y was freed of.

    Raises:
        ShapeError: y of another length, or missing values.
        CannotTellError: nothing is left to explain.
    """
    outcome = vector("y", y, length=len(design.x))
    if constant(outcome):
        raise CannotTellError("the outcome is the same in every row")
    fitted = design.basis.T @ outcome
    rest = outcome - design.basis @ fitted
    if constant(rest) or float(rest @ rest) <= 1e-20 * float(outcome @ outcome):
        raise CannotTellError("the fixed effects explain the outcome without any residual")
    zw = np.column_stack([design.zx, design.cross(rest)])
    return md.CrossProducts(design, zw, float(rest @ rest), len(outcome)), fitted


def maximum(crossed: md.CrossProducts, at_zero: Floats, *, reml: bool, start: Floats | None = None) -> Refit:
    """The fit of one outcome.

    Args:
        crossed: from `crossed_with`.
        at_zero: its least-squares fit, likewise.
        reml: restricted likelihood.
        start: θ to begin at.
    """
    theta, slope = _best_theta(crossed, reml=reml, start=start)
    at = md.evaluate(crossed, theta)
    triangle = crossed.design.triangle
    p, n = len(at.beta), crossed.rows
    m = n - p if reml else n
    log_det_x = 2 * float(np.log(np.abs(np.diag(triangle))).sum())
    log_det = at.log_det_a + (at.log_det_s + log_det_x if reml else 0.0)
    likelihood = -0.5 * (log_det + m * (1 + np.log(2 * np.pi * at.residual / m)))
    variance = at.residual / m
    inverse = np.linalg.inv(triangle)
    return Refit(
        estimate=inverse @ (at.beta + at_zero),
        covariance=variance * inverse @ at.s_inverse @ inverse.T,
        sigma=float(np.sqrt(variance)),
        log_likelihood=float(likelihood),
        theta=theta,
        converged=bool(np.abs(slope).max() < FLAT),
    )


def _best_theta(crossed: md.CrossProducts, *, reml: bool, start: Floats | None) -> tuple[Floats, Floats]:
    """θ at the minimum of the deviance, and the gradient there."""
    diagonal = crossed.design.lower_bounds() == 0
    begin = diagonal.astype(np.float64)
    if start is not None:
        begin = np.where(diagonal, np.maximum(start, RESTART), start)
    theta, value, slope = _minimum(crossed, begin, reml)
    for _ in range(len(begin)):
        inside = _off_zero(crossed, theta, value, diagonal & (theta < BOUNDARY), reml)
        if inside is None:
            break
        theta, value, slope = _minimum(crossed, inside, reml)
    return theta, np.where(diagonal & (theta <= 0), 0.0, slope)


def _off_zero(crossed: md.CrossProducts, theta: Floats, value: float, flat: Bools, reml: bool) -> Floats | None:
    """A better place off zero, where there is one.

    The deviance is even in θ, so every θ = 0 looks like a minimum to its gradient.
    """
    best, least = None, value - LITTLE
    for i in np.flatnonzero(flat):
        for trial in TRIALS:
            there = theta.copy()
            there[i] = trial
            found, _ = md.deviance(crossed, there, reml=reml)
            if found < least:
                best, least = there, found
    return best


def _minimum(crossed: md.CrossProducts, begin: Floats, reml: bool) -> tuple[Floats, float, Floats]:
    lower = crossed.design.lower_bounds()
    theta, value, found = fmin_l_bfgs_b(
        lambda theta: md.deviance(crossed, theta, reml=reml),
        begin,
        bounds=[(0.0 if low == 0 else None, None) for low in lower],
        factr=100.0,
        pgtol=1e-6,
        maxiter=500,
    )
    return np.asarray(theta), float(value), np.asarray(found["grad"])
