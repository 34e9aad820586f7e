"""A synthetic results table for the page on cost, with a stated truth. Nothing in it is measured.

python docs/questions/synthetic_cost.py OUT.csv

Score = plateau − 20 · (FLOPs / 10^15)^−0.4 on target data alone. At the same FLOPs, runs with MNLI first
lie 2 points higher on XNLI and 1 on PAWS-X, runs with QQP first 1 point lower on both.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

COLUMNS = (
    "study", "model", "intermediate", "intermediate_examples", "target", "target_examples", "language", "metric",
    "split", "seed", "flops_intermediate", "flops_target", "provenance", "score",
)  # fmt: skip
FIXED = {"study": "synthetic", "model": "xlm-r-base", "metric": "accuracy", "split": "test", "provenance": "synthetic"}
LANGUAGES = ("de", "es", "fr", "ru", "hi", "tr", "sw", "th", "vi", "zh")
PLATEAUS = {"xnli": 80.0, "pawsx": 88.0}
WORTH = {"mnli": {"xnli": 2.0, "pawsx": 1.0}, "qqp": {"xnli": -1.0, "pawsx": -1.0}}
SIZES = (2_000, 8_000, 32_000, 128_000)
PER_EXAMPLE = 1e12
SEEDS = 5


def rows(rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Target-only runs of four sizes, and runs with three sizes of intermediate data before 8,000 of the target."""
    runs = [("none", 0, n) for n in SIZES]
    runs += [(task, m, 8_000) for task in WORTH for m in (8_000, 24_000, 72_000)]
    for target, plateau in PLATEAUS.items():
        harder = dict(zip(LANGUAGES, rng.normal(0, 4, len(LANGUAGES)), strict=True))
        for task, middle, n in runs:
            flops = (middle + n) * PER_EXAMPLE
            expected = plateau - 20 * (flops / 1e15) ** -0.4 + WORTH.get(task, {}).get(target, 0.0)
            for seed in range(SEEDS):
                luck = rng.normal(0, 0.4)
                for language in LANGUAGES:
                    yield FIXED | {
                        "intermediate": task, "intermediate_examples": middle or "", "target": target,
                        "target_examples": n, "language": language, "seed": seed,
                        "flops_intermediate": middle * PER_EXAMPLE or "", "flops_target": n * PER_EXAMPLE,
                        "score": f"{expected - harder[language] + luck + rng.normal(0, 0.5):.4f}",
                    }  # fmt: skip


if __name__ == "__main__":
    with Path(sys.argv[1]).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(np.random.default_rng(2026)))
