"""Stratified bootstrap of aggregate scores over seeds and, by choice, languages.

Scores have the shape (methods, tasks, languages, seeds), NaN where not run; see `resampling` for
what a `ResamplingDesign` draws and `aggregates` for what is computed. Intervals come from `intervals`.

With few seeds there are few distinct draws of a cell (126 multisets of five), so the mean of a
draw is looked up instead of computed; the interquartile mean sorts the scores once and moves
weights only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.stats import aggregates, resampling
from analysis.stats.arrays import Bools, Floats, constant
from analysis.stats.freedom import satterthwaite_df, too_many_undefined
from analysis.stats.resampling import ResamplingDesign
from analysis.stats.threads import one_thread

BLOCK = 1000
"""Replicates whose weights are held in memory at once."""
LOOKUP_BLOCK = 10_000
LINEAR = ("mean", "optimality_gap")


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Aggregates and their replicates.

    Attributes:
        estimate: (methods,), the aggregate of the scores as they are, in their unit.
        replicates: (size, methods). Column pairs are joint draws: their difference is a replicate
            of the difference.
        df: (methods,), degrees of freedom of the spread, for `intervals.interval`; infinite where
            the scheme does not correct for small samples.
        because: per method why its spread cannot be told, or "".
        undefined: replicates left out because a task lost all its scores.
    """

    estimate: Floats
    replicates: Floats
    df: Floats
    because: tuple[str, ...]
    undefined: int = 0


def bootstrap(
    scores: npt.ArrayLike,
    statistic: str = "mean",
    *,
    rng: np.random.Generator,
    scheme: ResamplingDesign = ResamplingDesign(),  # noqa: B008 — frozen
    size: int = 10_000,
    target: float | None = None,
) -> Bootstrap:
    """Replicates of an aggregate for every method.

    Args:
        scores: (methods, tasks, languages, seeds), NaN where not run.
        statistic: `mean`, `median`, `iqm` or `optimality_gap`.
        rng: the source of chance.
        scheme: what is drawn again.
        size: number of replicates.
        target: for `optimality_gap`, the score that is good enough.

    Raises:
        ShapeError: arrays that do not fit, or an unknown statistic.
        CannotTellError: a method without a score in a task, one seed, one cluster, or more than
            one replicate in twenty without a score in some task.
    """
    array = np.asarray(scores, dtype=np.float64)
    observed = resampling.check_scores(array, scheme)
    aggregate = aggregates.named(statistic, target)
    array = np.where(observed, array, np.nan)
    estimate = np.array([point(array[m], aggregate) for m in range(len(array))])
    if statistic in LINEAR and scheme.seeds != "fixed":
        capped = array if target is None else np.minimum(array, target)
        ways = {"cell": _by_lookup, "run": _by_counts}
        drawn = ways[scheme.seeds](capped, observed, scheme, rng, size)
        replicates = drawn if target is None else target - drawn
    else:
        with one_thread():
            replicates = _by_weights(array, observed, aggregate, scheme, rng, size)
    return summarised(array, observed, scheme, estimate, replicates)


def point(scores: Floats, aggregate: aggregates.Aggregate) -> float:
    """The aggregate of one method's scores, (tasks, languages, seeds), each drawn once."""
    counts = (~np.isnan(scores)).astype(np.float64)[..., None]
    return float(aggregate(scores, resampling.normalised(counts, None))[0])


def _by_weights(
    scores: Floats,
    observed: Bools,
    aggregate: aggregates.Aggregate,
    scheme: ResamplingDesign,
    rng: np.random.Generator,
    size: int,
) -> Floats:
    def drawn(m: int, chance: np.random.Generator, languages: Floats | None, block: int) -> Floats:
        return aggregate(scores[m], resampling.draw_weights(observed[m], scheme, languages, chance, block))

    return _in_blocks(drawn, len(scores), scheme, rng, size, BLOCK)


def _in_blocks(
    drawn: Callable[[int, np.random.Generator, Floats | None, int], Floats],
    methods: int,
    scheme: ResamplingDesign,
    rng: np.random.Generator,
    size: int,
    longest: int,
) -> Floats:
    """Replicates, (size, methods), block by block: `drawn` gives those of a method for a block's drawn languages."""
    replicates = np.empty((size, methods))
    for start in range(0, size, longest):
        block = min(longest, size - start)
        languages = resampling.draw_clusters(scheme, rng, block)
        for m, chance in enumerate(method_chances(scheme, rng, methods)):
            replicates[start : start + block, m] = drawn(m, chance, languages, block)
    return replicates


