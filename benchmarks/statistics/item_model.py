"""Do the intervals of the hierarchical model of items hold what they say? Answers drawn from a known model.

    python benchmarks/statistics/item_model.py [--size 100]

Every number is a share of `size` made-up grids of two orders, five seeds and 60 items.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit

sys.path.insert(0, str(Path(__file__).parents[2]))

from analysis.questions.order.items import item_model

ORDER, LOSS = 0.3, 0.4
"""True difference of the orders, and of what they lose, in logits."""
TRUTH = np.array([ORDER, LOSS])
NAMES = ("a>b", "b>a")


def drawn(rng: np.random.Generator, spread: float, apart: float, seeds: int = 5, items: int = 60) -> pd.DataFrame:
    """Answers of both orders: items and runs differ at random, and runs in what they lose."""
    item = rng.normal(0, 1.2, items)
    parts = []
    for side, name in zip((0.5, -0.5), NAMES, strict=True):
        for seed in range(seeds):
            run, lost = rng.normal(0, spread), rng.normal(0, apart)
            for perturbed, text in ((0.0, "none"), (1.0, "typos")):
                logit = 0.5 + ORDER * side - 0.8 * perturbed + (LOSS * side + lost) * perturbed + item + run
                correct = (rng.random(items) < expit(logit)).astype(float)
                named = {"intermediate": name, "seed": seed, "perturbation": text, "target": "xnli", "language": "de"}
                parts.append(pd.DataFrame({"item": map(str, range(items)), "correct": correct}).assign(**named))
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100)
    size = parser.parse_args().size
    print("| spread of runs | of losses | order: coverage | loss: coverage | not fitted |\n|---|---|---|---|---|")
    for spread, apart in ((0.2, 0.0), (0.2, 0.1), (0.5, 0.0), (0.5, 0.25)):
        rng = np.random.default_rng([1, int(spread * 10), int(apart * 100)])
        held = []
        for _ in range(size):
            found = item_model(drawn(rng, spread, apart), [NAMES], level=0.95)
            if not found["because"].any():
                low, high = (found[end].to_numpy(dtype=np.float64) for end in ("low", "high"))
                held.append((low <= TRUTH) & (high >= TRUTH))
        order, loss = np.mean(held, axis=0)
        print(f"| {spread} | {apart} | {order:.2f} | {loss:.2f} | {size - len(held)} |", flush=True)


if __name__ == "__main__":
    main()
