"""Does the model that answers about distance keep its level with few families, languages and tasks?

    python benchmarks/statistics/families.py [--size 200]

The grids of `worlds.py`, and parts of them; shares of p < .05 by `analysis.questions.distance.models`. The
last column has a true slope of 0.6 points per standard deviation.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from cells import rows_of
from scipy.special import stdtr
from table import heading
from worlds import PATHS, Spread, world

from analysis.questions.distance.models import mixed_slopes_tree, phylogenetic, plain, two_way_family
from analysis.questions.distance.rows import Slope
from analysis.stats.threads import one_thread

EVERY_LANGUAGE = range(len(PATHS))
SEVENTEEN = (0, 1, 4, 5, 8, 11, 14, 16, 17, 20, 22, 25, 28, 31, 35, 36, 37)
TEN = (0, 1, 4, 8, 11, 14, 17, 20, 28, 35)
GRIDS = ((TEN, 2), (TEN, 3), (SEVENTEEN, 2), (SEVENTEEN, 5), (EVERY_LANGUAGE, 7))
SETTINGS = {
    "no effect, slopes differ": {},
    "no effect, tasks alike": {"spread": Spread(slope=0)},
    "true slope 0.6": {"slope": 0.6},
}
MODELS = (plain, phylogenetic, two_way_family, mixed_slopes_tree)


def p_of(slope: Slope) -> float:
    """The p of its t test, also where it is shown without one."""
    return float(2 * stdtr(slope.df, -abs(slope.estimate) / slope.error))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=200)
    size = parser.parse_args().size
    rng = np.random.default_rng(20213)
    heading("Distance with few families: share of p < .05", size, 0.05)
    print(
        "| families | languages | tasks | model | "
        + " | ".join(SETTINGS)
        + " |\n|---|---|---|---|"
        + "---|" * len(SETTINGS)
    )
    for languages, tasks in GRIDS:
        found = {way.__name__: dict.fromkeys(SETTINGS, 0) for way in MODELS}
        for setting, options in SETTINGS.items():
            for _ in range(size):
                drawn = rows_of(world(rng, **options), tuple(languages), tasks)
                with one_thread():
                    for way in MODELS:
                        found[way.__name__][setting] += p_of(way(drawn)) < 0.05
        families = len({PATHS[i][0] for i in languages})
        for name, hits in found.items():
            shares = " | ".join(f"{hits[setting] / size:.3f}" for setting in SETTINGS)
            print(f"| {families} | {len(languages)} | {tasks} | {name} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
