"""Resampling of scores: seeds within strata and, by choice, languages or families.

Scores have the shape (methods, tasks, languages, seeds); NaN marks a seed that was not run. A
replicate is a set of weights over the cells of one method. Weights are built so that every task
counts the same, every language of a task, and every seed of a cell.

Drawing n of n seeds understates the variance of a mean by (n − 1)/n, which is a fifth with five
seeds. With `small_sample` a stratum of n gives n − 1 draws, which removes that bias (Rao and Wu
1988, doi:10.1080/01621459.1988.10478591).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from analysis.stats.arrays import Bools, CannotTellError, Floats, Ints, ShapeError

WORDS = 4096
"""Draws are made several at a time: one random word stands for k seeds while n^k stays below this."""


@dataclass(frozen=True, slots=True)
class ResamplingDesign:
    """Resampling design: which factors are drawn again in a replicate.

    Attributes:
        seeds: `run`: the seeds of a (method, task), all languages of a run together, because they
            come from one fine-tuned model; `cell`: the seeds of every (method, task, language)
            on its own, as rliable does; `fixed`: no seeds (needs `clusters`).
        clusters: one label per language; labels are drawn, with all their languages, the same in
            every method and task (Owen 2007, pigeonhole bootstrap). None: languages are fixed.
        paired: seed i is the same in all methods, so they share their draws; a seed that one
            method lacks in a cell is left out for all.
        small_sample: draw n − 1 of n in every stratum.
    """

    seeds: Literal["run", "cell", "fixed"] = "run"
    clusters: tuple[int, ...] | None = None
    paired: bool = False
    small_sample: bool = True

    def draws(self, n: int) -> int:
        """Number drawn of n."""
        return n - 1 if self.small_sample else n


def check_scores(scores: Floats, scheme: ResamplingDesign) -> Bools:
    """Checks scores and finds the cells that are observed, after pairing.

    Args:
        scores: (methods, tasks, languages, seeds), NaN where not run.
        scheme: what will be drawn.

    Raises:
        ShapeError: not four dimensions, infinite values, or clusters of another length.
        CannotTellError: a method has no score in a task, one seed in a stratum that is to be
            drawn, or a single cluster.
    """
    if scores.ndim != 4 or scores.size == 0:
        raise ShapeError(f"scores have shape {scores.shape}; give (methods, tasks, languages, seeds)")
    if np.isinf(scores).any():
        raise ShapeError("scores hold infinite values")
    observed: Bools = ~np.isnan(scores)
    if scheme.paired:
        observed = np.broadcast_to(observed.all(axis=0), observed.shape)
    empty = np.argwhere(~observed.any(axis=(2, 3)))
    if len(empty):
        method, task = (int(i) for i in empty[0])
        shared = " that all methods share" if scheme.paired else ""
        raise CannotTellError(f"method {method} has no score{shared} in task {task}")
    _check_strata(observed, scheme)
    return observed


def _check_strata(observed: Bools, scheme: ResamplingDesign) -> None:
    if scheme.seeds == "fixed" and scheme.clusters is None:
        raise ShapeError("nothing is drawn: seeds are fixed and no clusters are given")
    if scheme.clusters is not None:
        if len(scheme.clusters) != observed.shape[2]:
            raise ShapeError(f"{len(scheme.clusters)} cluster labels for {observed.shape[2]} languages")
        if len(set(scheme.clusters)) < 2:
            raise CannotTellError("one cluster of languages says nothing about other languages")
    if scheme.seeds == "fixed":
        return
    counts = strata_sizes(observed, scheme)
    if (counts == 1).any():
        place = [int(i) for i in np.argwhere(counts == 1)[0]]
        names = ("method", "task", "language")
        where = ", ".join(f"{name} {i}" for name, i in zip(names, place, strict=False))
        raise CannotTellError(f"{where} has one seed, which shows no spread")


def strata_sizes(observed: Bools, scheme: ResamplingDesign) -> Ints:
    """Seeds per stratum: (methods, tasks) for runs, (methods, tasks, languages) for cells."""
    present = observed.any(axis=2) if scheme.seeds == "run" else observed
    return np.asarray(present.sum(axis=-1), dtype=np.int64)


def draw_clusters(scheme: ResamplingDesign, rng: np.random.Generator, size: int) -> Floats | None:
    """Counts of each language, (languages, size); None where languages are fixed."""
    if scheme.clusters is None:
        return None
    levels, codes = np.unique(np.asarray(scheme.clusters), return_inverse=True)
    n = len(levels)
    drawn = rng.multinomial(scheme.draws(n), np.full(n, 1 / n), size=size)
    return drawn.T[codes].astype(np.float64)


@cache
def multinomial_counts(n: int, draws: int) -> Floats:
    """Counts of each of n seeds in each word, (n^k words, n), k ≤ draws draws a word."""
    k = 1
    while k < draws and n ** (k + 1) <= WORDS:
        k += 1
    digits = np.arange(n**k)[:, None] // n ** np.arange(k) % n
    counts: Floats = (digits[:, :, None] == np.arange(n)).sum(axis=1).astype(np.float64)
    return counts


def draw_words(n: int, draws: int, shape: tuple[int, ...], rng: np.random.Generator) -> list[tuple[Floats, Ints]]:
    """Random words that together make `draws` draws of n: pairs of (counts table, word indices)."""
    words = []
    while draws > 0:
        table = multinomial_counts(n, draws)
        indices = rng.integers(0, len(table), size=shape, dtype=np.uint16).astype(np.int64)
        words.append((table, indices))
        draws -= int(table[0].sum())
    return words


def seed_counts(observed: Bools, scheme: ResamplingDesign, rng: np.random.Generator, size: int) -> Floats:
    """Counts of each seed of one method.

    Args:
        observed: (tasks, languages, seeds).
        scheme: what is drawn.
        rng: the source of chance.
        size: number of replicates.

    Returns:
        (tasks, languages, seeds, size), 0 where not observed.
    """
    tasks, languages, seeds = observed.shape
    if scheme.seeds == "fixed":
        return np.repeat(observed[..., None].astype(np.float64), size, axis=3)
    if scheme.seeds == "cell":
        flat = _stratum_counts(observed.reshape(-1, seeds), scheme, rng, size)
        return flat.reshape(tasks, languages, seeds, size)
    counts: Floats = run_counts(observed, scheme, rng, size)[:, None] * observed[..., None]
    return counts


def run_counts(observed: Bools, scheme: ResamplingDesign, rng: np.random.Generator, size: int) -> Floats:
    """Counts of each run of one method, (tasks, seeds, size), 0 where there is none.

    Args:
        observed: (tasks, languages, seeds).
        scheme: what is drawn; its seeds are runs.
        rng: the source of chance.
        size: number of replicates.
    """
    return _stratum_counts(np.asarray(observed.any(axis=1)), scheme, rng, size)


def _stratum_counts(present: Bools, scheme: ResamplingDesign, rng: np.random.Generator, size: int) -> Floats:
    strata, seeds = present.shape
    per_stratum = present.sum(axis=1)
    if (per_stratum == seeds).all():
        return _counts(seeds, (strata, size), scheme, rng)
    counts = np.zeros((strata, seeds, size))
    for n in np.unique(per_stratum[per_stratum > 0]):
        rows = np.flatnonzero(per_stratum == n)
        places = np.nonzero(present[rows])[1].reshape(len(rows), n)
        counts[rows[:, None], places] = _counts(int(n), (len(rows), size), scheme, rng)
    return counts


def _counts(n: int, shape: tuple[int, int], scheme: ResamplingDesign, rng: np.random.Generator) -> Floats:
    """Counts of each of n seeds, (strata, n, size)."""
    counts = np.empty((shape[0], n, shape[1]))
    for i, (table, words) in enumerate(draw_words(n, scheme.draws(n), shape, rng)):
        for seed in range(n):
            drawn = np.ascontiguousarray(table[:, seed]).take(words)
            if i == 0:
                counts[:, seed] = drawn
            else:
                counts[:, seed] += drawn
    return counts


def draw_weights(
    observed: Bools, scheme: ResamplingDesign, languages: Floats | None, rng: np.random.Generator, size: int
) -> Floats:
    """Weights of one method's scores in `size` replicates, as `normalised` gives them."""
    return normalised(seed_counts(observed, scheme, rng, size), languages, _drawn(observed, scheme))


