from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as mcnemar_oracle

from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.matrix_regression import matrix_regression
from analysis.stats.permutation import (
    mantel,
    mcnemar,
    mcnemar_from_items,
    permuted_correlation,
    rearranged,
    sign_flip,
)  # fmt: skip

EXACT = 1e-12
TO_R = 1e-9
MONTE_CARLO = 0.02


def test_small_blocks_are_enumerated_exactly(rng):
    block = np.array([0, 0, 0, 1, 1, 2])
    orders, exact = rearranged(block, rng, 100)
    assert exact
    assert len({tuple(order) for order in orders}) == 12
    assert all((block[order] == block).all() for order in orders)


def test_drawn_orders_stay_within_blocks(rng):
    block = np.arange(40) % 3
    orders, exact = rearranged(block, rng, 200)
    assert not exact
    assert all((block[order] == block).all() for order in orders)
    assert (np.sort(orders, axis=1) == np.arange(40)).all()


def test_an_exact_correlation_test_counts_all_orders(rng):
    x, y = rng.normal(size=6), rng.normal(size=6)
    observed = abs(np.corrcoef(x, y)[0, 1])
    values = [abs(np.corrcoef(x, y[list(order)])[0, 1]) for order in permutations(range(6))]
    expected = np.mean(np.array(values) >= observed - 1e-12)
    found = permuted_correlation(x, y, rng=rng)
    assert found.exact
    assert found.permutations == 720
    assert found.p_value == pytest.approx(expected, abs=EXACT)


def test_a_drawn_correlation_test_agrees_with_scipy(rng):
    x, y = rng.normal(size=25), rng.normal(size=25)
    y += 0.3 * x
    oracle = stats.pearsonr(x, y, method=stats.PermutationMethod(n_resamples=9999, rng=rng))
    assert permuted_correlation(x, y, rng=rng).p_value == pytest.approx(oracle.pvalue, abs=MONTE_CARLO)


def test_what_families_share_does_not_make_a_correlation(rng):
    family = np.repeat(np.arange(6), 6)
    level = 5 * rng.normal(size=6)[family]
    x, y = level + rng.normal(size=36), level + rng.normal(size=36)
    assert permuted_correlation(x, y, rng=rng, size=999).p_value < 0.01
    assert permuted_correlation(x, y, rng=rng, blocks=family, size=999).p_value > 0.01


def test_matrix_regression_is_that_of_ecodist(reference, rng):
    expected = reference("matrices.json")["mrm"]
    matrices = [reference(f"matrix_{name}.csv") for name in ("outcome", "first", "other")]
    found = matrix_regression(matrices[0], matrices[1:], rng=rng)
    assert found.estimate == pytest.approx(expected["estimate"], abs=TO_R)
    assert found.r_squared == pytest.approx(expected["r_squared"], abs=TO_R)
    assert found.p_value[1:] == pytest.approx(expected["p_value"][1:], abs=MONTE_CARLO)
    assert found.p_model == pytest.approx(expected["p_model"], abs=MONTE_CARLO)
    assert np.isnan(found.p_value[0])


def test_mantels_correlation_is_that_of_vegan(reference, rng):
    outcome, first = (reference(f"matrix_{name}.csv") for name in ("outcome", "first"))
    found = mantel(outcome, first, rng=rng)
    assert found.statistic == pytest.approx(reference("matrices.json")["mantel"]["r"], abs=TO_R)
    assert found.p_value == pytest.approx(1e-4)


