"""Gain against distance: does a test reject at its level where there is no effect?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from table import heading
from worlds import FAMILIES, PATHS, TASKS, Spread, World, world

from analysis.numerics.correlation import correlation
from analysis.numerics.least_squares import clustered, hc3, least_squares, two_way_clustered
from analysis.numerics.matrix_regression import matrix_regression
from analysis.numerics.mixed import fit_mixed
from analysis.numerics.mixed_bootstrap import parametric_test
from analysis.numerics.mixed_design import RandomFactor, mixed_design
from analysis.numerics.permutation import mantel, permuted_correlation
from analysis.numerics.phylogeny import grafen_covariance, pgls, phylogenetic_factors

if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[World], float]

LANGUAGES = len(PATHS)
NAMES = [f"l{i:02d}" for i in range(LANGUAGES)]
ANCESTRY = grafen_covariance(PATHS)
TASK, LANGUAGE = (i.ravel() for i in np.indices((TASKS, LANGUAGES)))
FAMILY = np.array(FAMILIES)
BRANCH = np.array([f"{f}/{b}" for f, b in PATHS])
SETTINGS = {
    "ancestry, slopes differ by task": {},
    "ancestry, tasks alike": {"spread": Spread(slope=0)},
    "no ancestry, slopes differ": {"spread": Spread(family=0, branch=0)},
    "true slope 0.6": {"slope": 0.6},
}
SLOW = {"mixed, parametric bootstrap: as the line above": 5}
"""Tests that look at every fifth grid only."""


def rows(w: World) -> tuple[np.ndarray, np.ndarray]:
    return np.column_stack([np.ones(len(TASK)), w.distance[LANGUAGE]]), w.cells.ravel()


def factors(w: World | None, kind: str) -> list[RandomFactor]:
    slopes = w.distance[LANGUAGE] if w is not None and "slopes" in kind else None
    task = RandomFactor("task", TASK, slopes=slopes)
    if "ancestry" in kind:
        return [task, *phylogenetic_factors([NAMES[i] for i in LANGUAGE], NAMES, ANCESTRY)]
    if "family" in kind:
        return [task, RandomFactor("language", LANGUAGE), RandomFactor("family", FAMILY[LANGUAGE])]
    return [task, RandomFactor("language", LANGUAGE)]


def mixed(kind: str) -> Test:
    def test(w: World) -> float:
        x, y = rows(w)
        return float(fit_mixed(mixed_design(x, factors(w, kind)), y).p_value[1])

    return test


def phylogenetic(method: str) -> Test:
    def test(w: World) -> float:
        x = np.column_stack([np.ones(LANGUAGES), w.distance])
        return float(pgls(x, w.cells.mean(axis=0), ANCESTRY, method=method).p_value[1])

    return test


def apart(values: np.ndarray) -> np.ndarray:
    return np.abs(values[:, None] - values)


def regressions() -> dict[str, Test]:
    return {
        "correlation over cells": lambda w: correlation(w.distance[LANGUAGE], w.cells.ravel()).p_value,
        "correlation over languages": lambda w: correlation(w.distance, w.cells.mean(axis=0)).p_value,
        "least squares over cells, HC3": lambda w: hc3(least_squares(*rows(w))).p_value[1],
        "clusters: languages (CR2)": lambda w: clustered(least_squares(*rows(w)), LANGUAGE).p_value[1],
        "clusters: families (CR2)": lambda w: clustered(least_squares(*rows(w)), FAMILY[LANGUAGE]).p_value[1],
        "two-way clusters: languages, tasks": lambda w: two_way_clustered(
            least_squares(*rows(w)), LANGUAGE, TASK
        ).p_value[1],
        "two-way clusters: families, tasks": lambda w: two_way_clustered(
            least_squares(*rows(w)), FAMILY[LANGUAGE], TASK
        ).p_value[1],
        "mixed: task, language": mixed("language"),
        "mixed: task with slopes, language": mixed("language, slopes"),
        "mixed: task, language, family": mixed("family"),
        "mixed: task with slopes, language, family": mixed("family, slopes"),
        "mixed: task with slopes, language, ancestry": mixed("ancestry, slopes"),
    }


def rearrangements(rng: np.random.Generator) -> dict[str, Test]:
    def boot(w: World) -> float:
        x, y = rows(w)
        return parametric_test(mixed_design(x, factors(w, "ancestry, slopes")), y, 1, rng=rng, size=99).p_value

    def exchanged(blocks: np.ndarray | None) -> Test:
        return lambda w: (
            permuted_correlation(w.distance, w.cells.mean(axis=0), rng=rng, size=399, blocks=blocks).p_value
        )

    def matrices(blocks: np.ndarray | None) -> Test:
        return lambda w: (
            mantel(apart(w.cells.mean(axis=0)), apart(w.distance), rng=rng, size=199, blocks=blocks).p_value
        )

    return {
        "mixed, parametric bootstrap: as the line above": boot,
        "phylogenetic least squares over languages, ML": phylogenetic("ml"),
        "phylogenetic least squares over languages, REML": phylogenetic("reml"),
        "permutation of languages, everywhere": exchanged(None),
        "permutation of languages within families": exchanged(FAMILY),
        "permutation of languages within branches": exchanged(BRANCH),
        "Mantel, everywhere": matrices(None),
        "Mantel within families": matrices(FAMILY),
        "Mantel within branches": matrices(BRANCH),
        "matrix regression with ancestry, everywhere": lambda w: matrix_regression(
            apart(w.cells.mean(axis=0)), [apart(w.distance), 1 - ANCESTRY], rng=rng, size=199
        ).p_value[1],
        "matrix regression with ancestry, within branches": lambda w: matrix_regression(
            apart(w.cells.mean(axis=0)), [apart(w.distance), 1 - ANCESTRY], rng=rng, size=199, blocks=BRANCH
        ).p_value[1],
    }


def slope(rng: np.random.Generator, size: int) -> None:
    """Shares of p < .05 in each setting; the last one shows power."""
    tests = regressions() | rearrangements(rng)
    found: dict[str, dict[str, list[bool]]] = {name: {s: [] for s in SETTINGS} for name in tests}
    for setting, options in SETTINGS.items():
        for number in range(size):
            w = world(rng, **options)
            for name, test in tests.items():
                if number % SLOW.get(name, 1) == 0:
                    found[name][setting].append(test(w) < 0.05)
    heading("Gain against distance: share of p < .05", size, 0.05)
    print(f"{TASKS} tasks, {LANGUAGES} languages, {len(set(FAMILIES))} families, 2 to 5 seeds.\n")
    print("| test | " + " | ".join(SETTINGS) + " |\n|---|" + "---|" * len(SETTINGS))
    for name, by_setting in found.items():
        print(f"| {name} | " + " | ".join(f"{np.mean(hits):.3f}" for hits in by_setting.values()) + " |")
