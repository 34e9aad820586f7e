from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.bradley_terry import fit_wins, same_hierarchy
from analysis.stats.concordance import kendall_w, skillings_mack
from analysis.stats.ranks import (
    block_ranks,
    critical_difference,
    friedman,
    friedman_chi2,
    iman_davenport,
    rank_distribution,
)  # fmt: skip

EXACT = 1e-9
MONTE_CARLO = 0.015
ASSEMBLY = np.array([
    [3.2, 4.1, 3.8, 4.2], [3.1, 3.9, 3.4, 4.0], [4.3, 3.5, 4.6, 4.8], [3.5, 3.6, 3.9, 4.0], [3.6, 4.2, 3.7, 3.9],
    [4.5, 4.7, 3.7, np.nan], [np.nan, 4.2, 3.4, np.nan], [4.3, 4.6, 4.4, 4.9], [3.5, np.nan, 3.7, 3.9],
])  # fmt: skip
"""Assembly times of nine persons by four methods, Skillings and Mack 1981, page 173."""


def wins_of(scores):
    """Wins of the row over the column, (methods, methods); a tie is half a win for both."""
    ahead = scores[:, :, None] - scores[:, None, :]
    return ((ahead > 0) + 0.5 * (ahead == 0)).sum(axis=0) - len(scores) / 2 * np.eye(scores.shape[1])


def test_ranks_of_the_five_classifiers_are_the_published_ones(baycomp):
    found = friedman(baycomp)
    assert found.average_ranks == pytest.approx([3.685, 2.444, 2.704, 3.250, 2.917], abs=0.0005)
    assert found.chi2 == pytest.approx(20.8405, abs=0.00005)
    assert found.p_chi2 == pytest.approx(0.00034, abs=0.000005)


def test_the_wilcoxon_test_of_two_classifiers_is_the_published_one(baycomp):
    assert stats.wilcoxon(baycomp[:, 0], baycomp[:, 1]).pvalue == pytest.approx(1.82e-6, abs=0.005e-6)


def test_demsars_example_gives_demsars_numbers():
    ranks = [3.143, 2.000, 2.893, 1.964]
    chi2 = friedman_chi2(ranks, 14)
    assert chi2 == pytest.approx(9.28, abs=0.005)
    assert iman_davenport(chi2, 14, 4) == pytest.approx(3.69, abs=0.005)
    assert critical_difference(4, 14, alpha=0.05) == pytest.approx(1.25, abs=0.005)


def test_friedman_is_that_of_scipy_with_and_without_ties(rng):
    for scores in (rng.normal(size=(9, 5)), rng.integers(0, 4, size=(9, 5)).astype(float)):
        oracle = stats.friedmanchisquare(*scores.T)
        found = friedman(scores)
        assert (found.chi2, found.p_chi2) == pytest.approx((oracle.statistic, oracle.pvalue), abs=EXACT)


def test_iman_davenport_is_the_analysis_of_variance_of_ranks(rng):
    scores = rng.integers(0, 4, size=(9, 5)).astype(float)
    ranks = block_ranks(scores)
    methods = 9 * ((ranks.mean(axis=0) - 3) ** 2).sum()
    rest = ((ranks - 3) ** 2).sum() - methods
    assert friedman(scores).f == pytest.approx((methods / 4) / (rest / 32), abs=EXACT)


def test_equal_blocks_have_an_infinite_f():
    found = friedman(np.tile([1.0, 2.0, 3.0], (4, 1)))
    assert np.isinf(found.f)
    assert found.p_f == 0.0
    assert found.average_ranks.tolist() == [3, 2, 1]


@given(st.integers(0, 9999), st.integers(2, 6), st.integers(2, 6))
def test_ranks_sum_to_the_same_in_every_block_and_reverse_with_the_sign(seed, blocks, methods):
    scores = np.random.default_rng(seed).integers(0, 3, size=(blocks, methods)).astype(float)
    ranks = block_ranks(scores)
    assert ranks.sum(axis=1) == pytest.approx(np.full(blocks, methods * (methods + 1) / 2))
    assert ranks + block_ranks(-scores) == pytest.approx(np.full_like(ranks, methods + 1))


def test_kendalls_w_is_that_of_vegan(reference, rng):
    expected = reference("matrices.json")["kendall"]["table"][0]
    found = kendall_w(reference("ratings.csv"), rng=rng)
    assert found.w == pytest.approx(expected["W"], abs=EXACT)
    assert found.p_value == pytest.approx(expected["Prob.perm"], abs=MONTE_CARLO)


def test_kendalls_w_of_few_clusters_is_exact(rng):
    scores = rng.normal(size=(3, 3))
    ranks = block_ranks(scores)
    orders = [list(o) for o in permutations(range(3))]
    sums = [((ranks[0] + ranks[1, a] + ranks[2, b] - 6) ** 2).sum() for a in orders for b in orders]
    observed = ((ranks.sum(axis=0) - 6) ** 2).sum()
    found = kendall_w(scores, rng=rng)
    assert found.exact
    assert found.p_value == pytest.approx(np.mean(np.array(sums) >= observed - 1e-9), abs=EXACT)


