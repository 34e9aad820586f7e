"""Each score beside the score of the same cell without intermediate training."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.registry.vocabulary import BASELINE, Vocabulary, vocabulary
from analysis.results.columns import all_differ, as_categories, group_numbers, in_order
from analysis.results.spreads import NORMAL, SPREADS
from analysis.results.table import TEXT
from analysis.wording import counted, some

CELL = (
    "study", "version", "model", "target_examples", "target", "language", "split", "perturbation", "metric",
    "provenance",
)  # fmt: skip
"""Columns that a score and its baseline share."""

RUN = ("method", "intermediate", "intermediate_language", "intermediate_examples")
"""Columns that distinguish the runs of a cell."""

ERROR = ("se", "df", "n_seeds")
"""Standard error in points, its degrees of freedom, and how many seeds it is of; NaN where nothing is stated."""

GAIN_COLUMNS = (
    "study", "version", "model", "intermediate", "method", "intermediate_language", "intermediate_examples",
    "target_examples", "target", "language", "split", "perturbation", "metric", "seed",
    "gain", "score", "baseline", "n_items", "pairing", "runs", "baseline_runs",
    *ERROR, "flops_intermediate", "flops_target", "provenance",
)  # fmt: skip
"""Columns of `Gains.frame`."""


SHOWN = 5
"""Names listed in a sentence before it says `and … more`."""


@dataclass(frozen=True, slots=True)
class Gains:
    """Paired gains.

    Attributes:
        frame: columns `GAIN_COLUMNS`, one row a gain. `gain`, `score` and `baseline` in points;
            `gain` is positive where the intermediate training helped, also for metrics of which
            less is better. `pairing` is `seeds` (both scores are of the same seed), `means` (mean over seeds
            minus mean over seeds, because no seed is on both sides; `seed` is NaN) or `single` (as `means`,
            with one score on each side); `runs` and `baseline_runs` count the scores behind a row; `se`, `df` and
            `n_seeds` are the error of a `single` gain whose two scores state theirs, else NaN.
        left_out: scores without a baseline and other rows that were not used, one sentence each.
        provenance: provenances of the scores used, sorted.
    """

    frame: pd.DataFrame
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]


def gains(results: pd.DataFrame, *, registry: Vocabulary | None = None) -> Gains:
    """The gain of every score over its baseline: same study, model, size, cell, metric and seed.

    The baseline is the run with intermediate `none` and method `plain`; in which language its (absent)
    intermediate data is said to be does not matter. Several scores of one seed are averaged.

    Args:
        results: a validated results table (`analysis.results.table.validate`).
        registry: the vocabulary whose metrics say which direction is better; built-in by default.

    Raises:
        UsageError: the table was not validated (a column is missing).
    """
    registry = registry or vocabulary()
    table, undirected = _directed(_plain(results), registry)
    base, ours = _sides(table)
    has_baseline = ours["cell"].isin(base["cell"])
    matched, unmatched = _by_seed(ours if has_baseline.all() else ours[has_baseline], base)
    lonely = unmatched["run"].isin(matched["run"])
    frame = _paired(table, matched, _by_means(unmatched[~lonely], base, table), registry)
    alone, apart = (table.take(rows["row"].to_numpy()) for rows in (ours[~has_baseline], unmatched[lonely]))
    left_out = (*undirected, *_without_baseline(alone), *_without_partner(apart))
    return Gains(frame, left_out, tuple(frame["provenance"].cat.categories))


SAY_DIRECTION = (
    "with higher_is_better in the table's .names.toml, or of scores whose file names no metric with "
    "--assume metric=accuracy (or whichever it is)"
)
"""The remedy for a metric without a direction."""


def _directed(table: pd.DataFrame, registry: Vocabulary) -> tuple[pd.DataFrame, list[str]]:
    """Scores of metrics whose direction is known, and a sentence for each other metric."""
    metrics = in_order(table["metric"])
    known = {m for m in metrics.cat.categories if _direction(m, registry) is not None}
    if known == set(metrics.cat.categories) and not metrics.isna().any():
        return table, []
    unknown = ~metrics.isin(known)
    undirected = [
        f"{counted(n, 'score')} of the metric {m!r}: whether more or less of it is better is not known; "
        f"say it {SAY_DIRECTION}"
        for m, n in in_order(table.loc[unknown, "metric"]).value_counts().items()
    ]
    return table[~unknown], undirected


PAIRED = ("cell", "run", "place", "seed", "score", "row")
"""Columns that pairing needs: numbers of groups, and the row from which the other columns are taken in the end."""

BY_SEED: dict[str, Any] = {"pairing": "seeds", "runs": 1, "baseline_runs": 1, **dict.fromkeys(ERROR, np.nan)}
"""Values that all pairs of one seed share."""


def _sides(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Columns `PAIRED` of the baselines, one row per cell and seed, and of the runs, one row per run and seed."""
    is_baseline = ((table["intermediate"] == BASELINE) & (table["method"] == "plain")).to_numpy()
    numbers = {"place": group_numbers(table, ("cell", "seed")), "row": np.arange(len(table))}
    narrow = table.assign(**numbers)[list(PAIRED)]
    return _per_seed(narrow[is_baseline], "cell"), _per_seed(narrow[~is_baseline], "run")


