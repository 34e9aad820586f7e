"""The cross-products that a crossed mixed model is fitted from.

y = Xβ + Σ_k Z_k b_k + ε, b_k ~ N(0, σ² T_k T_kᵀ ⊗ K_k), ε ~ N(0, σ² I). Rows enter only through
ZᵀZ, ZᵀX, Zᵀy, XᵀX, Xᵀy and yᵀy, so a refit with another y costs no pass over Z.

The largest effect whose levels are independent leads: its own block of ZᵀZ is diagonal and can be
eliminated before anything dense is done. The columns of all other effects, the rest, stand factor
by factor, within a factor effect by effect (intercept, slopes), within an effect level by level.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy.sparse import csr_array

from analysis.stats.arrays import CannotTellError, Floats, Ints, ShapeError, codes, constant, matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

COLLINEAR = 1e-9
LARGEST = 4000
"""Columns of Z beside the lead beyond which dense algebra is the wrong tool."""
SPARSE = 0.2
"""Cross-products of the lead filled less than this are worth a sparse matrix,"""
SMALL = 40_000
"""unless they have fewer elements than this."""

Cross: TypeAlias = "Floats | csr_array"


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
        starts: (e,), first column of each effect among the rest; -1 for the lead.
    """

    name: str
    level: Ints
    levels: int
    columns: Floats
    scales: Floats
    correlated: bool
    root: Floats | None
    starts: tuple[int, ...] = ()

    def block(self, effect: int) -> slice:
        """The columns of the rest that hold one effect."""
        return slice(self.starts[effect], self.starts[effect] + self.levels)

    def cross(self, effect: int, values: Floats) -> Floats:
        """Z_effectᵀ values, (levels, columns of values)."""
        weighted = self.columns[:, effect, None] * values
        summed = np.empty((self.levels, values.shape[1]))
        for column in range(values.shape[1]):
            summed[:, column] = np.bincount(self.level, weighted[:, column], minlength=self.levels)
        return summed if self.root is None else self.root.T @ summed

    def spread(self, effect: int, values: Floats) -> Floats:
        """Z_effect values, (n,), for values per level."""
        levels = values if self.root is None else self.root @ values
        result: Floats = self.columns[:, effect] * levels[self.level]
        return result

    def dense(self, effect: int) -> Floats:
        """Z_effect, (n, levels)."""
        levels = np.eye(self.levels) if self.root is None else self.root
        result: Floats = self.columns[:, effect, None] * levels[self.level]
        return result


@dataclass(frozen=True, slots=True)
class EliminatedEffect:
    """The effect that is eliminated.

    Attributes:
        factor: its place among the effects of the design.
        effect: its place in that factor.
        parameter: its place in θ.
        squares: (levels,), the diagonal of its block of ZᵀZ.
        cross: (levels, q), its cross-products with the rest.
        zx: (levels, p), with the basis of the fixed effects.
    """

    factor: int
    effect: int
    parameter: int
    squares: Floats
    cross: Cross
    zx: Floats


@dataclass(frozen=True, slots=True)
class ParameterBlock:
    """Position of a parameter beside the eliminated one.

    Attributes:
        parameter: its place in θ.
        rows: columns of Z of the effect of its row in T. columns: of its column.
        beside: the parameters in the same column of the same T, itself among them, each with the
            columns of Z of its row.
    """

    parameter: int
    rows: slice
    columns: slice
    beside: tuple[tuple[int, slice], ...]


@dataclass(frozen=True, slots=True)
class MixedDesign:
    """Everything of a mixed model but y.

    Attributes:
        x: (n, p), fixed effects.
        basis: (n, p), orthonormal basis of x.
        triangle: (p, p), x = basis · triangle.
        effects: the random factors.
        lead: the effect that is eliminated; None: none.
        gram: (q, q), ZᵀZ of the rest.
        zx: (q, p), Zᵀ basis of the rest.
        parameters: (m, 3), factor, row and column of each free element of the T_k.
        places: of all parameters but the lead's.
    """

    x: Floats
    basis: Floats
    triangle: Floats
    effects: tuple[Effects, ...]
    lead: EliminatedEffect | None
    gram: Floats
    zx: Floats
    parameters: Ints
    places: tuple[ParameterBlock, ...]

    def rest(self) -> list[tuple[Effects, int]]:
        """The effects beside the lead, in the order of their columns."""
        return [(e, c) for e in self.effects for c, start in enumerate(e.starts) if start >= 0]

    def diagonal(self) -> npt.NDArray[np.bool_]:
        """(m,), which parameters lie on the diagonal of a T, where 0 means no variance."""
        return np.asarray(self.parameters[:, 1] == self.parameters[:, 2])


