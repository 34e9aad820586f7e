"""Permutation tests: within blocks, of distance matrices, of paired differences, of item outcomes.

Rearrangements are enumerated where there are at most `ENUMERATED`, and drawn otherwise, with the
observed one counted: p = (1 + as extreme) / (1 + drawn) (Phipson and Smyth 2010,
doi:10.2202/1544-6115.1585). All tests are two-sided.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtr

from analysis.stats.arrays import CannotTellError, Floats, Ints, ShapeError, codes, constant, vector

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Labels = Sequence[object] | npt.NDArray[np.generic]

ENUMERATED = 20_000
SAME = 1e-10
"""Statistics closer than this, relative, count as equal: they differ by rounding only."""


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """A statistic among its permutations.

    Attributes:
        statistic: as observed.
        p_value: two-sided.
        permutations: how many were looked at, the observed one included.
        exact: whether these are all.
        smallest: the smallest p-value that this design could have given.
    """

    statistic: float
    p_value: float
    permutations: int
    exact: bool
    smallest: float


def permuted_correlation(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    blocks: Labels | None = None,
    size: int = 9999,
) -> PermutationTest:
    """Pearson's correlation, with y permuted within blocks.

    With families as blocks, what families have in common cannot make a correlation significant.
    For Spearman's correlation give ranks.

    Args:
        x: (n,).
        y: (n,).
        rng: the source of chance.
        blocks: (n,), labels within which values may be exchanged; None: everywhere.
        size: permutations drawn where not all are looked at.

    Raises:
        ShapeError: lengths that do not match, or missing values.
        CannotTellError: a variable without spread within blocks, or blocks that allow no exchange.
    """
    first = vector("x", x)
    second = vector("y", y, length=len(first))
    block, groups = _blocks(blocks, len(first))
    count = np.bincount(block, minlength=groups)
    within = first - (np.bincount(block, first, minlength=groups) / count)[block]
    if constant(within):
        raise CannotTellError("x does not vary within any block")
    if constant(second - (np.bincount(block, second, minlength=groups) / count)[block]):
        raise CannotTellError("y does not vary within any block")
    orders, exact = rearranged(block, rng, size)
    statistic = float(np.corrcoef(first, second)[0, 1])
    # Σ x y changes only through the part of x that varies within blocks, and 0 stands in its centre.
    return _judged(statistic, float(within @ second), second[orders] @ within, exact, _distinct(block))


def _blocks(blocks: Labels | None, n: int) -> tuple[Ints, int]:
    return codes("blocks", np.zeros(n, dtype=np.int64) if blocks is None else blocks, n)


def _distinct(block: Ints) -> int:
    return prod(factorial(int(size)) for size in np.bincount(block))


def rearranged(block: Ints, rng: np.random.Generator, size: int) -> tuple[Ints, bool]:
    """Orders that exchange rows within blocks only, (orders, n), and whether these are all.

    Raises:
        CannotTellError: every block has one row.
    """
    distinct = _distinct(block)
    if distinct == 1:
        raise CannotTellError("every block has one member, so nothing can be exchanged")
    places = [np.flatnonzero(block == g) for g in np.unique(block)]
    if distinct <= ENUMERATED:
        orders = np.tile(np.arange(len(block)), (distinct, 1))
        for row, choice in enumerate(product(*(permutations(p) for p in places))):
            for place, order in zip(places, choice, strict=True):
                orders[row, place] = order
        return orders, True
    orders = np.tile(np.arange(len(block)), (size, 1))
    for place in places:
        orders[:, place] = rng.permuted(orders[:, place], axis=1)
    return orders, False


def _judged(
    statistic: float, observed: float, drawn: Floats, exact: bool, distinct: int, centre: float = 0.0
) -> PermutationTest:
    size = max(float(np.abs(drawn - centre).max()), abs(observed - centre))
    extreme = int((np.abs(drawn - centre) >= abs(observed - centre) - SAME * size).sum())
    total = len(drawn) if exact else len(drawn) + 1
    p_value = (extreme if exact else extreme + 1) / total
    return PermutationTest(statistic, p_value, total, exact, 1 / min(total, distinct))


def mantel(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    blocks: Labels | None = None,
    size: int = 9999,
) -> PermutationTest:
    """Correlation of two distance matrices, objects of the first permuted (Mantel 1967).

    Args:
        first: (n, n), symmetric; the diagonal is not used.
        second: (n, n), symmetric.
        rng: the source of chance.
        blocks: (n,), labels of the objects within which they may be exchanged; None: everywhere.
        size: permutations drawn where not all are looked at.

    Raises:
        ShapeError: matrices that are not square, symmetric and of one size, or missing values.
        CannotTellError: fewer than four objects, no spread, or blocks that allow no exchange.
    """
    a, b = square("first", first), square("second", second)
    if a.shape != b.shape:
        raise ShapeError(f"matrices of {len(a)} and {len(b)} objects")
    lower = np.tril_indices(len(a), -1)
    if constant(a[lower]) or constant(b[lower]):
        raise CannotTellError("all distances are equal in one matrix")
    block, _ = _blocks(blocks, len(a))
    orders, exact = rearranged(block, rng, size)
    centred = b[lower] - b[lower].mean()
    drawn, observed = moved(a, orders) @ centred, float(a[lower] @ centred)
    statistic = float(np.corrcoef(a[lower], b[lower])[0, 1])
    # Pairs of two blocks stay pairs of two blocks, so the rearranged values need not lie about 0.
    centre = (float(drawn.sum()) + observed) / (len(drawn) + 1) if blocks is not None else 0.0
    return _judged(statistic, observed, drawn, exact, _distinct(block), centre)


def square(name: str, values: npt.ArrayLike) -> Floats:
    """A symmetric finite matrix of at least four objects.

    Raises:
        ShapeError: not square, not symmetric, or missing values off the diagonal.
        CannotTellError: fewer than four objects.
    """
    array = np.array(values, dtype=np.float64)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ShapeError(f"{name} has shape {array.shape}; give a square matrix")
    np.fill_diagonal(array, 0.0)
    if not np.isfinite(array).all():
        raise ShapeError(f"{name} holds missing or infinite distances; drop those objects first")
    if not np.allclose(array, array.T):
        raise ShapeError(f"{name} is not symmetric")
    if len(array) < 4:
        raise CannotTellError(f"{len(array)} objects have too few permutations")
    return array


def moved(matrix: Floats, orders: Ints) -> Floats:
    """The lower triangle of the matrix with its objects in each order, (orders, pairs)."""
    rows, columns = np.tril_indices(len(matrix), -1)
    return matrix[orders[:, rows], orders[:, columns]]


def sign_flip(
    differences: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    clusters: Labels | None = None,
    size: int = 9999,
) -> PermutationTest:
    """Tests a mean difference of zero by exchanging the two sides of each pair (or cluster).

    Args:
        differences: (n,), one per pair of seeds or items.
        rng: the source of chance.
        clusters: (n,), pairs that are exchanged together (items of one text, languages of one
            run); None: each on its own.
        size: sign patterns drawn where not all are looked at.

    Returns:
        The statistic is the mean difference.

    Raises:
        ShapeError: labels of another length, or missing values.
        CannotTellError: one cluster, or no difference at all.
    """
    values = vector("differences", differences)
    labels: Labels = np.arange(len(values)) if clusters is None else clusters
    cluster, groups = codes("clusters", labels, len(values))
    if groups < 2:
        raise CannotTellError("there is one pair or cluster, whose exchange changes only the sign")
    sums = np.bincount(cluster, values, minlength=groups)
    sums = sums[np.abs(sums) > SAME * np.abs(values).max()]
    if len(sums) == 0:
        raise CannotTellError("no pair or cluster differs")
    distinct = 2 ** len(sums)
    exact = distinct <= ENUMERATED
    if exact:
        signs = np.array(list(product((-1.0, 1.0), repeat=len(sums))))
    else:
        signs = rng.choice((-1.0, 1.0), size=(size, len(sums)))
    return _judged(float(values.mean()), float(sums.sum()), signs @ sums, exact, distinct)


@dataclass(frozen=True, slots=True)
class McNemar:
    """Items that one system has right and the other wrong.

    Attributes:
        only_first: items that only the first has right.
        only_second: items that only the second has right.
        p_exact: two-sided binomial test.
        p_mid: the same with half the probability of what was observed (Fagerland, Lydersen and
            Laake 2013, doi:10.1186/1471-2288-13-91); closer to its nominal level. 1 where the
            counts are equal.
    """

    only_first: int
    only_second: int
    p_exact: float
    p_mid: float


def mcnemar(only_first: int, only_second: int) -> McNemar:
    """Tests whether two systems are right equally often, from the items they disagree on.

    Items count as independent; cluster them with `sign_flip` where they share a text.

    Raises:
        ShapeError: a negative count.
        CannotTellError: the systems agree on every item.
    """
    if min(only_first, only_second) < 0:
        raise ShapeError(f"{only_first} and {only_second} are not both counts")
    n, least = only_first + only_second, min(only_first, only_second)
    if n == 0:
        raise CannotTellError("the systems agree on every item")
    tail = 2 * float(bdtr(least, n, 0.5))
    mid = min(tail / 2 + (float(bdtr(least - 1, n, 0.5)) if least else 0.0), 1.0)
    return McNemar(only_first, only_second, min(tail, 1.0), mid)


def mcnemar_from_items(first: npt.ArrayLike, second: npt.ArrayLike) -> McNemar:
    """`mcnemar` from whether each system has each item right, (items,) of 0 and 1.

    Raises:
        ShapeError: lengths that do not match, or values other than 0 and 1.
        CannotTellError: the systems agree on every item.
    """
    a = vector("first", first)
    b = vector("second", second, length=len(a))
    if not (np.isin(a, (0, 1)).all() and np.isin(b, (0, 1)).all()):
        raise ShapeError("items are neither right (1) nor wrong (0)")
    return mcnemar(int((a > b).sum()), int((b > a).sum()))