def test_a_mantel_test_of_few_objects_is_exact(rng):
    points, other = rng.normal(size=5), rng.normal(size=5)
    a, b = np.abs(points[:, None] - points), np.abs(other[:, None] - other)
    lower = np.tril_indices(5, -1)
    observed = abs(np.corrcoef(a[lower], b[lower])[0, 1])
    values = [abs(np.corrcoef(a[np.ix_(o, o)][lower], b[lower])[0, 1]) for o in map(list, permutations(range(5)))]
    assert mantel(a, b, rng=rng).p_value == pytest.approx(np.mean(np.array(values) >= observed - 1e-12), abs=EXACT)


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=9).filter(any))
def test_sign_flips_of_few_pairs_are_exact(values):
    found = sign_flip(values, rng=np.random.default_rng(0))
    sums = np.array([np.dot(signs, values) for signs in product((-1, 1), repeat=len(values))])
    assert found.p_value == pytest.approx(np.mean(np.abs(sums) >= abs(sum(values))), abs=EXACT)
    assert found.statistic == pytest.approx(np.mean(values))


def test_sign_flips_move_whole_clusters(rng):
    values = np.repeat(rng.normal(1, 1, 8), 50) + rng.normal(0, 0.1, 400)
    clustered = sign_flip(values, rng=rng, clusters=np.repeat(np.arange(8), 50))
    assert clustered.exact
    assert clustered.smallest == pytest.approx(1 / 256)
    assert sign_flip(values, rng=rng).p_value < clustered.p_value


@pytest.mark.parametrize(("b", "c"), [(3, 12), (0, 5), (7, 7), (40, 61), (0, 1)])
def test_mcnemar_is_that_of_statsmodels(b, c):
    found = mcnemar(b, c)
    oracle = mcnemar_oracle([[0, b], [c, 0]], exact=True)
    assert found.p_exact == pytest.approx(min(oracle.pvalue, 1.0), abs=EXACT)
    least, n = min(b, c), b + c
    expected = 2 * stats.binom.cdf(least - 1, n, 0.5) + stats.binom.pmf(least, n, 0.5)
    assert found.p_mid == pytest.approx(expected, abs=EXACT)


def test_mcnemar_counts_items():
    found = mcnemar_from_items([1, 1, 1, 0, 0], [1, 0, 0, 1, 0])
    assert (found.only_first, found.only_second) == (2, 1)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda g: permuted_correlation([1, 2, 3], [3, 1, 2], rng=g, blocks="abc"[:3]), ShapeError),
        (lambda g: permuted_correlation([1, 2, 3], [3, 1, 2], rng=g, blocks=list("abc")), CannotTellError),
        (lambda g: permuted_correlation([1, 1, 2, 2], [1, 2, 3, 4], rng=g, blocks=[0, 0, 1, 1]), CannotTellError),
        (lambda g: permuted_correlation([1, 2, 3, 4], [1, 1, 2, 2], rng=g, blocks=[0, 0, 1, 1]), CannotTellError),
        (lambda g: mantel(np.ones((3, 3)), np.ones((3, 3)), rng=g), CannotTellError),
        (lambda g: mantel(1 - np.eye(5), 1 - np.eye(5), rng=g), CannotTellError),
        (lambda g: mantel(np.triu(np.ones((5, 5)), 1), 1 - np.eye(5), rng=g), ShapeError),
        (lambda g: mantel(np.ones((5, 4)), np.ones((5, 4)), rng=g), ShapeError),
        (lambda g: mantel(np.full((5, 5), np.nan), np.ones((5, 5)), rng=g), ShapeError),
        (lambda g: matrix_regression(1 - np.eye(5), [], rng=g), ShapeError),
        (lambda g: matrix_regression(1 - np.eye(5), [1 - np.eye(5)], rng=g), CannotTellError),
        (lambda g: sign_flip([1.0], rng=g), CannotTellError),
        (lambda g: sign_flip([0.0, 0.0], rng=g), CannotTellError),
        (lambda g: sign_flip([1.0, 2.0], rng=g, clusters=[0, 0]), CannotTellError),
        (lambda g: mcnemar(0, 0), CannotTellError),
        (lambda g: mcnemar(-1, 0), ShapeError),
        (lambda g: mcnemar_from_items([0.5, 1], [0, 1]), ShapeError),
    ],
)
def test_tests_without_rearrangements_say_so(rng, call, error):
    with pytest.raises(error):
        call(rng)
