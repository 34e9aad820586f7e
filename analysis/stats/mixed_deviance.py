"""The profiled deviance of a mixed model from cross-products.

After Bates, Mächler, Bolker and Walker 2015 (doi:10.18637/jss.v067.i01), section 3: with Λ the
relative covariance factor of parameters θ, V = I + ZΛΛᵀZᵀ, A = ΛᵀZᵀZΛ + I and S = WᵀV⁻¹W for
W = [X y], β and σ have closed forms and

    deviance(θ) = log|A| + log|S_XX| + m (1 + log(2π r² / m)),   r² = S_yy − S_yX S_XX⁻¹ S_Xy,

with m = n − p (REML). The lead is eliminated first: with
V₁ = I + θ₁² Z₁Z₁ᵀ all cross-products of the rest and W by V₁⁻¹ follow from its diagonal block, and
log|A| = log|I + θ₁² Z₁ᵀZ₁| + log|A of the rest by V₁⁻¹| (a Schur complement).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg.lapack import dpotrf, dtrtri, dtrtrs

from analysis.stats.mixed_derivatives import Derivatives, LeadProjection, Projection, assembled
from analysis.stats.mixed_lambda import Lambda, lambda_of

if TYPE_CHECKING:
    from analysis.stats.arrays import Floats
    from analysis.stats.mixed_design import EliminatedEffect, MixedDesign

NOTHING = 1e-10
"""A residual sum of squares below this share of the total is lost in cross-products."""
STEEP = 1e7
"""So is a residual beside θ² times the squares of a column of Z beyond this."""


class LostDigitsError(ArithmeticError):
    """The residual is so small beside the effects that cross-products do not hold it.

    Attributes:
        theta: (m,), where.
    """

    def __init__(self, theta: Floats) -> None:
        super().__init__()
        self.theta = theta


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The model at one θ, in the orthonormal basis of the fixed effects.

    Attributes:
        theta: (m,).
        log_det_a: log|A|.
        log_det_s: log|S_XX| (of the basis; add 2 log|triangle| for X itself).
        residual: r², the penalised residual sum of squares.
        beta: (p,), fixed effects of the basis.
        s_inverse: (p, p), S_XX⁻¹.
    """

    theta: Floats
    log_det_a: float
    log_det_s: float
    residual: float
    beta: Floats
    s_inverse: Floats

    def deviance(self, rows: int) -> float:
        """The profiled deviance without its constants."""
        return self.log_det_a + (rows - len(self.beta)) * float(np.log(self.residual)) + self.log_det_s


@dataclass(frozen=True, slots=True)
class _Factored(Evaluated):
    """With what derivatives need too: cross-products by V₁⁻¹, and the factor of A.

    Attributes:
        relative: Λ.
        gram: (q, q). zw: (q, p + 1).
        factor: (q, q), lower triangular L with A = LLᵀ.
        half: (q, p + 1), L⁻¹Λᵀ zw.
        grown: (levels of the lead,), 1 + θ₁² times its squares.
    """

    relative: Lambda
    gram: Floats
    zw: Floats
    factor: Floats
    half: Floats
    grown: Floats


