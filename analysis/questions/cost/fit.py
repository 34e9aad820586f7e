"""The cost question asked of a results table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.questions.cost.configurations import Configurations, configurations, costs_of
from analysis.questions.cost.contrasts import Pooled, TargetCost, best_of, means_of, pooled, slopes, target_cost
from analysis.questions.cost.design import CostDesign
from analysis.questions.cost.draws import CostContrast, CostReplicates, contrast_of, joint_replicates
from analysis.questions.cost.more_data import MoreData, more_data_helps
from analysis.questions.cost.worth import (
    ACCEPTABILITY_COLUMNS,
    FRONTIER_COLUMNS,
    INCREMENT_COLUMNS,
    acceptability_rows,
    frontier_rows,
    increment_rows,
    worths,
)
from analysis.questions.design import Fit
from analysis.registry.vocabulary import BASELINE
from analysis.stats.arrays import CannotTellError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.stats.arrays import Floats

CURVE_COLUMNS = (
    "target", "sizes", "cheapest", "dearest", "plateau", "exponent", "exponent_low", "exponent_high",
    "identified", "because",
)  # fmt: skip
BEST_COLUMNS = ("target", "tried", "expected_best", "low", "high", "cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFit(Fit):
    """Cost of scores, and which way of spending brings more.

    Attributes:
        design: what was asked.
        unit: of cost, `FLOPs` or `examples`.
        stated: where costs come from and what they assume.
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
    """

    design: CostDesign
    unit: str
    stated: str
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


def fit(results: pd.DataFrame, design: CostDesign) -> CostFit:
    """Accuracy per training FLOP: more intermediate data, or more data of the target?"""
    rng = np.random.default_rng(design.seed)
    reading = design.reading(results)
    frame = reading.frame
    costs = costs_of(frame, design.registry, shared=design.shared, tokens=design.tokens, epochs=design.epochs)
    found, left_out = configurations(frame, costs, design.registry)
    seeded, single = _with_seeds(found)
    draws, because = None, "no configuration was run with two seeds or more, so the chance of training is unknown"
    try:
        draws = joint_replicates(seeded, design, rng) if seeded else None
    except CannotTellError as error:
        because = error.because
    targets = [target_cost(t, draws, design) for t in (found if draws is None else seeded)]
    each = Pooled() if draws is None else pooled(targets, draws, design.level)
    trained = bool((frame["intermediate"].astype(str) != BASELINE).any())
    return CostFit(
        design=design,
        unit=costs.unit,
        stated=costs.stated,
        units=draws.units if draws else 0,
        units_of=draws.units_of if draws else design.over,
        pooled=each,
        scaling=_scaling(targets, design.level),
        more_data=(
            *more_data_helps(results, design, "target", rng),
            *more_data_helps(results, design, "intermediate", rng),
        ),
        **_tables(targets, draws, design.level),
        because="" if each.overall is not None else _why(targets, "" if draws else because, trained=trained),
        left_out=(*reading.left_out, *left_out, *single),
        provenance=tuple(sorted(frame["provenance"].astype(str).unique())),
    )


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


def _scaling(targets: list[TargetCost], level: float) -> dict[str, CostContrast]:
    """Points per doubling of each kind of data; its degrees of freedom are those of the fewest seeds."""
    found: dict[str, CostContrast] = {}
    for name in ("intermediate", "target"):
        each = [slopes(t.found, t.drawn, intermediate=name == "intermediate") for t in targets if t.drawn is not None]
        told = [e for e in each if e is not None]
        if told:
            estimate = float(np.mean([value for value, _ in told]))
            df = float(min(t.found.seed_counts.min() for t in targets) - 1)
            found[name] = contrast_of(estimate, np.mean([r for _, r in told], axis=0), df, level)
    return found


def _why(targets: list[TargetCost], because: str, *, trained: bool) -> str:
    """Why no configuration could be held against the target-only curve."""
    if not any((~t.found.baseline).any() for t in targets):
        return (
            "no run with intermediate training states what it cost" if trained else "no run has intermediate training"
        )
    if because:
        return because
    reasons = [g.because for t in targets for g in t.gains] or [t.fitted.because for t in targets]
    common = max(sorted(set(reasons)), key=reasons.count)
    more = len(set(reasons)) - 1
    return common + (f" (and {more} other reasons, in the table of configurations)" if more else "")


def _tables(targets: list[TargetCost], draws: CostReplicates | None, level: float) -> dict[str, Any]:
    frontier: list[dict[str, Any]] = []
    increments: list[dict[str, Any]] = []
    choices: list[dict[str, Any]] = []
    best: list[dict[str, Any]] = []
    worth = worths([t.found for t in targets])
    for t in targets:
        frontier += frontier_rows(t, level)
        if draws is not None and t.drawn is not None:
            increments += increment_rows(t.found, draws, level)
            choices += acceptability_rows(t.found, t.drawn, worth, level)
            best += _best_rows(t.found, t.drawn, level)
    return {
        "frontier": pd.DataFrame(frontier, columns=list(FRONTIER_COLUMNS)),
        "increments": pd.DataFrame(increments, columns=list(INCREMENT_COLUMNS)),
        "acceptability": pd.DataFrame(choices, columns=list(ACCEPTABILITY_COLUMNS)),
        "curves": pd.DataFrame([_curve_row(t) for t in targets], columns=list(CURVE_COLUMNS)),
        "best": pd.DataFrame(best, columns=list(BEST_COLUMNS)),
    }


def _curve_row(of: TargetCost) -> dict[str, Any]:
    target, fitted = of.found, of.fitted
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
