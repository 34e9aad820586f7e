"""Equivalence, power, correlation and multiplicity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.weightstats import ttost_paired

from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.correlation import correlation, required_correlation
from analysis.stats.equivalence import detectable_effect, equivalence, t_power
from analysis.stats.multiplicity import benjamini_hochberg, holm

EXACT = 1e-9
PRINTED = 0.005  # half of the second decimal that the reference numbers are printed with


@pytest.mark.parametrize(("n", "r"), [(7, 0.89), (9, 0.82), (11, 0.76), (15, 0.67), (40, 0.43)])
def test_required_correlations_of_the_reference(n, r):
    assert required_correlation(n) == pytest.approx(r, abs=PRINTED)


@pytest.mark.parametrize("d", [0.3, 0.8, 1.7])
def test_power_is_that_of_statsmodels(d):
    assert t_power(d * np.sqrt(12), 11) == pytest.approx(TTestPower().power(d, 12, 0.05), abs=1e-7)


@pytest.mark.parametrize(("error", "df"), [(1.0, 1), (0.3, 2), (2.0, 4), (0.01, 200)])
def test_the_detectable_effect_has_the_power_it_says(error, df):
    assert t_power(detectable_effect(error, df) / error, df) == pytest.approx(0.8, abs=1e-6)


def test_equivalence_of_a_mean_is_that_of_statsmodels(rng):
    difference = rng.normal(-0.2, 1.4, 8)
    found = equivalence(difference.mean(), stats.sem(difference), 7, 1.0)
    assert found.p_value == pytest.approx(ttost_paired(difference, np.zeros(8), -1, 1)[0], abs=EXACT)
    assert (found.p_value < found.alpha) == (found.low > -1 and found.high < 1)
    assert equivalence(difference.mean(), stats.sem(difference), 7, 5.0).p_value < found.alpha


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: equivalence(1.0, 0.5, 4, 0), ShapeError),
        (lambda: detectable_effect(0.0, 3), ShapeError),
        (lambda: required_correlation(3), CannotTellError),
    ],
)
def test_small_or_constant_samples_say_so(call, error):
    with pytest.raises(error):
        call()


def test_correlations_are_those_of_scipy(rng):
    x = rng.normal(size=20)
    y = 0.5 * x + rng.normal(size=20)
    found, oracle = correlation(x, y), stats.pearsonr(x, y)
    assert (found.value, found.p_value) == pytest.approx((oracle.statistic, oracle.pvalue), abs=EXACT)
    assert (found.low, found.high) == pytest.approx(tuple(oracle.confidence_interval()), abs=EXACT)
    ranked, by_rank = correlation(x, y, kind="spearman"), stats.spearmanr(x, y)
    assert (ranked.value, ranked.p_value) == pytest.approx((by_rank.statistic, by_rank.pvalue), abs=EXACT)


def test_a_partial_correlation_has_the_t_of_the_regression(rng):
    z = rng.normal(size=(30, 2))
    x = z @ [1, 0.5] + rng.normal(size=30)
    y = 0.4 * x + z @ [1, -1] + rng.normal(size=30)
    found = correlation(x, y, controls=z)
    design = np.column_stack([np.ones(30), x, z])
    beta, rest, *_ = np.linalg.lstsq(design, y)
    t = beta[1] / np.sqrt(rest[0] / 26 * np.linalg.inv(design.T @ design)[1, 1])
    assert found.p_value == pytest.approx(2 * stats.t.sf(abs(t), 26), abs=EXACT)
    assert found.low < found.value < found.high


@pytest.mark.parametrize(
    "call",
    [
        lambda: correlation([1, 2, 3], [1, 2, 4]),
        lambda: correlation([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]),
        lambda: correlation([1, 2, 3, 4, 5, 6], [1, 2, 4, 3, 5, 6], controls=[2, 4, 6, 8, 10, 12]),
    ],
)
def test_correlations_without_spread_cannot_be_told(call):
    with pytest.raises(CannotTellError):
        call()


def test_adjusted_p_values_are_those_of_the_papers():
    """Benjamini and Hochberg (1995), section 3.2: 15 p-values, 4 found at .05 where Bonferroni and Holm find 3."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4
    assert (holm(p) <= 0.05).sum() == 3
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1], abs=EXACT)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_never_lowers_a_p_value_and_keeps_their_order(p):
    for adjusted in (holm(p), benjamini_hochberg(p)):
        assert (adjusted >= np.array(p) - 1e-15).all()
        assert (adjusted <= 1).all()
        assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= -1e-15).all()


def test_p_values_lie_between_0_and_1_and_tests_that_were_not_made_stay_without_one():
    with pytest.raises(ShapeError):
        holm([0.2, 1.2])
    assert holm([0.03, np.nan, 0.01]) == pytest.approx([0.03, np.nan, 0.02], nan_ok=True)
    assert len(holm([])) == 0