def method_chances(scheme: ResamplingDesign, rng: np.random.Generator, methods: int) -> list[np.random.Generator]:
    """One generator per method; with paired seeds all give the same draws."""
    if not scheme.paired:
        return [rng] * methods
    seed = int(rng.integers(2**63))
    return [np.random.default_rng(seed) for _ in range(methods)]


def _by_lookup(
    scores: Floats, observed: Bools, scheme: ResamplingDesign, rng: np.random.Generator, size: int
) -> Floats:
    def drawn(m: int, chance: np.random.Generator, languages: Floats | None, block: int) -> Floats:
        tasks = zip(scores[m], observed[m], strict=True)
        means: Floats = np.mean([_task_by_lookup(x, o, languages, scheme, chance, block) for x, o in tasks], axis=0)
        return means

    return _in_blocks(drawn, len(scores), scheme, rng, size, LOOKUP_BLOCK)


def _by_counts(
    scores: Floats, observed: Bools, scheme: ResamplingDesign, rng: np.random.Generator, size: int
) -> Floats:
    """Means from how often each run and language is drawn, without weights of single scores."""

    def drawn(m: int, chance: np.random.Generator, languages: Floats | None, block: int) -> Floats:
        tasks = zip(scores[m], observed[m], resampling.run_counts(observed[m], scheme, chance, block), strict=True)
        means: Floats = np.mean([_task_by_counts(x, o, counts, languages) for x, o, counts in tasks], axis=0)
        return means

    return _in_blocks(drawn, len(scores), scheme, rng, size, BLOCK)


def _task_by_counts(scores: Floats, observed: Bools, runs: Floats, languages: Floats | None) -> Floats:
    """Mean of one task, (languages, seeds), over drawn runs, (seeds, size), and languages, (languages, size).

    Languages that were run with the same seeds are summed first.
    """
    total, weight = np.zeros(runs.shape[1]), np.zeros(runs.shape[1])
    patterns, group = np.unique(observed, axis=0, return_inverse=True)
    for g in np.flatnonzero(patterns.any(axis=1)):
        values = np.where(patterns[g], scores[group == g], 0.0)
        drawn = np.asarray(patterns[g] @ runs)
        if languages is None:
            share, sums = np.full_like(drawn, len(values)), values.sum(axis=0) @ runs
        else:
            share, sums = languages[group == g].sum(axis=0), ((values.T @ languages[group == g]) * runs).sum(axis=0)
        some = drawn > 0
        total[some] += sums[some] / drawn[some]
        weight[some] += share[some]
    with np.errstate(invalid="ignore"):
        return total / weight


def _task_by_lookup(
    scores: Floats,
    observed: Bools,
    languages: Floats | None,
    scheme: ResamplingDesign,
    rng: np.random.Generator,
    size: int,
) -> Floats:
    """Mean of one task, (languages, seeds), over its drawn languages: (size,)."""
    total, weight = np.zeros(size), np.zeros(size)
    for cell in np.flatnonzero(observed.any(axis=1)):
        values = scores[cell, observed[cell]]
        draws = scheme.draws(len(values))
        drawn = np.zeros(size)
        for table, words in resampling.draw_words(len(values), draws, (size,), rng):
            drawn += (table @ values / draws).take(words)
        total += drawn if languages is None else drawn * languages[cell]
        weight += 1.0 if languages is None else languages[cell]
    with np.errstate(invalid="ignore"):
        return total / weight


def summarised(
    scores: Floats, observed: Bools, scheme: ResamplingDesign, estimate: Floats, replicates: Floats
) -> Bootstrap:
    """Replicates with their degrees of freedom, undefined ones left out.

    Raises:
        CannotTellError: more than one replicate in twenty lacks a task.
    """
    defined = np.isfinite(replicates).all(axis=1)
    undefined = int((~defined).sum())
    too_many_undefined(undefined, len(replicates))
    kept = replicates[defined]
    df = satterthwaite_df(scores, observed, scheme)
    because = tuple(
        "its scores do not vary over what is drawn" if np.isnan(d) or constant(kept[:, m]) else ""
        for m, d in enumerate(df)
    )
    return Bootstrap(estimate, kept, df, because, undefined)
