"""Ways to estimate how an outcome changes with distance, each with its own idea of what is independent.

Every function takes `DistanceRows` and gives a `Slope` in outcome units per standard deviation of distance.
Those that leave out what languages or tasks have in common give an estimate and its error and no
test: `benchmarks/statistics/slopes.py` measures that such tests find an effect where there is none
in up to half of the grids, and that the others find one about as often as they say.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.questions.distance.rows import DistanceRows, Labels, Slope
from analysis.stats.arrays import CannotTellError, Floats, constant
from analysis.stats.freedom import summed
from analysis.stats.least_squares import LeastSquares, Tests, clustered, hc3, least_squares, summed_tests
from analysis.stats.mixed import MixedFit, fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.phylogeny import grafen_covariance, pgls, phylogenetic_factors, whitening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Ancestry = Literal["none", "families", "tree"]

EVERY_CELL = "the cells of a language and of a family count as independent"
EVERY_LANGUAGE = "the languages of a family count as independent"
EVERY_BRANCH = "the branches of a family count as equally related"
ONE_SLOPE = "the slope counts as the same in every task"
FITS = 8
"""Least-squares fits and their errors that are remembered while standard errors are made of them."""
ESTIMATES = 2000
"""Estimates that are remembered; each is a few numbers."""
UNCONVERGED = "the mixed model did not converge"
ONE_RUN = "one run was measured, whose slope may be its own: another task or seed is needed"


@lru_cache(ESTIMATES)
def estimated(rows: DistanceRows, way: Callable[[DistanceRows], Slope]) -> Slope:
    """Estimate of a slope by one method, such as `mixed_slopes_tree`."""
    return way(rows)


@lru_cache(FITS)
def _demeaned(rows: DistanceRows) -> tuple[Floats, Floats]:
    """Columns with what is held constant and one intercept per task, and the outcome.

    Tasks have intercepts of their own because they need not have the same languages.
    """
    return np.column_stack([rows.z, rows.controls, _intercepts(rows)]), rows.y


def _intercepts(rows: DistanceRows) -> Floats:
    levels, code = np.unique(rows.task.astype(str), return_inverse=True)
    indicators: Floats = np.eye(len(levels))[code]
    return indicators


def plain(rows: DistanceRows) -> Slope:
    """Least squares with an intercept per task, rows independent (HC3)."""
    method = "least squares, independent cells (HC3)"
    return _from_tests(rows, hc3(_fit(rows)), method, "cells", EVERY_CELL)


def clustered_language(rows: DistanceRows) -> Slope:
    """Least squares, errors clustered by language (CR2)."""
    tests = _clustered(rows, "language")
    left_out = EVERY_LANGUAGE if rows.related else ONE_SLOPE
    return _from_tests(rows, tests, "least squares, clusters: languages (CR2)", "languages", left_out)


def clustered_family(rows: DistanceRows) -> Slope:
    """Least squares, errors clustered by family (CR2)."""
    tests = _clustered(rows, "family")
    return _from_tests(rows, tests, "least squares, clusters: families (CR2)", "families", ONE_SLOPE)


def two_way_language(rows: DistanceRows) -> Slope:
    """Least squares, errors clustered by language and task."""
    left_out = EVERY_LANGUAGE if rows.related else ""
    return _two_way(rows, "language", "languages", left_out)


def two_way_family(rows: DistanceRows) -> Slope:
    """Least squares, errors clustered by family and task."""
    return _two_way(rows, "family", "families", "")


def _two_way(rows: DistanceRows, grouping: str, n_of: str, left_out: str) -> Slope:
    _several_runs(rows)
    tests = summed_tests(_fit(rows), _clustered(rows, grouping), _clustered(rows, "units"))
    method = f"least squares, two-way clusters: {n_of}, tasks (CR2)"
    return _from_tests(rows, tests, method, n_of, left_out)


@lru_cache(FITS)
def _clustered(rows: DistanceRows, grouping: str) -> Tests:
    """Errors clustered by the labels of one name."""
    labels: Labels = getattr(rows, grouping)
    return clustered(_fit(rows), labels)


@lru_cache(FITS)
def _fit(rows: DistanceRows) -> LeastSquares:
    return least_squares(*_demeaned(rows))


def _several_runs(rows: DistanceRows) -> None:
    if rows.runs < 2:
        raise CannotTellError(ONE_RUN)


def _from_tests(rows: DistanceRows, tests: Tests, method: str, of: str, untested: str) -> Slope:
    estimate, error = float(_fit(rows).estimate[0]), float(tests.standard_error[0])
    return rows.slope(method, estimate, error, float(tests.df[0]), of, untested)


def mixed_fit(
    rows: DistanceRows, *, slopes: bool, ancestry: Ancestry, power: float = 1.0, columns: Floats | None = None
) -> MixedFit:
    """The crossed mixed model: an intercept per task; languages random, by choice slopes and ancestry.

    Tasks have intercepts of their own, so that a hard task in far languages makes no slope. Slopes
    differ by task, and by what several tasks have in common: the baseline that their gains are
    counted from, the target. So do single languages of them.

    Args:
        rows: what is fitted.
        slopes: whether slopes differ by task.
        ancestry: how relatives are alike.
        power: of Grafen's branch lengths.
        columns: (n, k), stand in place of the distance; None: the distance.

    Raises:
        CannotTellError: nothing was measured twice, or a factor that cannot be told from the residual.
    """
    _several_runs(rows)
    factors = _factors(rows, slopes=slopes, ancestry=ancestry, power=power)
    line = rows.z[:, None] if columns is None else columns
    design = mixed_design(np.column_stack([line, rows.controls, _intercepts(rows)]), factors)
    alike = (*(f.name for f in factors), len(design.parameters))
    starts = STARTS.get()
    if starts is None:
        return fit_mixed(design, rows.y)
    fit = fit_mixed(design, rows.y, start=starts.get(alike))
    starts[alike] = fit.theta
    return fit


STARTS: ContextVar[dict[tuple[object, ...], Floats] | None] = ContextVar("STARTS", default=None)
"""Optimum of the last fit with the same factors."""


@contextmanager
def from_one_to_the_next() -> Iterator[None]:
    """Mixed fits inside begin where the last with the same factors ended, and know of none outside."""
    token = STARTS.set({})
    try:
        yield
    finally:
        STARTS.reset(token)


def _factors(rows: DistanceRows, *, slopes: bool, ancestry: Ancestry, power: float) -> list[RandomFactor]:
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
    return factors


def deciding_design(rows: DistanceRows) -> tuple[Floats, list[str], list[Floats]]:
    """The model that the answer rests on as plain matrices, for other implementations.

    Returns:
        Fixed columns (n, p), distance first; the names of the variance components; their designs
        (n, levels), whose effects are independent and alike.
    """
    names, blocks = [], []
    for factor in _factors(rows, slopes=True, ancestry="tree" if rows.related else "none", power=1.0):
        levels, code = np.unique(np.asarray(factor.labels).astype(str), return_inverse=True)
        indicators = np.eye(len(levels))[code]
        indicators = indicators if factor.root is None else indicators @ factor.root
        parts = {factor.name: np.ones(len(code))} if factor.intercept else {}
        if factor.slopes is not None:
            parts[f"{factor.name} slopes"] = np.asarray(factor.slopes, dtype=np.float64).ravel()
        for name, multiplier in parts.items():
            names.append(name)
            blocks.append(indicators * multiplier[:, None])
    return _demeaned(rows)[0], names, blocks


def tree(rows: DistanceRows, *, power: float = 1.0) -> tuple[list[str], Floats]:
    """Languages and their shared ancestry, from family and branch with Grafen's branch lengths.

    Raises:
        CannotTellError: no two languages share a family.
    """
    paths = {str(c): (str(f), str(b)) for c, f, b in zip(rows.language, rows.family, rows.branch, strict=True)}
    codes = sorted(paths)
    return codes, grafen_covariance([paths[c] for c in codes], power=power)


def _mixed(rows: DistanceRows, method: str, *, slopes: bool, ancestry: Ancestry) -> Slope:
    fit = mixed_fit(rows, slopes=slopes, ancestry=ancestry)
    if not fit.converged:
        raise CannotTellError(UNCONVERGED)
    # Families, not languages, are the sample: never more freedom than a line through them leaves.
    df = min(float(fit.df[0]), degrees_of_freedom(rows))
    of = "languages" if ancestry == "none" else "families"
    untested = LEFT_OUT[ancestry] if rows.related else ""
    untested = untested if slopes else ONE_SLOPE
    return rows.slope(method, float(fit.estimate[0]), float(fit.standard_error[0]), df, of, untested)


def degrees_of_freedom(rows: DistanceRows, columns: int = 1) -> float:
    """Degrees of freedom that families leave of a surface through them with so many columns and the controls."""
    return max(rows.families - 1.0 - columns - len(rows.held_names), 1.0)


LEFT_OUT: dict[Ancestry, str] = {"none": EVERY_LANGUAGE, "families": EVERY_BRANCH, "tree": ""}
"""Ancestry of related languages that a mixed model leaves out."""


def mixed_intercepts(rows: DistanceRows) -> Slope:
    """Mixed model, intercepts of tasks and languages."""
    return _mixed(rows, "mixed model, intercepts only", slopes=False, ancestry="none")


def mixed_slopes(rows: DistanceRows) -> Slope:
    """Mixed model, slopes by task (and language, where a language has several sources)."""
    return _mixed(rows, "mixed model, slopes by task", slopes=True, ancestry="none")


def mixed_intercepts_family(rows: DistanceRows) -> Slope:
    """Mixed model, intercepts of tasks, languages and families."""
    return _mixed(rows, "mixed model, intercepts, families", slopes=False, ancestry="families")


def mixed_slopes_family(rows: DistanceRows) -> Slope:
    """Mixed model, slopes by task, families."""
    return _mixed(rows, "mixed model, slopes by task, families", slopes=True, ancestry="families")


def mixed_intercepts_tree(rows: DistanceRows) -> Slope:
    """Mixed model, intercepts, shared ancestry along the tree."""
    return _mixed(rows, "mixed model, intercepts, tree of families", slopes=False, ancestry="tree")


def mixed_slopes_tree(rows: DistanceRows) -> Slope:
    """Mixed model, slopes by task, shared ancestry along the tree: what the answer rests on."""
    return _mixed(rows, HEADLINE, slopes=True, ancestry="tree")


HEADLINE = "mixed model, slopes by task, tree of families"


def phylogenetic(rows: DistanceRows) -> Slope:
    """Phylogenetic least squares over languages, λ by restricted maximum likelihood.

    Errors are clustered by family (CR2), as the tree is an assumption; what the slopes of tasks
    differ by is added, and the degrees of freedom follow Satterthwaite's rule.
    """
    _several_runs(rows)
    y, z, languages = language_level(rows)
    codes, covariance = tree(rows)
    order = [codes.index(c) for c in languages]
    covariance = covariance[np.ix_(order, order)]
    x = np.column_stack([np.ones(len(z)), z, by_language(rows, rows.controls)])
    lam = pgls(x, y, covariance).lam
    root = whitening(covariance, lam)
    family = dict(zip(map(str, rows.language), rows.family, strict=True))
    tests = clustered(least_squares(root @ x, root @ y), [family[c] for c in languages])
    within = (float(tests.covariance[1, 1]), float(tests.df[1]))
    variance, df = summed([within, _between_units(rows, languages, covariance, lam)])
    estimate = float(least_squares(root @ x, root @ y).estimate[1])
    method = f"phylogenetic least squares, clusters: families, tasks (λ = {lam:.2f} by restricted maximum likelihood)"
    return rows.slope(method, estimate, float(np.sqrt(variance)), df)


def _between_units(rows: DistanceRows, languages: list[str], covariance: Floats, lam: float) -> tuple[float, float]:
    """Variance of the mean of the units' own slopes, and its degrees of freedom."""
    slopes = []
    for unit in sorted(set(rows.units)):
        y, z, mine = language_level(rows.of(rows.units == unit))
        if len(mine) < LEAST_OWN or constant(z):
            continue
        places = [languages.index(c) for c in mine]
        root = whitening(covariance[np.ix_(places, places)], lam)
        held = by_language(rows.of(rows.units == unit), rows.of(rows.units == unit).controls)
        if len(mine) < LEAST_OWN + held.shape[1]:
            continue
        found, *_ = np.linalg.lstsq(root @ np.column_stack([np.ones(len(z)), z, held]), root @ y, rcond=None)
        slopes.append(float(found[1]))
    if len(slopes) < 2:
        raise CannotTellError(ONE_RUN)
    return float(np.var(slopes, ddof=1)) / len(slopes), len(slopes) - 1.0


