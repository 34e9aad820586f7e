"""The transfer matrix: gain of every run on every target, with the scores behind each cell.

Drawn by `reports.figures.matrix`, and as a table in the page by `reports.matrix_table`. The gains
and their intervals come from `analysis.gains`; here they are only put in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import isfinite, nan
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.errors import MissingDataError
from analysis.gains import array, gains, one_reading
from analysis.gains.arrays import METHOD, labelled
from analysis.registry.vocabulary import BASELINE, Vocabulary, vocabulary
from analysis.results.spreads import Error, together
from analysis.stats.aggregates import named
from analysis.stats.bootstrap import bootstrap, point
from analysis.stats.intervals import interval
from analysis.wording import counted
from reports.printed import listed

if TYPE_CHECKING:
    from numpy.random import Generator

    from analysis.gains import GainArray

CELL = ("study", "target_examples", "target", "metric", "split", "language")
"""Columns that a run and its baseline share within a model."""
RUN_COLUMNS = ("intermediate", "method", "intermediate_language", "intermediate_examples")
WHERE = ("source", "provenance")
MEAN = "mean"

Score: TypeAlias = tuple[str, str, str, str, float]
"""Source, provenance, language, seed (or ""), score."""


def scores_behind(gains: pd.DataFrame, results: pd.DataFrame) -> dict[tuple[str, str], tuple[str, ...]]:
    """(run, target id) → one phrase per source, those of the baseline last.

    Args:
        gains: gains of one model with a column `run`.
        results: the results table they were computed from, that model's rows.
    """
    ours, bases = _by_cell(results)
    found: dict[tuple[str, str], tuple[list[Score], list[Score]]] = defaultdict(lambda: ([], []))
    for run, *key in _plain(gains, ("run", *CELL, *RUN_COLUMNS)).drop_duplicates().itertuples(index=False):
        cell = tuple(key[: len(CELL)])
        mine, base = found[run, cell[CELL.index("target")]]
        mine += ours.get((*cell, *key[len(CELL) :]), [])
        base += bases.get(cell, [])
    return {place: (*_told(mine, ""), *_told(base, "baseline ")) for place, (mine, base) in found.items()}


def _by_cell(results: pd.DataFrame) -> tuple[dict[tuple[str, ...], list[Score]], dict[tuple[str, ...], list[Score]]]:
    ours: dict[tuple[str, ...], list[Score]] = defaultdict(list)
    bases: dict[tuple[str, ...], list[Score]] = defaultdict(list)
    clean = results[results["perturbation"].astype(str) == "none"]
    rows = _plain(clean, (*CELL, *RUN_COLUMNS, "seed", *WHERE)).itertuples(index=False)
    for row, score in zip(rows, clean["score"], strict=True):
        cell, run = tuple(row[: len(CELL)]), tuple(row[len(CELL) : len(CELL) + len(RUN_COLUMNS)])
        seed, source, provenance = row[len(CELL) + len(RUN_COLUMNS) :]
        one = (source, provenance, cell[-1], seed, float(score))
        if run[:2] == (BASELINE, "plain"):
            bases[cell].append(one)
        else:
            ours[cell + run].append(one)
    return ours, bases


def _plain(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The columns as words, "" where there is nothing."""
    return frame[list(columns)].astype("string").fillna("")


def _told(scores: Sequence[Score], what: str) -> list[str]:
    """Phrases such as "score 79.20 (mean over 3 seeds and 15 languages): runs.csv, measured"."""
    by_place: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for one in scores:
        by_place[one[:2]].append(one)
    lines = []
    for (source, provenance), same in sorted(by_place.items()):
        seeds = {seed for _, _, _, seed, _ in same if seed}
        languages = {language for _, _, language, _, _ in same} - {MEAN}
        parts = [counted(len(names), noun) for names, noun in ((seeds, "seed"), (languages, "language")) if names]
        made_of = f" ({'mean over ' if len(same) > 1 else ''}{listed(parts)})" if parts else ""
        mean = sum(score for *_, score in same) / len(same)
        lines.append(f"{what}score {mean:.2f}{made_of}: {source}, {provenance}")
    return lines