def _paired(table: pd.DataFrame, matched: pd.DataFrame, means: pd.DataFrame, registry: Vocabulary) -> pd.DataFrame:
    """The columns of gains, by run and seed: those of a pair, and of its score's row in the table."""
    pairs = matched
    if len(means):
        parts = [part for part in (matched.assign(**BY_SEED), means) if len(part)]
        pairs = pd.concat(parts, ignore_index=True)
    pairs = pairs.take(np.lexsort((pairs["seed"], pairs["run"]))).reset_index(drop=True)
    own: dict[str, Any] = BY_SEED | {name: pairs[name] for name in GAIN_COLUMNS if name in pairs}
    frame = table[[name for name in GAIN_COLUMNS if name in table and name not in own]].take(pairs["row"].to_numpy())
    frame = frame.assign(**{name: in_order(frame[name]) for name in TEXT if name in frame}).reset_index(drop=True)
    gain = _directions(frame["metric"], registry) * (pairs["score"] - pairs["baseline"])
    return frame.assign(**own, gain=gain)[list(GAIN_COLUMNS)]


def _plain(results: pd.DataFrame) -> pd.DataFrame:
    needed = {*CELL, *RUN, "score", "seed", "n_items", "flops_intermediate", "flops_target"}
    if missing := sorted(needed - set(results.columns)):
        raise UsageError(
            f"the results table lacks {', '.join(missing)}; pass it through analysis.results.table.validate"
        )
    words = {c: as_categories(results[c]) for c in TEXT if c in results and c != "source"}
    plain = results.drop(columns=["source", "decimals"], errors="ignore").assign(**words)
    plain = plain if plain["score"].notna().all() else plain[plain["score"].notna()]
    plain = plain.assign(cell=group_numbers(plain, CELL, sort=True))
    plain = plain.assign(run=group_numbers(plain, ("cell", *RUN), sort=True))
    if not all_differ(plain, ("run", "seed")):
        plain = plain[~pd.Series(group_numbers(plain, ("run", "seed", "score")), index=plain.index).duplicated()]
    return with_stated_errors(plain)


def _directions(metric: pd.Series[Any], registry: Vocabulary) -> pd.Series[float]:
    """1 where more of a score's metric is better, -1 where less, NaN where nobody knows."""
    signs = [np.nan if (sign := _direction(m, registry)) is None else sign for m in metric.cat.categories]
    return pd.Series(np.array([*signs, np.nan])[metric.cat.codes.to_numpy()], index=metric.index)


def _direction(metric: str, registry: Vocabulary) -> float | None:
    more = registry["metric"][metric].facts.get("higher_is_better") if metric in registry["metric"] else None
    return None if more is None else 1.0 if more else -1.0


