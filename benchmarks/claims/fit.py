"""Fits the certainty of readings on SciTab's development claims: `python benchmarks/claims/fit.py PATH`.

Logistic regression with a small ridge penalty on whether a verdict was right, each coefficient with
the sign it must have (surer links never lower the certainty, unread words never raise it); claims that the table
does not decide count as wrong verdicts wherever one was given. Writes claims/tables/data/certainty.toml.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from claims.tables.certainty import FEATURES
from claims.tables.check import check_table
from claims.tables.files import grid_of_json
from claims.tables.layout import laid_out

RIGHT = {"supports": "true", "refutes": "false"}
PENALTY = 0.5
THRESHOLD = 0.6
OUT = Path(__file__).parents[2] / "claims/tables/data/certainty.toml"


def main(path: Path) -> None:
    """Fits and writes."""
    rows, right = [], []
    for entry in json.loads(path.read_text(encoding="utf-8")):
        checked = check_table(entry["claim"], laid_out(grid_of_json(entry)))
        if checked.truth in ("true", "false"):
            rows.append([checked.decided_by[name] for name in FEATURES])
            right.append(RIGHT.get(entry["label"]) == checked.truth)
    x, y = np.array(rows), np.array(right, dtype=float)

    def loss(beta: np.ndarray) -> float:
        odds = beta[0] + x @ beta[1:]
        return float(np.sum(np.logaddexp(0, odds) - y * odds) + PENALTY * np.sum(beta[1:] ** 2))

    bounds = [(None, None)] + [(0.0, None) if name == "links" else (None, 0.0) for name in FEATURES]
    beta = minimize(loss, np.zeros(x.shape[1] + 1), method="L-BFGS-B", bounds=bounds).x
    lines = [
        "# How surely a claim was read: a logistic model of features of the reading (see certainty.py).",
        'version = "1"',
        f'fitted_on = "{len(y)} verdicts on the development claims of SciTab, {int(y.sum())} of them right"',
        f"threshold = {THRESHOLD}",
        f"intercept = {beta[0]:.3f}",
        "[weights]",
        *(f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, beta[1:], strict=True)),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
