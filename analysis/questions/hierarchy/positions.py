"""Uncertainty of each method's rank: rank intervals, chances of the top, ties as ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.questions.hierarchy.agreement import mean_ranks
from analysis.results.item_error import least_variance
from analysis.stats.arrays import Bools, CannotTellError, Floats, Ints, constant
from analysis.stats.freedom import too_many_undefined
from analysis.stats.ranks import chunks, rank_distribution, spread_by_t, tie_numbers, to_ties
from analysis.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.questions.hierarchy.blocks import Blocks, Complete
    from analysis.questions.hierarchy.design import HierarchyDesign

TOP = 3
FEW = 4
"""Languages of a target below which drawing them again says little of how they vary."""


@dataclass(frozen=True, slots=True)
class PositionDistribution:
    """The places of the methods.

    Attributes:
        frame: one row a method, best first. Columns: `name`; `mean_rank` over targets, every
            target and every language of it counting the same; `low`, `high` (ranks, simultaneous
            over rivals), `p_best`, `p_top3` (NaN where they cannot be told); `tie`, the number of
            the group whose rank intervals overlap (0: cannot be told); `mean_score` in points.
        ties: the groups, best first.
        drawn: what the bootstrap drew, in words.
        level: nominal coverage of each rank interval.
        because: why places cannot be told, or "".
    """

    frame: pd.DataFrame
    ties: tuple[tuple[str, ...], ...]
    drawn: str
    level: float
    because: str


def positions(
    blocks: Blocks, whole: Complete, design: HierarchyDesign, rng: np.random.Generator
) -> PositionDistribution:
    """Rank intervals by a bootstrap over seeds (the same in all targets) and languages."""
    level, (names, codes) = design.level, np.unique(whole.target, return_inverse=True)
    estimate: Floats = mean_ranks(whole.scores, codes, len(names)).mean(axis=0)
    unknown = dict.fromkeys(("low", "high", "p_best", "p_top3"), np.nan)
    frame = pd.DataFrame({"name": [blocks.methods[m] for m in whole.kept], "mean_rank": estimate, **unknown})
    frame = frame.assign(tie=0, mean_score=_mean_scores(whole))
    try:
        draws, drawn, df = _draws(blocks, whole, rng, design.size)
        draws = spread_by_t(estimate, draws, df, level)
        found = rank_distribution(estimate, draws, level=level, higher_is_better=False, top=TOP)
    except CannotTellError as error:
        return PositionDistribution(_sorted(frame), (), "", level, error.because)
    frame = frame.assign(low=found.low, high=found.high, p_best=found.p_first, p_top3=found.p_top)
    frame = _sorted(frame)
    frame["tie"] = tie_numbers(frame["low"], frame["high"])
    ties = tuple(tuple(rows["name"]) for _, rows in frame.groupby("tie"))
    return PositionDistribution(frame, ties, drawn, level, "")


def _mean_scores(whole: Complete) -> Floats:
    by_target = [whole.scores[whole.target == t].mean(axis=0) for t in np.unique(whole.target)]
    means: Floats = np.abs(np.mean(by_target, axis=0))
    return means


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["mean_rank", "name"], ignore_index=True)


def _draws(blocks: Blocks, whole: Complete, rng: np.random.Generator, size: int) -> tuple[Floats, str, float]:
    """Mean ranks in each replicate, (size, methods); what was drawn; degrees of freedom behind it.

    Raises:
        CannotTellError: nothing can be drawn, or the mean ranks never change.
    """
    used, language = np.unique(whole.language, return_inverse=True)
    scores = blocks.scores[whole.kept][:, whole.target, whole.language]
    seeds = np.asarray((~np.isnan(scores)).any(axis=1))
    fewest = int(seeds.sum(axis=1).min())
    if blocks.ranked == "intermediate" and fewest < 2:
        name = blocks.methods[whole.kept[int(seeds.sum(axis=1).argmin())]]
        raise CannotTellError(f"{name} was run with one seed, which shows no spread between runs")
    draw_seeds, draw_languages = blocks.ranked == "intermediate", len(used) > 1
    if not (draw_seeds or draw_languages):
        raise CannotTellError("one language and no seeds leave nothing to draw again")
    items = item_noise(blocks, whole)
    drawn = _Drawn(scores, seeds if draw_seeds else None, whole.target, language if draw_languages else None, items)
    draws = np.concatenate([_replicates(drawn, rng, n) for n in chunks(size)])
    defined = np.isfinite(draws).all(axis=1)
    too_many_undefined(int((~defined).sum()), size)
    if constant(draws[defined]):
        raise CannotTellError("no replicate orders the methods otherwise")
    words = [f"{fewest} seeds or more"] * draw_seeds + [f"{len(used)} languages"] * draw_languages
    few = [blocks.targets[t] for t in np.unique(whole.target) if (whole.target == t).sum() < FEW]
    if few and draw_languages:
        words[-1] += f" (all but those of {', '.join(few)}, which are too few to vary much)"
    words += ["test items"] * any(root.any() for root in items.values())
    df = min([2.0 * (fewest - 1)] * draw_seeds + [len(used) - 1.0] * draw_languages)
    return draws[defined], listed(words), df


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The scores, and the levels that the bootstrap draws again.

    Attributes:
        scores: (methods, blocks, seeds).
        seeds: (methods, seeds), which were run; None: seeds are fixed. A method's seeds are drawn
            once for all targets, because a seed's intermediate checkpoint serves them all.
        target: (blocks,).
        language: (blocks,), codes; drawn the same in all targets; None: languages are fixed. A target
            of which none is drawn keeps all of its languages.
        items: target → root of the covariance of the methods' scores through its test items.
    """

    scores: Floats
    seeds: Bools | None
    target: Ints
    language: Ints | None
    items: Mapping[int, Floats]


