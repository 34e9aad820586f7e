"""Crossed mixed models by profiled REML, fast enough to be refitted often.

The same likelihood as lme4 and statsmodels MixedLM; see `mixed_deviance`. Fixed effects are tested
with Satterthwaite's degrees of freedom as in lmerTest (Kuznetsova, Brockhoff and Christensen 2017,
doi:10.18637/jss.v082.i13).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from analysis.stats.arrays import Floats
from analysis.stats.mixed_derivatives import fixed_by_theta
from analysis.stats.mixed_lambda import factors_of
from analysis.stats.mixed_optimum import BOUNDARY, Optimum, Refit, crossed_with, estimates, optimum
from analysis.stats.threads import one_thread

if TYPE_CHECKING:
    import numpy.typing as npt

    from analysis.stats.mixed_design import MixedDesign

FLAT_CURVE = 1e-7


@dataclass(frozen=True, slots=True)
class Component:
    """The variance of one random factor.

    Attributes:
        name: of the factor.
        covariance: (effects, effects), of intercept and slopes, in the unit of y squared over
            that of the slope.
        boundary: whether some standard deviation was estimated as zero.
    """

    name: str
    covariance: Floats
    boundary: bool


@dataclass(frozen=True, slots=True)
class MixedFit:
    """A fitted mixed model.

    Attributes:
        estimate: (p,), fixed effects.
        covariance: (p, p), their covariance.
        df: (p,), Satterthwaite's degrees of freedom.
        p_value: (p,), two-sided t tests of zero.
        components: one per random factor.
        residual_sd: standard deviation of the residual, in the unit of y.
        log_likelihood: restricted.
        random: per factor (levels, effects), the predicted random effects (shrunken).
        converged: whether the gradient vanished.
        theta: (m,), relative covariance parameters (of slopes scaled to unit size).
        jacobian: (m + 1, p, p), derivative of `covariance` by θ and σ.
    """

    estimate: Floats
    covariance: Floats
    df: Floats
    p_value: Floats
    components: tuple[Component, ...]
    residual_sd: float
    log_likelihood: float
    random: tuple[Floats, ...]
    converged: bool
    theta: Floats
    jacobian: Floats

    @property
    def standard_error(self) -> Floats:
        """(p,), standard errors of the fixed effects."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def boundary(self) -> tuple[str, ...]:
        """Names of the factors with a variance estimated as zero."""
        return tuple(c.name for c in self.components if c.boundary)


def fit_mixed(design: MixedDesign, y: npt.ArrayLike, *, start: Floats | None = None) -> MixedFit:
    """The model fitted, with tests of its fixed effects.

    Args:
        design: from `mixed_design`.
        y: (n,), the outcome.
        start: θ to begin at, from a fit of a like design.

    Raises:
        ShapeError: y of another length, or missing values.
        CannotTellError: y is constant, or the fixed effects explain it without residual.
    """
    with one_thread():
        crossed, at_zero = crossed_with(design, y)
        found = optimum(crossed, start=start)
        quick = estimates(design, found, at_zero)
        second, jacobian = _uncertainty(design, found, quick)
    df = _dfs(np.diag(quick.covariance), np.diagonal(jacobian, axis1=1, axis2=2), second)
    t = quick.estimate / np.sqrt(np.diag(quick.covariance))
    return MixedFit(
        estimate=quick.estimate,
        covariance=quick.covariance,
        df=df,
        p_value=2 * stdtr(df, -np.abs(t)),
        components=_components(design, quick),
        residual_sd=quick.sigma,
        log_likelihood=quick.log_likelihood,
        random=_predicted(found),
        converged=quick.converged,
        theta=quick.theta,
        jacobian=jacobian,
    )


def _components(design: MixedDesign, quick: Refit) -> tuple[Component, ...]:
    components = []
    for e, triangle in zip(design.effects, factors_of(design, quick.theta), strict=True):
        root = triangle / e.scales[:, None]
        flat = bool((np.abs(np.diag(triangle)) < BOUNDARY).any())
        components.append(Component(e.name, quick.sigma**2 * root @ root.T, flat))
    return tuple(components)


def _predicted(found: Optimum) -> tuple[Floats, ...]:
    """ΛΛᵀZᵀV⁻¹(y − Xβ), factor by factor, in the unit of y over that of its column."""
    design, predicted, projection = found.products.design, [], found.derivatives.projection
    for e, triangle in zip(design.effects, factors_of(design, found.at.theta), strict=True):
        weights = [
            projection.weights[e.block(c)] if projection.lead is None or start >= 0 else projection.lead.weights
            for c, start in enumerate(e.starts)
        ]
        levels = np.stack(weights, axis=1) @ triangle @ triangle.T / e.scales
        predicted.append(levels if e.root is None else e.root @ levels)
    return tuple(predicted)


def _uncertainty(design: MixedDesign, found: Optimum, quick: Refit) -> tuple[Floats, Floats]:
    """Covariance of (θ, σ) and the derivative of the fixed effects' covariance by them.

    Of the deviance log|A| + log|S_XX| + m log σ² + r²/σ², whose σ is free.
    """
    inverse = np.linalg.inv(design.triangle)
    by, sigma = found.derivatives, quick.sigma
    m = len(quick.theta)
    rows = len(design.x) - len(quick.estimate)
    hessian = np.empty((m + 1, m + 1))
    hessian[:m, :m] = by.log_det_second + by.residual_second / sigma**2
    hessian[m, :m] = hessian[:m, m] = -2 * by.residual / sigma**3
    hessian[m, m] = -2 * rows / sigma**2 + 6 * found.at.residual / sigma**4
    jacobian = np.empty((m + 1, *quick.covariance.shape))
    jacobian[:m] = sigma**2 * inverse @ fixed_by_theta(found.products.design, quick.theta, by.projection) @ inverse.T
    jacobian[m] = 2 / sigma * quick.covariance
    return 2 * _inverse(hessian), jacobian


def _inverse(hessian: Floats) -> Floats:
    """The inverse over the directions in which the deviance is curved, free of the scale of θ and σ."""
    curve = np.diag(hessian)
    scale = np.where(curve > 0, 1 / np.sqrt(np.where(curve > 0, curve, 1.0)), 0.0)
    values, vectors = np.linalg.eigh((hessian + hessian.T) / 2 * scale[:, None] * scale)
    kept = values > FLAT_CURVE
    inverse: Floats = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T
    return inverse * scale[:, None] * scale


def _dfs(variance: Floats, slope: Floats, second: Floats) -> Floats:
    """Satterthwaite's degrees of freedom of several variances, (k,), from their derivatives by θ and σ, (m + 1, k)."""
    spread = ((second @ slope) * slope).sum(axis=0)
    with np.errstate(divide="ignore"):
        return np.where(spread > 0, 2 * variance**2 / np.where(spread > 0, spread, 1.0), np.inf)
