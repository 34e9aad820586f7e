"""The profiled deviance of a mixed model from its rows, for residuals tiny beside the effects.

Cross-products square the ratio of effect and residual, and lose a residual of 1e-7 of the effects.
Here V = I + ZΛΛᵀZᵀ is never formed: orthogonal transformations give R with V = RᵀR from Λ and Z
stacked on I, and everything else is least squares on rows whitened by R⁻ᵀ (Higham 2002, Accuracy and
Stability of Numerical Algorithms, chapter 20). The rows are first turned onto the span of X and Z;
what y has outside of it is residual whatever θ is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import qr, solve_triangular

from analysis.stats.arrays import CannotTellError
from analysis.stats.mixed_derivatives import Derivatives, Projection, assembled
from analysis.stats.mixed_design import places_of
from analysis.stats.mixed_deviance import Evaluated
from analysis.stats.mixed_lambda import lambda_of

if TYPE_CHECKING:
    from analysis.stats.arrays import Floats
    from analysis.stats.mixed_design import MixedDesign

LARGEST_ROWS = 2500
"""Rows and columns beyond which orthogonal transformations take too long."""
NOTHING = 1e-22
"""A residual sum of squares below this share of the total is rounding of the arithmetic."""
SPANNED = 1e-10
NO_RESIDUAL = "the random effects explain the outcome without any residual"


@dataclass(frozen=True, slots=True)
class _Whitened(Evaluated):
    """With whitened rows.

    Attributes:
        z: (r, q), R⁻ᵀZ. fixed: (r, p), orthonormal basis of R⁻ᵀX; triangle: (p, p), R⁻ᵀX = fixed · triangle.
        rest: (r,), R⁻ᵀ(y − Xβ).
    """

    z: Floats
    fixed: Floats
    triangle: Floats
    rest: Floats


@dataclass(frozen=True, slots=True)
class TurnedRows:
    """A design without lead and one y, on the span of X and Z.

    Attributes:
        design: without lead.
        z: (r, q). x: (r, p). y: (r,).
        outside: squared length of y outside the span.
        yy: yᵀy. rows: n.
    """

    design: MixedDesign
    z: Floats
    x: Floats
    y: Floats
    outside: float
    yy: float
    rows: int

    def at(self, theta: Floats) -> Evaluated:
        """The model at θ.

        Raises:
            CannotTellError: nothing is left over.
        """
        size, p = len(self.y), self.x.shape[1]
        relative = lambda_of(self.design, theta)
        stacked = np.vstack([relative.transposed_times(self.z.T), np.eye(size)])
        (root,) = qr(stacked, mode="r", overwrite_a=True, check_finite=False)
        root = root[:size]
        whitened = solve_triangular(root, np.column_stack([self.x, self.y, self.z]), trans="T", check_finite=False)
        fixed, triangle = np.linalg.qr(whitened[:, :p])
        shares = fixed.T @ whitened[:, p]
        rest = whitened[:, p] - fixed @ shares
        back = solve_triangular(triangle, np.eye(p), check_finite=False)
        residual = float(rest @ rest) + self.outside
        if residual <= NOTHING * self.yy:
            raise CannotTellError(NO_RESIDUAL)
        return _Whitened(
            theta=theta,
            log_det_a=2 * float(np.log(np.abs(np.diagonal(root))).sum()),
            log_det_s=2 * float(np.log(np.abs(np.diagonal(triangle))).sum()),
            residual=residual,
            beta=back @ shares,
            s_inverse=back @ back.T,
            z=whitened[:, p + 1 :],
            fixed=fixed,
            triangle=triangle,
            rest=rest,
        )

    def derivatives(self, at: Evaluated) -> Derivatives:
        """First and second derivatives by θ at a point that `at` gave."""
        assert isinstance(at, _Whitened)
        shares = at.fixed.T @ at.z
        beside = at.z - at.fixed @ shares
        inner = beside.T @ beside
        coefficients = solve_triangular(at.triangle, shares, check_finite=False)
        found = Projection(inner, at.z.T @ at.rest, coefficients, None)
        return assembled(self.design, at.theta, lambda_of(self.design, at.theta), found)


def turned(design: MixedDesign, y: Floats, total: float) -> TurnedRows:
    """The rows turned onto the span of X and Z.

    Args:
        design: without lead.
        y: (n,), free of its least-squares fit.
        total: sum of squares that a residual is compared with.

    Raises:
        CannotTellError: too many rows and effects for orthogonal transformations, or y lies in the span.
    """
    z = np.hstack([e.dense(c) for e, c in design.rest()])
    if min(len(y), z.shape[1] + design.x.shape[1]) > LARGEST_ROWS:
        raise CannotTellError(
            f"the residual is too small beside {z.shape[1]} random effects for any but slow arithmetic, "
            f"which stops at {LARGEST_ROWS}"
        )
    span, triangle, _ = qr(np.hstack([design.basis, z]), mode="economic", pivoting=True)
    size = np.abs(np.diagonal(triangle))
    span = span[:, size > SPANNED * size[0]]
    outside = y - span @ (span.T @ y)
    outside -= span @ (span.T @ outside)
    left = float(outside @ outside) if span.shape[1] < len(y) else 0.0
    if span.shape[1] < len(y) and left <= NOTHING * total:
        raise CannotTellError(NO_RESIDUAL)
    return TurnedRows(design, span.T @ z, span.T @ design.basis, span.T @ y, left, total, len(y))


def without_lead(design: MixedDesign) -> MixedDesign:
    """The design with the lead among the other effects; its cross-products are left empty."""
    effects, size = [], 0
    for e in design.effects:
        starts = tuple(size + c * e.levels for c in range(e.columns.shape[1]))
        effects.append(replace(e, starts=starts))
        size += e.levels * e.columns.shape[1]
    empty = np.empty((size, 0))
    placed = tuple(effects)
    places = places_of(placed, design.parameters)
    return replace(design, effects=placed, lead=None, gram=empty, zx=empty, places=places)
