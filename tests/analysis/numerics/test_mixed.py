from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_derivatives import fixed_by_theta
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.mixed_optimum import crossed_with
from analysis.stats.phylogeny import grafen_covariance, phylogenetic_factors
from analysis.stats.power import simulate

LIKELIHOOD = 1e-8  # of lme4's log-likelihood; four decimals were asked
ESTIMATE = 1e-6
RELATIVE = 1e-5  # of standard errors, degrees of freedom and variances
MODELS = ["intercepts", "slopes", "correlated", "method_fixed"]


def design_of(d, name):
    x = np.column_stack([np.ones(len(d)), d["distance"]])
    slopes = d["distance"] if name in {"slopes", "correlated"} else None
    factors = [
        RandomFactor("task", d["task"], slopes=slopes, correlated=name == "correlated"),
        RandomFactor("language", d["language"]),
    ]
    if name == "method_fixed":
        x = np.column_stack([x, *(d["method"] == m for m in range(1, 5))])
    else:
        factors.append(RandomFactor("method", d["method"]))
    return mixed_design(x, factors)


@pytest.mark.parametrize("name", MODELS)
def test_fits_are_those_of_lme4_and_lmer_test(reference, name):
    d, expected = reference("mixed.csv"), reference("mixed.json")[f"{name}_reml"]
    fit = fit_mixed(design_of(d, name), d["y"])
    assert fit.converged
    assert fit.boundary == ()
    assert fit.log_likelihood == pytest.approx(expected["log_likelihood"], abs=LIKELIHOOD)
    assert fit.estimate == pytest.approx(expected["estimate"], abs=ESTIMATE)
    assert fit.standard_error == pytest.approx(expected["standard_error"], rel=RELATIVE)
    assert fit.df == pytest.approx(expected["df"], rel=RELATIVE)
    assert fit.p_value == pytest.approx(expected["p_value"], rel=1e-3)
    assert fit.residual_sd == pytest.approx(expected["sigma"], rel=RELATIVE)
    assert fit.random[1][:, 0] == pytest.approx(expected["language"], abs=1e-5)


def test_variance_components_are_those_of_lme4(reference):
    d, expected = reference("mixed.csv"), reference("mixed.json")["correlated_reml"]["components"]
    fit = fit_mixed(design_of(d, "correlated"), d["y"])
    of = {(c["grp"], c.get("var1"), c.get("var2")): c["vcov"] for c in expected}
    task = fit.components[0].covariance
    assert task[0, 0] == pytest.approx(of["task", "(Intercept)", None], rel=RELATIVE)
    assert task[1, 1] == pytest.approx(of["task", "distance", None], rel=RELATIVE)
    assert task[0, 1] == pytest.approx(of["task", "(Intercept)", "distance"], rel=RELATIVE)


def test_the_likelihood_is_that_of_statsmodels(reference):
    d = reference("mixed.csv")
    frame = pd.DataFrame({name: d[name] for name in d.dtype.names}).assign(one=1)
    parts = {name: f"0 + C({name})" for name in ("task", "language", "method")}
    model = smf.mixedlm("y ~ distance", frame, groups="one", vc_formula=parts, re_formula="0")
    oracle = model.fit(reml=True)
    fit = fit_mixed(design_of(d, "intercepts"), d["y"])
    assert fit.log_likelihood == pytest.approx(oracle.llf, abs=1e-4)
    assert fit.estimate == pytest.approx(oracle.fe_params.to_numpy(), abs=1e-3)


