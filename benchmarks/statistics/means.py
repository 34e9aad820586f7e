"""Mean gains: do 95 % intervals cover the truth in 95 % of studies?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import stats
from table import heading
from worlds import FAMILIES, PATHS, TASKS, Spread, World, world

from analysis.stats.bootstrap import bootstrap
from analysis.stats.intervals import interval
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.phylogeny import grafen_covariance, phylogenetic_factors
from analysis.stats.resampling import ResamplingDesign

if TYPE_CHECKING:
    from collections.abc import Callable

    Ends = Callable[[World], tuple[float, float]]

LANGUAGES = len(PATHS)
NAMES = [f"l{i:02d}" for i in range(LANGUAGES)]
ANCESTRY = grafen_covariance(PATHS)
TASK, LANGUAGE = (i.ravel() for i in np.indices((TASKS, LANGUAGES)))
FAMILY = np.array(FAMILIES)
EACH = tuple(range(LANGUAGES))
BY_FAMILY = tuple(int(i) for i in np.unique(FAMILY, return_inverse=True)[1])
SIZE = 1000
SOURCES = {
    "seeds": Spread(task=0, family=0, branch=0, language=0, cell=0, slope=0),
    "seeds, languages": Spread(task=0, family=0, branch=0, language=1, cell=0.6, slope=0),
    "seeds, families": Spread(task=0, family=1, branch=0.7, language=0.7, cell=0.6, slope=0),
    "seeds, tasks, families": Spread(slope=0),
}
"""Variance components of the simulated studies."""


def drawn_interval(rng: np.random.Generator, scheme: ResamplingDesign, method: str, statistic: str = "mean") -> Ends:
    def found(w: World) -> tuple[float, float]:
        scores = w.gains[None]
        drawn = bootstrap(scores, statistic, rng=rng, scheme=scheme, size=SIZE)
        got = interval(drawn, method=method)
        return float(got.low[0]), float(got.high[0])

    return found


def factors(kind: str) -> list[RandomFactor]:
    task = RandomFactor("task", TASK)
    if kind == "ancestry":
        return [task, *phylogenetic_factors([NAMES[i] for i in LANGUAGE], NAMES, ANCESTRY)]
    families = [RandomFactor("family", FAMILY[LANGUAGE])] if kind == "family" else []
    return [task, RandomFactor("language", LANGUAGE), *families]


def mixed_interval(kind: str) -> Ends:
    def found(w: World) -> tuple[float, float]:
        fit = fit_mixed(mixed_design(np.ones((len(TASK), 1)), factors(kind)), w.cells.ravel())
        half = float(stats.t.ppf(0.975, fit.df[0]) * fit.standard_error[0])
        return fit.estimate[0] - half, fit.estimate[0] + half

    return found


def naive(w: World) -> tuple[float, float]:
    cells = w.cells.ravel()
    low, high = stats.t.interval(0.95, len(cells) - 1, cells.mean(), stats.sem(cells))
    return float(low), float(high)


def intervals(rng: np.random.Generator) -> dict[tuple[str, str], Ends]:
    run, languages, families = (
        ResamplingDesign("run"),
        ResamplingDesign("run", EACH),
        ResamplingDesign("run", BY_FAMILY),
    )
    return {
        ("seeds", "every cell on its own, as rliable"): drawn_interval(
            rng, ResamplingDesign("cell", small_sample=False), "percentile"
        ),
        ("seeds", "runs, n of n drawn"): drawn_interval(rng, ResamplingDesign("run", small_sample=False), "percentile"),
        ("seeds", "runs, percentile"): drawn_interval(rng, run, "percentile"),
        ("seeds", "runs, t"): drawn_interval(rng, run, "t"),
        ("seeds", "runs, interquartile mean, percentile"): drawn_interval(rng, run, "percentile", "iqm"),
        ("seeds", "runs, interquartile mean, t"): drawn_interval(rng, run, "t", "iqm"),
        ("seeds, languages", "runs only"): drawn_interval(rng, run, "percentile"),
        ("seeds, languages", "runs and languages, percentile"): drawn_interval(rng, languages, "percentile"),
        ("seeds, languages", "runs and languages, t"): drawn_interval(rng, languages, "t"),
        ("seeds, families", "runs and languages, percentile"): drawn_interval(rng, languages, "percentile"),
        ("seeds, families", "runs and families, percentile"): drawn_interval(rng, families, "percentile"),
        ("seeds, families", "runs and families, t"): drawn_interval(rng, families, "t"),
        ("seeds, tasks, families", "t over cells"): naive,
        ("seeds, tasks, families", "mixed: task, language"): mixed_interval("language"),
        ("seeds, tasks, families", "mixed: task, language, family"): mixed_interval("family"),
        ("seeds, tasks, families", "mixed: task, language, ancestry"): mixed_interval("ancestry"),
    }


def mean(rng: np.random.Generator, size: int) -> None:
    """Coverage and width of every interval."""
    heading("Mean gain: coverage of 95 % intervals", size, 0.95)
    print("| what varies | interval | coverage | mean width |\n|---|---|---|---|")
    for (source, label), found in intervals(rng).items():
        ends = [found(world(rng, spread=SOURCES[source])) for _ in range(size)]
        covered = np.mean([low <= 0 <= high for low, high in ends])
        width = np.mean([high - low for low, high in ends])
        print(f"| {source} | {label} | {covered:.3f} | {width:.2f} |", flush=True)