LEVEL = 0.95
REPLICATES = 2000
FEW = 5.0
"""Degrees of freedom below which an interval is made with t instead of percentiles, as in `analysis.gains`."""
RUN = tuple(c for c in METHOD if c != "model")
APART = "retrieval"
"""The group whose gains are ten times the others': it has a scale of its own."""
ROBUST = 0.9
"""Share of the gains that a scale tells apart; larger ones get its last colour."""
GROUPS = {
    "nli": "sentence pairs", "paraphrase": "sentence pairs", "classification": "classification",
    "multiple_choice": "multiple choice", "tagging": "tagging", "qa": "question answering", "retrieval": "retrieval",
}  # fmt: skip
"""Kind of a target → heading of its group, in the order of the groups; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class GainCell:
    """A gain, or a mean of gains.

    Attributes:
        gain: in points. low, high: its interval; NaN where it cannot be told.
        because: why there is no interval, or "".
        targets, languages, seeds: how many of each it is made of; 0 where that is not known.
        scores: what stands behind it, one phrase a source.
    """

    gain: float
    low: float
    high: float
    because: str
    targets: int
    languages: int
    seeds: int
    scores: tuple[str, ...] = ()

    @property
    def sign(self) -> int:
        """+1 or −1 where the interval excludes zero, else 0."""
        return int(self.low > 0) - int(self.high < 0)


@dataclass(frozen=True, slots=True)
class Target:
    """A column: a target task, the name in print, the heading of its group."""

    id: str
    name: str
    group: str
    reading: str


@dataclass(frozen=True, slots=True)
class TransferMatrix:
    """The gains of one model.

    Attributes:
        model: its name in print.
        runs: labels of the rows. targets: the columns, groups side by side.
        cells: (run, target id) → cell; what was not measured is absent.
        run_means: run → mean over its targets, every target counting the same.
        target_means: target id → mean over its runs.
        level: nominal coverage of the intervals.
        left_out: what was not used. provenance: of the scores used.
        absent: targets and models of the table that are not in it, in words.
    """

    model: str
    runs: tuple[str, ...]
    targets: tuple[Target, ...]
    cells: Mapping[tuple[str, str], GainCell]
    run_means: Mapping[str, GainCell]
    target_means: Mapping[str, GainCell]
    level: float
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]
    absent: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, tuple[Target, ...]], ...]:
        """The headings with their columns."""
        names = dict.fromkeys(target.group for target in self.targets)
        return tuple((name, tuple(t for t in self.targets if t.group == name)) for name in names)


def transfer_matrices(
    results: pd.DataFrame, *, rng: Generator, split: str | None = None, registry: Vocabulary | None = None
) -> tuple[TransferMatrix, ...]:
    """A matrix for each model of a results table that has gains, the one with most gains first.

    Args:
        results: a validated results table.
        rng: the source of chance of the intervals.
        split: the split to keep; per target the one with most scores by default.
        registry: the vocabulary; the built-in one by default.
    """
    registry = registry or vocabulary()
    tasks = results[~results["target"].astype(str).isin(list(registry["benchmark"]))]
    found = gains(tasks, registry=registry)
    left_out = list(found.left_out)
    if len(tasks) < len(results):
        left_out.insert(0, f"{counted(len(results) - len(tasks), 'score')} of whole benchmarks")
    if found.frame.empty:
        return ()
    reading = one_reading(found.frame, split=split, registry=registry)
    left_out += reading.left_out
    models = reading.frame["model"].astype(str)
    counts = models.value_counts()
    order = sorted(counts.index, key=lambda model: (-counts[model], model))
    return tuple(
        _of_model(model, reading.frame[models == model], tasks, tuple(left_out), rng, registry) for model in order
    )


def transfer_matrix(
    results: pd.DataFrame,
    *,
    rng: Generator,
    model: str | None = None,
    split: str | None = None,
    words: Vocabulary | None = None,
) -> TransferMatrix:
    """The matrix of one model; the one with most gains by default.

    Raises:
        MissingDataError: the table holds no gain, or none of this model.
    """
    words = words or vocabulary()
    found = transfer_matrices(results, rng=rng, split=split, registry=words)
    if (results["intermediate"].astype(str) == BASELINE).all():
        raise MissingDataError(
            "no run of the table has intermediate training, so there is no gain to draw; "
            "`claimgauge plot scores` draws the scores themselves"
        )
    if not found:
        left_out = gains(results, registry=words).left_out
        why = f" ({left_out[0]})" if left_out else ""
        across = "--across-studies takes the baseline of another study, " if results["study"].nunique() > 1 else ""
        raise MissingDataError(
            f"no score has a baseline of its own study, model and split to be compared with{why}; "
            f"{across}`claimgauge plot scores` draws the scores themselves"
        )
    if model is None:
        others = [f"model {matrix.model}" for matrix in found[1:]]
        return replace(found[0], left_out=(*found[0].left_out, *others))
    entry = words.find("model", model)
    for matrix in found:
        if matrix.model in {model, entry.name if entry else model}:
            return matrix
    raise MissingDataError(f"no gain of model {model!r} (there are gains of {listed([m.model for m in found])})")


def pooled_studies(results: pd.DataFrame, superseded: Iterable[str]) -> pd.DataFrame:
    """The table as if all studies were one, without superseded ones, so that gains pair across studies."""
    kept = results[~results["study"].astype(str).isin(list(superseded))]
    names = sorted(kept["study"].astype(str).unique())
    return kept.assign(study=pd.Categorical([" + ".join(names)] * len(kept)), version=pd.Categorical([""] * len(kept)))


def _of_model(
    model: str,
    frame: pd.DataFrame,
    results: pd.DataFrame,
    left_out: tuple[str, ...],
    rng: Generator,
    registry: Vocabulary,
) -> TransferMatrix:
    code, labels = labelled(frame, RUN)
    names = [_in_print(label, registry) for label in labels]
    frame = frame.assign(run=[names[i] for i in code])
    grid = array(frame, methods=("run",), tasks=("target",))
    scores = scores_behind(frame, results[results["model"].astype(str) == model])
    stated = {cell: _stated(rows) for cell, rows in frame.groupby(["run", frame["target"].astype(str)])}
    cells = {
        (run, target): _mean(grid, (m, [t]), rng, scores[run, target], stated[run, target])
        for (m, run), (t, target) in product(enumerate(grid.methods), enumerate(grid.tasks))
        if np.isfinite(grid.values[m, t]).any()
    }
    known = registry["model"].get(model)
    return TransferMatrix(
        known.name if known else model,
        tuple(_ordered(frame, registry)),
        _targets(frame, registry),
        cells,
        {run: _mean(grid, m, rng) for m, run in enumerate(grid.methods)},
        {target: _mean(grid, (slice(None), t), rng) for t, target in enumerate(grid.tasks)},
        LEVEL,
        left_out,
        tuple(sorted(frame["provenance"].astype(str).unique())),
    )


def _stated(rows: pd.DataFrame) -> Error | None:
    """The largest error of the mean of gains that state theirs; None where one does not."""
    if rows["se"].isna().any():
        return None
    columns = zip(rows["se"], rows["df"], rows["n_seeds"], strict=True)
    return together([Error(se, df, int(n), known=True) for se, df, n in columns])


def _mean(
    grid: GainArray, place: Any, rng: Generator, scores: tuple[str, ...] = (), stated: Error | None = None
) -> GainCell:
    """The mean of gains at a place of a grid with its interval over seeds, every task counting the same.

    Where there is one seed, or none, the interval rests on what the scores state of their error.
    """
    gains_of = grid.values[place]
    there = np.isfinite(gains_of)
    kept = gains_of[there.any(axis=(1, 2))]
    there = np.isfinite(kept)
    by_seed = there.any(axis=1)
    several = int(by_seed.sum(axis=1).min()) > 1
    single_languages = np.array(grid.languages) != MEAN
    languages = int(there.any(axis=(0, 2))[single_languages].sum())
    counts = (len(kept), languages, int(by_seed[:, ~np.isnan(grid.seeds)].sum(axis=1).min()))
    estimate = point(kept, named("mean"))
    if not several and stated is not None:
        half = float(stdtrit(stated.df, 0.5 + LEVEL / 2)) * stated.se
        return GainCell(estimate, estimate - half, estimate + half, "", *counts[:2], stated.n, scores)
    if not several:
        return GainCell(estimate, nan, nan, "one seed shows no spread", *counts, scores)
    drawn = bootstrap(kept[None], "mean", rng=rng, size=REPLICATES)
    if drawn.because[0]:
        return GainCell(estimate, nan, nan, drawn.because[0], *counts, scores)
    found = interval(drawn, LEVEL, "t" if drawn.df[0] < FEW else "percentile")
    return GainCell(estimate, float(found.low[0]), float(found.high[0]), "", *counts, scores)


def _in_print(label: str, registry: Vocabulary) -> str:
    """The names in print of a label such as `a>b · mlm`."""
    first, *more = label.split(" · ")
    return " · ".join([run_name(first, registry), *more])


def run_name(run: str, registry: Vocabulary) -> str:
    """The name in print of an intermediate run: "MNLI", "MNLI then QQP", "best task per target"."""
    if run == "best_per_target":
        return "best task per target"
    for category in ("intermediate", "further_intermediate", "multitask"):
        if run in registry[category]:
            return registry[category][run].name
    for sign, between in ((">", " then "), ("+", " + ")):
        if sign in run.rstrip("+"):
            return between.join(run_name(part, registry) for part in run.split(sign) if part)
    return run


def _ordered(frame: pd.DataFrame, registry: Vocabulary) -> list[str]:
    """Runs in the vocabulary's order, sequences and sets of tasks after the single tasks."""
    place = {run: i for i, run in enumerate([*registry["intermediate"], *registry["multitask"], "best_per_target"])}
    pairs = frame[["run", "intermediate"]].astype(str).drop_duplicates("run").itertuples(index=False)
    return [run for run, task in sorted(pairs, key=lambda pair: (place.get(pair[1], len(place)), pair[0]))]