@dataclass(frozen=True, slots=True)
class CrossProducts:
    """A design together with one y, which was freed of its least-squares fit beforehand.

    Attributes:
        design: all but y.
        y: (n,), what least squares left.
        zw: (q, p + 1), Zᵀ[basis, y] of the rest.
        lead_zw: (levels, p + 1), of the lead; no rows without one.
        yy: yᵀy. basisᵀy is 0.
    """

    design: MixedDesign
    y: Floats
    zw: Floats
    lead_zw: Floats
    yy: float

    @property
    def rows(self) -> int:
        """Number of rows, n."""
        return len(self.y)

    def at(self, theta: Floats) -> Evaluated:
        """The model at θ: all that the deviance needs.

        Raises:
            LostDigitsError: the residual is too small beside the effects for cross-products.
        """
        design = self.design
        relative = lambda_of(design, theta)
        gram, zw, products, grown = design.gram, self.zw, self._products(), np.ones(0)
        if (lead := design.lead) is not None:
            grown = 1 + theta[lead.parameter] ** 2 * lead.squares
            gram, zw, products = self._without_lead(lead, theta[lead.parameter] ** 2 / grown, products)
        steepest = max((relative.diagonal**2 * np.diagonal(design.gram)).max(initial=0.0), grown.max(initial=0.0))
        a = relative.around(gram)
        a[np.diag_indices_from(a)] += 1.0
        factor = _cholesky(a, theta)
        half = _solved(factor, relative.transposed_times(zw))
        s = products - half.T @ half
        p = len(s) - 1
        root = _cholesky(s[:p, :p], theta)
        back = _inverted(root)
        s_inverse = back.T @ back
        beta = s_inverse @ s[:p, p]
        residual = float(s[p, p] - s[:p, p] @ beta)
        if steepest > STEEP or residual <= NOTHING * self.yy:
            raise LostDigitsError(theta)
        return _Factored(
            theta=theta,
            log_det_a=2 * float(np.log(np.diagonal(factor)).sum()) + float(np.log(grown).sum()),
            log_det_s=2 * float(np.log(np.diagonal(root)).sum()),
            residual=residual,
            beta=beta,
            s_inverse=s_inverse,
            relative=relative,
            gram=gram,
            zw=zw,
            factor=factor,
            half=half,
            grown=grown,
        )

    def _products(self) -> Floats:
        """WᵀW."""
        products = np.eye(self.zw.shape[1])
        products[-1, -1] = self.yy
        return products

    def derivatives(self, at: Evaluated) -> Derivatives:
        """First and second derivatives by θ at a point that `at` gave."""
        assert isinstance(at, _Factored)
        return assembled(self.design, at.theta, at.relative, self._projected(at))

    def _projected(self, at: _Factored) -> Projection:
        """ZᵀV⁻¹Z and ZᵀPZ, of the rest and of the lead."""
        half = _solved(at.factor, at.relative.transposed_times(at.gram))
        plain = at.gram - half.T @ half
        error = at.zw - half.T @ at.half
        coefficients = at.s_inverse @ error[:, :-1].T
        inner = plain - error[:, :-1] @ coefficients
        weights = error @ np.append(-at.beta, 1.0)
        lead = None if self.design.lead is None else self._lead(self.design.lead, at, half, coefficients)
        return Projection(inner, weights, coefficients, lead)

    def _lead(self, lead: EliminatedEffect, at: _Factored, half: Floats, coefficients: Floats) -> LeadProjection:
        own = lead.squares / at.grown
        across = (lead.cross if isinstance(lead.cross, np.ndarray) else lead.cross.toarray()) / at.grown[:, None]
        if isinstance(lead.cross, np.ndarray):
            spread = _solved(at.factor, at.relative.transposed_times(across.T)).T
        else:
            spread = (lead.cross @ at.relative.times(_inverted(at.factor).T)) / at.grown[:, None]
        error = self.lead_zw / at.grown[:, None] - spread @ at.half
        weights, x = error @ np.append(-at.beta, 1.0), error[:, :-1]
        mine = at.s_inverse @ x.T
        plain = across - spread @ half
        inner = plain - x @ coefficients
        inside = spread.T @ spread
        trace = float(own.sum()) - float(np.trace(inside))
        square = float(own @ own) - 2 * float(own @ (spread**2).sum(axis=1)) + float(np.vdot(inside, inside))

        def times(values: Floats) -> Floats:
            result: Floats = own[:, None] * values - spread @ (spread.T @ values)
            return result

        quadratic = float(weights @ times(weights[:, None])[:, 0]) - float((mine @ weights) @ (x.T @ weights))
        taken = mine @ x
        trace -= float(np.trace(taken))
        square += float(np.vdot(taken, taken.T)) - 2 * float(np.trace(mine @ times(x)))
        return LeadProjection(inner, weights, mine, trace, square, quadratic)

    def _without_lead(self, lead: EliminatedEffect, weights: Floats, products: Floats) -> tuple[Floats, Floats, Floats]:
        """Cross-products of the rest and W by V₁⁻¹."""
        lead_zw = weights[:, None] * self.lead_zw
        if isinstance(lead.cross, np.ndarray):
            taken = (weights[:, None] * lead.cross).T @ lead.cross
        else:
            taken = (lead.cross.T @ lead.cross.multiply(weights[:, None])).toarray()
        return self.design.gram - taken, self.zw - lead.cross.T @ lead_zw, products - self.lead_zw.T @ lead_zw


def _cholesky(matrix: Floats, theta: Floats) -> Floats:
    """The lower triangular root of a matrix at θ.

    Raises:
        LostDigitsError: not positive definite in floating point.
    """
    if len(matrix) == 0:
        return matrix
    factor, info = dpotrf(matrix.T, lower=1, overwrite_a=1)
    if info != 0:
        raise LostDigitsError(theta)
    root: Floats = factor
    return root


def _solved(factor: Floats, values: Floats) -> Floats:
    """factor⁻¹ values."""
    if len(factor) == 0:
        return values
    solution: Floats = dtrtrs(factor, values, lower=1)[0]
    return solution


def _inverted(factor: Floats) -> Floats:
    """factor⁻¹."""
    if len(factor) == 0:
        return factor
    inverse: Floats = dtrtri(factor, lower=1)[0]
    return inverse
