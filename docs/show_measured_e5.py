"""Prints what is measured so far on multilingual-e5-small, fully fine-tuned, as it stands on docs/measured.md.

python docs/show_measured_e5.py sizes        the smallest gain that the plan's sizes find, by assumption
python docs/show_measured_e5.py progress     finished runs by target and way of intermediate training
python docs/show_measured_e5.py languages    scores without intermediate training, by language, with intervals
python docs/show_measured_e5.py gains        gains of intermediate training, with intervals

All but the first read benchmarks/measured-e5/results.parquet. Only seeds in which both sides of a difference are
finished count, and every figure says how many there are.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.gains import SummaryDesign, summary
from analysis.gains import gains as analysed
from analysis.registry.vocabulary import vocabulary
from analysis.results.item_error import item_error
from analysis.results.table import load_results
from analysis.stats.power import BalancedDesign, power_of_mean
from analysis.stats.spreads import VarianceComponents
from runners.plan.plan import load_plan

MEASURED = Path(__file__).resolve().parents[1] / "benchmarks" / "measured-e5"
TARGETS = {"udpos": "f1", "panx": "f1", "xnli": "accuracy", "xquad": "f1", "mlqa": "f1", "tatoeba": "accuracy"}
"""Target → its metric here."""
CHANGED = {"udpos": (20, 0.1), "panx": (1.3, 0.3), "xnli": (1, 0.25), "xquad": (1, 0.3), "mlqa": (1, 0.3)}
"""Target → units that are scored in an item (tokens, entities, questions), and the share of them that two runs are
assumed to score differently. Tatoeba's pools have a size of their own."""
RUN, SEED = 1.0, 1.0
"""Assumed standard deviations of a gain in points: of a run, shared by its languages, and of one language besides."""
SIGNS = {"gain": "+", "loss": "-", "equivalent": "=", "inconclusive": "?", "cannot-tell": " "}
NAMES = ("target", "intermediate", "language", "metric", "seed")


def scores() -> pd.DataFrame:
    """All scores so far."""
    found = load_results(MEASURED / "results.parquet")
    return found.astype({name: str for name in NAMES if name != "seed"})


def sizes() -> str:
    """The smallest mean gain found with 80 % power, by target, with three and with five seeds.

    Items are the same for all seeds, so that their chance is not made smaller by more of them.
    """
    lines = [f"{'':7} items  languages  3 seeds  5 seeds"]
    for group in load_plan("measured-e5").targets:
        (target,) = group.tasks
        if target in CHANGED:
            units, changed = CHANGED[target]
            error = 100 * (changed / (group.items * units)) ** 0.5
            found = "".join(f"{_smallest(seeds, len(group.languages), error):9.1f}" for seeds in (3, 5))
            lines.append(f"{target:7} {group.items:5d} {len(group.languages):10d}{found}")
    return "\n".join(lines)


def _smallest(seeds: int, languages: int, error: float) -> float:
    spreads = VarianceComponents(noise=float(np.hypot(SEED, seeds**0.5 * error)), run=RUN)
    design, unused = BalancedDesign(seeds, 1, languages, 1), np.random.default_rng(0)
    effects = (number / 10 for number in range(1, 1_000))
    return next(e for e in effects if power_of_mean(design, spreads, e, scope="these", rng=unused).power >= 0.8)


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
    shown = {**{target: (metric,) for target, metric in TARGETS.items()}, "udpos": ("f1", "token_accuracy")}
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
    table = summary(analysed(kept), SummaryDesign(by=by, over="seeds")).frame
    lines = ["target   intermediate                  seeds  languages   gain          95 %  smallest seen"]
    for row in table.astype(dict.fromkeys(by, str)).itertuples():
        between = f"[{row.mean_low:+.1f}, {row.mean_high:+.1f}]" if np.isfinite(row.mean_low) else "no interval"
        seen = f"{row.detectable:.1f}" if np.isfinite(row.detectable) else "-"
        lines.append(
            f"{row.target:8} {row.intermediate:30} {row.seeds:4d} {row.languages:10d}  {row.mean:+5.1f} "
            f"{between:>14} {SIGNS[row.verdict]} {seen:>11}"
        )
    return "\n".join(lines)


SHOWN = {"sizes": sizes, "progress": progress, "languages": languages, "gains": gains}

if __name__ == "__main__":
    match sys.argv[1:]:
        case [name] if name in SHOWN:
            sys.stdout.write(SHOWN[name]() + "\n")
        case _:
            sys.exit(__doc__)
