"""The fast ways of a mixed model give what the slow ones give, also where residuals are tiny."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.distances import shipped_distances
from analysis.results.table import load_results
from analysis.stats.arrays import CannotTellError
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_derivatives import fixed_by_theta
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.mixed_lambda import factors_of
from analysis.stats.mixed_optimum import crossed_with
from analysis.stats.mixed_rows import turned, without_lead
from analysis.stats.phylogeny import grafen_covariance, phylogenetic_factors

EXACT = 1e-9  # of a log-likelihood


def drawn(seed):
    """Unbalanced crossed rows with slopes, relatives and, by chance, correlated effects."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(40, 120))
    a, b, c = (rng.integers(0, k, n) for k in (int(rng.integers(3, 25)), int(rng.integers(3, 12)), 6))
    slope = rng.normal(size=n)
    names = list("uvwxyz")
    tree, _ = phylogenetic_factors(
        [names[i] for i in c], names, grafen_covariance([("p",)] * 3 + [("q",)] * 2 + [("r",)])
    )
    factors = [
        RandomFactor("a", a, slopes=slope if rng.random() < 0.5 else None),
        RandomFactor("b", b, slopes=slope, correlated=bool(rng.random() < 0.5)),
        RandomFactor("c", c, slopes=slope, intercept=False),
    ]
    if len(set(c)) == len(names) and rng.random() < 0.5:
        factors.append(tree)
    x = np.column_stack([np.ones(n), slope])
    y = 50 + rng.normal(size=25)[a] + rng.normal(size=12)[b] * slope + rng.normal(size=n)
    return x, factors, y, rng


def dense_log_likelihood(design, y, theta):
    """The normal density written out, profiled over β and σ."""
    n, p = design.x.shape
    covariance = np.eye(n)
    for e, triangle in zip(design.effects, factors_of(design, theta), strict=True):
        columns = np.stack([e.dense(effect) for effect in range(len(triangle))])
        covariance += np.einsum("anl,ac,bc,bml->nm", columns, triangle, triangle, columns)
    inverse = np.linalg.inv(covariance)
    bread = design.x.T @ inverse @ design.x
    rest = y - design.x @ np.linalg.solve(bread, design.x.T @ inverse @ y)
    m = n - p
    log_det = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(bread)[1]
    return -0.5 * (log_det + m * (1 + np.log(2 * np.pi * (rest @ inverse @ rest) / m)))


def likelihood(design, at):
    """Of the model at a point, from its profiled deviance."""
    n, p = design.x.shape
    m = n - p
    log_det_x = 2 * np.log(np.abs(np.diag(design.triangle))).sum()
    return -0.5 * (at.deviance(n) + log_det_x + m * (1 + np.log(2 * np.pi / m)))


@given(seed=st.integers(0, 2**32 - 1))
def test_elimination_and_rows_give_the_likelihood_of_the_dense_covariance(seed):
    x, factors, y, rng = drawn(seed)
    design, whole = mixed_design(x, factors), mixed_design(x, factors, eliminate=False)
    assert design.lead is not None
    assert whole.lead is None
    theta = rng.uniform(0.0, 2.0, len(design.parameters)) * (rng.random(len(design.parameters)) < 0.9)
    crossed, _ = crossed_with(design, y)
    rows = turned(without_lead(design), crossed.y, crossed.yy)
    ways = [crossed, crossed_with(whole, y)[0], rows]
    expected = dense_log_likelihood(design, y, theta)
    for way in ways:
        assert likelihood(design, way.at(theta)) == pytest.approx(expected, rel=EXACT, abs=EXACT)


