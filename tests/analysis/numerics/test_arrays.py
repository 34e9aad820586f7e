"""The edge: arrays are checked once, errors name the thing and the remedy."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import ClaimgaugeError
from analysis.stats import threads
from analysis.stats.arrays import CannotTellError, ShapeError, codes, constant, level_in_range, matrix, vector
from analysis.stats.transforms import empirical_logit


def test_both_errors_are_ours_and_value_errors():
    for error in (CannotTellError, ShapeError):
        assert issubclass(error, ClaimgaugeError)
        assert issubclass(error, ValueError)
    assert str(CannotTellError("one seed shows no spread")) == "cannot tell, because one seed shows no spread"
    assert CannotTellError("x").exit_code == 4


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: vector("x", [[1.0]]), "x has shape"),
        (lambda: vector("x", [1.0, np.inf]), "1 missing or infinite"),
        (lambda: vector("x", [1.0], length=2), "1 values where 2"),
        (lambda: matrix("x", np.ones((2, 2, 2))), "give two dimensions"),
        (lambda: matrix("x", np.ones((2, 2)), rows=3), "2 rows where 3"),
        (lambda: codes("tasks", ["a"], 2), "one label for each of 2 rows"),
        (lambda: level_in_range(95), "0.95 is customary"),
    ],
)
def test_misshapen_arrays_are_named(call, words):
    with pytest.raises(ShapeError, match=words):
        call()


def test_codes_follow_the_order_of_the_labels():
    found, levels = codes("tasks", ["b", "a", "b"], 3)
    assert found.tolist() == [1, 0, 1]
    assert levels == 2


def test_constant_means_up_to_rounding():
    assert constant(np.array([0.1 + 0.2, 0.3]))
    assert not constant(np.array([0.3, 0.3001]))


def test_linear_algebra_runs_on_one_thread_within_the_block():
    with threads.one_thread():
        assert {pool["num_threads"] for pool in threads._controller().info() if pool["user_api"] == "blas"} == {1}


def test_the_empirical_logit_is_finite_at_the_ends_and_odd_about_the_middle():
    values = empirical_logit([0, 25, 50, 75, 100, np.nan], 200)
    assert np.isfinite(values[:5]).all()
    assert values[:5] == pytest.approx(-values[4::-1])
    assert np.isnan(values[5])
    with pytest.raises(ShapeError, match="give points"):
        empirical_logit([101], 10)
    with pytest.raises(ShapeError, match="at least one item"):
        empirical_logit([50], 0)
