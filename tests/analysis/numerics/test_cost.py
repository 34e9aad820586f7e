"""Learning curves, frontiers and what a point is worth."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import curve_fit

from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.curves import curve_replicates, expected_maximum, fit_curve, iso_cost_gain
from analysis.stats.frontier import acceptability, increment, incremental_ratios, pareto, rising

COSTS = np.geomspace(1e3, 1e6, 8)
TO_SCIPY = 1e-4


def curve(cost, a=80.0, b=3.0, c=0.4, unit=1e5):
    return a - b * (cost / unit) ** -c


def test_a_curve_without_noise_is_found_again():
    found = fit_curve(COSTS, curve(COSTS))
    assert (found.a, found.c) == pytest.approx((80.0, 0.4), rel=1e-4)
    assert found.at(1e5) == pytest.approx(77.0, abs=1e-4)
    assert found.identified


def test_a_noisy_curve_is_the_least_squares_of_scipy(rng):
    cost = np.repeat(COSTS, 4)
    score = curve(cost) + rng.normal(0, 0.5, len(cost))
    found = fit_curve(cost, score)
    oracle, _ = curve_fit(lambda x, a, b, c: a - b * (x / found.unit) ** -c, cost, score, p0=(80, 4, 0.4))
    assert (found.a, found.b, found.c) == pytest.approx(tuple(oracle), rel=TO_SCIPY)
    assert found.identified
    assert found.c_low < 0.4 < found.c_high


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (lambda c, g: 50 + 3 * np.log(c) + g.normal(0, 0.3, len(c)), "no plateau is in sight"),
        (lambda c, g: 70 + g.normal(0, 1, len(c)), "beyond their scatter"),
        (lambda c, g: np.where(c > 1e3, 80.0, 60.0) + g.normal(0, 1, len(c)), "lies at the smallest cost"),
    ],
)
def test_an_exponent_that_data_do_not_bound_is_not_identified(rng, score, words):
    cost = np.repeat(COSTS, 4)
    found = fit_curve(cost, score(cost, rng))
    assert words in found.because
    assert not found.identified


def test_three_points_identify_nothing():
    assert "three points" in fit_curve([1.0, 2.0, 4.0], [1.0, 3.0, 4.0]).because


def test_curves_of_replicates_centre_on_the_curve(rng):
    drawn = curve(COSTS) + rng.normal(0, 0.1, size=(1000, 8))
    found = curve_replicates(COSTS, drawn)
    assert np.median(found.a) == pytest.approx(80.0, abs=0.1)
    assert np.median(found.at([1e5, 5e5]), axis=0) == pytest.approx(curve(np.array([1e5, 5e5])), abs=0.05)
    single = fit_curve(COSTS, drawn[0])
    assert found.at(2e4)[0, 0] == pytest.approx(float(single.at(2e4)), abs=0.01)


def test_the_iso_cost_gain_compares_with_the_curve_at_the_same_cost(rng):
    drawn = curve(COSTS) + rng.normal(0, 0.1, size=(1000, 8))
    found = iso_cost_gain(
        fit_curve(COSTS, curve(COSTS)), curve_replicates(COSTS, drawn), 5e4, 79.0, 79 + rng.normal(0, 0.1, 1000)
    )
    assert found.gain == pytest.approx(79 - curve(5e4), abs=1e-3)
    assert found.low < found.gain < found.high
    assert not found.extrapolated
    beyond = iso_cost_gain(
        fit_curve(COSTS, curve(COSTS)), curve_replicates(COSTS, drawn), 5e7, 79.0, np.full(1000, 79.0)
    )
    assert beyond.extrapolated


def test_more_data_helps_tydiqa_but_not_xnli(results, rng):
    """The trap of the litmus data: the slope of the score on log data, with its interval."""
    import json

    folder = results / "litmus" / "SumEval" / "data" / "train"
    slopes = {}
    for task, name in (("tydiqa", "TyDiQA_XLMR_ID"), ("xnli", "XNLI_XLMR")):
        runs = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        cost = np.log10([sum(run["train_config"].values()) for run in runs])
        score = 100 * np.array([np.mean(list(run["eval_results"].values())) for run in runs])
        drawn = [np.polyfit(cost[i], score[i], 1)[0] for i in rng.integers(0, len(runs), (2000, len(runs)))]
        slopes[task] = np.quantile(drawn, [0.025, 0.975])
    assert slopes["tydiqa"][0] > 0
    assert slopes["xnli"][1] < 0.5  # points per tenfold data: nothing worth the name


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=8))
def test_the_expected_maximum_is_the_mean_over_all_subsets(scores):
    found = expected_maximum(scores)
    for k in range(1, len(scores) + 1):
        expected = np.mean([max(chosen) for chosen in combinations(scores, k)])
        assert found[k - 1] == pytest.approx(expected, abs=1e-8)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12))
def test_nothing_on_the_frontier_is_dominated_and_everything_else_is(points):
    cost, score = np.array(points, dtype=float).T
    kept = set(pareto(cost, score).tolist())
    for i in range(len(points)):
        beaten = any(
            cost[j] <= cost[i] and score[j] >= score[i] and (cost[j], score[j]) != (cost[i], score[i])
            for j in range(len(points))
        )
        assert (i in kept) == (not beaten)


def test_a_rising_fit_pools_what_falls():
    assert (
        rising([3, 1, 2, 2], [5.0, 2.0, 8.0, 6.0]).tolist()
        == [pytest.approx(19 / 3), 2.0] + [pytest.approx(19 / 3)] * 2
    )


def test_ratios_skip_dominated_and_extendedly_dominated_configurations():
    found = incremental_ratios([0, 10, 30, 40, 50], [0.0, 1.0, 1.1, 3.0, 2.0])
    assert found.order.tolist() == [0, 1, 3]
    assert found.ratio.tolist() == [0.0, 10.0, 15.0]
    assert found.dominated.tolist() == [False, False, False, False, True]
    assert found.extendedly.tolist() == [False, False, True, False, False]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=12))
def test_ratios_rise_along_the_frontier(points):
    cost, score = np.array(points, dtype=float).T
    found = incremental_ratios(cost, score)
    assert (np.diff(found.ratio[1:]) > 0).all()
    assert not (found.dominated & found.extendedly).any()
    assert len(set(found.order.tolist())) == len(found.order)


def test_the_quadrants_of_an_increment_add_up(rng):
    gains = rng.normal(0.5, 1, 500)
    found = increment(0.5, 1.0, gains)
    parts = (found.better_cheaper, found.better_dearer, found.worse_cheaper, found.worse_dearer)
    assert sum(parts) == pytest.approx(1.0)
    assert found.ratio == pytest.approx(2.0)
    assert np.isnan(increment(0.0, 1.0, gains).ratio)


def test_a_worthless_point_makes_the_cheapest_best_and_a_dear_one_the_highest(rng):
    scores = np.array([1.0, 2.0, 3.0]) + rng.normal(0, 0.3, (2000, 3))
    found = acceptability(scores, [1.0, 2.0, 4.0], [0.0, 1.5, 100.0])
    assert found.best.tolist() == [0, 1, 2]
    assert found.share.sum(axis=1) == pytest.approx(np.ones(3))
    assert found.share[0, 0] == 1.0
    assert found.share[2, 2] > 0.95


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: fit_curve([1, 2, 2], [1, 2, 3]), CannotTellError),
        (lambda: fit_curve([1, 2, 3], [5, 5, 5]), CannotTellError),
        (lambda: fit_curve([0, 2, 3], [1, 2, 3]), ShapeError),
        (lambda: fit_curve([1, 2, 3], [1, np.nan, 3]), ShapeError),
        (lambda: expected_maximum([1.0]), CannotTellError),
        (lambda: rising([], []), CannotTellError),
        (lambda: incremental_ratios([], []), CannotTellError),
        (lambda: increment(1, 1, []), CannotTellError),
        (lambda: acceptability(np.ones((5, 1)), [1.0], [1.0]), CannotTellError),
        (lambda: acceptability(np.ones((5, 2)), [1.0], [1.0]), ShapeError),
        (lambda: acceptability(np.ones((5, 2)), [1.0, 2.0], [-1.0]), ShapeError),
    ],
)
def test_cost_questions_without_an_answer_say_so(call, error):
    with pytest.raises(error):
        call()