@pytest.mark.parametrize("name", MODELS)
def test_the_derivatives_are_those_of_the_deviance(reference, rng, name):
    d = reference("mixed.csv")
    crossed, _ = crossed_with(design_of(d, name), d["y"])
    theta = rng.uniform(0.2, 1.2, len(crossed.design.parameters))
    rows = len(d) - crossed.design.x.shape[1]
    at = crossed.at(theta)
    found = crossed.derivatives(at)
    gradient, hessian = (f(at.residual, rows) for f in (found.gradient, found.hessian))
    fixed = fixed_by_theta(crossed.design, theta, found.projection)
    for i, step in enumerate(1e-5 * np.eye(len(theta))):
        up, down = (crossed.at(theta + s * step) for s in (1, -1))
        change = (up.deviance(len(d)) - down.deviance(len(d))) / 2e-5
        assert gradient[i] == pytest.approx(change, rel=1e-5, abs=1e-5)
        above, below = (crossed.derivatives(end).gradient(end.residual, rows) for end in (up, down))
        assert hessian[i] == pytest.approx((above - below) / 2e-5, rel=1e-5, abs=1e-4)
        assert fixed[i] == pytest.approx((up.s_inverse - down.s_inverse) / 2e-5, rel=1e-4, abs=1e-7)


def test_the_likelihood_is_that_of_the_dense_covariance(rng):
    """With ancestry, slopes and unbalanced rows, against the normal density written out."""
    paths = [("a", "x"), ("a", "x"), ("a", "y"), ("b",), ("b",), ("c",)]
    names = list("pqrstu")
    ancestry = grafen_covariance(paths)
    language = rng.integers(0, 6, 40)
    labels = [names[i] for i in language]
    task = rng.integers(0, 4, 40)
    distance = rng.normal(size=40)
    x = np.column_stack([np.ones(40), distance])
    tree, own = phylogenetic_factors(labels, names, ancestry)
    y = rng.normal(size=40) + np.linalg.cholesky(ancestry)[language] @ rng.normal(size=6) + task
    design = mixed_design(x, [tree, own, RandomFactor("task", task, slopes=distance, correlated=True)])
    fit = fit_mixed(design, y)
    z = (task[:, None] == np.arange(4)).astype(float)
    columns = np.stack([z, z * distance[:, None]])
    covariance = fit.residual_sd**2 * np.eye(40)
    covariance += fit.components[0].covariance[0, 0] * ancestry[np.ix_(language, language)]
    covariance += fit.components[1].covariance[0, 0] * (language[:, None] == language)
    covariance += np.einsum("iat,ij,jbt->ab", columns, fit.components[2].covariance, columns)
    inverse = np.linalg.inv(covariance)
    bread = x.T @ inverse @ x
    beta = np.linalg.solve(bread, x.T @ inverse @ y)
    rest = y - x @ beta
    dense = -0.5 * (
        np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(bread)[1] + rest @ inverse @ rest + 38 * np.log(2 * np.pi)
    )
    assert fit.log_likelihood == pytest.approx(dense, abs=1e-7)
    assert fit.estimate == pytest.approx(beta, abs=1e-8)
    assert fit.covariance == pytest.approx(np.linalg.inv(bread), abs=1e-8)


def test_shifting_and_scaling_the_outcome_changes_nothing_but_the_unit(reference):
    d = reference("mixed.csv")
    design = design_of(d, "correlated")
    one, other = fit_mixed(design, d["y"]), fit_mixed(design, 1e4 + 3 * d["y"])
    assert other.estimate[1] == pytest.approx(3 * one.estimate[1], rel=1e-5)
    assert other.df == pytest.approx(one.df, rel=1e-3)
    assert other.components[0].covariance == pytest.approx(9 * one.components[0].covariance, rel=1e-3)


@pytest.mark.parametrize("noise", [1.0, 1e-2, 1e-3])
def test_groups_count_as_the_degrees_of_freedom_of_their_mean(rng, noise):
    """However small the residual: a balanced mean over six groups has five."""
    group = np.repeat(np.arange(6), 5)
    y = 3 * rng.normal(size=6)[group] + noise * rng.normal(size=30)
    fit = fit_mixed(mixed_design(np.ones((30, 1)), [RandomFactor("group", group)]), y)
    assert fit.df[0] == pytest.approx(5, rel=1e-2)


