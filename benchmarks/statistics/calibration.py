"""Do the tests keep their promises? Simulations with a known truth.

    python benchmarks/statistics/calibration.py [--size 1000] [--only slope mean orders items power cost]

Every number is a share of `size` made-up grids; its Monte-Carlo error stands above each table.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from costs import cost
from means import mean
from orders import items, orders
from promises import power
from slopes import slope

from analysis.stats.threads import one_thread

PARTS = {"slope": slope, "mean": mean, "orders": orders, "items": items, "power": power, "cost": cost}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    given = parser.parse_args()
    for number, (name, part) in enumerate(PARTS.items()):
        if name in given.only:
            start = time.perf_counter()
            with one_thread():
                part(np.random.default_rng([20210, number]), given.size)
            print(f"\n{time.perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
