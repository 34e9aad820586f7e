"""Writes the data that the R scripts and the tests share: `python tests/reference/make_data.py`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
FAMILIES = {
    "Indo-European": {"Germanic": 4, "Romance": 4, "Slavic": 3, "Indic": 3},
    "Uralic": {"Finnic": 2, "Ugric": 1},
    "Turkic": {"Oghuz": 2, "Kipchak": 1},
    "Sino-Tibetan": {"Sinitic": 1, "Burmic": 1},
    "Austronesian": {"": 3},
    "Basque": {"": 1},
    "Japonic": {"": 1},
    "Afro-Asiatic": {"Semitic": 2},
}


def mixed(rng: np.random.Generator) -> None:
    task, language, method = (i.ravel() for i in np.indices((7, 12, 5)))
    kept = rng.random(len(task)) < 0.8
    task, language, method = task[kept], language[kept], method[kept]
    distance = rng.uniform(0, 2, 12)[language]
    slope = rng.multivariate_normal([0, 0], [[4, 1], [1, 1]], size=7)
    y = 60 - 1.5 * distance + slope[task, 0] + slope[task, 1] * distance
    y += rng.normal(0, 2, 12)[language] + rng.normal(0, 1, 5)[method] + rng.normal(0, 1.5, len(task))
    rows = np.column_stack([task, language, method, distance, y])
    np.savetxt(
        HERE / "mixed.csv", rows, fmt=["%d"] * 3 + ["%.6f"] * 2, delimiter=",",
        header="task,language,method,distance,y", comments="",
    )  # fmt: skip


def phylogeny(rng: np.random.Generator) -> None:
    rows = [(f, b) for f, branches in FAMILIES.items() for b, n in branches.items() for _ in range(n)]
    by_family = {f: rng.normal(0, 1.5) for f in FAMILIES}
    by_branch = {row: rng.normal(0, 1) for row in dict.fromkeys(rows)}
    lines = ["language,family,branch,distance,gain,share"]
    for i, (family, branch) in enumerate(rows):
        shared = by_family[family] + by_branch[family, branch]
        distance = 0.5 * shared + rng.normal(0, 0.7)
        gain = 2 + shared + 0.3 * distance + rng.normal(0, 0.8)
        lines.append(f"l{i:02d},{family},{branch},{distance:.6f},{gain:.6f},{rng.normal():.6f}")
    (HERE / "phylogeny.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def clustered(rng: np.random.Generator) -> None:
    task, language = (i.ravel() for i in np.indices((9, 15)))
    kept = rng.random(len(task)) < 0.85
    task, language = task[kept], language[kept]
    family = np.array([0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6])[language]
    distance = rng.normal(0, 1, 15)[language] + rng.normal(0, 0.3, len(task))
    size = rng.normal(0, 1, len(task))
    y = 1 + 0.5 * distance + 0.2 * size + rng.normal(0, 1, 15)[language] + rng.normal(0, 1, 9)[task]
    y += rng.normal(0, 1 + np.abs(distance) / 2)
    rows = np.column_stack([task, language, family, distance, size, y])
    np.savetxt(
        HERE / "clustered.csv", rows, fmt=["%d"] * 3 + ["%.6f"] * 3, delimiter=",",
        header="task,language,family,distance,size,y", comments="",
    )  # fmt: skip


def matrices(rng: np.random.Generator) -> None:
    points = rng.normal(size=(14, 2))
    first = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    other = np.abs(rng.normal(size=14)[:, None] - rng.normal(size=14)[None])
    other = (other + other.T) / 2
    np.fill_diagonal(other, 0)
    noise = np.abs(rng.normal(0, 0.5, (14, 14)))
    outcome = 1 + 0.5 * first + 0.1 * other + noise + noise.T
    np.fill_diagonal(outcome, 0)
    for name, values in (("outcome", outcome), ("first", first), ("other", other)):
        np.savetxt(HERE / f"matrix_{name}.csv", values, fmt="%.6f", delimiter=",")
    ranks = np.round(rng.normal(0, 1, (10, 5)) + np.array([0, 0.3, 0.6, 0.9, 1.2]), 0)
    np.savetxt(HERE / "ratings.csv", ranks, fmt="%d", delimiter=",")


def runs(rng: np.random.Generator) -> None:
    """Scores (methods, runs, tasks) for rliable; 5 runs × 12 tasks is divisible by 4."""
    scores = rng.beta(6, 3, size=(3, 5, 12)) + np.linspace(0, 0.1, 3)[:, None, None]
    (HERE / "runs.json").write_text(json.dumps(np.round(scores, 6).tolist()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for number, make in enumerate((mixed, phylogeny, clustered, matrices, runs)):
        make(np.random.default_rng([20210, number]))
