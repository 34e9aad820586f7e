"""The mixed models that `analyze distance` and `analyze sources` fit on the measured tables, ours beside lme4's.

    python benchmarks/statistics/lme4_measured.py

Rscript with lme4 and jsonlite is looked for on the path. The fits are taken from the questions as they are asked,
each distinct one once, with independent levels on both sides where ours has a phylogeny, which lme4 lacks. Seconds are
medians without loading libraries or data; ours include the tests of the fixed effects, lme4's do not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))

from speed import REPEATS, seconds

from analysis.results.table import load_results
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design

MEASURED = Path(__file__).parents[2] / "analysis" / "data" / "measured"
ASKED = {
    "distance": ("main.parquet", "analysis.questions.distance.models", {"outcome": "score", "specifications": False}),
    "sources": ("sources.parquet", "analysis.questions.sources.closeness", {}),
}
LME4 = """
suppressMessages({library(lme4); library(jsonlite)})
folder <- commandArgs(TRUE)[1]
d <- read.csv(file.path(folder, "rows.csv"))
for (name in grep("^g", names(d), value = TRUE)) d[[name]] <- factor(d[[name]])
f <- as.formula(readLines(file.path(folder, "formula.txt")))
fit <- suppressWarnings(suppressMessages(lmer(f, d)))
times <- sapply(1:as.integer(commandArgs(TRUE)[2]),
                function(i) system.time(suppressWarnings(suppressMessages(lmer(f, d))))[["elapsed"]])
cat(toJSON(list(seconds = median(times), log_likelihood = as.numeric(logLik(fit))), digits = 10, auto_unbox = TRUE))
"""


def fits_of(question: str) -> list[tuple[Any, list[RandomFactor], Any]]:
    """(fixed, factors, y) of each mixed model that a question fits, in order."""
    file, place, options = ASKED[question]
    module = import_module(place)
    seen: list[tuple[Any, list[RandomFactor], Any]] = []
    asked: list[tuple[Any, list[RandomFactor]]] = []

    def designed(fixed: Any, factors: Any, *rest: Any, **more: Any) -> Any:
        asked.append((fixed, [replace(factor, root=None) for factor in factors]))
        return mixed_design(fixed, factors, *rest, **more)

    def fitted(design: Any, y: Any, **more: Any) -> Any:
        seen.append((*asked[-1], y))
        return fit_mixed(design, y, **more)

    module.mixed_design, module.fit_mixed = designed, fitted  # type: ignore[attr-defined]
    table = load_results(MEASURED / file)
    asked_of = import_module(f"analysis.questions.{question}")
    asked_of.fit(table, asked_of.DESIGN(**options))
    module.mixed_design, module.fit_mixed = mixed_design, fit_mixed  # type: ignore[attr-defined]
    distinct = {(len(y), np.asarray(fixed).tobytes(), len(f)): (fixed, f, y) for fixed, f, y in seen}
    return list(distinct.values())


def lme4(fixed: Any, factors: list[RandomFactor], y: Any) -> dict[str, float]:
    x = np.asarray(fixed, float)
    columns = {f"x{i}": x[:, i] for i in range(x.shape[1])}
    terms = ["0", *columns]
    for n, factor in enumerate(factors):
        columns[f"g{n}"] = np.unique(np.asarray(factor.labels).astype(str), return_inverse=True)[1]
        slopes = (
            np.empty((len(x), 0)) if factor.slopes is None else np.asarray(factor.slopes, float).reshape(len(x), -1)
        )
        names = [f"s{n}_{i}" for i in range(slopes.shape[1])]
        columns |= {name: slopes[:, i] for i, name in enumerate(names)}
        if factor.correlated:
            terms.append(f"({' + '.join([str(int(factor.intercept)), *names])} | g{n})")
        else:
            terms += [f"({effect} | g{n})" for effect in [*["1"] * factor.intercept, *(f"0 + {s}" for s in names)]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pd.DataFrame({"y": np.asarray(y, float), **columns}).to_csv(folder / "rows.csv", index=False)
        (folder / "formula.txt").write_text("y ~ " + " + ".join(terms) + "\n", encoding="utf-8")
        (folder / "fit.R").write_text(LME4, encoding="utf-8")
        done = subprocess.run(
            ["Rscript", str(folder / "fit.R"), name, str(REPEATS)], check=True, capture_output=True, text=True
        )
        found: dict[str, float] = json.loads(done.stdout)
        return found


def main() -> None:
    print(f"{os.cpu_count()} cores, load {', '.join(f'{v:.2f}' for v in os.getloadavg())}\n")
    print("| question | fit | rows | levels | ours, s | lme4, s | lme4 / ours | log-likelihoods |")
    print("|---|---|---|---|---|---|---|---|")
    for question in ASKED:
        for n, (fixed, factors, y) in enumerate(fits_of(question), 1):
            levels = " × ".join(str(len(np.unique(np.asarray(f.labels).astype(str)))) for f in factors)
            ours = seconds(lambda x=fixed, f=factors, v=y: fit_mixed(mixed_design(x, f), v))
            log = fit_mixed(mixed_design(fixed, factors), y).log_likelihood
            theirs = lme4(fixed, factors, y)
            ratio = theirs["seconds"] / ours
            logs = f"{log:.4f}, {theirs['log_likelihood']:.4f}"
            times = f"{ours:.3f} | {theirs['seconds']:.3f} | {ratio:.1f}"
            print(f"| {question} | {n} | {len(y)} | {levels} | {times} | {logs} |", flush=True)


if __name__ == "__main__":
    main()
