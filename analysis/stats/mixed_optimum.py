"""The maximum of a mixed model's likelihood: the quick part of a fit.

Newton's method with exact second derivatives inside a trust region (Conn, Gould and Toint 2000,
chapter 7). The deviance is even in every diagonal θ, so that no bound is needed: a step across 0 is
the same as its mirror image, and negative curvature at 0 leads off it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from analysis.stats.arrays import Bools, CannotTellError, Floats, constant, vector
from analysis.stats.mixed_deviance import CrossProducts, Evaluated, LostDigitsError
from analysis.stats.mixed_rows import TurnedRows, turned, without_lead
from analysis.stats.watching import tell

if TYPE_CHECKING:
    import numpy.typing as npt

    from analysis.stats.mixed_derivatives import Derivatives
    from analysis.stats.mixed_design import MixedDesign

BOUNDARY = 1e-3
"""A standard deviation below this share of the residual's counts as zero."""
SETTLED = 1e-5
"""Below this it is zero."""
RESTART = 0.1
TRIALS = (0.2,)
"""Starting points at which a likelihood with a maximum at zero is searched for a better one."""
LITTLE = 1e-7
WEAK = 6.0
"""Curvature of the deviance by log θ below which a second maximum is looked for,"""
SMALL = 0.1
"""from here."""
SAME = 0.2
"""Within this share of every θ it is the same maximum."""
FALLING = 0.3
"""A θ that falls to less than this share of itself in a step is taken to zero."""
NEAR = 1e-12
"""An expected gain of the deviance below this ends the search."""
FLAT = 1e-5
"""A gain that is left at the end and counts as none; likelihoods then agree to that."""
STRAIGHT = 1e-5
"""A curvature that counts as none."""
NOISE = 1e-11
"""Share of a deviance that is rounding."""
STEPS = 100
SHORTER = 20
"""Steps tried from one place, each shorter than the one before."""
WIDEST = 3.0
"""A step changes a θ by at most this multiple of itself,"""
LEAST = 0.1
"""or of this where it is smaller."""
SINGULAR = 1e-10
"""An eigenvalue below this share of the largest counts as none."""
SLACK = 1.05
"""Factor by which a step may be longer than allowed."""

Products: TypeAlias = "CrossProducts | TurnedRows"


@dataclass(frozen=True, slots=True)
class Refit:
    """The quick part of a fit.

    Attributes:
        estimate: (p,), fixed effects.
        covariance: (p, p), their covariance.
        sigma: residual standard deviation.
        log_likelihood: restricted.
        theta: (m,), relative covariance parameters.
        converged: whether the gradient vanished where the deviance curves upwards.
    """

    estimate: Floats
    covariance: Floats
    sigma: float
    log_likelihood: float
    theta: Floats
    converged: bool


@dataclass(frozen=True, slots=True)
class Optimum:
    """The place of the maximum.

    Attributes:
        products: what the deviance was computed from in the end.
        at: the model there.
        derivatives: of the deviance there.
        converged: as in `Refit`.
    """

    products: Products
    at: Evaluated
    derivatives: Derivatives
    converged: bool


def crossed_with(design: MixedDesign, y: npt.ArrayLike) -> tuple[CrossProducts, Floats]:
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
    zy = np.empty(len(design.gram))
    for e, c in design.rest():
        zy[e.block(c)] = e.cross(c, rest[:, None])[:, 0]
    lead_zw = np.empty((0, len(fitted) + 1))
    if (lead := design.lead) is not None:
        lead_zw = np.column_stack([lead.zx, design.effects[lead.factor].cross(lead.effect, rest[:, None])])
    return CrossProducts(design, rest, np.column_stack([design.zx, zy]), lead_zw, float(rest @ rest)), fitted


def estimates(design: MixedDesign, found: Optimum, at_zero: Floats) -> Refit:
    """The fit at its maximum.

    Args:
        design: from `mixed_design`.
        found: the maximum.
        at_zero: least-squares fit of the outcome, from `crossed_with`.
    """
    at, triangle = found.at, design.triangle
    p, n = len(at.beta), len(design.x)
    m = n - p
    log_det_x = 2 * float(np.log(np.abs(np.diag(triangle))).sum())
    log_det = at.log_det_a + (at.log_det_s + log_det_x)
    likelihood = -0.5 * (log_det + m * (1 + np.log(2 * np.pi * at.residual / m)))
    variance = at.residual / m
    inverse = np.linalg.inv(triangle)
    return Refit(
        estimate=inverse @ (at.beta + at_zero),
        covariance=variance * inverse @ at.s_inverse @ inverse.T,
        sigma=float(np.sqrt(variance)),
        log_likelihood=float(likelihood),
        theta=at.theta,
        converged=found.converged,
    )


def optimum(crossed: CrossProducts, *, start: Floats | None = None) -> Optimum:
    """The maximum of the likelihood of one outcome.

    Where the residual is too small for cross-products the search is done on the rows themselves.

    Args:
        crossed: from `crossed_with`.
        start: θ to begin at.

    Raises:
        CannotTellError: the random effects leave no residual.
    """
    diagonal = crossed.design.diagonal()
    theta = diagonal.astype(np.float64)
    if start is not None:
        theta = np.where(diagonal, np.maximum(start, RESTART), start)
    try:
        found = _lowest(crossed, theta)
    except LostDigitsError as lost:
        rows = turned(without_lead(crossed.design), crossed.y, crossed.yy)
        found = _lowest(rows, lost.theta)
    tell(1)
    return found


