"""Correlations over languages, and permutations of languages within families."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.answer import Effect
from analysis.distance.models import language_level, tree
from analysis.distance.rows import nothing
from analysis.numerics.arrays import CannotTellError
from analysis.numerics.correlation import correlation, required_correlation
from analysis.numerics.matrix_regression import matrix_regression
from analysis.numerics.permutation import mantel, permuted_correlation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from analysis.distance.rows import Rows
    from analysis.numerics.arrays import Floats

UNIT = "correlation"


def correlations(
    rows: Rows, controls: Mapping[str, Mapping[str, float]], *, rng: np.random.Generator, size: int
) -> list[Effect]:
    """Pearson, Spearman, partial, permuted within families, and of distance matrices.

    Args:
        rows: cells of one kind of distance.
        controls: name → language → value, held constant in the partial correlation; languages
            without a value are left out of it.
        rng: the source of chance of the permutations.
        size: permutations drawn.
    """
    y, z, languages = language_level(rows)
    family = {str(c): str(f) for c, f in zip(rows.language, rows.family, strict=True)}
    blocks = [family[c] for c in languages]
    ways: dict[str, Callable[[], Effect]] = {
        "Pearson's correlation over languages": lambda: _plain(rows, y, z, "pearson"),
        "Spearman's correlation over languages": lambda: _plain(rows, y, z, "spearman"),
        "correlation, languages permuted within families": lambda: _permuted(rows, y, z, blocks, rng, size),
        "Mantel correlation of differences, languages permuted within families": lambda: _mantel(
            rows, y, z, blocks, rng, size
        ),
        "matrix regression of differences beside ancestry, within families": lambda: _matrices(
            rows, y, z, blocks, rng, size
        ),
    }
    for name in controls:
        ways[f"partial correlation over languages, {name} held constant"] = lambda name=name: _partial(  # type: ignore[misc]
            rows, y, z, languages, name, controls[name]
        )
    return [_tried(rows, method, way) for method, way in ways.items()]


def _tried(rows: Rows, method: str, way: Callable[[], Effect]) -> Effect:
    try:
        return way()
    except CannotTellError as error:
        return nothing(rows.name, method, UNIT, rows.level, error.because)


def _plain(rows: Rows, y: Floats, z: Floats, kind: str) -> Effect:
    found = correlation(z, y, kind="pearson" if kind == "pearson" else "spearman", level=rows.level)
    method = "Pearson's correlation over languages" if kind == "pearson" else "Spearman's correlation over languages"
    return Effect(
        rows.name, method, UNIT, found.value, found.low, found.high, rows.level, found.p_value, found.n, "languages"
    )


def _partial(rows: Rows, y: Floats, z: Floats, languages: list[str], name: str, control: Mapping[str, float]) -> Effect:
    values = np.array([control.get(code, np.nan) for code in languages])
    known = ~np.isnan(values)
    found = correlation(z[known], y[known], controls=values[known], level=rows.level)
    method = f"partial correlation over languages, {name} held constant"
    return Effect(
        rows.name, method, UNIT, found.value, found.low, found.high, rows.level, found.p_value, found.n, "languages"
    )


def _permuted(rows: Rows, y: Floats, z: Floats, blocks: list[str], rng: np.random.Generator, size: int) -> Effect:
    found = permuted_correlation(z, y, rng=rng, blocks=blocks, size=size)
    return _tested(rows, "correlation, languages permuted within families", found.statistic, found.p_value, len(y))


def _mantel(rows: Rows, y: Floats, z: Floats, blocks: list[str], rng: np.random.Generator, size: int) -> Effect:
    found = mantel(_apart(y), _apart(z), rng=rng, blocks=blocks, size=size)
    method = "Mantel correlation of differences, languages permuted within families"
    return _tested(rows, method, found.statistic, found.p_value, len(y))


def _matrices(rows: Rows, y: Floats, z: Floats, blocks: list[str], rng: np.random.Generator, size: int) -> Effect:
    _, ancestry = tree(rows)
    found = matrix_regression(_apart(y), [_apart(z), 1 - ancestry], rng=rng, blocks=blocks, size=size)
    method = "matrix regression of differences beside ancestry, within families"
    shown = _tested(rows, method, float(found.estimate[1]), float(found.p_value[1]), len(y))
    return Effect(
        rows.name, method, f"{rows.unit}, of differences", shown.estimate, shown.low, shown.high, rows.level,
        shown.p_value, shown.n, shown.n_of,
    )  # fmt: skip


def _tested(rows: Rows, method: str, value: float, p_value: float, n: int) -> Effect:
    """A permuted statistic: a test without an interval."""
    nan = float("nan")
    return Effect(rows.name, method, UNIT, value, nan, nan, rows.level, p_value, n, "languages")


def _apart(values: Floats) -> Floats:
    return np.abs(values[:, None] - values)


def required(n: int) -> float:
    """|r| that n units show with 80 % power, or NaN where none would."""
    try:
        return required_correlation(n)
    except CannotTellError:
        return float("nan")
