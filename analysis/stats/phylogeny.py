"""Regression over languages that share ancestors.

The tree comes from labels (family, branch, …), its branch lengths from Grafen 1989
(doi:10.1098/rstb.1989.0106): a node stands at the height (tips below − 1) / (all tips − 1). Both
are assumptions, not measurements, and are to be stated with the result. Pagel's λ 1999
(doi:10.1038/44766) shrinks shared ancestry between none (0, least squares) and all (1).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import stdtr

from analysis.stats.arrays import CannotTellError, Floats, ShapeError, constant, matrix, vector
from analysis.stats.mixed_design import RandomFactor

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

GRID = 51
SINGULAR = 1e-10
TREES = 64
"""Trees that are remembered; many models are fitted along the same."""


def grafen_covariance(paths: Sequence[Sequence[str | None]], *, power: float = 1.0) -> Floats:
    """Shared ancestry of languages, 1 on the diagonal and 0 between families.

    Args:
        paths: per language its labels from the root down: family, branch, … A missing label (None
            or "") is skipped, so that the language hangs from the label above. The same branch
            name in two families is two branches.
        power: Grafen's ρ; heights are raised to it.

    Returns:
        (languages, languages).

    Raises:
        CannotTellError: fewer than three languages, or all in one group, which leaves no contrast
            between families.
        ShapeError: power of 0 or less.
    """
    if power <= 0:
        raise ShapeError(f"power {power} gives no heights; 1 is Grafen's")
    if len(paths) < 3:
        raise CannotTellError(f"{len(paths)} languages make no tree")
    shared = _shared(tuple(tuple(label for label in path if label) for path in paths), power)
    if not shared[~np.eye(len(shared), dtype=bool)].any():
        raise CannotTellError("no two languages share an ancestor below the root of this tree")
    return shared.copy()


@lru_cache(maxsize=TREES)
def _shared(routes: tuple[tuple[str, ...], ...], power: float) -> Floats:
    n = len(routes)
    tips = Counter(route[:depth] for route in routes for depth in range(len(route) + 1))
    shared = np.eye(n)
    for i in range(n):
        for j in range(i):
            depth = _common(routes[i], routes[j])
            height = ((tips[routes[i][:depth]] - 1) / (n - 1)) ** power
            shared[i, j] = shared[j, i] = 1 - height
    return shared


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    depth = 0
    while depth < min(len(first), len(second)) and first[depth] == second[depth]:
        depth += 1
    return depth


@dataclass(frozen=True, slots=True)
class PhylogeneticFit:
    """A generalised least-squares fit with Pagel's λ.

    Attributes:
        estimate: (p,), in the unit of y over that of the column.
        covariance: (p, p).
        standard_error: (p,).
        df: n − p.
        p_value: (p,), two-sided t tests of zero.
        lam: Pagel's λ.
        sd: standard deviation of a language about the fit, in the unit of y.
        log_likelihood: restricted.
    """

    estimate: Floats
    covariance: Floats
    standard_error: Floats
    df: int
    p_value: Floats
    lam: float
    sd: float
    log_likelihood: float


def pgls(x: npt.ArrayLike, y: npt.ArrayLike, ancestry: Floats, *, lam: float | None = None) -> PhylogeneticFit:
    """Fits y = Xβ + ε with Var ε = σ² (λ C + (1 − λ) I) by restricted likelihood, one row per language.

    Args:
        x: (n, p); give the column of ones yourself.
        y: (n,).
        ancestry: (n, n), C with ones on the diagonal, from `grafen_covariance`.
        lam: λ where it is known; None: estimated between 0 and 1.

    Raises:
        ShapeError: sizes that do not match, missing values, λ outside 0 to 1.
        CannotTellError: too few rows, collinear columns, or a constant outcome.
    """
    model = _Rotated(matrix("x", x), vector("y", y), ancestry)
    if lam is not None:
        if not 0 <= lam <= 1:
            raise ShapeError(f"λ {lam} is outside 0 to 1")
        return _finished(model, lam)
    grid = np.linspace(0.0, 1.0, GRID)
    best = int(np.argmax([model.log_likelihood(value) for value in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, GRID - 1)]
    found = minimize_scalar(
        lambda value: -model.log_likelihood(value),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-9},
    )
    candidates = [float(found.x), float(grid[best])]
    return _finished(model, max(candidates, key=model.log_likelihood))


class _Rotated:
    """The model in the eigenbasis of C, where every λ gives a diagonal covariance."""

    def __init__(self, x: Floats, y: Floats, ancestry: Floats) -> None:
        n, p = x.shape
        if len(y) != n or ancestry.shape != (n, n):
            raise ShapeError(f"{n} rows of x, {len(y)} of y and ancestry of shape {ancestry.shape}")
        if not np.allclose(np.diag(ancestry), 1.0):
            raise ShapeError("ancestry needs ones on its diagonal")
        if n <= p + 1:
            raise CannotTellError(f"{n} languages do not determine {p} coefficients, λ and a spread")
        if np.linalg.matrix_rank(x) < p:
            raise CannotTellError("a column is a combination of the others")
        if constant(y):
            raise CannotTellError("the outcome is the same in every language")
        self.values, vectors = np.linalg.eigh(ancestry)
        self.x, self.y = vectors.T @ x, vectors.T @ y

    def solve(self, lam: float) -> tuple[Floats, Floats, float, float]:
        """Coefficients, (XᵀV⁻¹X)⁻¹, residual sum of squares and log|V| at λ."""
        variances = np.maximum(lam * self.values + 1 - lam, 1e-12)
        weighted = self.x / variances[:, None]
        bread = np.asarray(np.linalg.inv(self.x.T @ weighted), dtype=np.float64)
        estimate = bread @ (weighted.T @ self.y)
        residual = self.y - self.x @ estimate
        return estimate, bread, float(residual @ (residual / variances)), float(np.log(variances).sum())

    def log_likelihood(self, lam: float) -> float:
        """Restricted, profiled over β and σ."""
        _, bread, squares, log_det = self.solve(lam)
        n, p = self.x.shape
        m = n - p
        value = -0.5 * (m * (1 + np.log(2 * np.pi * squares / m)) + log_det)
        return float(value + 0.5 * float(np.linalg.slogdet(bread)[1]))


def _finished(model: _Rotated, lam: float) -> PhylogeneticFit:
    estimate, bread, squares, _ = model.solve(lam)
    n, p = model.x.shape
    covariance = bread * squares / (n - p)
    error = np.sqrt(np.diag(covariance))
    return PhylogeneticFit(
        estimate=estimate,
        covariance=covariance,
        standard_error=error,
        df=n - p,
        p_value=2 * stdtr(n - p, -np.abs(estimate / error)),
        lam=lam,
        sd=float(np.sqrt(squares / (n - p))),
        log_likelihood=model.log_likelihood(lam),
    )


def whitening(ancestry: Floats, lam: float) -> Floats:
    """W with W V Wᵀ = I for V = λ C + (1 − λ) I; where C is 0 between families W mixes none of them.

    Rows multiplied by W give the estimates of `pgls` by least squares, so that errors clustered by
    family guard them against a tree that is wrong (Pustejovsky and Tipton 2018, a working model).

    Args:
        ancestry: (n, n), from `grafen_covariance`.
        lam: Pagel's λ.

    Raises:
        CannotTellError: two languages that nothing tells apart at this λ.
    """
    covariance = lam * ancestry + (1 - lam) * np.eye(len(ancestry))
    if float(np.linalg.eigvalsh(covariance)[0]) < SINGULAR:
        raise CannotTellError("two languages have the same place in the tree")
    return np.asarray(np.linalg.inv(np.linalg.cholesky(covariance)), dtype=np.float64)


def phylogenetic_factors(
    labels: Sequence[str], languages: Sequence[str], ancestry: Floats
) -> tuple[RandomFactor, RandomFactor]:
    """Two random factors for `mixed_design` when a language has several rows (tasks, seeds).

    The first varies along the tree, the second independently of it; the share of the first in
    both variances is Pagel's λ.

    Args:
        labels: (n,), the language of each row.
        languages: the languages of `ancestry`, in its order.
        ancestry: (languages, languages), from `grafen_covariance`.

    Raises:
        ShapeError: a label without ancestry, or sizes that do not match.
    """
    if ancestry.shape != (len(languages), len(languages)):
        raise ShapeError(f"ancestry of shape {ancestry.shape} for {len(languages)} languages")
    unknown = sorted(set(labels) - set(languages))
    if unknown:
        raise ShapeError(f"no ancestry for {', '.join(unknown)}")
    place = {language: i for i, language in enumerate(languages)}
    order = [place[language] for language in sorted(set(labels))]
    root = np.asarray(np.linalg.cholesky(ancestry[np.ix_(order, order)]), dtype=np.float64)
    return RandomFactor("ancestry", labels, root=root), RandomFactor("language", labels)