def _drawn(observed: Bools, scheme: ResamplingDesign) -> Floats | None:
    """Draws per cell, (tasks, languages, 1), where no replicate differs in that."""
    n = np.asarray(observed.sum(axis=2, keepdims=True), dtype=np.float64)
    if scheme.seeds == "fixed":
        return n
    if scheme.seeds == "run" and not np.array_equal(observed.any(axis=1, keepdims=True) & (n > 0), observed):
        return None
    return np.maximum(n - 1.0, 0.0) if scheme.small_sample else n


def normalised(counts: Floats, languages: Floats | None, per_cell: Floats | None = None) -> Floats:
    """Counts as weights that sum to 1 in every replicate; `counts` is overwritten.

    Args:
        counts: (tasks, languages, seeds, size), how often each seed is drawn.
        languages: (languages, size), how often each language is drawn; None: once.
        per_cell: (tasks, languages, size or 1), the sum of counts over seeds, where known.

    Returns:
        (tasks · languages · seeds, size). A replicate that leaves a task without any score is NaN.
    """
    tasks, _, _, size = counts.shape
    if per_cell is None:
        per_cell = counts.sum(axis=2)
    share = (per_cell > 0).astype(np.float64)
    if languages is not None:
        share = share * languages
    with np.errstate(invalid="ignore", divide="ignore"):
        share /= share.sum(axis=1, keepdims=True) * tasks
        share = np.where(per_cell > 0, share / per_cell, share)
    counts *= share[:, :, None]
    return counts.reshape(-1, size)
