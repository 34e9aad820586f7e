"""Aggregates and intervals by rliable 1.2.0 on runs.json, written to rliable.json.

rliable needs `arch < 8` and `pandas < 3`: run this in an environment of its own.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from rliable import library, metrics

HERE = Path(__file__).parent
REPLICATES = 50_000


def main() -> None:
    np.random.seed(0)  # noqa: NPY002 — rliable draws from numpy's global generator
    scores = np.array(json.loads((HERE / "runs.json").read_text(encoding="utf-8")))
    functions = {
        "mean": metrics.aggregate_mean,
        "median": metrics.aggregate_median,
        "iqm": metrics.aggregate_iqm,
        "optimality_gap": lambda x: metrics.aggregate_optimality_gap(x, 0.8),
    }
    out = {}
    for name, function in functions.items():
        points, intervals = library.get_interval_estimates(
            {str(m): runs for m, runs in enumerate(scores)}, lambda x, f=function: np.array([f(x)]), reps=REPLICATES
        )
        out[name] = {m: [float(points[m][0]), *map(float, intervals[m][:, 0])] for m in points}
    points, intervals = library.get_interval_estimates(
        {"2 over 0": (scores[2], scores[0])},
        lambda x, y: np.array([metrics.probability_of_improvement(x, y)]),
        reps=5000,
    )
    out["improvement"] = {m: [float(points[m][0]), *map(float, intervals[m][:, 0])] for m in points}
    thresholds = np.linspace(0.3, 1.0, 8)
    profile, band = library.create_performance_profile({"0": scores[0]}, thresholds, reps=2000)
    out["profile"] = {"share": profile["0"].tolist(), "low": band["0"][0].tolist(), "high": band["0"][1].tolist()}
    (HERE / "rliable.json").write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
