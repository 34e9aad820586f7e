"""The cost question asked of a results table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.gains.reading import TargetRows, one_reading
from analysis.questions.cost.axis import costs_of
from analysis.questions.cost.configurations import Configurations, configurations
from analysis.questions.cost.contrasts import (
    IsoCostGain,
    Pooled,
    TargetCurve,
    best_of,
    iso_cost_gains,
    means_of,
    pooled,
    slopes,
    target_curve,
)
from analysis.questions.cost.draws import CostContrast, CostReplicates, Over, contrast_of, joint_replicates
from analysis.questions.cost.more_data import MARGIN, Data, MoreData, more_data_helps
from analysis.questions.cost.worth import (
    ACCEPTABILITY_COLUMNS,
    FRONTIER_COLUMNS,
    INCREMENT_COLUMNS,
    acceptability_rows,
    as_frame,
    frontier_rows,
    increment_rows,
    worths,
)
from analysis.registry.vocabulary import BASELINE, Vocabulary, vocabulary
from analysis.stats.arrays import CannotTellError, level_in_range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.stats.arrays import Floats

CURVE_COLUMNS = (
    "target", "sizes", "cheapest", "dearest", "plateau", "exponent", "exponent_low", "exponent_high",
    "identified", "because",
)  # fmt: skip
BEST_COLUMNS = ("target", "tried", "expected_best", "low", "high", "cost")


@dataclass(frozen=True, slots=True)
class CostFit:
    """Cost of scores, and which way of spending brings more.

    Attributes:
        unit: of cost, `FLOPs` or `examples`.
        stated: where costs come from and what they assume.
        margin: points that would matter.
        level: nominal coverage of intervals.
        shared: targets that one intermediate checkpoint serves.
        units: how many seeds, languages or families the uncertainty rests on; 0 where it cannot be told.
        units_of: which of them.
        pooled: gains over the target-only curve at equal cost.
        scaling: `intermediate` and `target` → points per doubling of that data, mean over targets.
        more_data: the score against the amount of data, for every target.
        frontier: one row a configuration (`worth.FRONTIER_COLUMNS`).
        increments: intermediate training beside the same target data alone.
        acceptability: net benefit by what a point is worth, in the unit of cost.
        curves: the target-only learning curves.
        best: expected best of several intermediate tasks tried.
        because: why the two ways cannot be compared, or "".
        left_out: what was not used.
        provenance: of the scores.
    """

    unit: str
    stated: str
    margin: float
    level: float
    shared: int
    units: int
    units_of: str
    pooled: Pooled
    scaling: dict[str, CostContrast]
    more_data: tuple[MoreData, ...]
    frontier: pd.DataFrame
    increments: pd.DataFrame
    acceptability: pd.DataFrame
    curves: pd.DataFrame
    best: pd.DataFrame
    because: str
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]


def ask(
    results: pd.DataFrame,
    *,
    rng: np.random.Generator,
    shared: int = 1,
    margin: float = MARGIN,
    over: Over = "languages",
    tokens: float | None = None,
    epochs: float = 3.0,
    reach: float = 2.0,
    level: float = 0.95,
    size: int = 4000,
    split: str | None = None,
    metric: str | None = None,
    words: Vocabulary | None = None,
) -> CostFit:
    """Accuracy per training FLOP: more intermediate data, or more data of the target?

    Args:
        results: a validated results table.
        rng: the source of chance.
        shared: targets among which the cost of one intermediate checkpoint is divided.
        margin: points at equal cost (and per doubling of data) that would matter.
        over: what the claim is about: these `seeds` only, `languages` like these, or `families`.
        tokens: tokens per text, to compute FLOPs where the table holds none; None: examples stand
            for cost.
        epochs: passes over the data, for the same.
        reach: how far beyond the dearest target-only run its curve is believed, as a factor.
        level: of the intervals.
        size: replicates.
        split: as in `one_reading`.
        metric: as in `one_reading`.
        words: the vocabulary; built-in by default.

    Raises:
        UsageError: an option outside its range.
    """
    _check(margin, tokens, epochs, reach, level, size)
    words = words or vocabulary()
    reading = one_reading(results, split=split, metric=metric, registry=words)
    costs = costs_of(reading.frame, words, shared=shared, tokens=tokens, epochs=epochs)
    targets, left_out = configurations(reading.frame, costs, words)
    seeded, single = _with_seeds(targets)
    draws, because = _draws(seeded, over, rng, size, words)
    shown = seeded if draws is not None else targets
    fitted = {t.target: target_curve(t, _of(draws, t)) for t in shown}
    gains = _gains(shown, fitted, draws, reach, level)
    each = Pooled(None, {}, {}) if draws is None else pooled(shown, gains, draws, level)
    kinds: tuple[Data, ...] = ("target", "intermediate")
    return CostFit(
        unit=costs.unit,
        stated=costs.stated,
        margin=margin,
        level=level,
        shared=shared,
        units=draws.units if draws else 0,
        units_of=draws.units_of if draws else over,
        pooled=each,
        scaling=_scaling(shown, draws, level),
        more_data=tuple(
            m
            for d in kinds
            for m in more_data_helps(
                results,
                rng=rng,
                data=d,
                margin=margin,
                level=level,
                size=size,
                split=split,
                metric=metric,
                registry=words,
            )
        ),
        **_tables(shown, draws, fitted, gains, level),
        because="" if each.overall is not None else _why(shown, gains, fitted, because, _trained(reading)),
        left_out=(*reading.left_out, *left_out, *single),
        provenance=tuple(sorted(reading.frame["provenance"].astype(str).unique())),
    )


def _check(margin: float, tokens: float | None, epochs: float, reach: float, level: float, size: int) -> None:
    level_in_range(level)
    if margin < 0:
        raise UsageError(f"a margin of {margin} points is negative; give what would matter, such as 0.5")
    if reach < 1:
        raise UsageError(f"a reach of {reach} would leave out target-only runs; give 1 or more")
    if (tokens is not None and tokens < 1) or epochs <= 0:
        raise UsageError(f"{tokens} tokens a text and {epochs} epochs are no training")
    if size < 100:
        raise UsageError(f"{size} replicates leave no interval; give 100 or more")


def _with_seeds(targets: Iterable[Configurations]) -> tuple[tuple[Configurations, ...], tuple[str, ...]]:
    """Targets with those configurations that have several seeds."""
    kept, left_out = [], []
    for t in targets:
        several = t.seed_counts > 1
        if several.any():
            kept.append(t.only(several))
        if not several.all():
            left_out.append(f"{t.target}: {int((~several).sum())} configurations with one seed, which shows no spread")
    return tuple(kept), tuple(left_out)


def _draws(
    targets: tuple[Configurations, ...], over: Over, rng: np.random.Generator, size: int, registry: Vocabulary
) -> tuple[CostReplicates | None, str]:
    if not targets:
        return None, "no configuration was run with two seeds or more, so the chance of training is unknown"
    try:
        return joint_replicates(targets, over=over, rng=rng, size=size, registry=registry), ""
    except CannotTellError as error:
        return None, error.because


def _of(draws: CostReplicates | None, target: Configurations) -> Floats | None:
    return None if draws is None else draws.replicates[target.target]


def _gains(
    targets: tuple[Configurations, ...],
    fitted: dict[str, TargetCurve],
    draws: CostReplicates | None,
    reach: float,
    level: float,
) -> dict[str, tuple[IsoCostGain, ...]]:
    if draws is None:
        return {}
    return {t.target: iso_cost_gains(t, fitted[t.target], draws, reach=reach, level=level) for t in targets}


def _scaling(
    targets: tuple[Configurations, ...], draws: CostReplicates | None, level: float
) -> dict[str, CostContrast]:
    """Points per doubling of each kind of data; its degrees of freedom are those of the fewest seeds."""
    found: dict[str, CostContrast] = {}
    if draws is None:
        return found
    for name in ("intermediate", "target"):
        each = [slopes(t, draws.replicates[t.target], intermediate=name == "intermediate") for t in targets]
        told = [e for e in each if e is not None]
        if told:
            estimate = float(np.mean([value for value, _ in told]))
            df = float(min(t.seed_counts.min() for t in targets) - 1)
            found[name] = contrast_of(estimate, np.mean([r for _, r in told], axis=0), df, level)
    return found


def _trained(reading: TargetRows) -> bool:
    """True if any run has intermediate training, of known cost or not."""
    return bool((reading.frame["intermediate"].astype(str) != BASELINE).any())


def _why(
    targets: tuple[Configurations, ...],
    gains: dict[str, tuple[IsoCostGain, ...]],
    fitted: dict[str, TargetCurve],
    because: str,
    trained: bool,
) -> str:
    """Why no configuration could be held against the target-only curve."""
    if not any((~t.baseline).any() for t in targets):
        return (
            "no run with intermediate training states what it cost" if trained else "no run has intermediate training"
        )
    if because:
        return because
    reasons = [g.because for each in gains.values() for g in each] or [f.because for f in fitted.values()]
    common = max(sorted(set(reasons)), key=reasons.count)
    more = len(set(reasons)) - 1
    return common + (f" (and {more} other reasons, in the table of configurations)" if more else "")


def _tables(
    targets: tuple[Configurations, ...],
    draws: CostReplicates | None,
    fitted: dict[str, TargetCurve],
    gains: dict[str, tuple[IsoCostGain, ...]],
    level: float,
) -> dict[str, Any]:
    frontier: list[dict[str, Any]] = []
    increments: list[dict[str, Any]] = []
    choices: list[dict[str, Any]] = []
    best: list[dict[str, Any]] = []
    worth = worths(targets)
    for t in targets:
        drawn = _of(draws, t)
        frontier += frontier_rows(t, drawn, gains.get(t.target, ()), level)
        if draws is not None and drawn is not None:
            increments += increment_rows(t, draws, level)
            choices += acceptability_rows(t, drawn, worth, level)
            best += _best_rows(t, drawn, level)
    curves = [_curve_row(t, fitted[t.target]) for t in targets]
    return {
        "frontier": as_frame(frontier, FRONTIER_COLUMNS),
        "increments": as_frame(increments, INCREMENT_COLUMNS),
        "acceptability": as_frame(choices, ACCEPTABILITY_COLUMNS),
        "curves": as_frame(curves, CURVE_COLUMNS),
        "best": as_frame(best, BEST_COLUMNS),
    }


def _curve_row(target: Configurations, fitted: TargetCurve) -> dict[str, Any]:
    sizes = len(np.unique(target.cost[target.baseline]))
    row: dict[str, Any] = {"target": target.target, "sizes": sizes, "because": fitted.because, "identified": False}
    if (c := fitted.curve) is not None:
        row |= {"cheapest": c.cost_range[0], "dearest": c.cost_range[1], "plateau": c.a, "exponent": c.c}
        row |= {"exponent_low": c.c_low, "exponent_high": c.c_high, "identified": c.identified, "because": c.because}
    return row


def _best_rows(target: Configurations, drawn: Floats, level: float) -> list[dict[str, Any]]:
    """Trying several intermediate tasks, each at its dearest configuration, and keeping the best."""
    names = sorted({name for name, base in zip(target.trained, target.baseline, strict=True) if not base})
    places = [
        max((i for i, n in enumerate(target.trained) if n == name), key=lambda i: target.cost[i]) for name in names
    ]
    try:
        expected, low, high = best_of(means_of(target)[places], drawn[:, places], level)
    except CannotTellError:
        return []
    mean_cost = float(target.cost[places].mean())
    return [
        {"target": target.target, "tried": k + 1, "expected_best": expected[k], "low": low[k], "high": high[k]}
        | {"cost": mean_cost * (k + 1)}
        for k in range(len(places))
    ]