def _replicates(of: _Drawn, rng: np.random.Generator, size: int) -> Floats:
    """Mean ranks with seeds, languages and test items drawn again, (size, methods)."""
    target, cells = of.target, _drawn_cells(of.scores, of.seeds, rng, size)
    for t, root in of.items.items():
        if root.any():
            cells[:, target == t] += (root @ rng.normal(size=(len(root), size)))[:, None]
    undefined = np.asarray(np.isnan(cells).any(axis=0))
    better = np.stack([(cells > cells[[m]]).sum(axis=0) for m in range(len(cells))])
    equal = np.stack([(cells == cells[[m]]).sum(axis=0) for m in range(len(cells))])
    ranks = better + (equal + 1) / 2
    weight = np.where(undefined, 0.0, 1.0)
    if of.language is not None:
        n = int(of.language.max()) + 1
        weight *= rng.multinomial(n - 1, np.full(n, 1 / n), size=size).T[of.language]
    total = np.zeros((size, len(cells)))
    codes = np.unique(target)
    for t in codes:
        here = target == t
        drawn = weight[here]
        lost = np.asarray(drawn.sum(axis=0) == 0) & ~np.asarray(undefined[here].any(axis=0))
        drawn[:, lost] = 1.0
        with np.errstate(invalid="ignore", divide="ignore"):
            total += ((ranks[:, here] * drawn).sum(axis=1) / drawn.sum(axis=0)).T
    return total / len(codes)


def _drawn_cells(scores: Floats, seeds: Bools | None, rng: np.random.Generator, size: int) -> Floats:
    """Means over drawn seeds, (methods, blocks, size)."""
    filled, there = np.nan_to_num(scores), (~np.isnan(scores)).astype(np.float64)
    cells = np.empty((*scores.shape[:2], size))
    for m, (values, present) in enumerate(zip(filled, there, strict=True)):
        counts = np.ones((len(values[0]), size))
        if seeds is not None:
            n = int(seeds[m].sum())
            counts = np.zeros((len(values[0]), size))
            counts[seeds[m]] = rng.multinomial(n - 1, np.full(n, 1 / n), size=size).T
        with np.errstate(invalid="ignore", divide="ignore"):
            cells[m] = (values @ counts) / (present @ counts)
    return to_ties(cells)


def item_noise(blocks: Blocks, whole: Complete) -> dict[int, Floats]:
    """For each target a root of the covariance of the methods' scores through its test items.

    From the items that runs got right where they are stored, so that what all methods find easy
    moves them together. Else each method alone: its binomial variance, or what its place among the
    methods scatters by between the targets where that is less, for targets have items of their own;
    but not less than its half of what its difference from the nearest other method has at least
    (`analysis.results.item_error.least_variance`).

    Returns:
        Target → (kept methods, kept methods), in points; 0 where items are not stated.
    """
    methods = [blocks.methods[m] for m in whole.kept]
    targets = np.unique(whole.target)
    means = np.array([whole.scores[whole.target == t].mean(axis=0) for t in targets])
    centred = means - means.mean(axis=1, keepdims=True)
    scatter = centred.var(axis=0, ddof=1) if len(targets) > 1 else np.full(len(methods), np.inf)
    found: dict[int, Floats] = {}
    for t in targets:
        stored = _stored(blocks, methods, int(t), whole)
        if stored is None:
            places = whole.language[whole.target == t]
            known, count = (of[whole.kept, t][:, places] for of in (blocks.variances, blocks.counts))
            known = np.nan_to_num(known).mean(axis=1)
            least = least_variance(_nearest(whole.scores[whole.target == t].mean(axis=0)), count.mean(axis=1)) / 2
            stored = np.diag(np.sqrt(np.minimum(known, np.maximum(scatter, np.nan_to_num(least)))))
        found[int(t)] = stored
    return found


def _nearest(means: Floats) -> Floats:
    """Distance of each method from the nearest other, in points."""
    apart = np.abs(means[:, None] - means)
    np.fill_diagonal(apart, np.inf)
    nearest: Floats = apart.min(axis=1)
    return nearest


def _stored(blocks: Blocks, methods: list[str], target: int, whole: Complete) -> Floats | None:
    name = blocks.targets[target]
    languages = [blocks.languages[i] for i in whole.language[whole.target == target]]
    columns = []
    for method in methods:
        points = blocks.items.get(method)
        if points is None or name not in points.index.unique("target"):
            return None
        mine = points[points.index.get_level_values("target") == name]
        columns.append(mine[mine.index.get_level_values("language").isin(languages)].groupby("item").mean())
    table = pd.concat(columns, axis=1).dropna().to_numpy(dtype=np.float64)
    if len(table) < 2:
        return None
    values, vectors = np.linalg.eigh(np.cov(table, rowvar=False) / len(table))
    root: Floats = vectors * np.sqrt(np.maximum(values, 0.0))
    return root
