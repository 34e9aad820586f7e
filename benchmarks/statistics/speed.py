"""Ours beside rliable, statsmodels MixedLM and lme4, all in one run.

    python benchmarks/statistics/speed.py --rliable PYTHON

PYTHON is an interpreter that has rliable (it needs `arch < 8` and `pandas < 3`, so an environment of
its own); Rscript with lme4 is looked for on the path. What is missing is skipped and said so.
Fits are timed without loading libraries or data; every time is the median of several runs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))

from analysis.stats.bootstrap import bootstrap
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.mixed_optimum import crossed_with, estimates, optimum
from analysis.stats.resampling import ResamplingDesign

if TYPE_CHECKING:
    from collections.abc import Callable

SHAPE = (10, 9, 40, 5)
REPLICATES = 10_000
REPEATS = 3

RLIABLE = """
import sys, time, json, warnings
warnings.simplefilter("ignore")
import numpy as np
from rliable import library, metrics
scores = np.load(sys.argv[1])
methods = {str(m): x.reshape(-1, x.shape[-1]).T for m, x in enumerate(scores)}
out = {}
for name in ("mean", "iqm"):
    f = metrics.aggregate_mean if name == "mean" else metrics.aggregate_iqm
    start = time.perf_counter()
    points, intervals = library.get_interval_estimates(methods, lambda x: np.array([f(x)]), reps=int(sys.argv[2]))
    out[name] = [time.perf_counter() - start, *map(float, intervals["0"][:, 0])]
print(json.dumps(out))
"""

LME4 = """
suppressMessages({library(lme4); library(jsonlite)})
d <- read.csv(commandArgs(TRUE)[1])
for (name in c("a", "b", "c")) d[[name]] <- factor(d[[name]])
formulas <- list(intercepts = y ~ x + (1 | a) + (1 | b) + (1 | c),
                 slopes = y ~ x + (1 + x | a) + (1 | b) + (1 | c))
