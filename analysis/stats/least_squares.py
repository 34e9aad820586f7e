"""Least squares with standard errors that survive unequal variance and clusters.

HC3: MacKinnon and White 1985. One-way clusters: CR1, the usual small-sample factors, and CR2 with
Satterthwaite's degrees of freedom for few clusters (Bell and McCaffrey 2002; Pustejovsky and
Tipton 2018, doi:10.1080/07350015.2016.1247004). Two-way clusters: the sum of both one-way errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import stdtr

from analysis.stats.arrays import (
    CannotTellError,
    Floats,
    Ints,
    codes,
    constant,
    matrix,
    vector,
)
from analysis.stats.freedom import summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

COLLINEAR = 1e-9


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """An ordinary least-squares fit.

    Attributes:
        x: (n, p), the columns.
        estimate: (p,), in the unit of y over that of the column.
        residual: (n,), in the unit of y.
        bread: (p, p), (XᵀX)⁻¹.
        leverage: (n,), diagonal of the hat matrix.
        r_squared: share of the variance about the mean that is explained.
    """

    x: Floats
    estimate: Floats
    residual: Floats
    bread: Floats
    leverage: Floats
    r_squared: float


@dataclass(frozen=True, slots=True)
class Tests:
    """Standard errors of a kind, with two-sided t tests of zero.

    Attributes:
        kind: how they were made, for example `CR2 over 12 clusters`.
        covariance: (p, p).
        standard_error: (p,).
        df: (p,), degrees of freedom of t.
        p_value: (p,).
    """

    kind: str
    covariance: Floats
    standard_error: Floats
    df: Floats
    p_value: Floats


def least_squares(x: npt.ArrayLike, y: npt.ArrayLike) -> LeastSquares:
    """Fits y = Xβ.

    Args:
        x: (n, p); give the column of ones yourself.
        y: (n,).

    Raises:
        ShapeError: rows that do not match, or missing values.
        CannotTellError: too few rows, collinear columns, or a constant outcome.
    """
    columns = matrix("x", x)
    outcome = vector("y", y, length=len(columns))
    n, p = columns.shape
    if n <= p:
        raise CannotTellError(f"{n} rows do not determine {p} coefficients and a spread")
    basis, triangle = np.linalg.qr(columns)
    sizes = np.linalg.norm(columns, axis=0)
    lost = np.abs(np.diag(triangle)) <= COLLINEAR * np.maximum(sizes, 1e-300)
    if lost.any():
        raise CannotTellError(f"column {int(np.argmax(lost))} is a combination of the others")
    if constant(outcome):
        raise CannotTellError("the outcome is the same in every row")
    inverse = np.linalg.inv(triangle)
    projected = basis.T @ outcome
    residual = outcome - basis @ projected
    r_squared = 1 - float(residual @ residual) / float(((outcome - outcome.mean()) ** 2).sum())
    return LeastSquares(columns, inverse @ projected, residual, inverse @ inverse.T, (basis**2).sum(axis=1), r_squared)


def hc3(fit: LeastSquares) -> Tests:
    """Errors for independent rows of unequal variance, n − p degrees of freedom.

    Raises:
        CannotTellError: a row decides a coefficient alone (leverage 1).
    """
    if (fit.leverage > 1 - COLLINEAR).any():
        row = int(np.argmax(fit.leverage))
        raise CannotTellError(f"row {row} alone decides a coefficient (leverage 1)")
    scores = fit.x * (fit.residual / (1 - fit.leverage))[:, None]
    n, p = fit.x.shape
    return _tests("HC3", fit, fit.bread @ scores.T @ scores @ fit.bread, np.full(p, float(n - p)))


def clustered(
    fit: LeastSquares,
    labels: Sequence[object] | npt.NDArray[np.generic],
    kind: Literal["CR1", "CR2"] = "CR2",
) -> Tests:
    """Errors for rows that depend on each other within clusters.

    Args:
        fit: a fit.
        labels: (n,), the cluster of each row.
        kind: `CR2` with its own degrees of freedom, or `CR1` with G/(G−1) · (n−1)/(n−p) and G − 1.

    Raises:
        ShapeError: labels of another length.
        CannotTellError: fewer than two clusters, or CR2 where one cluster decides a coefficient.
    """
    cluster, groups = codes("labels", labels, len(fit.x))
    if groups < 2:
        raise CannotTellError("there is one cluster, which shows no spread between clusters")
    name = f"{kind} over {groups} clusters"
    if kind == "CR1":
        return _tests(name, fit, _cr1(fit, cluster, groups), np.full(fit.x.shape[1], groups - 1.0))
    covariance, df = _cr2(fit, cluster, groups)
    return _tests(name, fit, covariance, df)


def summed_tests(fit: LeastSquares, one: Tests, other: Tests) -> Tests:
    """Two-way clustered errors on the wide side: V = V_one + V_other, each CR2.

    The part that both groupings share is counted twice and not subtracted, so that V is never negative; with few
    clusters the estimator of Cameron, Gelbach and Miller 2011 (doi:10.1198/jbes.2010.07136), which subtracts it,
    rejects too often (MacKinnon, Nielsen and Webb 2024, arXiv:2406.08880). Degrees of freedom by Satterthwaite's
    rule for the sum.
    """
    pairs = zip(np.diag(one.covariance), one.df, np.diag(other.covariance), other.df, strict=True)
    df = np.array([summed([(a, df_a), (b, df_b)])[1] for a, df_a, b, df_b in pairs])
    return _tests(f"{one.kind}, and {other.kind}, summed", fit, one.covariance + other.covariance, df)


def _cr1(fit: LeastSquares, cluster: Ints, groups: int) -> Floats:
    scores = np.zeros((groups, fit.x.shape[1]))
    np.add.at(scores, cluster, fit.x * fit.residual[:, None])
    n, p = fit.x.shape
    factor = groups / (groups - 1) * (n - 1) / (n - p)
    covariance: Floats = factor * fit.bread @ scores.T @ scores @ fit.bread
    return covariance


def _cr2(fit: LeastSquares, cluster: Ints, groups: int) -> tuple[Floats, Floats]:
    meat = np.zeros_like(fit.bread)
    weights: list[Floats] = []
    for g in range(groups):
        adjusted = _adjusted(fit.x[cluster == g], fit.bread)
        score = adjusted.T @ fit.residual[cluster == g]
        meat += np.outer(score, score)
        weights.append(adjusted @ fit.bread)
    covariance = fit.bread @ meat @ fit.bread
    if (np.diag(covariance) <= 0).any():
        raise CannotTellError("one cluster decides a coefficient alone")
    # P'P of column j: w_g'(I − H)_gh w_h, from w_g'w_g on the diagonal and X'w otherwise.
    own = np.stack([(w**2).sum(axis=0) for w in weights], axis=1)
    projected = np.stack([fit.x[cluster == g].T @ w for g, w in enumerate(weights)], axis=1)
    turned = np.linalg.cholesky(fit.bread).T @ projected.transpose(2, 0, 1)
    shared = turned.transpose(0, 2, 1) @ turned
    trace = own.sum(axis=1) - (turned**2).sum(axis=(1, 2))
    length = (shared**2).sum(axis=(1, 2)) + (own**2 - 2 * own * np.einsum("jgg->jg", shared)).sum(axis=1)
    return covariance, trace**2 / length


def _adjusted(rows: Floats, bread: Floats) -> Floats:
    """(I − X_g (XᵀX)⁻¹ X_gᵀ)^(−1/2) X_g: the rows of a cluster, (rows, p), as CR2 weighs them."""
    basis, triangle = np.linalg.qr(rows)
    leverage, vectors = np.linalg.eigh(triangle @ bread @ triangle.T)
    left = 1 - leverage
    root = np.where(left > COLLINEAR, 1 / np.sqrt(np.maximum(left, COLLINEAR)), 0.0)
    adjusted: Floats = basis @ ((vectors * root) @ (vectors.T @ triangle))
    return adjusted


def _tests(kind: str, fit: LeastSquares, covariance: Floats, df: Floats) -> Tests:
    error = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = fit.estimate / error
    p_value = np.where(error > 0, 2 * stdtr(df, -np.abs(t)), np.nan)
    return Tests(kind, covariance, error, df, p_value)
