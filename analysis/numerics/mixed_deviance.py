"""The profiled deviance of a mixed model and its gradient.

After Bates, Mächler, Bolker and Walker 2015 (doi:10.18637/jss.v067.i01), section 3: with Λ the
relative covariance factor of parameters θ, A = ΛᵀZᵀZΛ + I and S = Wᵀ(I + ZΛΛᵀZᵀ)⁻¹W for W = [X y],
β and σ have closed forms and

    deviance(θ) = log|A| [+ log|S_XX|] + m (1 + log(2π r² / m)),   r² = S_yy − S_yX S_XX⁻¹ S_Xy,

where REML adds the bracket and m is n − p, and n otherwise. The gradient follows from
dS = −(EᵀdΛU + its transpose) with U = A⁻¹ΛᵀZᵀW and E = ZᵀW − ZᵀZΛU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri

from analysis.numerics.arrays import CannotTellError

if TYPE_CHECKING:
    from analysis.numerics.arrays import Floats
    from analysis.numerics.mixed_design import Effects, MixedDesign


NOTHING = 1e-12
"""A residual sum of squares below this share of the total is rounding."""


@dataclass(frozen=True, slots=True)
class CrossProducts:
    """A design together with one y, which was freed of its least-squares fit beforehand.

    Attributes:
        design: all but y.
        zw: (q, p + 1), Zᵀ[basis, y].
        yy: yᵀy. basisᵀy is 0.
        rows: n.
    """

    design: MixedDesign
    zw: Floats
    yy: float
    rows: int


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The model at one θ, in the orthonormal basis of the fixed effects.

    Attributes:
        log_det_a: log|A|.
        log_det_s: log|S_XX| (of the basis; add 2 log|triangle| for X itself).
        residual: r², the penalised residual sum of squares.
        beta: (p,), fixed effects of the basis.
        s_inverse: (p, p), S_XX⁻¹.
        spherical: (q, p + 1), U.
        error: (q, p + 1), E.
        log_det_gradient: (m,), d log|A| / dθ.
    """

    log_det_a: float
    log_det_s: float
    residual: float
    beta: Floats
    s_inverse: Floats
    spherical: Floats
    error: Floats
    log_det_gradient: Floats


def factors_of(design: MixedDesign, theta: Floats) -> list[Floats]:
    """The lower triangular T of each factor, (effects, effects)."""
    triangles = [np.zeros((e.columns.shape[1], e.columns.shape[1])) for e in design.effects]
    for value, (factor, row, column) in zip(theta, design.parameters, strict=True):
        triangles[factor][row, column] = value
    return triangles


def times_lambda(design: MixedDesign, triangles: list[Floats], values: Floats) -> Floats:
    """Λᵀ values, for values with one row per column of Z."""
    result = np.empty_like(values)
    for e, triangle in zip(design.effects, triangles, strict=True):
        for column in range(len(triangle)):
            rows = [
                triangle[row, column] * values[e.block(row)]
                for row in range(column, len(triangle))
                if row == column or e.correlated
            ]
            result[e.block(column)] = rows[0] if len(rows) == 1 else np.sum(rows, axis=0)
    return result


def evaluate(crossed: CrossProducts, theta: Floats) -> Evaluated:
    """Everything that the deviance and its derivatives need at θ.

    Raises:
        CannotTellError: A is not positive definite in floating point, or nothing is left over.
    """
    design = crossed.design
    triangles = factors_of(design, theta)
    half = times_lambda(design, triangles, design.gram)
    a = times_lambda(design, triangles, half.T)
    a[np.diag_indices_from(a)] += 1.0
    factor, info = dpotrf(a, lower=1)
    if info != 0:
        raise CannotTellError("the random effects' matrix is not positive definite in floating point")
    log_det_a = 2 * float(np.log(np.diag(factor)).sum())
    inverse, _ = dpotri(factor, lower=1)
    inverse = np.tril(inverse) + np.tril(inverse, -1).T
    right = times_lambda(design, triangles, crossed.zw)
    spherical = inverse @ right
    p = crossed.zw.shape[1] - 1
    s = -(right.T @ spherical)
    s[np.arange(p), np.arange(p)] += 1.0
    s_xx, s_xy = s[:p, :p], s[:p, p]
    s_inverse = np.linalg.inv(s_xx)
    beta = s_inverse @ s_xy
    residual = crossed.yy + float(s[p, p]) - float(s_xy @ beta)
    if residual <= NOTHING * crossed.yy:
        raise CannotTellError("the random effects explain the outcome without any residual")
    error = crossed.zw - half.T @ spherical
    gradient = np.array([
        2 * np.vdot(inverse[e.block(column)], half.T[e.block(row)])
        for e, row, column in _places(design)
    ])  # fmt: skip
    log_det_s = float(np.linalg.slogdet(s_xx)[1])
    return Evaluated(log_det_a, log_det_s, residual, beta, s_inverse, spherical, error, gradient)


def _places(design: MixedDesign) -> list[tuple[Effects, int, int]]:
    return [(design.effects[k], int(row), int(column)) for k, row, column in design.parameters]


def quadratic_gradient(design: MixedDesign, at: Evaluated, vectors: Floats) -> Floats:
    """The derivative of vᵀSv by θ for each column v of vectors, (m, vectors).

    It is −2 (Ev)·(Uv) over the block of each θ.

    Args:
        design: of the evaluation.
        at: the evaluation.
        vectors: (p + 1, vectors), in the basis, the last row the multiplier of y.
    """
    error, spherical = at.error @ vectors, at.spherical @ vectors
    rows = [-2 * np.einsum("lv,lv->v", error[e.block(r)], spherical[e.block(c)]) for e, r, c in _places(design)]
    return np.array(rows)


def deviance(crossed: CrossProducts, theta: Floats, *, reml: bool) -> tuple[float, Floats]:
    """The profiled deviance without its constants, and its gradient in θ."""
    at = evaluate(crossed, theta)
    p = len(at.beta)
    m = crossed.rows - p if reml else crossed.rows
    fitted = np.append(-at.beta, 1.0)[:, None]
    value = at.log_det_a + m * np.log(at.residual)
    gradient = at.log_det_gradient + m / at.residual * quadratic_gradient(crossed.design, at, fitted)[:, 0]
    if reml:
        value += at.log_det_s
        gradient = gradient + log_det_s_gradient(crossed.design, at)
    return float(value), gradient


def log_det_s_gradient(design: MixedDesign, at: Evaluated) -> Floats:
    """The derivative of log|S_XX| by θ, (m,)."""
    root = np.linalg.cholesky(at.s_inverse)
    vectors = np.vstack([root, np.zeros((1, len(root)))])
    result: Floats = quadratic_gradient(design, at, vectors).sum(axis=1)
    return result