out <- lapply(formulas, function(f) {
  times <- sapply(1:as.integer(commandArgs(TRUE)[2]), function(i) system.time(lmer(f, d))[["elapsed"]])
  fit <- lmer(f, d)
  list(seconds = median(times), log_likelihood = as.numeric(logLik(fit)))
})
cat(toJSON(out, digits = 10, auto_unbox = TRUE))
"""


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def bootstraps(rliable: str | None) -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(70, 5, SHAPE)
    theirs: dict[str, list[float]] = {}
    if rliable:
        with tempfile.TemporaryDirectory() as folder:
            np.save(Path(folder) / "scores.npy", scores)
            command = [rliable, "-c", RLIABLE, str(Path(folder) / "scores.npy"), str(REPLICATES)]
            theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"\n## {REPLICATES} replicates of {' × '.join(map(str, SHAPE))}, one interval per method\n")
    print("| statistic | drawn | ours, s | rliable, s | ratio |\n|---|---|---|---|---|")
    schemes = {
        "seeds of a cell": ResamplingDesign("cell", small_sample=False),
        "seeds of a cell, languages": ResamplingDesign("cell", tuple(range(SHAPE[2])), small_sample=False),
        "runs": ResamplingDesign("run"),
        "runs, languages": ResamplingDesign("run", tuple(range(SHAPE[2]))),
    }
    for name in ("mean", "iqm"):
        for drawn, scheme in schemes.items():
            ours = seconds(lambda n=name, s=scheme: bootstrap(scores, n, rng=rng, scheme=s, size=REPLICATES))
            same = drawn == "seeds of a cell" and theirs
            other = f"{theirs[name][0]:.2f} | {theirs[name][0] / ours:.1f}" if same else "– | –"
            print(f"| {name} | {drawn} | {ours:.2f} | {other} |", flush=True)


def crossed_rows(kind: str) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    if kind == "13 × 13 × 40":
        a, b, c = (i.ravel() for i in np.indices((13, 13, 40)))
    else:
        a, b = (i.ravel() for i in np.indices((65, 104)))
        c = rng.integers(0, 20, len(a))
    x = rng.normal(size=c.max() + 1)[c] + rng.normal(size=len(a))
    y = 70 + 0.3 * x + rng.normal(0, 2, a.max() + 1)[a] + rng.normal(0, 1, b.max() + 1)[b]
    y += rng.normal(0, 3, c.max() + 1)[c] + rng.normal(0, 0.5, a.max() + 1)[a] * x + rng.normal(0, 2, len(a))
    return pd.DataFrame({"a": a, "b": b, "c": c, "x": x, "y": y})


def ours_mixed(rows: pd.DataFrame, model: str) -> tuple[float, float]:
    fixed = np.column_stack([np.ones(len(rows)), rows["x"]])
    slopes = rows["x"].to_numpy() if model == "slopes" else None
    labels = {name: rows[name].to_numpy() for name in "abc"}

    def fit() -> float:
        factors = [RandomFactor("a", labels["a"], slopes=slopes, correlated=True)]
        factors += [RandomFactor(name, labels[name]) for name in "bc"]
        design = mixed_design(fixed, factors)
        crossed, at_zero = crossed_with(design, rows["y"].to_numpy())
        return estimates(design, optimum(crossed), at_zero).log_likelihood

    return seconds(fit), fit()


def statsmodels_mixed(rows: pd.DataFrame) -> tuple[float, float]:
    import statsmodels.formula.api as smf

    parts = {name: f"0 + C({name})" for name in "abc"}
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = smf.mixedlm("y ~ x", rows.assign(one=1), groups="one", vc_formula=parts, re_formula="0").fit()
    return time.perf_counter() - start, float(fit.llf)


def lme4_mixed(rows: pd.DataFrame) -> dict[str, dict[str, float]]:
    if not shutil.which("Rscript"):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "fit.R").write_text(LME4, encoding="utf-8")
        rows.to_csv(Path(folder) / "rows.csv", index=False)
        command = ["Rscript", str(Path(folder) / "fit.R"), str(Path(folder) / "rows.csv"), str(REPEATS)]
        output: dict[str, dict[str, float]] = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout
        )
        return output


def mixed_models(skip_statsmodels: bool) -> None:
    print("\n## Crossed mixed model, 6,760 rows, three crossed factors, REML\n")
    print("| levels | model | ours, s | lme4, s | statsmodels, s | lme4 / ours | log-likelihoods |")
    print("|---|---|---|---|---|---|---|")
    for kind in ("13 × 13 × 40", "65 × 104 × 20"):
        rows = crossed_rows(kind)
        theirs = lme4_mixed(rows)
        for model in ("intercepts", "slopes"):
            ours, ours_log = ours_mixed(rows, model)
            lme4 = theirs.get(model)
            third, third_log = "–", ""
            if model == "intercepts" and kind.startswith("13") and not skip_statsmodels:
                spent, log = statsmodels_mixed(rows)
                third, third_log = f"{spent:.1f}", f", {log:.4f}"
            beside = f"{lme4['seconds']:.3f}" if lme4 else "–"
            ratio = f"{lme4['seconds'] / ours:.1f}" if lme4 else "–"
            logs = f"{ours_log:.4f}" + (f", {lme4['log_likelihood']:.4f}" if lme4 else "") + third_log
            print(f"| {kind} | {model} | {ours:.3f} | {beside} | {third} | {ratio} | {logs} |", flush=True)


def refits() -> None:
    rows = crossed_rows("13 × 13 × 40")
    rng = np.random.default_rng(3)
    slopes = [rng.normal(size=len(rows)) for _ in range(100)]

    def curve() -> None:
        for slope in slopes:
            x = np.column_stack([np.ones(len(rows)), slope])
            factors = [RandomFactor("a", rows["a"].to_numpy(), slopes=slope, correlated=True)]
            fit_mixed(mixed_design(x, [*factors, *(RandomFactor(n, rows[n].to_numpy()) for n in "bc")]), rows["y"])

    print(f"100 specifications with random slopes and Satterthwaite tests, 6,760 rows: {seconds(curve, 1):.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rliable", help="an interpreter that has rliable")
    parser.add_argument("--skip-statsmodels", action="store_true", help="its fit takes half a minute")
    given = parser.parse_args()
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    print(f"{os.cpu_count()} cores, load {load}, Python {sys.version.split()[0]}, numpy {np.__version__}")
    bootstraps(given.rliable)
    mixed_models(given.skip_statsmodels)
    refits()


if __name__ == "__main__":
    main()