def _lowest(products: Products, theta: Floats) -> Optimum:
    """The lowest deviance that is found from θ, from off zero where a variance vanished, and from small variances."""
    diagonal = products.design.diagonal()
    found = _descent(products, theta)
    for _ in range(len(theta)):
        inside = _off_zero(products, found.at, diagonal)
        if inside is None:
            break
        found = _descent(products, inside)
    weak = _weak(products, found, diagonal)
    if weak.any():
        begin = np.where(weak | (found.at.theta < SMALL), SMALL, found.at.theta)
        other = _descent(products, begin, known=found)
        lower = found.at.deviance(products.rows) - other.at.deviance(products.rows)
        found = other if lower > LITTLE else found
    settled = np.where(diagonal & (found.at.theta < SETTLED), 0.0, found.at.theta)
    return replace(found, at=replace(found.at, theta=settled))


def _weak(products: Products, found: Optimum, diagonal: Bools) -> Bools:
    """Variances off zero that the data hardly tell from it: there may be another maximum."""
    m = products.rows - products.design.x.shape[1]
    curve = np.diagonal(found.derivatives.hessian(found.at.residual, m))
    theta = found.at.theta
    return np.asarray(diagonal & (theta > BOUNDARY) & (theta**2 * curve < WEAK))


def _off_zero(products: Products, at: Evaluated, diagonal: Bools) -> Floats | None:
    """A better place off zero, where there is one."""
    rows = products.rows
    best, least = None, at.deviance(rows) - LITTLE
    for i in np.flatnonzero(diagonal & (at.theta < BOUNDARY)):
        for trial in TRIALS:
            there = at.theta.copy()
            there[i] = trial
            found = products.at(there).deviance(rows)
            if found < least:
                best, least = there, found
    return best


def _descent(products: Products, theta: Floats, *, known: Optimum | None = None) -> Optimum:
    """Newton's method in a trust region, from θ, until it comes upon a minimum that is known or a new one."""
    rows = products.rows
    m = rows - products.design.x.shape[1]
    at, radius = products.at(theta), 1.0
    for _ in range(STEPS):
        if known is not None and (np.abs(at.theta - known.at.theta) < SAME * np.maximum(at.theta, LEAST)).all():
            return known
        tell(0)
        found = products.derivatives(at)
        scale = np.maximum(np.abs(at.theta), LEAST)
        slope, curve = found.gradient(at.residual, m) * scale, found.hessian(at.residual, m) * np.outer(scale, scale)
        step, gain = step_within(radius, slope, curve)
        if gain < NEAR:
            return Optimum(products, at, found, _flat(slope, curve))
        here = at.deviance(rows)
        noise = NOISE * max(1.0, abs(here))
        for _ in range(SHORTER):
            there = products.at(_inside(products.design, at.theta, at.theta + scale * step))
            ratio = (here - there.deviance(rows) + noise) / (gain + noise)
            length = float(np.linalg.norm(step))
            if ratio > 0.75 and length > 0.9 * radius:
                radius = min(2 * radius, WIDEST)
            elif ratio < 0.25:
                radius = 0.25 * length
            if ratio > 0:
                at = there
                break
            step, gain = step_within(radius, slope, curve)
        else:
            return Optimum(products, at, found, _flat(slope, curve))
    return Optimum(products, at, products.derivatives(at), False)


def _inside(design: MixedDesign, here: Floats, there: Floats) -> Floats:
    """End of a step, on zero if it was about to reach or cross it; curvature leads off again."""
    falls = design.diagonal() & (there < FALLING * here) & (there < SMALL)
    return mirrored(design, np.where(falls, 0.0, there))


def mirrored(design: MixedDesign, theta: Floats) -> Floats:
    """θ with a diagonal that is not negative: the columns of T by −1 where needed."""
    signs = np.ones(len(theta))
    for a in np.flatnonzero(design.diagonal() & (theta < 0)):
        factor, _, column = design.parameters[a]
        signs[(design.parameters[:, 0] == factor) & (design.parameters[:, 2] == column)] = -1.0
    result: Floats = theta * signs
    return result


def step_within(radius: float, slope: Floats, curve: Floats) -> tuple[Floats, float]:
    """The step of at most `radius` that lowers the quadratic model most, and by how much.

    Moré and Sorensen 1983 (doi:10.1137/0904038), over the eigenvalues of the few dimensions here.
    """
    values, vectors = np.linalg.eigh(curve)
    along = vectors.T @ slope
    tiny = SINGULAR * float(np.abs(values).max())
    shift = max(0.0, tiny - float(values[0]))
    steps = -along / (values + shift)
    if values[0] < -tiny and (missing := radius**2 - float(steps @ steps)) > 0:
        steps[0] += np.sqrt(missing) * (-1.0 if along[0] > 0 else 1.0)
    for _ in range(SHORTER):
        length = float(np.linalg.norm(steps))
        if length <= SLACK * radius:
            break
        shift += length**2 / float(steps @ (steps / (values + shift))) * (length - radius) / radius
        steps = -along / (values + shift)
    return vectors @ steps, -float(along @ steps + 0.5 * values @ steps**2)


def _flat(slope: Floats, curve: Floats) -> bool:
    """True if the deviance cannot fall any further by what its derivatives say."""
    values, vectors = np.linalg.eigh(curve)
    along = vectors.T @ slope
    left = 0.5 * float((along**2 / np.maximum(values, STRAIGHT)).sum())
    return bool(values[0] > -STRAIGHT and left < FLAT)