@given(seed=st.integers(0, 2**32 - 1))
def test_elimination_and_rows_give_the_same_derivatives(seed):
    x, factors, y, rng = drawn(seed)
    design = mixed_design(x, factors)
    theta = rng.uniform(0.1, 2.0, len(design.parameters))
    crossed, _ = crossed_with(design, y)
    rows = turned(without_lead(design), crossed.y, crossed.yy)
    found = []
    for way in (crossed, crossed_with(mixed_design(x, factors, eliminate=False), y)[0], rows):
        at = way.at(theta)
        by = way.derivatives(at)
        m = len(y) - x.shape[1]
        fixed = fixed_by_theta(way.design, theta, by.projection)
        found.append([by.gradient(at.residual, m), by.hessian(at.residual, m), fixed])
    for other in found[1:]:
        for mine, theirs in zip(found[0], other, strict=True):
            assert mine == pytest.approx(theirs, rel=1e-7, abs=1e-7 * np.abs(theirs).max())


def two_way(digits):
    """Additive effects of 14 languages and 4 tasks and nothing else, rounded."""
    rng = np.random.default_rng(5)
    language, task = (i.ravel() for i in np.indices((14, 4)))
    y = 70 + 5 * rng.normal(size=14)[language] + 3 * rng.normal(size=4)[task]
    return language, task, y if digits is None else np.round(y, digits)


@pytest.mark.parametrize("digits", [1, 2, 3, 4, 5, 6, 7])
def test_effects_without_noise_have_the_variances_of_their_mean_squares(digits):
    """Balanced, so that restricted likelihood and analysis of variance agree (Searle et al. 1992, section 4.7)."""
    language, task, y = two_way(digits)
    factors = [RandomFactor("language", language), RandomFactor("task", task)]
    fit = fit_mixed(mixed_design(np.ones((56, 1)), factors), y)
    table = y.reshape(14, 4)
    rows, columns = table.mean(axis=1) - table.mean(), table.mean(axis=0) - table.mean()
    residual = table - table.mean() - rows[:, None] - columns
    squares = (4 * rows @ rows / 13, 14 * columns @ columns / 3, (residual**2).sum() / 39)
    assert fit.converged
    assert fit.residual_sd == pytest.approx(np.sqrt(squares[2]), rel=1e-6)
    assert fit.components[0].covariance[0, 0] == pytest.approx((squares[0] - squares[2]) / 4, rel=1e-5)
    assert fit.components[1].covariance[0, 0] == pytest.approx((squares[1] - squares[2]) / 14, rel=1e-5)
    variance = (squares[0] + squares[1] - squares[2]) / 56
    assert fit.covariance[0, 0] == pytest.approx(variance, rel=1e-5)
    parts = np.array([squares[0], squares[1], -squares[2]]) / 56
    assert fit.df[0] == pytest.approx(variance**2 / (parts**2 / [13, 3, 39]).sum(), rel=1e-3)


def test_a_world_without_any_residual_cannot_be_told():
    language, task, y = two_way(None)
    factors = [RandomFactor("language", language), RandomFactor("task", task)]
    with pytest.raises(CannotTellError, match="without any residual"):
        fit_mixed(mixed_design(np.ones((56, 1)), factors), y)


@pytest.mark.parametrize("digits", [2, 4, 6])
def test_slopes_and_relatives_without_noise_have_the_same_answer_whatever_was_rounded(digits):
    """What is asked of 14 languages in 5 families, with slopes by task, when a run has no noise."""
    rng = np.random.default_rng(3)
    language, task = (i.ravel() for i in np.indices((14, 4)))
    distance = rng.normal(size=14)[language]
    y = 70 + 8 * rng.normal(size=4)[task] + 5 * rng.normal(size=14)[language] - 2 * distance
    y += 0.8 * rng.normal(size=4)[task] * distance
    names = [f"l{i:02d}" for i in range(14)]
    ancestry = grafen_covariance([(f"f{i // 3}",) for i in range(14)])
    tree, own = phylogenetic_factors([names[i] for i in language], names, ancestry)
    factors = [tree, own, RandomFactor("task", task, slopes=distance, intercept=False)]
    design = mixed_design(np.column_stack([distance, np.eye(4)[task]]), factors)
    fit, noisy = fit_mixed(design, np.round(y, digits)), fit_mixed(design, y + 0.01 * rng.normal(size=56))
    assert fit.converged
    assert fit.estimate[0] == pytest.approx(noisy.estimate[0], abs=0.01)
    assert fit.standard_error[0] == pytest.approx(noisy.standard_error[0], rel=0.01)
    assert fit.df[0] == pytest.approx(noisy.df[0], rel=0.01)