def test_a_variance_of_nothing_is_reported_as_a_boundary(rng):
    task, language = (i.ravel() for i in np.indices((6, 10)))
    y = rng.normal(size=60)
    y -= np.array([y[task == t].mean() for t in range(6)])[task]
    design = mixed_design(np.ones((60, 1)), [RandomFactor("task", task), RandomFactor("language", language)])
    fit = fit_mixed(design, y)
    assert "task" in fit.boundary
    assert fit.converged
    assert np.isfinite(fit.df).all()


def test_a_search_that_jumps_onto_zero_is_taken_back(rng):
    """θ = 0 is stationary everywhere, so the search must look again from inside."""
    group = np.repeat(np.arange(8), 12)
    design = mixed_design(np.ones((96, 1)), [RandomFactor("group", group)])
    for _ in range(20):
        y = simulate(design, np.zeros(96), np.array([0.2]), 1.0, rng)
        crossed, _ = crossed_with(design, y)
        grid = [crossed.at(np.array([t])).deviance(96) for t in np.linspace(0, 2, 81)]
        found = fit_mixed(design, y).theta
        assert crossed.at(found).deviance(96) <= min(grid) + 1e-6


def test_simulated_outcomes_have_the_spread_of_the_model(reference, rng):
    d = reference("mixed.csv")
    design = design_of(d, "correlated")
    theta = np.array([0.8, 0.3, 0.5, 0.7, 0.4])
    drawn = np.array([simulate(design, np.zeros(len(d)), theta, 2.0, rng) for _ in range(4000)])
    slope = d["distance"] / design.effects[0].scales[1]
    t = np.array([[0.8, 0], [0.3, 0.5]])
    within = np.column_stack([np.ones(len(d)), slope]) @ t
    expected = 4 * (1 + (within**2).sum(axis=1) + 0.49 + 0.16)
    assert drawn.var(axis=0) == pytest.approx(expected, rel=0.12)


@pytest.mark.parametrize(
    ("x", "factors", "y", "words"),
    [
        (np.ones((6, 1)), [RandomFactor("task", [1] * 6)], np.arange(6.0), "task has one level"),
        (np.ones((6, 1)), [RandomFactor("task", range(6))], np.arange(6.0), "a level for every row"),
        (np.ones((6, 1)), [RandomFactor("task", [1, 1, 1, 2, 2, 2])], np.ones(6), "same in every row"),
        (np.ones((6, 2)), [RandomFactor("task", [1, 1, 1, 2, 2, 2])], np.arange(6.0), "effect 1 is a combination"),
        (np.eye(6), [RandomFactor("task", [1, 1, 1, 2, 2, 2])], np.arange(6.0), "6 rows"),
        (np.ones((6, 1)), [RandomFactor("task", [1, 1, 1, 2, 2, 2], slopes=np.ones(6))], np.arange(6.0), "a slope"),
        (np.ones((6, 1)), [RandomFactor("task", [1, 1, 2, 2, 3, 3])], [1.0, 1, 5, 5, 2, 2], "random effects explain"),
        (np.vander(np.arange(6.0), 2), [RandomFactor("task", [1, 1, 1, 2, 2, 2])], np.arange(6.0), "without any"),
    ],
)
def test_models_that_the_data_do_not_determine_say_why(x, factors, y, words):
    with pytest.raises(CannotTellError, match=words):
        fit_mixed(mixed_design(x, factors), y)


def test_calls_that_make_no_sense_are_refused(reference):
    d = reference("mixed.csv")
    x = np.ones((len(d), 1))
    with pytest.raises(ShapeError, match="needs a random factor"):
        mixed_design(x, [])
    with pytest.raises(ShapeError, match="neither an intercept nor slopes"):
        mixed_design(x, [RandomFactor("task", d["task"], intercept=False)])
    with pytest.raises(ShapeError, match="root of task"):
        mixed_design(x, [RandomFactor("task", d["task"], root=np.eye(3))])
    design = design_of(d, "intercepts")
    with pytest.raises(ShapeError, match="y holds 3 values"):
        fit_mixed(design, [1, 2, 3])
