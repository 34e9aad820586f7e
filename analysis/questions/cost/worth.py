"""Cost of a point of score: frontier, incremental ratios, net benefit, as plain frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.questions.cost.contrasts import means_of
from analysis.questions.cost.draws import contrast_of, df_of, paired_differences
from analysis.stats.arrays import CannotTellError
from analysis.stats.frontier import acceptability, increment, incremental_ratios, pareto

if TYPE_CHECKING:
    from analysis.questions.cost.configurations import Configurations
    from analysis.questions.cost.contrasts import IsoCostGain, TargetCost
    from analysis.questions.cost.draws import CostReplicates
    from analysis.stats.arrays import Floats

FRONTIER_COLUMNS = (
    "target", "intermediate", "intermediate_examples", "target_examples", "cost", "seeds", "score", "low", "high",
    "on_frontier", "share_on_frontier", "cost_per_point", "dominated", "extendedly_dominated",
    "iso_cost_gain", "iso_cost_low", "iso_cost_high", "extrapolated", "because",
)  # fmt: skip
INCREMENT_COLUMNS = (
    "target", "intermediate", "intermediate_examples", "target_examples", "gain", "low", "high", "extra_cost",
    "cost_per_point", "better_cheaper", "better_dearer", "worse_cheaper", "worse_dearer",
)  # fmt: skip
ACCEPTABILITY_COLUMNS = (
    "target", "worth", "intermediate", "intermediate_examples", "target_examples", "share",
    "net_benefit", "low", "high", "best",
)  # fmt: skip
MOST_FRONTIERS = 500
"""Replicates whose frontier is searched."""


def frontier_rows(target: TargetCost, level: float) -> list[dict[str, Any]]:
    """One row a configuration, by cost: `FRONTIER_COLUMNS`; quantiles of replicates as intervals."""
    found, drawn = target.found, target.drawn
    scores = means_of(found)
    ratios = incremental_ratios(found.cost, scores)
    kept = set(pareto(found.cost, scores).tolist())
    n = len(scores)
    share, low, high = np.full((3, n), np.nan)
    if drawn is not None:
        hits = [np.isin(np.arange(n), pareto(found.cost, row)) for row in drawn[:MOST_FRONTIERS]]
        share = np.mean(hits, axis=0)
        low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    by_place = {g.place: g for g in target.gains}
    step = dict(zip(ratios.order.tolist(), ratios.ratio.tolist(), strict=True))
    return [
        _configuration(found, i)
        | {
            "cost": found.cost[i],
            "seeds": int(found.seed_counts[i]),
            "score": scores[i],
            "low": low[i],
            "high": high[i],
        }
        | {"on_frontier": i in kept, "share_on_frontier": share[i], "cost_per_point": step.get(i, np.nan)}
        | {"dominated": bool(ratios.dominated[i]), "extendedly_dominated": bool(ratios.extendedly[i])}
        | _gain(by_place.get(i))
        for i in np.argsort(found.cost, kind="stable").tolist()
    ]


def _configuration(found: Configurations, i: int) -> dict[str, Any]:
    return {
        "target": found.target,
        "intermediate": found.trained[i],
        "intermediate_examples": found.intermediate_examples[i],
        "target_examples": found.target_examples[i],
    }


def _gain(gain: IsoCostGain | None) -> dict[str, Any]:
    names = ("iso_cost_gain", "iso_cost_low", "iso_cost_high")
    if gain is None:
        return dict.fromkeys(names, np.nan) | {"extrapolated": False, "because": ""}
    c = gain.contrast
    values = (np.nan,) * 3 if c is None else (c.estimate, c.low, c.high)
    return dict(zip(names, values, strict=True)) | {"extrapolated": gain.extrapolated, "because": gain.because}


def increment_rows(found: Configurations, draws: CostReplicates, level: float) -> list[dict[str, Any]]:
    """Every configuration with intermediate training beside the one with the same target data alone."""
    scores, base, drawn = means_of(found), found.baseline, draws.replicates[found.target]
    rows: list[dict[str, Any]] = []
    for i in np.flatnonzero(~base):
        beside = np.flatnonzero(base & (found.target_examples == found.target_examples[i]))
        if len(beside) == 0:
            continue
        b = int(beside[0])
        gains, extra = drawn[:, i] - drawn[:, b], float(found.cost[i] - found.cost[b])
        step = increment(float(scores[i] - scores[b]), extra, gains)
        differences = paired_differences(found.scores, int(i), b, draws.scheme)
        df = df_of(differences, draws.scheme, float(min(found.seed_counts[i], found.seed_counts[b])))
        between = contrast_of(step.gain, gains, df, level)
        rows.append(
            _configuration(found, int(i))
            | {"gain": step.gain, "low": between.low, "high": between.high}
            | {"extra_cost": extra, "cost_per_point": step.ratio}
            | {name: getattr(step, name) for name in INCREMENT_COLUMNS[-4:]}
        )
    return rows


def worths(targets: list[Configurations], points: int = 9) -> Floats:
    """Values of a point: around the extra cost per point along the targets' frontiers."""
    steps = np.concatenate([[], *(incremental_ratios(t.cost, means_of(t)).ratio[1:] for t in targets)])
    steps = steps[steps > 0]
    if len(steps) == 0:
        return np.array([0.0])
    return np.concatenate([[0.0], np.geomspace(steps.min() / 3, steps.max() * 3, points - 1)])


def acceptability_rows(found: Configurations, drawn: Floats, worth: Floats, level: float) -> list[dict[str, Any]]:
    """Net benefit worth · score − cost of every configuration, and how often it is the highest."""
    try:
        choice = acceptability(drawn, found.cost, worth)
    except CannotTellError:
        return []
    rows: list[dict[str, Any]] = []
    for k, value in enumerate(choice.worth):
        net = value * drawn - found.cost
        low, high = np.quantile(net, [(1 - level) / 2, (1 + level) / 2], axis=0)
        rows += [
            _configuration(found, i)
            | {"worth": value, "share": choice.share[k, i], "net_benefit": choice.benefit[k, i]}
            | {"low": low[i], "high": high[i], "best": i == choice.best[k]}
            for i in range(len(found.cost))
        ]
    return rows