def test_the_best_of_several_maxima_is_found():
    """Few levels with small variances: against a grid of both."""
    rng = np.random.default_rng(11)
    a, b = np.repeat(np.arange(4), 8), np.tile(np.arange(8), 4) // 2 + 4 * np.repeat(np.arange(4), 8)
    design = mixed_design(np.ones((32, 1)), [RandomFactor("a", a), RandomFactor("b", b)])
    grid = [np.array([s, t]) for s in np.linspace(0, 2, 21) for t in np.linspace(0, 2, 21)]
    for _ in range(25):
        y = 0.3 * rng.normal(size=4)[a] + 0.3 * rng.normal(size=16)[b] + rng.normal(size=32)
        crossed, _ = crossed_with(design, y)
        least = min(crossed.at(theta).deviance(32) for theta in grid)
        assert crossed.at(fit_mixed(design, y).theta).deviance(32) <= least + 1e-6


def test_twenty_thousand_levels_of_a_factor_are_fitted_in_seconds():
    rng = np.random.default_rng(0)
    level = np.repeat(np.arange(20_000), 3)
    other = rng.integers(0, 30, len(level))
    x = np.column_stack([np.ones(len(level)), rng.normal(size=len(level))])
    y = x @ [10, 0.5] + 0.7 * rng.normal(size=20_000)[level] + 0.4 * rng.normal(size=30)[other]
    y += rng.normal(size=len(level))
    started = time.process_time()
    alone = fit_mixed(mixed_design(x, [RandomFactor("level", level)]), y)
    both = fit_mixed(mixed_design(x, [RandomFactor("level", level), RandomFactor("other", other)]), y)
    assert time.process_time() - started < 60
    assert alone.converged
    assert both.converged
    assert both.components[0].covariance[0, 0] == pytest.approx(0.49, rel=0.05)
    assert both.residual_sd == pytest.approx(1.0, rel=0.02)
    assert both.random[0].shape == (20_000, 1)
    assert np.corrcoef(both.random[0][:, 0], np.bincount(level, y) / 3)[0, 1] > 0.8


def test_a_run_without_noise_has_the_maximum_of_arithmetic_in_fifty_digits(results):
    """Scores rounded to 2 decimals, the slope on geographic distance differing by task."""
    scores = load_results(results / "cases" / "deterministic.csv")
    cells = scores.groupby(["target", "language"], as_index=False)["score"].mean()
    cells = cells[cells["language"] != "en"]
    english = pd.Series("en", index=cells.index)
    distance = shipped_distances().between("geographic", cells["language"], english)
    z = np.asarray((distance - distance[:44].mean()) / distance[:44].std(), dtype=np.float64)
    x = np.column_stack([z, pd.get_dummies(cells["target"]).to_numpy(dtype=np.float64)])
    factors = [
        RandomFactor("language", cells["language"]),
        RandomFactor("target", cells["target"], slopes=z, intercept=False),
    ]
    fit = fit_mixed(mixed_design(x, factors), cells["score"])
    assert fit.converged
    assert fit.log_likelihood == pytest.approx(371.0172936, abs=1e-5)
    assert fit.estimate[0] == pytest.approx(-4.819540, abs=1e-5)
    of_slopes = float(fit.components[1].covariance[0, 0]) / 4
    of_languages = float(fit.covariance[0, 0]) - of_slopes
    squares = of_languages**2 / 42 + of_slopes**2 / 3  # Satterthwaite 1946, of 44 languages and 4 slopes
    assert fit.df[0] == pytest.approx((of_languages + of_slopes) ** 2 / squares, rel=1e-3)