LEAST_OWN = 3
"""Languages of a unit with a slope of its own."""


def language_level(rows: DistanceRows) -> tuple[Floats, Floats, list[str]]:
    """One outcome and distance per language, freed of which tasks it was evaluated in.

    Returns:
        Outcome (languages,), from the additive model of tasks and languages; distance
        (languages,), mean over its sources; codes, sorted.
    """
    languages = sorted({str(c) for c in rows.language})
    place = {code: i for i, code in enumerate(languages)}
    code = np.array([place[str(c)] for c in rows.language])
    levels, task = np.unique(rows.task.astype(str), return_inverse=True)
    count = np.zeros((len(languages), len(levels)))
    np.add.at(count, (code, task), 1.0)
    shared = count[:, 1:]  # the first task's intercept is in the languages' own
    moments = np.block([[np.diag(count.sum(axis=1)), shared], [shared.T, np.diag(shared.sum(axis=0))]])
    sums = np.concatenate([np.bincount(code, rows.y), np.bincount(task, rows.y, minlength=len(levels))[1:]])
    found, *_ = np.linalg.lstsq(moments, sums, rcond=None)
    z = np.bincount(code, rows.z) / np.bincount(code)
    return np.asarray(found[: len(languages)], dtype=np.float64), z, languages


def by_language(rows: DistanceRows, values: Floats) -> Floats:
    """Means over the rows of each language, (languages, columns), languages sorted."""
    _, code = np.unique(rows.language.astype(str), return_inverse=True)
    sums = np.zeros((int(code.max()) + 1, values.shape[1]))
    np.add.at(sums, code, values)
    means: Floats = sums / np.bincount(code)[:, None]
    return means
