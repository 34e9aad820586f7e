"""Prints what is measured so far on multilingual-e5-small, fully fine-tuned, as it stands on docs/measured.md.

python docs/show_measured_e5.py progress     finished runs by target and way of intermediate training
python docs/show_measured_e5.py languages    scores without intermediate training, by language, with intervals
python docs/show_measured_e5.py gains        gains of intermediate training, with intervals

Reads benchmarks/measured-e5/records.parquet and results.parquet. Only seeds in which both sides of a difference are
finished count, and every figure says how many there are.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.gains import gains as analysed
from analysis.gains import summary
from analysis.registry.vocabulary import vocabulary
from analysis.results.item_error import item_error
from analysis.results.table import read_results
from runners.plan.plan import load_plan

MEASURED = Path(__file__).resolve().parents[1] / "benchmarks" / "measured-e5"
TARGETS = {"udpos": "f1", "panx": "f1", "xnli": "accuracy", "xquad": "f1", "mlqa": "f1", "tatoeba": "accuracy"}
"""Target → its metric here."""
SIGNS = {"gain": "+", "loss": "-", "equivalent": "=", "inconclusive": "?", "cannot-tell": " "}
NAMES = ("target", "intermediate", "language", "metric", "seed")


def scores() -> pd.DataFrame:
    """All scores so far."""
    found = read_results(MEASURED / "results.parquet")
    return found.astype({name: str for name in NAMES if name != "seed"})


def progress() -> str:
    """Seeds finished, a row for every way of intermediate training and a column for every target."""
    plan, found = load_plan("measured-e5"), scores()
    runs = list(dict.fromkeys(run for group in plan.intermediates for run in group.runs))
    done = found.groupby(["intermediate", "target"])["seed"].nunique()
    width = max(map(len, runs))
    lines = [f"{'':{width}} " + "".join(f"{target:>9}" for target in TARGETS)]
    for run in runs:
        cells = "".join(f"{int(done.get((run, target), 0)):9d}" for target in TARGETS)
        lines.append(f"{run:{width}} {cells}")
    whole, asked = int(done.sum()), len(runs) * len(TARGETS) * len(plan.seeds)
    return "\n".join([*lines, f"{whole} of {asked} runs of a target are finished, of {len(plan.seeds)} seeds each"])


def languages() -> str:
    """Means over seeds without intermediate training; half widths of 95 % intervals over seeds and items."""
    found = scores()
    found = found[(found["intermediate"] == "none")]
    shown = {**{target: (metric,) for target, metric in TARGETS.items()}, "udpos": ("f1", "accuracy")}
    lines = []
    for target, metrics in shown.items():
        for metric in metrics:
            rows = found[(found["target"] == target) & (found["metric"] == metric)]
            if rows.empty:
                continue
            cells = sorted(((code, *_interval(part)) for code, part in rows.groupby("language")), key=lambda c: -c[1])
            seeds = rows.groupby("language")["seed"].nunique()
            lines.append(f"{target}, {metric}, seeds: {seeds.min()}")
            said = [f"{code} {mean:.1f} ± {half:.1f}" for code, mean, half in cells]
            lines += ["  " + "   ".join(said[i : i + 6]) for i in range(0, len(said), 6)]
    return "\n".join(lines) or "nothing is finished yet"


def _interval(part: pd.DataFrame) -> tuple[float, float]:
    """Mean of a score over seeds; half a 95 % interval by Student's t over seeds, the items' chance added.

    One seed shows no spread: then the interval is of the items alone. A score that is no share of items (F1) is
    taken for one, as its items are what is drawn.
    """
    values = part["score"].to_numpy(dtype=float)
    items = float(np.nanmean(item_error(part, vocabulary())))
    if len(values) < 2:
        return float(values.mean()), 1.96 * items
    error = float(values.std(ddof=1)) / len(values) ** 0.5
    return float(values.mean()), float(np.hypot(stdtrit(len(values) - 1, 0.975) * error, 1.96 * items))


def gains() -> str:
    """Mean gain over languages and seeds, its 95 % interval over seeds and items, the smallest gain to be seen."""
    found = scores()
    kept = found[found["metric"] == found["target"].map(TARGETS)]
    if kept["intermediate"].nunique() < 2:
        return "no intermediate training is finished yet"
    by = ("target", "intermediate")
    table = summary(analysed(kept), by=by, over="seeds", rng=np.random.default_rng(0)).frame
    lines = ["target   intermediate                  seeds  languages   gain          95 %  smallest seen"]
    for row in table.astype(dict.fromkeys(by, str)).itertuples():
        between = f"[{row.mean_low:+.1f}, {row.mean_high:+.1f}]" if np.isfinite(row.mean_low) else "no interval"
        seen = f"{row.detectable:.1f}" if np.isfinite(row.detectable) else "-"
        lines.append(
            f"{row.target:8} {row.intermediate:30} {row.seeds:4d} {row.languages:10d}  {row.mean:+5.1f} "
            f"{between:>14} {SIGNS[row.verdict]} {seen:>11}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    match sys.argv[1:]:
        case [name] if name in {"progress", "languages", "gains"}:
            sys.stdout.write({"progress": progress, "languages": languages, "gains": gains}[name]() + "\n")
        case _:
            sys.exit(__doc__)
