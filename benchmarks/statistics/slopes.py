"""Gain against distance: does each estimate's test keep its level where there is no effect?

The ways are those of `analysis.questions.distance`, as they stand beside an answer. Of a way that is shown
without a test, the t test it would have had stands here, in brackets, to say why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from cells import rows_of
from scipy.special import stdtr, stdtrit
from table import heading
from worlds import FAMILIES, PATHS, TASKS, Spread, world

from analysis.questions.distance import models
from analysis.questions.distance.correlations import correlations

if TYPE_CHECKING:
    from analysis.questions.distance.rows import DistanceRows

SLOPE = 0.6
SETTINGS = {
    "ancestry, slopes differ by task": {},
    "the same, none on average in these tasks": {"centred": True},
    "ancestry, tasks alike": {"spread": Spread(slope=0)},
    "no ancestry, slopes differ": {"spread": Spread(family=0, branch=0)},
    f"true slope {SLOPE}": {"slope": SLOPE},
}
WAYS = (
    models.mixed_slopes_tree,
    models.two_way_family,
    models.phylogenetic,
    models.plain,
    models.clustered_language,
    models.clustered_family,
    models.two_way_language,
    models.mixed_intercepts,
    models.mixed_slopes,
    models.mixed_slopes_family,
    models.mixed_intercepts_tree,
)
PERMUTATIONS = 399


def found_in(rows: DistanceRows, rng: np.random.Generator) -> dict[tuple[str, bool], tuple[float, bool]]:
    """(way, shown with a test) → p of its test and whether its 95 % interval covers `SLOPE`."""
    found = {}
    for way in WAYS:
        slope = way(rows)
        half = -float(stdtrit(slope.df, 0.025)) * slope.error
        p_value = 2 * stdtr(slope.df, -abs(slope.estimate) / slope.error)
        label = slope.method.split(" (λ")[0]
        found[label, not slope.untested] = (float(p_value), abs(slope.estimate - SLOPE) <= half)
    for effect in correlations(rows, {}, rng=rng, size=PERMUTATIONS):
        found[effect.method, True] = (effect.p_value, False)
    return found


def slope(rng: np.random.Generator, size: int) -> None:
    """Shares of p < .05 in each setting; the last one shows power and coverage."""
    hits: dict[tuple[str, bool], dict[str, list[bool]]] = {}
    covered: dict[tuple[str, bool], list[bool]] = {}
    for setting, options in SETTINGS.items():
        for _ in range(size):
            for way, (p_value, covers) in found_in(rows_of(world(rng, **options)), rng).items():
                hits.setdefault(way, {}).setdefault(setting, []).append(p_value < 0.05)
                if "slope" in options:
                    covered.setdefault(way, []).append(covers)
    heading("Gain against distance: share of p < .05", size, 0.05)
    print(f"{TASKS} tasks, {len(PATHS)} languages, {len(set(FAMILIES))} families, 2 to 5 seeds.\n")
    print("| way | " + " | ".join(SETTINGS) + " | 95 % interval covers |\n|---|" + "---|" * (len(SETTINGS) + 1))
    for (name, shown), by_setting in hits.items():
        shares = [f"{np.mean(by_setting[setting]):.3f}" for setting in SETTINGS]
        ends = f"{np.mean(covered[name, shown]):.3f}" if any(covered[name, shown]) else "–"
        cells = [*shares, ends] if shown else [f"({share})" for share in (*shares, ends)]
        print(f"| {name} | " + " | ".join(cells) + " |")
