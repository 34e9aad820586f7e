"""Ways to estimate how an outcome changes with distance, each with its own idea of what is independent.

Every function takes `Rows` and gives an `Effect` in outcome units per standard deviation of
distance. `benchmarks/statistics/slopes.py` measures how often each finds an effect where there is
none: the plain ones far too often, `mixed_slopes_tree` about as often as it says.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.distance.rows import Rows, Slope, effect
from analysis.numerics.arrays import CannotTellError, Floats
from analysis.numerics.least_squares import Tests, clustered, hc3, least_squares, two_way_clustered
from analysis.numerics.mixed import MixedFit, fit_mixed
from analysis.numerics.mixed_design import RandomFactor, mixed_design
from analysis.numerics.phylogeny import grafen_covariance, pgls, phylogenetic_factors

Ancestry = Literal["none", "families", "tree"]


def _demeaned(rows: Rows) -> tuple[Floats, Floats]:
    """Columns with one intercept per task, and the outcome: tasks need not have the same languages."""
    dummies = pd.get_dummies(rows.task).to_numpy(dtype=np.float64)
    return np.column_stack([rows.z, dummies]), rows.y


def plain(rows: Rows) -> Slope:
    """Least squares with an intercept per task, rows independent (HC3)."""
    tests = hc3(least_squares(*_demeaned(rows)))
    return _from_tests(rows, tests, "least squares, independent cells (HC3)", len(rows.y), "cells")


def clustered_language(rows: Rows) -> Slope:
    """Least squares, errors clustered by language (CR2)."""
    tests = clustered(least_squares(*_demeaned(rows)), rows.language)
    return _from_tests(rows, tests, "least squares, clusters: languages (CR2)", rows.languages, "languages")


def clustered_family(rows: Rows) -> Slope:
    """Least squares, errors clustered by family (CR2)."""
    tests = clustered(least_squares(*_demeaned(rows)), rows.family)
    return _from_tests(rows, tests, "least squares, clusters: families (CR2)", rows.families, "families")


def two_way_language(rows: Rows) -> Slope:
    """Least squares, errors clustered by language and task."""
    tests = two_way_clustered(least_squares(*_demeaned(rows)), rows.language, rows.task)
    n, n_of = min((rows.languages, "languages"), (rows.tasks, "tasks"))
    return _from_tests(rows, tests, "least squares, two-way clusters: languages, tasks", n, n_of)


def two_way_family(rows: Rows) -> Slope:
    """Least squares, errors clustered by family and task."""
    tests = two_way_clustered(least_squares(*_demeaned(rows)), rows.family, rows.task)
    n, n_of = min((rows.families, "families"), (rows.tasks, "tasks"))
    return _from_tests(rows, tests, "least squares, two-way clusters: families, tasks", n, n_of)


def _from_tests(rows: Rows, tests: Tests, method: str, n: int, n_of: str) -> Slope:
    fit = least_squares(*_demeaned(rows))
    return effect(rows, method, float(fit.estimate[0]), float(tests.standard_error[0]), float(tests.df[0]), n, n_of)


def mixed_fit(rows: Rows, *, slopes: bool, ancestry: Ancestry, power: float = 1.0) -> MixedFit:
    """The crossed mixed model: an intercept per task; languages random, by choice slopes and ancestry.

    Tasks have intercepts of their own, so that a hard task in far languages makes no slope. Slopes
    differ by task, and by what several tasks have in common: the baseline that their gains are
    counted from, the target. So do single languages of them.

    Raises:
        CannotTellError: nothing was measured twice, or a factor that cannot be told from the residual.
    """
    if rows.runs < 2:
        raise CannotTellError(ONE_RUN)
    factors = [RandomFactor("language", rows.language, slopes=rows.z if slopes and rows.several_sources else None)]
    if slopes:
        factors.append(RandomFactor("task", rows.task, slopes=rows.z, intercept=False))
        factors += [RandomFactor(n, labels, slopes=rows.z, intercept=False) for n, labels in rows.coarser().items()]
    factors += [RandomFactor(f"{n} in a language", labels) for n, labels in rows.cells().items()]
    if ancestry == "tree":
        codes, covariance = tree(rows, power=power)
        factors.append(phylogenetic_factors([str(c) for c in rows.language], codes, covariance)[0])
    elif ancestry == "families":
        factors.append(RandomFactor("family", rows.family))
    return fit_mixed(mixed_design(_demeaned(rows)[0], factors), rows.y)


ONE_RUN = "one run was measured, whose slope may be its own: another task or seed is needed"


def tree(rows: Rows, *, power: float = 1.0) -> tuple[list[str], Floats]:
    """Languages and their shared ancestry, from family and branch with Grafen's branch lengths.

    Raises:
        CannotTellError: no two languages share a family.
    """
    paths = {str(c): (str(f), str(b)) for c, f, b in zip(rows.language, rows.family, rows.branch, strict=True)}
    codes = sorted(paths)
    return codes, grafen_covariance([paths[c] for c in codes], power=power)


def _mixed(rows: Rows, method: str, *, slopes: bool, ancestry: Ancestry) -> Slope:
    fit = mixed_fit(rows, slopes=slopes, ancestry=ancestry)
    error, df = float(fit.standard_error[0]), float(fit.df[0])
    if ancestry == "none":
        return effect(rows, method, float(fit.estimate[0]), error, df, rows.languages, "languages")
    # Families, not languages, are the sample: never more freedom than a line through them leaves.
    df = min(df, max(rows.families - 2.0, 1.0))
    return effect(rows, method, float(fit.estimate[0]), error, df, rows.families, "families")


def mixed_intercepts(rows: Rows) -> Slope:
    """Mixed model, intercepts of tasks and languages."""
    return _mixed(rows, "mixed model, intercepts only", slopes=False, ancestry="none")


def mixed_slopes(rows: Rows) -> Slope:
    """Mixed model, slopes by task (and language, where a language has several sources)."""
    return _mixed(rows, "mixed model, slopes by task", slopes=True, ancestry="none")


def mixed_intercepts_family(rows: Rows) -> Slope:
    """Mixed model, intercepts of tasks, languages and families."""
    return _mixed(rows, "mixed model, intercepts, families", slopes=False, ancestry="families")


def mixed_slopes_family(rows: Rows) -> Slope:
    """Mixed model, slopes by task, families."""
    return _mixed(rows, "mixed model, slopes by task, families", slopes=True, ancestry="families")


def mixed_intercepts_tree(rows: Rows) -> Slope:
    """Mixed model, intercepts, shared ancestry along the tree."""
    return _mixed(rows, "mixed model, intercepts, tree of families", slopes=False, ancestry="tree")


def mixed_slopes_tree(rows: Rows) -> Slope:
    """Mixed model, slopes by task, shared ancestry along the tree: what the answer rests on."""
    return _mixed(rows, HEADLINE, slopes=True, ancestry="tree")


def mixed_slopes_isolates(rows: Rows) -> Slope:
    """The same where no two languages share a family, so that each is a tree of its own."""
    fit = mixed_fit(rows, slopes=True, ancestry="none")
    df = min(float(fit.df[0]), max(rows.families - 2.0, 1.0))
    error = float(fit.standard_error[0])
    return effect(rows, HEADLINE, float(fit.estimate[0]), error, df, rows.families, "families")


HEADLINE = "mixed model, slopes by task, tree of families"


def phylogenetic(rows: Rows) -> Slope:
    """Phylogenetic least squares over languages, λ by maximum likelihood."""
    y, z, languages = language_level(rows)
    codes, covariance = tree(rows)
    order = [codes.index(c) for c in languages]
    fit = pgls(np.column_stack([np.ones(len(z)), z]), y, covariance[np.ix_(order, order)])
    method = f"phylogenetic least squares over languages (λ = {fit.lam:.2f} by maximum likelihood)"
    return effect(
        rows, method, float(fit.estimate[1]), float(fit.standard_error[1]), float(fit.df), rows.families, "families"
    )


def language_level(rows: Rows) -> tuple[Floats, Floats, list[str]]:
    """One outcome and distance per language, freed of which tasks it was evaluated in.

    Returns:
        Outcome (languages,), from the additive model of tasks and languages; distance
        (languages,), mean over its sources; codes, sorted.
    """
    languages = sorted({str(c) for c in rows.language})
    place = {code: i for i, code in enumerate(languages)}
    code = np.array([place[str(c)] for c in rows.language])
    by_language = np.eye(len(languages))[code]
    by_task = pd.get_dummies(rows.task).to_numpy(dtype=np.float64)[:, 1:]
    found, *_ = np.linalg.lstsq(np.column_stack([by_language, by_task]), rows.y, rcond=None)
    z = np.bincount(code, rows.z) / np.bincount(code)
    return np.asarray(found[: len(languages)], dtype=np.float64), z, languages
