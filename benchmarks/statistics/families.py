"""Does the model that answers about distance keep its level with few families, languages and tasks?

    python benchmarks/statistics/families.py [--size 200]

The grids of `worlds.py`, and parts of them; shares of p < .05 by `analysis.distance.models`. The
last column has a true slope of 0.6 points per standard deviation.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from table import heading
from worlds import PATHS, Spread, World, world

from analysis.distance.models import clustered_family, mixed_slopes_tree, phylogenetic, plain
from analysis.distance.rows import Rows
from analysis.numerics.threads import one_thread

EVERY_LANGUAGE = range(len(PATHS))
SEVENTEEN = (0, 1, 4, 5, 8, 11, 14, 16, 17, 20, 22, 25, 28, 31, 35, 36, 37)
TEN = (0, 1, 4, 8, 11, 14, 17, 20, 28, 35)
GRIDS = ((TEN, 2), (TEN, 3), (SEVENTEEN, 2), (SEVENTEEN, 5), (EVERY_LANGUAGE, 7))
SETTINGS = {
    "no effect, slopes differ": {},
    "no effect, tasks alike": {"spread": Spread(slope=0)},
    "true slope 0.6": {"slope": 0.6},
}
MODELS = (plain, phylogenetic, clustered_family, mixed_slopes_tree)


def rows(w: World, languages: tuple[int, ...], tasks: int) -> Rows:
    cells = w.cells[:tasks][:, languages]
    task, place = (i.ravel() for i in np.indices(cells.shape))
    distance = w.distance[list(languages)]
    language = np.array(languages)[place]
    family = [PATHS[i][0] for i in language]
    names = [f"t{t}" for t in task]
    return Rows(
        y=cells.ravel(),
        z=((distance - distance.mean()) / distance.std())[place],
        sd=1.0,
        task=np.array(names, dtype=object),
        baseline=np.array(names, dtype=object),
        target=np.array(names, dtype=object),
        language=np.array([f"l{i:02d}" for i in language], dtype=object),
        family=np.array(family, dtype=object),
        branch=np.array([PATHS[i][1] for i in language], dtype=object),
        source=np.array(["source"] * len(language), dtype=object),
        unit="points per standard deviation",
        name="slope",
        level=0.95,
    )


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
                drawn = rows(world(rng, **options), tuple(languages), tasks)
                with one_thread():
                    for way in MODELS:
                        found[way.__name__][setting] += way(drawn).p_value < 0.05
        families = len({PATHS[i][0] for i in languages})
        for name, hits in found.items():
            shares = " | ".join(f"{hits[setting] / size:.3f}" for setting in SETTINGS)
            print(f"| {families} | {len(languages)} | {tasks} | {name} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