def _targets(frame: pd.DataFrame, registry: Vocabulary) -> tuple[Target, ...]:
    there = set(frame["target"].astype(str))
    order = list(dict.fromkeys(GROUPS.values()))
    found = []
    for name in (*(known for known in registry["target"] if known in there), *sorted(there - set(registry["target"]))):
        entry = registry["target"].get(name)
        above = registry.kinds_above(entry.facts["kind"]) if entry and "kind" in entry.facts else frozenset()
        roots = [kind for kind in GROUPS if kind in above]
        rows = frame[frame["target"].astype(str) == name]
        reading = f"{rows['metric'].iloc[0]}, {rows['split'].iloc[0]}"
        found.append(Target(name, entry.name if entry else name, GROUPS[roots[0]] if roots else "others", reading))
    return tuple(sorted(found, key=lambda t: order.index(t.group) if t.group in order else len(order)))


def limit_of(gains_shown: Iterable[float]) -> float:
    """The symmetric limit of a scale of colours: a round number that `ROBUST` of the gains stay within."""
    sizes = np.abs([gain for gain in gains_shown if isfinite(gain)])
    reach = float(np.quantile(sizes, ROBUST)) if len(sizes) else 1.0
    for step in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80):
        if reach <= step:
            return float(step)
    return 100.0
