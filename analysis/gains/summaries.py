"""Gains as few numbers: mean, median, interquartile mean, harm, chance of improvement, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from analysis.design import Design, bounded, one_of
from analysis.gains.arrays import METHOD, TASK, array
from analysis.results.item_error import MANY, Sampling, item_error, items_of
from analysis.stats.aggregates import named
from analysis.stats.arrays import CannotTellError
from analysis.stats.bootstrap import Bootstrap, bootstrap, point
from analysis.stats.equivalence import detectable_effect
from analysis.stats.freedom import summed
from analysis.stats.improvement import probability_of_improvement
from analysis.stats.intervals import interval
from analysis.stats.resampling import ResamplingDesign

if TYPE_CHECKING:
    from analysis.gains.arrays import GainArray
    from analysis.gains.pairing import Gains
    from analysis.stats.arrays import Floats

STATISTICS = ("mean", "median", "iqm", "optimality_gap", "p_improvement")
COLUMNS = (
    "targets", "languages", "seeds", "cells",
    *(f"{name}{end}" for name in STATISTICS for end in ("", "_low", "_high")),
    "items", "detectable", "verdict", "rests_on", "because",
)  # fmt: skip
BOUNDS = {"optimality_gap": (0.0, np.inf), "p_improvement": (0.0, 1.0)}
"""Bounds of a statistic, which its interval cannot leave."""

FEW = 5.0
"""Degrees of freedom below which percentiles end at the most extreme draw, so that t is used."""

Over = Literal["seeds", "languages", "families"]
Items = Literal["drawn", "fixed"]


@dataclass(frozen=True, slots=True)
class GainSummary:
    """Gains summarised per group.

    Attributes:
        frame: one row a group. Columns: those of `by`; `targets`, `languages`, `seeds`, `cells`
            (counts; `seeds` the fewest of any task); for each of `STATISTICS` its value and
            `…_low`, `…_high` (NaN where it cannot be told); `items`, the standard error of the mean
            through the test items, which is in its interval, `detectable` and `verdict` (0 where they
            are not stated; see `analysis.results.item_error`); `detectable`, the smallest true mean
            gain found with 80 % power; `verdict` of the mean; `rests_on`, what the intervals were
            drawn over; `because`, why there is no interval, or "". In points, `p_improvement`
            between 0 and 1.
        design: how.
        left_out: what was not used.
        provenance: of the scores used.
    """

    frame: pd.DataFrame
    design: SummaryDesign
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryDesign(Design):
    """The choices of a summary of gains.

    Attributes:
        by: columns that make the groups, such as `("intermediate", "target")`.
        over: what another measurement would draw again: `seeds` (of these languages), or also
            `languages`, or whole `families` of them. With one seed, languages or families alone.
        items: whether it would have other test items (`drawn`), or the means are of these (`fixed`).
        margin: points within which a mean gain counts as none (two one-sided tests at 5 %).
        good: the gain that is good enough; the optimality gap is the mean shortfall below it. With
            0 it is the harm done.
        size: replicates of the bootstrap.
    """

    by: Sequence[str] = ("intermediate",)
    over: Over = field(default="seeds", metadata=one_of(Over))
    items: Items = field(default="drawn", metadata=one_of(Items))
    margin: float = bounded(1.0, 0)
    good: float = 0.0
    size: int = bounded(2000, 0)


def summary(gains: Gains, design: SummaryDesign | None = None) -> GainSummary:
    """Gains per group, every task of a group counting the same, and every language of a task.

    A task here is a combination of target, split, metric, model, study, sizes, … as far as `by`
    does not name it already.

    Args:
        gains: paired gains; take `one_reading` of the frame first, lest a target count twice.
        design: how; None: as by default.

    Returns:
        `verdict` is `equivalent` where the 90 % interval of the mean lies within ±margin, else
        `gain` or `loss` where the interval at `level` excludes zero, else `inconclusive`;
        `cannot-tell` where there is no interval.
    """
    design = design or SummaryDesign()
    by, rng = list(design.by), np.random.default_rng(design.seed)
    rows = [
        {c: part[c].iloc[0] for c in by} | _group(part, design, rng)
        for _, part in gains.frame.groupby(by, observed=True, dropna=False, sort=True)
    ]
    frame = pd.DataFrame(rows, columns=[*by, *COLUMNS])
    return GainSummary(frame, design, gains.left_out, gains.provenance)


def _group(part: pd.DataFrame, how: SummaryDesign, rng: np.random.Generator) -> dict[str, Any]:
    tasks = _tasks(how)
    grid = array(part, methods=how.by, tasks=tasks)
    scheme, rests_on = _scheme(grid, how)
    there = ~np.isnan(grid.values)
    row: dict[str, Any] = {
        "targets": int(part["target"].nunique()),
        "languages": len(grid.languages),
        "seeds": int(there.any(axis=2).sum(axis=2).min()),
        "cells": int(there.any(axis=3).sum()),
        "rests_on": rests_on,
        "because": "",
    }
    for statistic in STATISTICS:
        scores = _runs(part, how.by, tasks) if statistic == "p_improvement" else grid.values
        row[statistic] = _estimate(scores, statistic, how.good)
        row |= {f"{statistic}_low": np.nan, f"{statistic}_high": np.nan}
        try:
            drawn = _drawn(scores, statistic, scheme, how, rng)
            if statistic == "mean" and how.items == "drawn" and not drawn.because[0]:
                drawn, row["items"] = _with_items(drawn, part, how, rng)
        except CannotTellError as error:
            row["because"] = row["because"] or (_one_seed(grid) if how.over == "seeds" else "") or error.because
            continue
        row |= _ends(statistic, drawn, how.level)
        if statistic == "mean":
            row |= _verdict(drawn, how)
            row["because"] = drawn.because[0]
    return {"items": 0.0, "detectable": np.nan, "verdict": "cannot-tell"} | row


def _tasks(how: SummaryDesign) -> list[str]:
    """Columns that tell tasks apart."""
    return [c for c in (*TASK, *METHOD) if c not in how.by]


def _scheme(grid: GainArray, how: SummaryDesign) -> tuple[ResamplingDesign, str]:
    """Resampling design, and its name."""
    if how.over == "seeds":
        return ResamplingDesign(), "seeds"
    names = [how.registry.family(code) or code if how.over == "families" else code for code in grid.languages]
    clusters = tuple(int(code) for code in pd.factorize(np.asarray(names, dtype=object))[0])
    if _one_seed(grid):
        return ResamplingDesign(seeds="fixed", clusters=clusters), how.over
    return ResamplingDesign(clusters=clusters), f"seeds and {how.over}"


def _one_seed(grid: GainArray) -> str:
    """Why seeds show no spread, where a task has one, or ""."""
    seeds = np.asarray((~np.isnan(grid.values)).any(axis=2).sum(axis=2))[0]
    alone = [task for task, count in zip(grid.tasks, seeds, strict=True) if count < 2]
    return f"{alone[0]} has one seed, which shows no spread" if alone else ""


def _runs(part: pd.DataFrame, by: Sequence[str], tasks: list[str]) -> Floats:
    """Scores and baselines, larger being better: (2, tasks, languages, seeds)."""
    direction = np.where((part["score"] - part["baseline"]) * part["gain"] < 0, -1.0, 1.0)
    sides = [part.assign(gain=direction * part[side]) for side in ("score", "baseline")]
    return np.concatenate([array(side, methods=by, tasks=tasks).values for side in sides])


def _estimate(scores: Floats, statistic: str, good: float) -> float:
    """The statistic of the scores as they are."""
    if statistic == "p_improvement":
        with np.errstate(invalid="ignore"):
            wins = (np.sign(scores[0][..., :, None] - scores[1][..., None, :]) + 1) / 2
        cells = pd.DataFrame(wins.reshape(*wins.shape[:2], -1).reshape(-1, wins.shape[2] ** 2)).mean(axis=1)
        return float(pd.DataFrame(cells.to_numpy().reshape(wins.shape[:2])).mean(axis=1).mean())
    return point(scores[0], named(statistic, good if statistic == "optimality_gap" else None))


def _drawn(
    scores: Floats, statistic: str, scheme: ResamplingDesign, how: SummaryDesign, rng: np.random.Generator
) -> Bootstrap:
    if statistic == "p_improvement":
        return probability_of_improvement(scores, 0, 1, rng=rng, scheme=scheme, size=how.size)
    target = how.good if statistic == "optimality_gap" else None
    return bootstrap(scores, statistic, rng=rng, scheme=scheme, size=how.size, target=target)


def _with_items(
    drawn: Bootstrap, part: pd.DataFrame, how: SummaryDesign, rng: np.random.Generator
) -> tuple[Bootstrap, float]:
    """Replicates of the mean with other test items, and the standard error that these add."""
    cell = list(dict.fromkeys(["target", *_tasks(how), "language"]))
    sides = [item_error(part.assign(score=part[side]), how.registry) ** 2 for side in ("score", "baseline")]
    variance = np.sum(sides, axis=0)
    errors = part.assign(variance=variance, items=part["n_items"].astype("float64").where(~np.isnan(variance)))
    cells = errors.groupby(cell, observed=True, dropna=False)[["gain", "variance", "items"]].mean().reset_index()
    group = items_of(pd.MultiIndex.from_frame(cells[["target", "language"]]), how.registry)
    means, spread, items = (cells[c].to_numpy(dtype=np.float64) for c in ("gain", "variance", "items"))
    variance, df = Sampling(spread, group, items).of_mean(means, ~np.isnan(means), how.margin)
    seen = float(drawn.replicates[:, 0].var(ddof=1))
    noise = rng.normal(0.0, np.sqrt(variance), drawn.replicates.shape)
    total = summed([(seen, min(float(drawn.df[0]), MANY)), (variance, df)])[1]
    return replace(drawn, replicates=drawn.replicates + noise, df=np.array([total])), float(np.sqrt(variance))


def _ends(statistic: str, drawn: Bootstrap, level: float) -> dict[str, float]:
    found = interval(drawn, level, "t" if drawn.df[0] < FEW else "percentile")
    lowest, highest = BOUNDS.get(statistic, (-np.inf, np.inf))
    ends = np.clip([found.low[0], found.high[0]], lowest, highest)
    return {f"{statistic}_low": float(ends[0]), f"{statistic}_high": float(ends[1])}


def _verdict(drawn: Bootstrap, how: SummaryDesign) -> dict[str, Any]:
    if drawn.because[0]:
        return {}
    error = float(drawn.replicates[:, 0].std(ddof=1))
    df = float(min(drawn.df[0], 1e6))
    narrow = interval(drawn, 0.90, "t")
    wide = _ends("mean", drawn, how.level)
    if narrow.low[0] > -how.margin and narrow.high[0] < how.margin:
        verdict = "equivalent"
    elif wide["mean_low"] > 0 or wide["mean_high"] < 0:
        verdict = "gain" if wide["mean_low"] > 0 else "loss"
    else:
        verdict = "inconclusive"
    return {"detectable": detectable_effect(error, df), "verdict": verdict}
