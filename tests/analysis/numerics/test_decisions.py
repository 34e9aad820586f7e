"""Decisions from estimates: rounding, seeds, equivalence; against scipy where it has a say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.decisions import comparable, equals, estimate, exceeds

EXACT = 1e-9

values = st.lists(st.floats(0, 100), min_size=2, max_size=8)


@given(values)
def test_the_interval_over_seeds_is_the_t_interval(scores: list[float]) -> None:
    e = estimate(scores, 0.0)
    sem = float(stats.sem(scores))
    if sem < 1e-6:
        return
    low, high = stats.t.interval(0.95, len(scores) - 1, loc=np.mean(scores), scale=sem)
    assert e.interval() == pytest.approx((low, high), rel=1e-6)


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=8), st.floats(0.5, 3))
def test_equivalence_agrees_with_two_one_sided_t_tests(gains: list[float], margin: float) -> None:
    if float(np.std(gains)) < 1e-3:
        return
    upper = stats.ttest_1samp(gains, margin, alternative="less").pvalue
    lower = stats.ttest_1samp(gains, -margin, alternative="greater").pvalue
    worst = max(upper, lower)
    if abs(worst - 0.05) < 1e-6:
        return
    assert (comparable(estimate(gains, 0.0), margin).decision == "true") == (worst < 0.05)


@pytest.mark.parametrize(
    ("value", "rounding", "stated", "half", "decision", "by_rounding"),
    [
        (8.2, 0.0, 8.2, 0.05, "true", False),
        (8.24, 0.0, 8.2, 0.05, "true", False),
        (8.26, 0.0, 8.2, 0.05, "false", False),
        (5.4, 0.1, 5.4, 0.05, "true", True),
        (5.3, 0.1, 5.4, 0.05, "open", True),
        (5.2, 0.1, 5.4, 0.05, "false", False),
        (79.2, 0.05, 79, 0.5, "true", False),
    ],
)
def test_a_single_value_is_compared_with_the_interval_its_digits_stand_for(
    value: float, rounding: float, stated: float, half: float, decision: str, by_rounding: bool
) -> None:
    judged = equals(estimate([value], rounding), stated, half)
    assert (judged.decision, judged.by_rounding) == (decision, by_rounding)


def test_seeds_that_span_the_stated_number_leave_it_open_and_seeds_far_from_it_refute_it() -> None:
    assert equals(estimate([7.0, 8.0, 9.2], 0.0), 8.6, 0.05).decision == "open"
    assert equals(estimate([7.9, 8.0, 8.1], 0.0), 8.6, 0.05).decision == "false"


@pytest.mark.parametrize(
    ("gains", "rounding", "decision"),
    [
        ([0.1], 0.0, "true"),
        ([0.1], 0.1, "true"),
        ([0.05], 0.1, "open"),
        ([0.0], 0.05, "open"),
        ([0.0], 0.0, "false"),
        ([-0.2], 0.1, "false"),
        ([0.5, 0.6, 0.7], 0.0, "true"),
        ([-0.5, 0.6, 0.7], 0.0, "open"),
        ([-0.5, -0.6, -0.7], 0.0, "false"),
        ([0.3, 0.3, 0.3], 0.0, "true"),
    ],
)
def test_a_gain_is_above_zero_only_beyond_rounding_and_seeds(
    gains: list[float], rounding: float, decision: str
) -> None:
    assert exceeds(estimate(gains, rounding), 0.0).decision == decision
