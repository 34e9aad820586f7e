"""Each score beside the score of the same cell without intermediate training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.results import TEXT
from analysis.vocabulary import BASELINE, Vocabulary, vocabulary

CELL = ("study", "model", "target_examples", "target", "language", "split", "perturbation", "metric", "provenance")
"""What a score and its baseline have in common."""

RUN = ("method", "intermediate", "intermediate_language", "intermediate_examples")
"""What sets the runs of a cell apart."""

GAIN_COLUMNS = (
    "study", "model", "intermediate", "method", "intermediate_language", "intermediate_examples",
    "target_examples", "target", "language", "split", "perturbation", "metric", "seed",
    "gain", "score", "baseline", "n_items", "pairing", "runs", "baseline_runs",
    "flops_intermediate", "flops_target", "provenance",
)  # fmt: skip
"""Columns of `Gains.frame`."""

PAIRINGS = ("seeds", "means", "single")
"""`seeds`: both scores are of the same seed. `means`: mean over seeds minus mean over seeds, because
no seed is on both sides. `single`: as `means`, with one score on each side."""

SHOWN = 5
"""Names listed in a sentence before it says `and … more`."""


@dataclass(frozen=True, slots=True)
class Gains:
    """Paired gains.

    Attributes:
        frame: columns `GAIN_COLUMNS`, one row a gain. `gain`, `score` and `baseline` in points;
            `gain` is positive where the intermediate training helped, also for metrics of which
            less is better. `seed` is NaN where means were paired; `pairing` is one of
            `PAIRINGS`; `runs` and `baseline_runs` count the scores behind a row.
        left_out: scores without a baseline and other rows that were not used, one sentence each.
        provenance: provenances of the scores used, sorted.
    """

    frame: pd.DataFrame
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]


def gains(results: pd.DataFrame, *, words: Vocabulary | None = None) -> Gains:
    """The gain of every score over its baseline: same study, model, size, cell, metric and seed.

    The baseline is the run with intermediate `none` and method `plain`; in which language its (absent)
    intermediate data is said to be does not matter. Several scores of one seed are averaged.

    Args:
        results: a validated results table (`analysis.results.validate`).
        words: the vocabulary whose metrics say which direction is better; built-in by default.

    Raises:
        UsageError: the table was not validated (a column is missing, or a metric is unknown).
    """
    table = _plain(results)
    direction = table["metric"].map(_directions(table, words or vocabulary())).astype("float64")
    is_baseline = (table["intermediate"] == BASELINE) & (table["method"] == "plain")
    cell, run = _code(table, CELL), _code(table, (*CELL, *RUN))
    table = table.assign(cell=cell, run=run, direction=direction)
    base, ours = _per_seed(table[is_baseline], "cell"), _per_seed(table[~is_baseline], "run")
    has_baseline = ours["cell"].isin(base["cell"])
    known = ours[has_baseline]
    matched, unmatched = _by_seed(known, base)
    lonely = unmatched["run"].isin(matched["run"])
    means = _by_means(unmatched[~lonely], base)
    frame = pd.concat([part for part in (matched, means) if len(part)] or [matched], ignore_index=True)
    frame["gain"] = frame["direction"] * (frame["score"] - frame["baseline"])
    frame = frame.sort_values(["run", "seed"], ignore_index=True)[list(GAIN_COLUMNS)]
    frame = frame.astype({c: "category" for c in TEXT if c in GAIN_COLUMNS})
    left_out = (*_without_baseline(ours[~has_baseline]), *_without_partner(unmatched[lonely]))
    return Gains(frame, left_out, tuple(sorted(frame["provenance"].astype(str).unique())))


def _plain(results: pd.DataFrame) -> pd.DataFrame:
    needed = {*CELL, *RUN, "score", "seed", "n_items", "flops_intermediate", "flops_target"}
    if missing := sorted(needed - set(results.columns)):
        raise UsageError(f"the results table lacks {', '.join(missing)}; pass it through analysis.results.validate")
    plain = results.astype({c: "object" for c in TEXT if c in results})
    return plain[plain["score"].notna()].drop_duplicates([*CELL, *RUN, "seed", "score"])


def _directions(table: pd.DataFrame, words: Vocabulary) -> dict[str, int]:
    known = words["metric"]
    metrics = [str(m) for m in table["metric"].unique()]
    if unknown := sorted(m for m in metrics if m not in known):
        raise UsageError(f"unknown metric {unknown[0]!r}; pass the table through analysis.results.validate")
    if undirected := sorted(m for m in metrics if "higher_is_better" not in known[m].facts):
        raise UsageError(f"whether more or less {undirected[0]!r} is better is not known (claimgauge ls metrics)")
    return {m: 1 if known[m].facts["higher_is_better"] else -1 for m in metrics}


def _code(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series[int]:
    """A number per combination of values, a missing size being a value of its own."""
    return table.groupby(list(columns), sort=True, dropna=False, observed=True).ngroup()


def _per_seed(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row per group and seed, with its mean score."""
    mean = table.groupby([by, "seed"], dropna=False)["score"].transform("mean")
    return table.assign(score=mean).drop_duplicates([by, "seed"])