def _per_seed(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row per group and seed, with its mean score."""
    if all_differ(table, (by, "seed")):
        return table
    group = pd.Series(group_numbers(table, (by, "seed")), index=table.index)
    return table.assign(score=table["score"].groupby(group).transform("mean"))[~group.duplicated()]


def _by_seed(ours: pd.DataFrame, base: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows whose seed the baseline has too, and the others."""
    seeded = base[base["seed"].notna()]
    places = np.concatenate([side["place"].to_numpy(dtype=np.int64) for side in (ours, base)])
    scores = np.full(int(places.max(initial=0)) + 1, np.nan)
    scores[seeded["place"]] = seeded["score"]
    baseline = scores[ours["place"]] if len(base) else np.full(len(ours), np.nan)
    joined = ours.assign(baseline=baseline)
    found = joined["baseline"].notna()
    return joined if found.all() else joined[found], joined[~found]


def _by_means(ours: pd.DataFrame, base: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Means over the seeds of each run, beside those of its baseline, with what single scores state of their error."""
    ours, base = (
        side.assign(**{name: table[name].to_numpy()[side["row"].to_numpy()] for name in ERROR}) for side in (ours, base)
    )
    firsts = {f"baseline_{name}": (name, "first") for name in ERROR}
    whole_side = {"baseline": ("score", "mean"), "baseline_runs": ("score", "size")}
    sides = base.groupby("cell").agg(**whole_side, **firsts).reset_index()
    groups = ours.groupby("run")["score"]
    whole = ours.assign(score=groups.transform("mean"), runs=groups.transform("size"), seed=np.nan)
    rows = whole.drop_duplicates("run").drop(columns="baseline").merge(sides, on="cell")
    single = (rows["runs"] == 1) & (rows["baseline_runs"] == 1)
    return of_differences(rows, single).assign(pairing=np.where(single, "single", "means"))


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
    return some(sorted(set(names)), SHOWN)


def with_stated_errors(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores with the columns `ERROR` of what each states of itself; other columns of spreads are dropped."""
    columns = [name for name in SPREADS if name in scores]
    plain = scores.drop(columns=columns)
    if not scores[columns].notna().any(axis=None):
        return plain.assign(**dict.fromkeys(ERROR, nan))
    sd, se, low, high, stray, seeds = (scores.get(name, pd.Series(nan, index=scores.index)) for name in SPREADS)
    n = seeds.fillna(1.0)
    over_seeds, interval = sd.notna() & (n > 1), low.notna() & high.notna()
    half = np.maximum(scores["score"] - low, high - scores["score"]) / NORMAL
    known = (over_seeds | se.notna() | interval) & (stray.fillna(0.0) == 0)
    error = np.select([over_seeds, se.notna()], [sd / np.sqrt(n), se], half)
    df = np.where((over_seeds | se.notna()) & (n > 1), n - 1, inf)
    return plain.assign(**{name: np.where(known, of, nan) for name, of in zip(ERROR, (error, df, n), strict=True)})


def of_differences(rows: pd.DataFrame, single: pd.Series[bool]) -> pd.DataFrame:
    """Rows with the error of score minus baseline where both are single rows that state one (see `spreads.apart`).

    Args:
        rows: columns `ERROR` of the score, and of the baseline with `baseline_` before their names.
        single: which rows have one score on each side.
    """
    (se, df, n), (base_se, base_df, base_n) = (
        [rows[f"{before}{name}"].to_numpy(dtype=np.float64) for name in ERROR] for before in ("", "baseline_")
    )
    known = single.to_numpy() & ~np.isnan(se) & ~np.isnan(base_se)
    total = se**2 + base_se**2
    lost = se**4 / df + base_se**4 / base_df
    with np.errstate(divide="ignore", invalid="ignore"):
        both = (np.sqrt(total), np.where(lost > 0, total**2 / lost, inf), np.minimum(n, base_n))
    return rows.assign(**{name: np.where(known, of, nan) for name, of in zip(ERROR, both, strict=True)})
