"""More intermediate data or more target data: the same FLOPs spent in two ways.

The alternative to a configuration with intermediate training is the target-only run of equal cost.
It is read off a learning curve fitted to the target-only runs of the same target.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from analysis.questions.cost.draws import CostContrast, contrast_of, df_of, paired_differences
from analysis.stats.arrays import CannotTellError
from analysis.stats.curves import (
    CurveReplicates,
    LearningCurve,
    curve_replicates,
    expected_maximum,
    fit_curve,
    iso_cost_gain,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.questions.cost.configurations import Configurations
    from analysis.questions.cost.design import CostDesign
    from analysis.questions.cost.draws import CostReplicates
    from analysis.stats.arrays import Floats

MOST_MAXIMA = 400
"""Replicates of which the expected maximum is computed."""


@dataclass(frozen=True, slots=True)
class TargetCurve:
    """The target-only learning curve of one target.

    Attributes:
        curve: None where there is none.
        replicates: likewise.
        because: why there is none, or "".
    """

    curve: LearningCurve | None
    replicates: CurveReplicates | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class IsoCostGain:
    """One configuration against the target-only curve at its cost.

    Attributes:
        place: index of the configuration.
        contrast: score minus curve; None where it cannot be told.
        extrapolated: whether the cost lies beyond the target-only runs.
        because: why it cannot be told, or "".
    """

    place: int
    contrast: CostContrast | None
    extrapolated: bool
    because: str = ""


def means_of(found: Configurations) -> Floats:
    """(n,), mean over languages of the means over seeds, as the replicates take it."""
    with np.errstate(invalid="ignore"):
        counts = (~np.isnan(found.scores)).sum(axis=3)
        cells = np.nansum(found.scores, axis=3) / counts
    result: Floats = np.nansum(cells, axis=(1, 2)) / (counts > 0).sum(axis=(1, 2))
    return result


def target_curve(found: Configurations, drawn: Floats | None) -> TargetCurve:
    """The curve of the target-only configurations.

    Args:
        found: configurations of a target.
        drawn: (size, n), their replicates; None where there are none.
    """
    base = np.flatnonzero(found.baseline)
    if len(base) == 0:
        return TargetCurve(None, None, "there is no run without intermediate training")
    try:
        curve = fit_curve(found.cost[base], means_of(found)[base])
        replicates = None if drawn is None else curve_replicates(found.cost[base], drawn[:, base])
    except CannotTellError as error:
        return TargetCurve(None, None, f"for the runs on target data alone: {error.because}")
    return TargetCurve(curve, replicates)


def iso_cost_gains(
    found: Configurations, fitted: TargetCurve, draws: CostReplicates, design: CostDesign
) -> tuple[IsoCostGain, ...]:
    """Every configuration with intermediate training against its target's target-only curve.

    Args:
        found: configurations of a target.
        fitted: its target-only curve.
        draws: replicates of all targets.
        design: how far the curve is believed, and the level of the intervals.
    """
    return tuple(_iso(found, int(i), fitted, draws, design) for i in np.flatnonzero(~found.baseline))


def _iso(found: Configurations, i: int, fitted: TargetCurve, draws: CostReplicates, design: CostDesign) -> IsoCostGain:
    curve, replicates = fitted.curve, fitted.replicates
    if curve is None or replicates is None:
        return IsoCostGain(i, None, False, fitted.because)
    cost, (least, most) = float(found.cost[i]), curve.cost_range
    outside = not least <= cost <= most
    if outside and not curve.identified:
        return IsoCostGain(i, None, True, f"its cost lies beyond the target-only runs, of whose curve {curve.because}")
    if cost > design.reach * most or cost < least / design.reach:
        return IsoCostGain(i, None, True, f"its cost lies more than {design.reach:g} times beyond the target-only runs")
    drawn = draws.replicates[found.target]
    gain = iso_cost_gain(curve, replicates, cost, float(means_of(found)[i]), drawn[:, i], level=design.level).gain
    base = np.flatnonzero(found.baseline)
    near = int(base[np.abs(np.log(found.cost[base] / cost)).argmin()])
    differences = paired_differences(found.scores, i, near, draws.scheme)
    df = df_of(differences, draws.scheme, float(found.seed_counts[[i, near]].min()))
    contrast = contrast_of(gain, drawn[:, i] - replicates.at(cost)[:, 0], df, design.level, differences)
    return IsoCostGain(i, contrast if not contrast.because else None, outside, contrast.because)


@dataclass(frozen=True, slots=True)
class TargetCost:
    """The fit of one target.

    Attributes:
        found: its configurations.
        drawn: (size, n), their replicates; None where there are none.
        fitted: the target-only curve.
        gains: of the configurations with intermediate training, over that curve.
    """

    found: Configurations
    drawn: Floats | None
    fitted: TargetCurve
    gains: tuple[IsoCostGain, ...] = ()


def target_cost(found: Configurations, draws: CostReplicates | None, design: CostDesign) -> TargetCost:
    """The curve of a target, and the gains over it where there are replicates."""
    if draws is None:
        return TargetCost(found, None, target_curve(found, None))
    drawn = draws.replicates[found.target]
    fitted = target_curve(found, drawn)
    return TargetCost(found, drawn, fitted, iso_cost_gains(found, fitted, draws, design))


@dataclass(frozen=True, slots=True)
class Pooled:
    """Gains at equal cost, averaged; where none can be told, there is none.

    Attributes:
        overall: over targets; None where there is none.
        by_target: target → mean over its configurations.
        by_training: (target, intermediate training) → mean over its configurations.
    """

    overall: CostContrast | None = None
    by_target: dict[str, CostContrast] = field(default_factory=dict)
    by_training: dict[tuple[str, str], CostContrast] = field(default_factory=dict)


def pooled(targets: Sequence[TargetCost], draws: CostReplicates, level: float) -> Pooled:
    """The means of the gains at equal cost that can be told."""
    by_target: dict[str, CostContrast] = {}
    by_training: dict[tuple[str, str], CostContrast] = {}
    for t in targets:
        groups: dict[str, list[CostContrast]] = {}
        for g in t.gains:
            if g.contrast is not None:
                groups.setdefault(t.found.trained[g.place], []).append(g.contrast)
        for name, told in groups.items():
            by_training[t.found.target, name] = _mean(told, draws, level)
        if groups:
            by_target[t.found.target] = _mean([c for told in groups.values() for c in told], draws, level)
    overall = _mean(list(by_target.values()), draws, level) if by_target else None
    return Pooled(overall, by_target, by_training)


def _mean(told: list[CostContrast], draws: CostReplicates, level: float) -> CostContrast:
    """Seeds are drawn jointly, so the mean of the differences has the degrees of freedom of one of them."""
    estimate = float(np.mean([c.estimate for c in told]))
    replicates = np.mean([c.replicates for c in told], axis=0)
    each = [c.differences for c in told if c.differences is not None]
    if len(each) < len(told):
        return contrast_of(estimate, replicates, min(c.df for c in told), level)
    stacked = np.stack(each)
    counts = (~np.isnan(stacked)).sum(axis=0)
    averaged = np.where(counts > 0, np.nansum(stacked, axis=0) / np.maximum(counts, 1), np.nan)
    return contrast_of(estimate, replicates, df_of(averaged, draws.scheme, np.nan), level, averaged)


def slopes(found: Configurations, drawn: Floats, *, intermediate: bool) -> tuple[float, Floats] | None:
    """Points per doubling of one kind of data, the other held: estimate and (size,) replicates.

    The mean over the groups that hold two sizes or more (one group per intermediate task and size
    of the other data); None where there is none.
    """
    moved, held = found.intermediate_examples, found.target_examples
    chosen = ~found.baseline if intermediate else found.baseline
    if not intermediate:
        moved, held = held, moved
    means, estimates, replicates = means_of(found), [], []
    for key in sorted({(found.trained[i], held[i]) for i in np.flatnonzero(chosen)}):
        places = [i for i in np.flatnonzero(chosen) if (found.trained[i], held[i]) == key and moved[i] > 0]
        x = np.log2(moved[places])
        if len(places) < 2 or np.ptp(x) == 0 or not np.isfinite(x).all():
            continue
        weights = (x - x.mean()) / ((x - x.mean()) ** 2).sum()
        estimates.append(float(weights @ means[places]))
        replicates.append(drawn[:, places] @ weights)
    return (float(np.mean(estimates)), np.mean(replicates, axis=0)) if estimates else None


def best_of(scores: Floats, drawn: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """Expected best of 1, 2, … n configurations tried, with its interval: three times (n,).

    Args:
        scores: (n,).
        drawn: (size, n), of which `MOST_MAXIMA` are used. The replicates of a maximum lie above
            it, so their percentiles are moved onto the estimate.
        level: nominal coverage.

    Raises:
        CannotTellError: fewer than two configurations.
    """
    estimate = expected_maximum(scores)
    replicates = np.array([expected_maximum(row) for row in drawn[:MOST_MAXIMA]])
    replicates += estimate - replicates.mean(axis=0)
    low, high = np.quantile(replicates, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return estimate, low, high
