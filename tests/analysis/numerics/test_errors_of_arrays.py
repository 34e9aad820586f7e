"""Each statistic refuses arrays that decide nothing or do not fit, in the function that would need them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.stats.arrays import CannotTellError, ShapeError, vector
from analysis.stats.bradley_terry import same_hierarchy
from analysis.stats.concordance import kendall_w
from analysis.stats.least_squares import clustered, hc3, least_squares
from analysis.stats.matrix_regression import matrix_regression
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.mixed_rows import turned
from analysis.stats.permutation import mantel, mcnemar
from analysis.stats.power import BalancedDesign, power_of_mean, power_of_slope
from analysis.stats.ranks import block_ranks, critical_difference, friedman
from analysis.stats.spreads import VarianceComponents
from analysis.stats.two_way import two_way

RNG = np.random.default_rng(0)
SMALL = np.arange(6.0)
LINE = np.abs(SMALL[:, None] - SMALL)
ALONE = np.column_stack([np.ones(6), SMALL == 5])
"""An intercept, and a column that is 1 in the last row alone."""
APART = np.repeat(np.eye(2), 3, axis=0)
"""A column for each half of the rows."""
EQUAL = np.ones((6, 6)) - np.eye(6)
GRID = BalancedDesign(seeds=2, tasks=2, families=2, languages=2)
SPREADS = VarianceComponents(noise=1.0)
ORDERED = [[1.0, 2.0], [2.0, 3.0], [3.0, 4.0]]
FEW = RandomFactor("task", [0, 0, 1, 1, 2, 2])


@pytest.mark.parametrize(
    ("call", "function"),
    [
        (lambda: same_hierarchy(ORDERED, [1, 1, 1], rng=RNG), "same_hierarchy"),
        (lambda: same_hierarchy(ORDERED, [1, 1, 2], rng=RNG, clusters=["a", "a", "b"]), "same_hierarchy"),
        (lambda: kendall_w(ORDERED, rng=RNG, clusters=[1, 1, 1]), "kendall_w"),
        (lambda: hc3(least_squares(ALONE, [1.0, 3, 2, 4, 3, 9])), "hc3"),
        (lambda: clustered(least_squares(APART, [1.0, 3, 2, 4, 3, 9]), [0, 0, 0, 1, 1, 1]), "_cr2"),
        (lambda: matrix_regression(EQUAL, [LINE], rng=RNG), "_fits"),
        (lambda: matrix_regression(LINE**2, [LINE], rng=RNG, blocks=range(6)), "rearranged"),
        (lambda: power_of_slope(GRID, SPREADS, 1.0, np.ones(4), rng=RNG), "power_of_slope"),
        (lambda: power_of_slope(replace(GRID, tasks=1, languages=1), SPREADS, 1.0, [0.0, 1.0], rng=RNG), "_model"),
        (lambda: power_of_mean(replace(GRID, tasks=1), SPREADS, 1.0, scope="like these", rng=RNG), "power_of_mean"),
        (lambda: block_ranks(np.ones((3, 1))), "block_ranks"),
        (lambda: friedman([[1.0, 2.0]]), "friedman"),
        (lambda: critical_difference(2, 1, alpha=0.05), "critical_difference"),
        (lambda: turned(mixed_design(np.ones((6, 1)), [FEW], eliminate=False), np.zeros(6), 1.0), "turned"),
    ],
)  # fmt: skip
def test_what_decides_nothing_is_refused_where_it_is_needed(call: Callable[[], object], function: str) -> None:
    with pytest.raises(CannotTellError) as raised:
        call()
    assert raised.traceback[-1].name == function
    assert raised.value.exit_code == 4


@pytest.mark.parametrize(
    ("call", "function"),
    [
        (lambda: vector("y", np.ones((2, 2))), "vector"),
        (lambda: same_hierarchy(ORDERED, [1, 2, 2], rng=RNG, clusters=["a", "a", "b"]), "same_hierarchy"),
        (lambda: mantel(LINE[:, :4], LINE, rng=RNG), "square"),
        (lambda: mcnemar(-1, 2), "mcnemar"),
        (lambda: power_of_mean(replace(GRID, seeds=0), SPREADS, 1.0, scope="these", rng=RNG), "_check"),
        (lambda: power_of_mean(GRID, replace(SPREADS, noise=0.0), 1.0, scope="these", rng=RNG), "_check"),
        (lambda: two_way(ORDERED, np.ones(3)), "two_way"),
        (lambda: mixed_design(np.ones((6, 1)), [replace(FEW, root=np.eye(2))]), "_effects"),
        (lambda: mixed_design(np.ones((9000, 1)), [RandomFactor("a", np.arange(9000) // 2), RandomFactor("b", np.arange(9000) % 4100)]), "mixed_design"),
    ],
)  # fmt: skip
def test_arrays_that_do_not_fit_are_refused_where_they_are_needed(call: Callable[[], object], function: str) -> None:
    with pytest.raises(ShapeError) as raised:
        call()
    assert raised.traceback[-1].name == function
