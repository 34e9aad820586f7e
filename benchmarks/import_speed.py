"""A results table of millions of rows from CSV to Parquet and to mean gains: ours beside polars, in one run.

    python benchmarks/import_speed.py --polars FOLDER [--rows 2000000]

FOLDER holds polars (`pip install --target FOLDER polars`), which is no dependency of the project. Each side is a
process of its own, three times in turn; seconds include its start, memory is the highest resident set.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

TIMES = 3
LANGUAGES = ["ar", "bg", "de", "el", "en", "es", "fr", "hi", "ru", "sw", "th", "tr", "ur", "vi", "zh"]
METRICS = {"xnli": "accuracy", "pawsx": "accuracy", "udpos": "f1", "panx": "f1", "xquad": "f1"}
INTERMEDIATES = ["none", "anli", "mnli", "qqp", "squad2", "squad1", "hellaswag", "ccg"]

OURS = """
from pathlib import Path
from analysis.gains import gains
from analysis.importers import import_results
from analysis.results.table import write_results
table = import_results([Path("{csv}")]).table
write_results(table, Path("{parquet}"))
means = gains(table).frame.groupby("intermediate", observed=True)["gain"].mean()
print(*(f"{{name}} {{mean:.9f}}" for name, mean in sorted(means.items())), sep="\\n")
"""

POLARS = """
import sys
sys.path.insert(0, "{polars}")
import polars as pl
table = pl.read_csv("{csv}")
table.write_parquet("{parquet}")
cell = ["model", "target", "language", "split", "metric", "seed"]
base = table.filter(pl.col("intermediate") == "none").select(*cell, baseline="score")
runs = table.filter(pl.col("intermediate") != "none").join(base, on=cell)
means = runs.group_by("intermediate").agg((pl.col("score") - pl.col("baseline")).mean()).sort("intermediate").rows()
print(*(f"{{name}} {{mean:.9f}}" for name, mean in means), sep="\\n")
"""


def make(rows: int, path: Path) -> int:
    """A grid of models, tasks, languages and seeds with made-up scores of two decimals; its number of rows."""
    models = [f"model-{i}" for i in range(10)]
    seeds = range(max(rows // (len(models) * len(INTERMEDIATES) * len(METRICS) * len(LANGUAGES)), 1))
    names = ["model", "intermediate", "target", "language", "seed"]
    frame = pd.MultiIndex.from_product([models, INTERMEDIATES, METRICS, LANGUAGES, seeds], names=names).to_frame(
        index=False
    )
    scores = np.random.default_rng(0).normal(70, 6, len(frame)).clip(2, 99).round(2)
    frame.assign(split="test", metric=frame["target"].map(METRICS), score=scores).to_csv(path, index=False)
    return len(frame)


def measured(code: str) -> tuple[float, float, float, str]:
    """Seconds on the clock, seconds of the processors, highest memory in GB, and what was printed."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("a side failed; its message stands above")
    used = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - start, used, usage.ru_maxrss * 1024 / 1e9, printed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polars", required=True)
    parser.add_argument("--rows", type=int, default=2_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        csv = Path(folder) / "scores.csv"
        print(f"{make(given.rows, csv):,} rows, {csv.stat().st_size / 1e6:.0f} MB")
        sides = {
            "ours": OURS.format(csv=csv, parquet=Path(folder) / "ours.parquet"),
            "polars": POLARS.format(csv=csv, parquet=Path(folder) / "polars.parquet", polars=given.polars),
        }
        runs = {name: [] for name in sides}
        for _ in range(TIMES):
            for name, code in sides.items():
                runs[name].append(measured(code))
    if len({run[3] for side in runs.values() for run in side}) != 1:
        sys.exit(f"the means differ: {runs}")
    clock, used, memory = ({name: median(run[i] for run in side) for name, side in runs.items()} for i in range(3))
    for name in sides:
        print(f"{name:7} {clock[name]:6.1f} s, {used[name]:6.1f} s of processors, {memory[name]:.2f} GB")
    print(f"ratio   {clock['ours'] / clock['polars']:6.2f}    {used['ours'] / used['polars']:6.2f}")


if __name__ == "__main__":
    main()