def test_forty_languages_of_three_targets_are_three_clusters_not_120_blocks(rng):
    target = np.repeat(np.arange(3), 40)
    scores = rng.normal(size=(3, 5))[target] + 0.1 * rng.normal(size=(120, 5))
    assert kendall_w(scores, rng=rng, size=999).p_value < 0.05
    assert kendall_w(scores, rng=rng, clusters=target).p_value > 0.05


def test_skillings_and_macks_own_example(rng):
    found = skillings_mack(-ASSEMBLY, rng=rng)
    assert found.statistic == pytest.approx(15.493, abs=0.0005)
    assert found.df == 3
    assert found.p_value == pytest.approx(0.00144, abs=0.000005)
    assert found.p_permutation < 0.002
    assert found.adjusted.argmin() == 0


def test_without_missing_cells_skillings_mack_is_friedman(rng):
    scores = rng.normal(size=(7, 4))
    assert skillings_mack(scores).statistic == pytest.approx(friedman(scores).chi2, abs=EXACT)


def test_strengths_are_the_logistic_regression_of_statsmodels(rng):
    wins = wins_of(np.round(rng.normal([0, 0.3, 0.5, 0.2], size=(30, 4)), 1))
    strength = fit_wins(wins[None], ridge=0.0)[0][0]
    pairs = [(i, j) for i in range(4) for j in range(i)]
    signs = np.array([[(c == i) - (c == j) for c in range(1, 4)] for i, j in pairs])
    met = np.array([wins[i, j] + wins[j, i] for i, j in pairs])
    share = np.array([wins[i, j] for i, j in pairs]) / met
    oracle = sm.GLM(share, signs, family=sm.families.Binomial(), freq_weights=met).fit(tol=1e-12)
    assert strength[1:] - strength[0] == pytest.approx(oracle.params, abs=1e-7)
    assert strength.sum() == pytest.approx(0, abs=EXACT)


def test_a_ridge_moves_no_strength_that_is_determined(rng):
    wins = wins_of(rng.normal(size=(40, 4)))
    assert fit_wins(wins[None])[0] == pytest.approx(fit_wins(wins[None], ridge=0.0)[0], abs=1e-4)


def test_families_with_opposite_orders_differ_and_equal_ones_do_not(rng):
    group = np.repeat(["east", "west"], 20)
    slope = np.where(group == "east", 1, -1)[:, None] * np.array([0, 0.7, 1.4])
    noise = rng.normal(size=(40, 3))
    differ = same_hierarchy(slope + noise, group, rng=rng, size=499)
    assert differ.p_value < 0.01
    assert differ.df == 2
    assert np.sign(differ.strength[0, 2]) == -np.sign(differ.strength[1, 2])
    assert same_hierarchy(np.abs(slope) + noise, group, rng=rng, size=499).p_value > 0.05


def test_rank_probabilities_share_ties_and_add_up():
    replicates = np.array([[1.0, 2.0, 2.0, 0.0], [3.0, 2.0, 1.0, 0.0]])
    found = rank_distribution([2.0, 2.0, 1.5, 0.0], replicates, top=2)
    assert found.p_first == pytest.approx([0.5, 0.25, 0.25, 0.0])
    assert found.p_top.sum() == pytest.approx(2.0)
    assert found.expected == pytest.approx([2.0, 1.75, 2.25, 4.0])


def test_rank_intervals_are_sharp_where_methods_are_far_apart_and_wide_where_equal(rng):
    estimate = np.array([10.0, 5.0, 5.01, 0.0])
    replicates = estimate + rng.normal(0, 0.3, size=(4000, 4))
    found = rank_distribution(estimate, replicates)
    assert list(zip(found.low.tolist(), found.high.tolist(), strict=True)) == [(1, 1), (2, 3), (2, 3), (4, 4)]
    reverse = rank_distribution(estimate, replicates, higher_is_better=False)
    assert reverse.low.tolist() == [4, 2, 2, 1]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda g: friedman(np.ones((5, 3))), CannotTellError),
        (lambda g: friedman(g.normal(size=(1, 3))), CannotTellError),
        (lambda g: friedman(g.normal(size=(4, 1))), CannotTellError),
        (lambda g: friedman(ASSEMBLY), ShapeError),
        (lambda g: critical_difference(1, 10, alpha=0.05), CannotTellError),
        (lambda g: kendall_w(g.normal(size=(4, 3)), rng=g, clusters=[1] * 4), CannotTellError),
        (lambda g: kendall_w(np.ones((4, 3)), rng=g), CannotTellError),
        (lambda g: skillings_mack(np.full((4, 3), np.nan)), CannotTellError),
        (lambda g: skillings_mack(np.column_stack([g.normal(size=(4, 2)), np.full(4, np.nan)])), CannotTellError),
        (lambda g: same_hierarchy(g.normal(size=(5, 3)), [0] * 5, rng=g), CannotTellError),
        (lambda g: same_hierarchy(g.normal(size=(5, 3)), list("abcde"), rng=g), CannotTellError),
        (lambda g: same_hierarchy(g.normal(size=(4, 3)), [0, 0, 1, 1], rng=g, clusters=[0, 1, 1, 2]), ShapeError),
        (lambda g: rank_distribution([1.0], g.normal(size=(9, 1))), CannotTellError),
    ],
)
def test_orders_that_cannot_be_told_say_so(rng, call, error):
    with pytest.raises(error):
        call(rng)
