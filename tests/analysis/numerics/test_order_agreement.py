"""Rank correlations of orders with missing cells, against scipy where nothing is missing."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import spearmanr

from analysis.stats.order_agreement import between_orders, between_targets, mean_rank


def scores(seed: int = 0, methods: int = 8, targets: int = 6) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(methods, targets))


def test_without_gaps_the_agreement_of_targets_is_the_mean_of_spearmans_correlations() -> None:
    table = scores()
    expected = np.mean([spearmanr(table[:, a], table[:, b])[0] for a, b in combinations(range(6), 2)])
    assert between_targets(table).correlation == pytest.approx(expected)


def test_without_gaps_orders_are_compared_by_mean_ranks() -> None:
    one, other = scores(1), scores(2)
    expected = spearmanr(mean_rank(one), mean_rank(other))[0]
    found = between_orders(one, other)
    assert found.correlation == pytest.approx(expected)
    assert found.low <= expected <= found.high


def test_one_order_in_all_targets_is_found_although_each_method_lacks_its_own() -> None:
    table = np.arange(7.0)[:, None] + np.zeros((7, 7))
    np.fill_diagonal(table, np.nan)
    assert between_targets(table).correlation == pytest.approx(1.0)
    assert list(np.argsort(mean_rank(table))) == list(range(7))


def test_a_method_that_wins_its_own_target_only_does_not_hide_the_order_of_the_others() -> None:
    table = np.arange(7.0)[:, None] + np.zeros((7, 7))
    np.fill_diagonal(table, 100.0)
    assert between_targets(table).correlation < 0.9
    np.fill_diagonal(table, np.nan)
    assert between_targets(table).correlation == pytest.approx(1.0)


def test_a_cell_that_one_model_lacks_is_left_out_of_the_other_too() -> None:
    one, other = scores(3), scores(4)
    one[2, 3] = np.nan
    without = other.copy()
    without[2, 3] = np.nan
    assert between_orders(one, other) == between_orders(one, without)


@pytest.mark.parametrize(("shape", "why"), [((2, 9), "3 methods"), ((9, 2), "3 targets")])
def test_too_few_methods_or_targets_are_named(shape: tuple[int, int], why: str) -> None:
    found = between_targets(np.random.default_rng(0).normal(size=shape))
    assert np.isnan(found.correlation)
    assert why in found.because


def test_ties_everywhere_leave_no_order() -> None:
    assert between_targets(np.ones((5, 5))).because


def test_the_interval_holds_the_truth_in_about_nineteen_of_twenty_worlds() -> None:
    """Nominal 95 % in 60 worlds: fewer than 50 hits have a chance of two in ten thousand."""
    rng, hits, worlds = np.random.default_rng(7), 0, 60
    for _ in range(worlds):
        order = rng.normal(size=9)
        whole = order[:, None] + rng.normal(size=(9, 200))
        truth = np.corrcoef(np.argsort(np.argsort(whole, axis=0), axis=0).T)
        mean_truth = (truth.sum() - 200) / (200 * 199)
        found = between_targets(whole[:, :9])
        hits += found.low <= mean_truth <= found.high
    assert hits >= 50
