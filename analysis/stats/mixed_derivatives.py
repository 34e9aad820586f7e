"""First and second derivatives of a mixed model's deviance by its covariance parameters.

With P = V⁻¹ − V⁻¹X(XᵀV⁻¹X)⁻¹XᵀV⁻¹, Z_r the columns of an effect and M = ZΛ, a parameter a on row r
and column c of its T changes V by V_a = Z_r M_cᵀ + M_c Z_rᵀ, and

    d log|V| + d log|XᵀV⁻¹X| = tr(P V_a),            d² = tr(P V_ab) − tr(P V_a P V_b),
    d r² = −yᵀP V_a P y,                             d² = 2 yᵀP V_a P V_b P y − yᵀP V_ab P y,
    d (XᵀV⁻¹X)⁻¹ = (XᵀV⁻¹X)⁻¹ XᵀV⁻¹ V_a V⁻¹X (XᵀV⁻¹X)⁻¹,

all of which are sums over blocks of ZᵀPZ, ZᵀPy and ZᵀV⁻¹X (Searle, Casella and McCulloch 1992,
chapter 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.mixed_lambda import lambda_of

if TYPE_CHECKING:
    from analysis.stats.arrays import Floats
    from analysis.stats.mixed_design import MixedDesign
    from analysis.stats.mixed_lambda import Lambda


@dataclass(frozen=True, slots=True)
class LeadProjection:
    """The part of the lead in `Projection`.

    Attributes:
        inner: (levels, q), Z₁ᵀPZ.
        weights: (levels,), Z₁ᵀPy.
        coefficients: (p, levels), (XᵀV⁻¹X)⁻¹XᵀV⁻¹Z₁.
        trace: tr Z₁ᵀPZ₁.
        square: squared Frobenius norm of the same.
        quadratic: yᵀPZ₁ Z₁ᵀPZ₁ Z₁ᵀPy.
    """

    inner: Floats
    weights: Floats
    coefficients: Floats
    trace: float
    square: float
    quadratic: float


@dataclass(frozen=True, slots=True)
class Projection:
    """Terms that all derivatives sum over, for the effects beside the lead.

    Attributes:
        inner: (q, q), ZᵀPZ.
        weights: (q,), ZᵀPy.
        coefficients: (p, q), (XᵀV⁻¹X)⁻¹XᵀV⁻¹Z.
        lead: the same of the lead.
    """

    inner: Floats
    weights: Floats
    coefficients: Floats
    lead: LeadProjection | None


@dataclass(frozen=True, slots=True)
class Derivatives:
    """Derivatives by θ.

    Attributes:
        log_det: (m,), of log|A| + log|S_XX|.
        log_det_second: (m, m).
        residual: (m,), of r².
        residual_second: (m, m).
        projection: what they were made from.
    """

    log_det: Floats
    log_det_second: Floats
    residual: Floats
    residual_second: Floats
    projection: Projection

    def gradient(self, residual: float, rows: int) -> Floats:
        """(m,), of the profiled deviance.

        Args:
            residual: r².
            rows: m of the deviance.
        """
        result: Floats = self.log_det + rows / residual * self.residual
        return result

    def hessian(self, residual: float, rows: int) -> Floats:
        """(m, m), of the profiled deviance; arguments as in `gradient`."""
        share = self.residual / residual
        result: Floats = self.log_det_second + rows * (self.residual_second / residual - np.outer(share, share))
        return result


def assembled(design: MixedDesign, theta: Floats, factor: Lambda, found: Projection) -> Derivatives:
    """The derivatives at θ, and Λ there, from ZᵀPZ and its like."""
    m = len(theta)
    scaled = factor.transposed_times(found.weights[:, None])[:, 0]
    directions = np.zeros((len(found.weights), m))
    residual, traces, lengths = np.zeros(m), np.zeros((m, m)), np.zeros((m, m))
    for place in design.places:
        a, rows = place.parameter, place.rows
        mine = found.weights[rows]
        directions[rows, a] += scaled[place.columns]
        for b, other in place.beside:
            directions[other, a] += theta[b] * mine
            traces[a, b] = found.inner[rows, other].trace()
            lengths[a, b] = mine @ found.weights[other]
        residual[a] = -2 * mine @ scaled[place.columns]
    quadratic = directions.T @ found.inner @ directions
    products = _products(design, theta, factor, found.inner)
    if design.lead is not None and (lead := found.lead) is not None:
        a, t = design.lead.parameter, theta[design.lead.parameter]
        traces[a, a], lengths[a, a] = lead.trace, lead.weights @ lead.weights
        residual[a] = -2 * t * lengths[a, a]
        quadratic[a] = quadratic[:, a] = 2 * t * (lead.weights @ lead.inner) @ directions
        quadratic[a, a] = 4 * t**2 * lead.quadratic
        products[a] = products[:, a] = _lead_products(design, t, factor, lead.inner)
        products[a, a] = 4 * t**2 * lead.square
    return Derivatives(
        log_det=2 * traces @ theta,
        log_det_second=2 * traces - products,
        residual=residual,
        residual_second=2 * quadratic - 2 * lengths,
        projection=found,
    )


def fixed_by_theta(design: MixedDesign, theta: Floats, found: Projection) -> Floats:
    """The derivative of S_XX⁻¹ in the basis by θ, (m, p, p)."""
    scaled = lambda_of(design, theta).transposed_times(found.coefficients.T)
    jacobian = np.empty((len(theta), len(found.coefficients), len(found.coefficients)))
    for place in design.places:
        half = found.coefficients[:, place.rows] @ scaled[place.columns]
        jacobian[place.parameter] = half + half.T
    if design.lead is not None and found.lead is not None:
        a = design.lead.parameter
        jacobian[a] = 2 * theta[a] * found.lead.coefficients @ found.lead.coefficients.T
    return jacobian


def _products(design: MixedDesign, theta: Floats, factor: Lambda, traced: Floats) -> Floats:
    """tr(P V_a P V_b), (m, m); 0 for the lead."""
    m = len(theta)
    products = np.zeros((m, m))
    if not factor.below:
        mine = [place.parameter for place in design.places]
        starts = [place.rows.start for place in design.places]
        if mine:
            sums = np.add.reduceat(np.add.reduceat(traced**2, starts, axis=0), starts, axis=1)
            products[np.ix_(mine, mine)] = 4 * np.outer(theta[mine], theta[mine]) * sums
        return products
    left = factor.transposed_times(traced)
    both = factor.transposed_times(left.T)
    for first in design.places:
        for second in design.places:
            inside = np.vdot(both[first.columns, second.columns], traced[first.rows, second.rows])
            across = np.vdot(left[first.columns, second.rows], left[second.columns, first.rows].T)
            products[first.parameter, second.parameter] = 2 * (inside + across)
    return products


def _lead_products(design: MixedDesign, t: float, factor: Lambda, traced: Floats) -> Floats:
    """tr(P V_1 P V_b) for the parameter of the lead, (m,); of itself 0."""
    products = np.zeros(len(design.parameters))
    right = factor.transposed_times(traced.T)
    for place in design.places:
        products[place.parameter] = 4 * t * np.vdot(traced[:, place.rows].T, right[place.columns])
    return products
