"""Does each question say yes, no and cannot tell where it should? Worlds with a known truth.

    python benchmarks/statistics/conclusions.py [--draws 3] [--only NAME ...] [--first 0]

The worlds are made by `truths.py` and `further_truths.py`, which import nothing of the project.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from further_truths import FURTHER
from truths import WORLDS as FIRST
from truths import World

from analysis.distances.table import Distances, tidy
from analysis.results.table import validate

KIND = "drawn"
WORLDS = FIRST | FURTHER


def answered(world: World, rng: np.random.Generator) -> str:
    """The conclusion of the question on a simulated world."""
    module = import_module(f"analysis.questions.{world.question}")
    options = dict(world.options)
    if world.question == "distance":
        options |= {"distances": distances(world), "kinds": (KIND,), "controls": world.controls}
        options |= {"specifications": False, "beside": False}
    design = module.DESIGN(seed=int(rng.integers(2**31)), **options)
    found = module.fit(validate(world.scores, "world"), design)
    if world.question in {"distance", "cost"}:
        return str(module.report(found).says)
    return str(module.answers(found)[world.part].says)


def distances(world: World) -> Distances:
    rows = [("en", code, KIND, value) for code, value in world.distance.items()]
    return tidy(pd.DataFrame(rows, columns=["language", "other", "kind", "distance"]), "the world")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--first", type=int, default=0, help="Number of the first draw: others than looked at so far.")
    parser.add_argument("--only", nargs="*", choices=WORLDS, default=list(WORLDS))
    given = parser.parse_args()
    print("| world | right | cannot tell | wrong | said |\n|---|---|---|---|---|")
    total: Counter[str] = Counter()
    start = time.perf_counter()
    for number, (name, make) in enumerate(WORLDS.items()):
        if name not in given.only:
            continue
        said = []
        for draw in range(given.first, given.first + given.draws):
            world = make(np.random.default_rng([20211, number, draw]))
            said.append(answered(world, np.random.default_rng(draw)))
        kinds = Counter("wrong" if s in world.wrong else "right" if s in world.right else "cannot tell" for s in said)
        total += kinds
        counts = " | ".join(str(kinds[k]) for k in ("right", "cannot tell", "wrong"))
        print(f"| {name} | {counts} | {', '.join(said)} |", flush=True)
    print(
        f"| **all {sum(total.values())}** | "
        + " | ".join(str(total[k]) for k in ("right", "cannot tell", "wrong"))
        + " | |"
    )
    print(f"\n{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
