"""The cross-products that a crossed mixed model is fitted from.

y = Xβ + Σ_k Z_k b_k + ε, b_k ~ N(0, σ² T_k T_kᵀ ⊗ K_k), ε ~ N(0, σ² I). Rows enter only through
ZᵀZ, ZᵀX, Zᵀy, XᵀX, Xᵀy and yᵀy, so a refit with another y costs no pass over Z.

Columns of Z are ordered factor by factor, within a factor effect by effect (intercept, slopes),
within an effect level by level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.numerics.arrays import CannotTellError, Floats, Ints, ShapeError, codes, constant, matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

COLLINEAR = 1e-9
LARGEST = 4000
"""Columns of Z beyond which dense algebra is the wrong tool."""


@dataclass(frozen=True, slots=True)
class RandomFactor:
    """A grouping of the rows with effects that vary between its levels.

    Attributes:
        name: for messages and components.
        labels: (n,), the level of each row.
        slopes: (n, s), the columns whose slopes vary by level; None: none.
        intercept: whether the level's mean varies.
        correlated: intercept and slopes with a full covariance; else independent.
        root: (levels, levels) matrix R with covariance RRᵀ between levels, in sorted order of
            their labels (a phylogeny); None: independent levels.
    """

    name: str
    labels: Sequence[object] | npt.NDArray[np.generic]
    slopes: npt.ArrayLike | None = None
    intercept: bool = True
    correlated: bool = False
    root: Floats | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """A random factor as the fit sees it.

    Attributes:
        name: of the factor.
        level: (n,), level code of each row.
        levels: number of levels.
        columns: (n, e), the row's multiplier of each effect; slopes scaled to unit size.
        scales: (e,), what slopes were divided by.
        correlated: whether effects covary.
        root: as in `RandomFactor`.
        start: first column in Z.
    """

    name: str
    level: Ints
    levels: int
    columns: Floats
    scales: Floats
    correlated: bool
    root: Floats | None
    start: int

    def block(self, effect: int) -> slice:
        """The columns of Z that hold one effect."""
        return slice(self.start + effect * self.levels, self.start + (effect + 1) * self.levels)

    def cross(self, effect: int, values: Floats) -> Floats:
        """Z_effectᵀ values, (levels, columns of values)."""
        weighted = self.columns[:, effect, None] * values
        sums = [np.bincount(self.level, v, minlength=self.levels) for v in weighted.T]
        summed = np.stack(sums, axis=1).astype(np.float64)
        return summed if self.root is None else self.root.T @ summed

    def spread(self, effect: int, values: Floats) -> Floats:
        """Z_effect values, (n,), for values per level."""
        levels = values if self.root is None else self.root @ values
        result: Floats = self.columns[:, effect] * levels[self.level]
        return result


@dataclass(frozen=True, slots=True)
class MixedDesign:
    """Everything of a mixed model but y.

    Attributes:
        x: (n, p), fixed effects.
        basis: (n, p), orthonormal basis of x.
        triangle: (p, p), x = basis · triangle.
        effects: the random factors.
        gram: (q, q), ZᵀZ.
        zx: (q, p), Zᵀ basis.
        parameters: (m, 3), factor, row and column of each free element of the T_k.
    """

    x: Floats
    basis: Floats
    triangle: Floats
    effects: tuple[Effects, ...]
    gram: Floats
    zx: Floats
    parameters: Ints

    def cross(self, y: Floats) -> Floats:
        """Zᵀy, (q,)."""
        parts = [e.cross(c, y[:, None])[:, 0] for e in self.effects for c in range(e.columns.shape[1])]
        return np.concatenate(parts)

    def lower_bounds(self) -> Floats:
        """(m,), 0 for the diagonal of T, −∞ beside it."""
        return np.where(self.parameters[:, 1] == self.parameters[:, 2], 0.0, -np.inf)


def mixed_design(x: npt.ArrayLike, factors: Sequence[RandomFactor]) -> MixedDesign:
    """The design with its cross-products.

    Args:
        x: (n, p), fixed effects; give the column of ones yourself.
        factors: crossed or nested random factors, each with a name of its own.

    Raises:
        ShapeError: rows that do not match, no factor, or too many levels for dense algebra.
        CannotTellError: collinear fixed effects, a factor with one level, or one with a level for
            every row, which cannot be told from the residual.
    """
    fixed = matrix("x", x)
    basis, triangle = np.linalg.qr(fixed)
    diagonal = np.abs(np.diag(triangle))
    if len(fixed) <= fixed.shape[1]:
        raise CannotTellError(f"{len(fixed)} rows do not determine {fixed.shape[1]} fixed effects")
    if (diagonal <= COLLINEAR * np.linalg.norm(fixed, axis=0)).any():
        column = int(np.argmin(diagonal / np.maximum(np.linalg.norm(fixed, axis=0), 1e-300)))
        raise CannotTellError(f"fixed effect {column} is a combination of the others")
    if not factors:
        raise ShapeError("a mixed model needs a random factor; use least_squares without")
    effects: list[Effects] = []
    start = 0
    for factor in factors:
        effects.append(_effects(factor, len(fixed), start))
        start += effects[-1].levels * effects[-1].columns.shape[1]
    if start > LARGEST:
        raise ShapeError(f"{start} random effects are too many for dense algebra (at most {LARGEST})")
    zx = _crossed(effects, basis)
    return MixedDesign(fixed, basis, triangle, tuple(effects), _gram(effects, start), zx, _parameters(effects))


def _effects(factor: RandomFactor, rows: int, start: int) -> Effects:
    level, levels = codes(factor.name, factor.labels, rows)
    if levels < 2:
        raise CannotTellError(f"{factor.name} has one level, which shows no spread between levels")
    if levels == rows and factor.root is None:
        raise CannotTellError(f"{factor.name} has a level for every row and cannot be told from the residual")
    slopes = np.empty((rows, 0))
    if factor.slopes is not None:
        slopes = matrix(f"slopes of {factor.name}", factor.slopes, rows=rows)
    for column in slopes.T:
        if constant(column):
            raise CannotTellError(f"a slope of {factor.name} has the same value in every row")
    ones = np.ones((rows, int(factor.intercept)))
    columns = np.hstack([ones, slopes])
    if columns.shape[1] == 0:
        raise ShapeError(f"{factor.name} has neither an intercept nor slopes")
    if factor.root is not None and factor.root.shape != (levels, levels):
        raise ShapeError(f"root of {factor.name} has shape {factor.root.shape}; it has {levels} levels")
    scales = np.sqrt((columns**2).mean(axis=0))
    correlated = factor.correlated and columns.shape[1] > 1
    return Effects(factor.name, level, levels, columns / scales, scales, correlated, factor.root, start)


def _gram(effects: Sequence[Effects], size: int) -> Floats:
    gram = np.empty((size, size))
    for i, first in enumerate(effects):
        for second in effects[i:]:
            joint = first.level * second.levels + second.level
            for c in range(first.columns.shape[1]):
                for d in range(second.columns.shape[1]):
                    weight = first.columns[:, c] * second.columns[:, d]
                    sums = np.bincount(joint, weight, minlength=first.levels * second.levels)
                    block = sums.reshape(first.levels, second.levels).astype(np.float64)
                    block = block if first.root is None else first.root.T @ block
                    block = block if second.root is None else block @ second.root
                    gram[first.block(c), second.block(d)] = block
                    gram[second.block(d), first.block(c)] = block.T
    return gram


def _crossed(effects: Sequence[Effects], values: Floats) -> Floats:
    return np.vstack([e.cross(c, values) for e in effects for c in range(e.columns.shape[1])])


def _parameters(effects: Sequence[Effects]) -> Ints:
    free = [
        (k, row, column)
        for k, e in enumerate(effects)
        for row in range(e.columns.shape[1])
        for column in range(row + 1)
        if row == column or e.correlated
    ]
    return np.array(free, dtype=np.int64)
