from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.bootstrap import bootstrap
from analysis.stats.intervals import interval
from analysis.stats.power import BalancedDesign, power_of_mean, power_of_slope
from analysis.stats.spreads import VarianceComponents, estimate_spreads


def test_power_for_these_tasks_is_that_of_the_stratified_interval(rng):
    grid, spreads = BalancedDesign(seeds=4, tasks=3, families=1, languages=2), VarianceComponents(noise=1.0, run=0.8)
    promised = power_of_mean(grid, spreads, 0.9, scope="these", rng=rng).power
    found = 0
    for _ in range(300):
        gains = 0.9 + rng.normal(0, 0.8, (1, 3, 1, 4)) + rng.normal(0, 1.0, (1, 3, 2, 4))
        found += interval(bootstrap(gains, rng=rng, size=400), method="t").low[0] > 0
    assert found / 300 == pytest.approx(promised, abs=0.08)


@pytest.mark.slow
def test_no_effect_is_found_at_the_level_of_the_test(rng):
    spreads = VarianceComponents(noise=1.0, task=1.0, language=1.0, family=0.5, task_language=0.5)
    found = power_of_mean(BalancedDesign(3, 6, 5, 3), spreads, 0.0, scope="like these", rng=rng, size=300)
    assert found.power == pytest.approx(0.05, abs=0.04)


def test_power_over_tasks_and_languages_is_less_than_over_seeds(rng):
    spreads = VarianceComponents(noise=1.0, run=0.3, task=1.0, language=1.0)
    grid = BalancedDesign(3, 6, 5, 3)
    these = power_of_mean(grid, spreads, 0.8, scope="these", rng=rng)
    like_these = power_of_mean(grid, spreads, 0.8, scope="like these", rng=rng, size=200)
    assert these.power > 0.9 > like_these.power > 0.2
    assert (these.size, like_these.size) == (0, 200)
    assert like_these.error == pytest.approx(0.035, abs=0.01)


@pytest.mark.slow
def test_a_slope_between_families_has_the_power_of_as_many_families(rng):
    """Distances that differ between families only are judged like a regression over families."""
    spreads = VarianceComponents(noise=0.5, family=1.0, language=0.2)
    distance = np.repeat(rng.normal(size=10), 4)
    found = power_of_slope(BalancedDesign(2, 2, 10, 4), spreads, 1.0, distance, rng=rng, size=150)
    error = np.sqrt((1.0 + 0.04 / 4 + 0.25 / 16) / 10)
    reach = stats.t.ppf(0.975, 8)
    expected = stats.nct.sf(reach, 8, 1 / error) + stats.nct.cdf(-reach, 8, 1 / error)
    assert found.power == pytest.approx(expected, abs=0.12)


def test_spreads_are_estimated_from_gains(rng):
    gains = rng.normal(0, 2, (12, 1, 1)) + rng.normal(0, 1.5, (1, 30, 1)) + rng.normal(0, 1, (12, 1, 4))
    gains = gains + rng.normal(0, 0.7, (12, 30, 1)) + rng.normal(0, 0.5, (12, 30, 4))
    found = estimate_spreads(gains)
    assert found.noise == pytest.approx(0.5, rel=0.05)
    assert found.task_language == pytest.approx(0.7, rel=0.15)
    assert found.run == pytest.approx(1.0, rel=0.3)
    assert found.language == pytest.approx(1.5, rel=0.4)
    assert found.task == pytest.approx(2.0, rel=0.6)
    assert found.family == 0.0


def test_spreads_that_gains_cannot_show_are_left_in_the_next(rng):
    single = estimate_spreads(rng.normal(0, 1, (6, 8, 1)))
    assert single.task_language == single.run == 0.0
    assert single.noise > 0


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (
            lambda g: power_of_mean(BalancedDesign(1, 3, 1, 1), VarianceComponents(1.0), 1, scope="these", rng=g),
            CannotTellError,
        ),
        (
            lambda g: power_of_mean(BalancedDesign(3, 1, 4, 2), VarianceComponents(1.0), 1, scope="like these", rng=g),
            CannotTellError,
        ),
        (
            lambda g: power_of_mean(BalancedDesign(0, 1, 4, 2), VarianceComponents(1.0), 1, scope="these", rng=g),
            ShapeError,
        ),
        (
            lambda g: power_of_mean(BalancedDesign(2, 1, 4, 2), VarianceComponents(0.0), 1, scope="these", rng=g),
            ShapeError,
        ),
        (
            lambda g: power_of_slope(BalancedDesign(2, 2, 2, 2), VarianceComponents(1.0), 1, [1, 2, 3], rng=g),
            ShapeError,
        ),
        (
            lambda g: power_of_slope(BalancedDesign(2, 2, 2, 2), VarianceComponents(1.0), 1, [1, 1, 1, 1], rng=g),
            CannotTellError,
        ),
        (
            lambda g: power_of_slope(BalancedDesign(2, 1, 4, 1), VarianceComponents(1.0), 1, [1, 2, 3, 5], rng=g),
            CannotTellError,
        ),
        (lambda g: estimate_spreads(np.ones((2, 3))), ShapeError),
        (lambda g: estimate_spreads(np.ones((2, 3, 2))), CannotTellError),
        (lambda g: estimate_spreads(np.full((2, 3, 2), np.nan)), CannotTellError),
    ],
)
def test_designs_without_spread_say_so(rng, call, error):
    with pytest.raises(error):
        call(rng)