def mixed_design(x: npt.ArrayLike, factors: Sequence[RandomFactor], *, eliminate: bool = True) -> MixedDesign:
    """The design with its cross-products.

    Args:
        x: (n, p), fixed effects; give the column of ones yourself.
        factors: crossed or nested random factors, each with a name of its own.
        eliminate: whether an effect may lead; the fit is the same without, and slower.

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
    leading = [_effects(factor, len(fixed)) for factor in factors]
    effects, size, place = _placed(leading, _largest(leading) if eliminate else None)
    if size > LARGEST:
        raise ShapeError(f"{size} random effects are too many for dense algebra (at most {LARGEST})")
    parameters = _parameters(effects)
    gram, zx = np.empty((size, size)), np.empty((size, basis.shape[1]))
    places = places_of(effects, parameters)
    bare = MixedDesign(fixed, basis, triangle, effects, None, gram, zx, parameters, places)
    lead = None if place is None else _lead(bare, *place, size)
    _fill_gram(bare)
    for e, c in bare.rest():
        bare.zx[e.block(c)] = e.cross(c, basis)
    return replace(bare, lead=lead)


def _effects(factor: RandomFactor, rows: int) -> Effects:
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
    return Effects(factor.name, level, levels, columns / scales, scales, correlated, factor.root)


def _largest(effects: Sequence[Effects]) -> tuple[int, int] | None:
    """Factor and effect of most levels whose block of ZᵀZ is diagonal."""
    fit = [(e.levels, -k) for k, e in enumerate(effects) if e.root is None and not e.correlated]
    return (-max(fit)[1], 0) if fit else None


def _placed(
    effects: Sequence[Effects], lead: tuple[int, int] | None
) -> tuple[tuple[Effects, ...], int, tuple[int, int] | None]:
    """The effects with their columns among the rest, how many these are, and the lead."""
    placed, size = [], 0
    for k, e in enumerate(effects):
        starts = []
        for c in range(e.columns.shape[1]):
            starts.append(-1 if (k, c) == lead else size)
            size += 0 if (k, c) == lead else e.levels
        placed.append(replace(e, starts=tuple(starts)))
    return tuple(placed), size, lead


def _lead(design: MixedDesign, factor: int, effect: int, size: int) -> EliminatedEffect:
    e = design.effects[factor]
    column = e.columns[:, effect]
    places, weights = [], []
    dense = np.zeros((e.levels, size)) if any(o.root is not None for o, _ in design.rest()) else None
    for other, c in design.rest():
        if other.root is None:
            places.append(e.level * size + other.block(c).start + other.level)
            weights.append(column * other.columns[:, c])
        elif dense is not None:
            dense[:, other.block(c)] = _block(e, effect, other, c)
    cross = csr_array((np.concatenate(weights), _pairs(places, size)), shape=(e.levels, size)) if places else None
    parameter = int(np.flatnonzero((design.parameters[:, :2] == (factor, effect)).all(axis=1))[0])
    filled = _compact(cross, dense, (e.levels, size))
    squares = np.bincount(e.level, column**2, minlength=e.levels).astype(np.float64)
    return EliminatedEffect(factor, effect, parameter, squares, filled, e.cross(effect, design.basis))


def _pairs(places: list[Ints], size: int) -> tuple[Ints, Ints]:
    rows, columns = np.divmod(np.concatenate(places), size)
    return rows, columns


def _compact(cross: csr_array | None, dense: Floats | None, shape: tuple[int, int]) -> Cross:
    """The cross-products as a sparse matrix where that is worth it."""
    if cross is not None and dense is None and cross.nnz < SPARSE * shape[0] * shape[1] and shape[0] * shape[1] > SMALL:
        cross.sum_duplicates()
        return cross
    whole = np.zeros(shape) if dense is None else dense
    return whole if cross is None else np.asarray(whole + cross.toarray())


def _block(first: Effects, effect: int, second: Effects, other: int) -> Floats:
    """Z_effectᵀ Z_other of two effects."""
    joint = first.level * second.levels + second.level
    weight = first.columns[:, effect] * second.columns[:, other]
    sums = np.bincount(joint, weight, minlength=first.levels * second.levels)
    block = sums.reshape(first.levels, second.levels).astype(np.float64)
    block = block if first.root is None else first.root.T @ block
    return block if second.root is None else block @ second.root


def _fill_gram(design: MixedDesign) -> None:
    rest = design.rest()
    for i, (first, c) in enumerate(rest):
        for second, d in rest[i:]:
            block = _block(first, c, second, d)
            design.gram[first.block(c), second.block(d)] = block
            design.gram[second.block(d), first.block(c)] = block.T


def _parameters(effects: Sequence[Effects]) -> Ints:
    free = [
        (k, row, column)
        for k, e in enumerate(effects)
        for row in range(e.columns.shape[1])
        for column in range(row + 1)
        if row == column or e.correlated
    ]
    return np.array(free, dtype=np.int64)


def places_of(effects: Sequence[Effects], parameters: Ints) -> tuple[ParameterBlock, ...]:
    """Places of the parameters beside the lead's."""
    found = []
    listed = parameters.tolist()
    for a, (k, row, column) in enumerate(listed):
        e = effects[k]
        if e.starts[row] >= 0:
            same = [(b, e.block(r)) for b, (j, r, c) in enumerate(listed) if (j, c) == (k, column)]
            found.append(ParameterBlock(a, e.block(row), e.block(column), tuple(same)))
    return tuple(found)
