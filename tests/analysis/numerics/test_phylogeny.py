from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.least_squares import least_squares
from analysis.stats.phylogeny import grafen_covariance, pgls, phylogenetic_factors, whitening

TO_APE = 1e-10
TO_NLME = 1e-7  # nlme stops its search there; at a fixed λ the two agree to 1e-12
FIXED = 1e-10


@pytest.fixture
def languages(reference):
    rows = reference("phylogeny.csv")
    x = np.array([[1.0, float(r["distance"]), float(r["share"])] for r in rows])
    y = np.array([float(r["gain"]) for r in rows])
    return [(r["family"], r["branch"]) for r in rows], x, y


def test_branch_lengths_are_those_of_ape(languages, reference):
    paths, *_ = languages
    expected = reference("phylogeny.json")
    assert grafen_covariance(paths) == pytest.approx(np.array(expected["covariance"]), abs=TO_APE)
    assert grafen_covariance(paths, power=0.5) == pytest.approx(np.array(expected["covariance_half"]), abs=TO_APE)


def test_fits_are_those_of_nlme_with_pagels_lambda(languages, reference):
    paths, x, y = languages
    expected = reference("phylogeny.json")["REML"]
    found = pgls(x, y, grafen_covariance(paths))
    assert found.lam == pytest.approx(expected["lambda"], abs=TO_NLME)
    assert found.log_likelihood == pytest.approx(expected["log_likelihood"], abs=TO_NLME)
    assert found.estimate == pytest.approx(expected["estimate"], abs=TO_NLME)
    assert found.standard_error == pytest.approx(expected["standard_error"], abs=TO_NLME)
    assert found.sd == pytest.approx(expected["sigma"], abs=TO_NLME)
    assert found.p_value == pytest.approx(expected["p_value"], abs=TO_NLME)


def test_fits_at_a_known_lambda_are_those_of_nlme(languages, reference):
    paths, x, y = languages
    expected = reference("phylogeny.json")["REML"]["fixed"]
    found = pgls(x, y, grafen_covariance(paths), lam=0.4)
    assert found.log_likelihood == pytest.approx(expected["log_likelihood"], abs=FIXED)
    assert found.estimate == pytest.approx(expected["estimate"], abs=FIXED)
    assert found.standard_error == pytest.approx(expected["standard_error"], abs=FIXED)


def test_without_shared_ancestry_it_is_least_squares(languages):
    paths, x, y = languages
    found, plain = pgls(x, y, grafen_covariance(paths), lam=0.0), least_squares(x, y)
    assert found.estimate == pytest.approx(plain.estimate, abs=FIXED)
    assert found.p_value == pytest.approx(sm.OLS(y, x).fit().pvalues, abs=FIXED)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y", "", None])), min_size=3, max_size=15))
def test_ancestry_is_a_covariance_that_grows_with_the_shared_path(paths):
    try:
        shared = grafen_covariance(paths)
    except CannotTellError:
        return
    assert (shared == shared.T).all()
    assert np.linalg.eigvalsh(shared).min() > -1e-9
    for i, first in enumerate(paths):
        for j, second in enumerate(paths):
            if first[0] != second[0]:
                assert shared[i, j] == 0
            elif i != j and first[1] and first[1] == second[1]:
                others = [k for k in range(len(paths)) if paths[k][0] == first[0] and paths[k][1] != first[1]]
                assert all(shared[i, j] >= shared[i, k] for k in others)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: grafen_covariance([("a",), ("b",)]), CannotTellError, "2 languages make no tree"),
        (lambda: grafen_covariance([("a",), ("b",), ("c",)]), CannotTellError, "no two languages share"),
        (lambda: grafen_covariance([("a",)] * 3), CannotTellError, "no two languages share"),
        (lambda: grafen_covariance([("a",)] * 3, power=0), ShapeError, "power 0"),
        (lambda: pgls(np.ones((3, 2)), np.arange(3.0), np.eye(3)), CannotTellError, "3 languages"),
        (lambda: pgls(np.ones((5, 2)), np.arange(5.0), np.eye(5)), CannotTellError, "combination"),
        (lambda: pgls(np.ones((5, 1)), np.ones(5), np.eye(5)), CannotTellError, "same in every language"),
        (lambda: pgls(np.ones((5, 1)), np.arange(5.0), np.eye(4)), ShapeError, "ancestry of shape"),
        (lambda: pgls(np.ones((5, 1)), np.arange(5.0), 2 * np.eye(5)), ShapeError, "ones on its diagonal"),
        (lambda: pgls(np.ones((5, 1)), np.arange(5.0), np.eye(5), lam=1.2), ShapeError, "outside 0 to 1"),
        (lambda: phylogenetic_factors(["q"], ["p"], np.eye(1)), ShapeError, "no ancestry for q"),
    ],
)
def test_trees_and_fits_that_cannot_be_say_why(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_whitened_rows_give_the_phylogenetic_estimate_and_mix_no_families(rng):
    paths = [("a", "x"), ("b", "y"), ("a", "x"), ("a", "z"), ("b", "y"), ("c", ""), ("b", "w"), ("d", "")]
    ancestry = grafen_covariance(paths)
    x, y = np.column_stack([np.ones(8), rng.normal(size=8)]), rng.normal(size=8)
    root = whitening(ancestry, 0.7)
    assert root @ (0.7 * ancestry + 0.3 * np.eye(8)) @ root.T == pytest.approx(np.eye(8))
    assert np.linalg.lstsq(root @ x, root @ y)[0] == pytest.approx(pgls(x, y, ancestry, lam=0.7).estimate)
    families = np.array([p[0] for p in paths])
    assert (root[families[:, None] != families] == 0).all()


def test_languages_that_nothing_tells_apart_cannot_be_whitened():
    with pytest.raises(CannotTellError, match="same place"):
        whitening(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), 1.0)
