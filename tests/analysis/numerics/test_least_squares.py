from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.least_squares import clustered, hc3, least_squares, summed_tests

TO_R = 1e-9  # sandwich and clubSandwich print 12 digits
EXACT = 1e-10


@pytest.fixture
def data(reference):
    d = reference("clustered.csv")
    return d, np.column_stack([np.ones(len(d)), d["distance"], d["size"]])


def test_standard_errors_are_those_of_sandwich(data, reference):
    d, x = data
    expected = reference("least_squares.json")
    fit = least_squares(x, d["y"])
    assert fit.estimate == pytest.approx(expected["estimate"], abs=TO_R)
    assert hc3(fit).standard_error == pytest.approx(expected["HC3"], abs=TO_R)
    assert clustered(fit, d["language"], "CR1").standard_error == pytest.approx(expected["CR1_language"], abs=TO_R)


@pytest.mark.parametrize("by", ["language", "family"])
def test_few_clusters_have_the_errors_and_freedom_of_club_sandwich(data, reference, by):
    d, x = data
    expected = reference("least_squares.json")[f"CR2_{by}"]
    found = clustered(least_squares(x, d["y"]), d[by])
    assert found.standard_error == pytest.approx(expected["standard_error"], abs=TO_R)
    assert found.df == pytest.approx(expected["df"], abs=TO_R)
    assert found.p_value == pytest.approx(expected["p_value"], abs=TO_R)


def test_standard_errors_are_those_of_statsmodels(data):
    d, x = data
    fit, oracle = least_squares(x, d["y"]), sm.OLS(d["y"], x).fit()
    assert fit.r_squared == pytest.approx(oracle.rsquared, abs=EXACT)
    assert hc3(fit).covariance == pytest.approx(oracle.get_robustcov_results("HC3").cov_params(), abs=EXACT)


def test_summed_two_way_errors_are_both_one_way_ones_and_hold_their_level(rng):
    """Six families and five tasks, both with chance of their own; 5 % of 200 stands for 4 to 18."""
    family, task = np.repeat(np.arange(12) // 2, 5), np.tile(np.arange(5), 12)
    rejected = 0
    for _ in range(200):
        x = np.column_stack([np.ones(60), rng.normal(size=6)[family]])
        y = rng.normal(size=6)[family] + rng.normal(0, 0.5, 5)[task] * x[:, 1] + rng.normal(0, 0.3, 60)
        fit = least_squares(x, y)
        one, other = clustered(fit, family), clustered(fit, task)
        both = summed_tests(fit, one, other)
        rejected += both.p_value[1] < 0.05
    assert both.covariance == pytest.approx(one.covariance + other.covariance)
    a, b = one.covariance[1, 1], other.covariance[1, 1]
    assert both.df[1] == pytest.approx((a + b) ** 2 / (a**2 / one.df[1] + b**2 / other.df[1]))
    assert rejected <= 18


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda x, y: least_squares(x[:2], y[:2]), "2 rows"),
        (lambda x, y: least_squares(np.column_stack([x, 2 * x[:, 1]]), y), "combination"),
        (lambda x, y: least_squares(x, np.full(len(x), 3.0)), "same in every row"),
        (lambda x, y: clustered(least_squares(x, y), np.zeros(len(x))), "one cluster"),
        (lambda x, y: hc3(least_squares(np.column_stack([x, np.arange(len(x)) == 0]), y)), "row 0 alone"),
    ],
)
def test_undetermined_fits_say_why(rng, call, words):
    x = np.column_stack([np.ones(10), rng.normal(size=10)])
    with pytest.raises(CannotTellError, match=words):
        call(x, rng.normal(size=10))


def test_missing_values_and_wrong_lengths_are_refused(rng):
    x = np.column_stack([np.ones(5), [1, 2, 3, np.nan, 5]])
    with pytest.raises(ShapeError, match="1 missing"):
        least_squares(x, np.arange(5.0))
    with pytest.raises(ShapeError, match="4 values where 5"):
        least_squares(np.ones((5, 1)), np.arange(4.0))