def _by_seed(ours: pd.DataFrame, base: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows whose seed the baseline has too, and the others."""
    seeded = base.loc[base["seed"].notna(), ["cell", "seed", "score"]].rename(columns={"score": "baseline"})
    joined = ours.merge(seeded, on=["cell", "seed"], how="left")
    found = joined["baseline"].notna()
    matched = joined[found].assign(pairing="seeds", runs=1, baseline_runs=1)
    return matched, joined[~found]


def _by_means(ours: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    sides = base.groupby("cell")["score"].agg(baseline="mean", baseline_runs="size").reset_index()
    groups = ours.groupby("run")["score"]
    whole = ours.assign(score=groups.transform("mean"), runs=groups.transform("size"), seed=np.nan)
    rows = whole.drop_duplicates("run").drop(columns="baseline").merge(sides, on="cell")
    single = (rows["runs"] == 1) & (rows["baseline_runs"] == 1)
    return rows.assign(pairing=np.where(single, "single", "means"))


def _without_baseline(rows: pd.DataFrame) -> list[str]:
    names = ["study", "model", "target", "target_examples", "split", "metric", "perturbation"]
    sentences = []
    for _, group in rows.groupby(names, sort=True, dropna=False, observed=True):
        row = group.iloc[0]
        perturbed = "" if row["perturbation"] == "none" else f", perturbation {row['perturbation']}"
        where = f"{row['split']}, {row['metric']}{perturbed}{_size(row)}, study {row['study']}"
        names_of = group["intermediate"].astype(str) + " (" + group["language"].astype(str) + ")"
        sentences.append(
            f"no gain of {_shown(names_of)}: {row['model']} has no score without intermediate training "
            f"on {row['target']} there ({where})"
        )
    return sentences


def _without_partner(rows: pd.DataFrame) -> list[str]:
    sentences = []
    names = ["study", "model", "target", "target_examples", "split", "metric", "intermediate", "seed"]
    for _, group in rows.groupby(names, sort=True, dropna=False, observed=True):
        row = group.iloc[0]
        seed = "a run without a seed" if pd.isna(row["seed"]) else f"seed {row['seed']:g}"
        sentences.append(
            f"{seed} of {row['intermediate']} on {row['target']}{_size(row)} "
            f"in {_shown(group['language'].astype(str))}: the baseline has other seeds of this cell "
            f"but not this one (study {row['study']}, {row['model']})"
        )
    return sentences


def _size(row: pd.Series[Any]) -> str:
    return "" if pd.isna(row["target_examples"]) else f", {row['target_examples']:g} target examples"


def _shown(names: pd.Series[str]) -> str:
    distinct = sorted(set(names))
    more = f" and {len(distinct) - SHOWN} more" if len(distinct) > SHOWN else ""
    return ", ".join(distinct[:SHOWN]) + more
