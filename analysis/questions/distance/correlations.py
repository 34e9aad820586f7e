"""Correlations over languages, and permutations of languages within branches of families."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.answer import Effect
from analysis.questions.distance.models import EVERY_LANGUAGE, ONE_SLOPE, language_level, tree
from analysis.stats.arrays import CannotTellError
from analysis.stats.correlation import correlation, required_correlation
from analysis.stats.matrix_regression import matrix_regression
from analysis.stats.permutation import mantel, permuted_correlation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from analysis.questions.distance.rows import DistanceRows
    from analysis.stats.arrays import Floats

UNIT = "correlation"
PEARSON = "Pearson's correlation, every language counted as independent"
SPEARMAN = "Spearman's correlation, every language counted as independent"
PERMUTED = "correlation in these tasks, languages permuted within branches"
MANTEL = "Mantel correlation of differences in these tasks, languages permuted within branches"
MATRICES = "matrix regression of differences beside ancestry in these tasks, languages permuted within branches"


def correlations(
    rows: DistanceRows, controls: Mapping[str, Mapping[str, float]], *, rng: np.random.Generator, size: int
) -> list[Effect]:
    """Pearson, Spearman, partial, permuted within branches, and of distance matrices.

    Pearson's and Spearman's tests count every language as independent: the bad example that the
    others are read against. Permutations ask about the tasks at hand, not about others like them.

    Args:
        rows: cells of one kind of distance.
        controls: name → language → value, held constant in the partial correlation; languages
            without a value are left out of it.
        rng: the source of chance of the permutations.
        size: permutations drawn.
    """
    y, z, languages = language_level(rows)
    place = {str(c): f"{f}/{b}" for c, f, b in zip(rows.language, rows.family, rows.branch, strict=True)}
    blocks = [place[c] for c in languages]
    ways: dict[str, Callable[[], Effect]] = {
        PEARSON: lambda: _plain(rows, y, z, "pearson"),
        SPEARMAN: lambda: _plain(rows, y, z, "spearman"),
        PERMUTED: lambda: _permuted(rows, y, z, blocks, rng, size),
        MANTEL: lambda: _mantel(rows, y, z, blocks, rng, size),
        MATRICES: lambda: _matrices(rows, y, z, blocks, rng, size),
    }
    for name in controls:
        ways[_held(name)] = lambda name=name: _partial(rows, y, z, languages, name, controls[name])  # type: ignore[misc]
    return [_tried(rows, method, way) for method, way in ways.items()]


def _tried(rows: DistanceRows, method: str, way: Callable[[], Effect]) -> Effect:
    try:
        return way()
    except CannotTellError as error:
        return rows.nothing(method, error.because, UNIT)


def _plain(rows: DistanceRows, y: Floats, z: Floats, kind: Literal["pearson", "spearman"]) -> Effect:
    found = correlation(z, y, kind=kind, level=rows.level)
    method = PEARSON if kind == "pearson" else SPEARMAN
    return Effect(
        rows.name, method, UNIT, found.value, found.low, found.high, rows.level, found.p_value, found.n, "languages"
    )


def _held(name: str) -> str:
    return f"partial correlation over languages, {name} held constant"


def _partial(
    rows: DistanceRows, y: Floats, z: Floats, languages: list[str], name: str, control: Mapping[str, float]
) -> Effect:
    values = np.array([control.get(code, np.nan) for code in languages])
    known = ~np.isnan(values)
    found = correlation(z[known], y[known], controls=values[known], level=rows.level)
    untested = EVERY_LANGUAGE if rows.related else ONE_SLOPE
    known = {"level": rows.level, "n": found.n, "n_of": "languages", "untested": untested}
    return Effect(rows.name, _held(name), UNIT, found.value, **known)


def _permuted(
    rows: DistanceRows, y: Floats, z: Floats, blocks: list[str], rng: np.random.Generator, size: int
) -> Effect:
    found = permuted_correlation(z, y, rng=rng, blocks=blocks, size=size)
    return _tested(rows, PERMUTED, UNIT, found.statistic, found.p_value, len(y))


def _mantel(rows: DistanceRows, y: Floats, z: Floats, blocks: list[str], rng: np.random.Generator, size: int) -> Effect:
    found = mantel(_apart(y), _apart(z), rng=rng, blocks=blocks, size=size)
    return _tested(rows, MANTEL, UNIT, found.statistic, found.p_value, len(y))


def _matrices(
    rows: DistanceRows, y: Floats, z: Floats, blocks: list[str], rng: np.random.Generator, size: int
) -> Effect:
    _, ancestry = tree(rows)
    found = matrix_regression(_apart(y), [_apart(z), 1 - ancestry], rng=rng, blocks=blocks, size=size)
    unit = f"{rows.unit}, of differences"
    return _tested(rows, MATRICES, unit, float(found.estimate[1]), float(found.p_value[1]), len(y))


def _tested(rows: DistanceRows, method: str, unit: str, value: float, p_value: float, n: int) -> Effect:
    """A permuted statistic: a test without an interval."""
    return Effect(rows.name, method, unit, value, level=rows.level, p_value=p_value, n=n, n_of="languages")


def _apart(values: Floats) -> Floats:
    return np.abs(values[:, None] - values)


def required(n: int) -> float:
    """|r| that n units show with 80 % power, or NaN where none would."""
    try:
        return required_correlation(n)
    except CannotTellError:
        return float("nan")
