"""The scores of a leaderboard as an array, with what is known of the error of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.gains.arrays import METHOD, labelled
from analysis.gains.reading import one_reading
from analysis.gains.setting import directed, single_targets
from analysis.registry.chosen_names import ambiguous, chosen_name, meant, no_such
from analysis.registry.vocabulary import BASELINE, Vocabulary, fold
from analysis.results.item_error import item_error
from analysis.results.spreads import NORMAL, SPREADS
from analysis.stats.arrays import Bools, CannotTellError, Floats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.stats.arrays import Ints

ROW = ("model", *(column for column in METHOD if column not in {"model", "provenance"}))
"""Columns that tell two rows of a leaderboard apart."""
EVERY = slice(None)


@dataclass(frozen=True, slots=True)
class Board:
    """Scores by row, task and language; larger is better.

    Attributes:
        rows: labels, the model's name in print and what else tells rows apart, joined by ` · `.
        tasks: ids of the target tasks.
        languages: codes, or `mean`.
        scores: (rows, tasks, languages), in points, turned so that larger is better; NaN where missing.
        se: of each score, NaN where it is not known. df: its degrees of freedom. reach: what is stated
            and not explained (±), within which nothing is decided.
        shared_runs: whether rows had intermediate training, whose chance all tasks share.
        readings: of each task, its metric and split in words.
        left_out: what was not used. provenance: of the scores used, sorted.
    """

    rows: tuple[str, ...]
    tasks: tuple[str, ...]
    languages: tuple[str, ...]
    scores: Floats
    se: Floats
    df: Floats
    reach: Floats
    shared_runs: bool
    readings: tuple[str, ...]
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]

    @property
    def errors_known(self) -> bool:
        """True if the error of every score is known."""
        return bool((~np.isnan(self.se) | np.isnan(self.scores)).all())

    def cells(self, tasks: int | slice = EVERY, languages: int | slice = EVERY) -> Bools:
        """(tasks, languages), the cells of some of them."""
        used = np.zeros(self.scores.shape[1:], dtype=bool)
        used[tasks, languages] = True
        return used

    def index(self, name: str, words: Vocabulary) -> int:
        """The place of a row by its label, or by any name of its model.

        Raises:
            UsageError: no row, or more than one, has the name.
        """
        entry = words.find("model", name)
        spellings = {row: (row, row.split(" · ")[0]) for row in self.rows}
        exact = [row for row in self.rows if fold(row) == fold(name)]
        found = exact or meant(name, spellings, () if entry is None else entry.spellings)
        if len(found) == 1:
            return self.rows.index(found[0])
        raise no_such("row", name, self.rows) if not found else ambiguous("row", name, found)


def board_of(
    results: pd.DataFrame,
    *,
    split: str | None = None,
    metric: str | None = None,
    study: str | None = None,
    registry: Vocabulary,
) -> Board:
    """The leaderboard of a results table.

    Args:
        results: a validated results table.
        split: the split to keep; None: per target the one with most scores.
        metric: the metric to keep; None: the main one of each target.
        study: the study to keep; None: all, told apart in the labels of rows where there are several.
        registry: the vocabulary.

    Raises:
        UsageError: a study that the table lacks, or a metric of which it is not known what is better.
        CannotTellError: fewer than two rows are left.
    """
    left_out: list[str] = []
    results = single_targets(results, left_out, registry)
    if study is not None:
        study = chosen_name("study", study, sorted(results["study"].astype(str).unique()))
        results = results[results["study"].astype(str) == study]
    reading = one_reading(results, split=split, metric=metric, registry=registry)
    left_out += reading.left_out
    frame = reading.frame
    if frame.empty:
        raise CannotTellError("no score is left to compare")
    code, labels = labelled(frame, ROW)
    if len(labels) < 2:
        raise CannotTellError(f"the table holds one row to compare ({labels[0]}) and a comparison needs two")
    return _board(frame.assign(row=code), _printed(labels, registry), tuple(left_out), registry)


def _board(frame: pd.DataFrame, rows: Sequence[str], left_out: tuple[str, ...], registry: Vocabulary) -> Board:
    target, tasks = pd.factorize(frame["target"].astype(str), sort=True)
    language, languages = pd.factorize(frame["language"].astype(str), sort=True)
    shape = (len(rows), len(tasks), len(languages))
    place = np.ravel_multi_index((frame["row"].to_numpy(), target, language), shape)
    cells = cell_errors(frame.assign(score=directed(frame, registry)), place, registry)
    arrays: dict[str, Floats] = {}
    for column in ("score", "se", "df", "reach"):
        values = np.full(int(np.prod(shape)), np.nan)
        values[cells.index] = cells[column]
        arrays[column] = values.reshape(shape)
    first = frame.drop_duplicates("target").set_index(frame.drop_duplicates("target")["target"].astype(str))
    readings = tuple(f"{first.loc[task, 'metric']}, {first.loc[task, 'split']}" for task in tasks)
    provenance = tuple(sorted(frame["provenance"].astype(str).unique()))
    shared = bool((frame["intermediate"].astype(str) != BASELINE).any())
    codes = tuple(str(code) for code in languages)
    return Board(
        rows=tuple(rows), tasks=tuple(str(t) for t in tasks), languages=codes, scores=arrays["score"],
        se=arrays["se"], df=arrays["df"], reach=arrays["reach"], shared_runs=shared, readings=readings,
        left_out=left_out, provenance=provenance,
    )  # fmt: skip


def _printed(labels: Sequence[str], registry: Vocabulary) -> tuple[str, ...]:
    """Labels with the model's name in print where two models do not share it."""
    names = []
    for label in labels:
        model, *more = label.split(" · ")
        entry = registry["model"].get(model)
        names.append(" · ".join([entry.name if entry else model, *more]))
    return tuple(names) if len(set(names)) == len(names) else tuple(labels)


def cell_errors(frame: pd.DataFrame, place: Ints, registry: Vocabulary) -> pd.DataFrame:
    """One row a cell, indexed by its place.

    Columns: `score`, the mean over rows of the cell; `se`, of it, NaN where it is not known: the larger of
    what seeds and items say, else what the source states; `df`; `reach`, of a ± that is not explained.

    Args:
        frame: rows of a results table.
        place: (rows,), the cell of each.
        registry: knows which metrics are shares of items.
    """
    work = frame[["score"]].assign(place=place, items=item_error(frame.assign(score=frame["score"].abs()), registry))
    work["stated"], work["stated_df"], work["reach"] = stated(frame)
    counted = frame.assign(place=place)[["place", "seed"]].groupby("place")["seed"]
    groups = work.groupby("place")
    cells = groups[["score", "items", "stated", "reach"]].mean()
    count, spread = counted.nunique(), groups["score"].std(ddof=1)
    by_seed: pd.Series[float] = (spread / count**0.5).where(count > 1)
    single = groups["score"].count() == 1
    cells["df"] = (count - 1.0).where(count > 1, groups["stated_df"].min().where(single, np.inf))
    known = by_seed.fillna(cells["stated"].where(single))
    larger = known.where(~(cells["items"] > known) | by_seed.isna(), cells["items"])
    cells["se"] = larger.where(known.notna(), cells["items"])
    cells["df"] = cells["df"].where(known.notna(), np.inf).fillna(np.inf)
    cells["reach"] = cells["reach"].fillna(0.0)
    return cells[["score", "se", "df", "reach"]]


def stated(frame: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Standard error, degrees of freedom and unexplained reach of each row, as `spreads.Spread.error` has them."""
    empty = np.full(len(frame), np.nan)
    columns = {n: frame[n].to_numpy(dtype=np.float64) if n in frame else empty for n in SPREADS}
    score = np.abs(frame["score"].to_numpy(dtype=np.float64))
    n = np.nan_to_num(columns["n_seeds"], nan=1.0)
    rounding = np.nan_to_num(0.5 * 10.0 ** -frame["decimals"].to_numpy(dtype=np.float64))
    half = np.fmax(score - columns["ci_low"], columns["ci_high"] - score) / NORMAL
    by_sd = np.where(n > 1, np.fmax(columns["sd"], rounding) / np.sqrt(n), np.nan)
    by_sd = np.where(np.isnan(columns["sd"]), np.nan, by_sd)
    se = np.where(~np.isnan(by_sd), by_sd, np.where(~np.isnan(columns["se"]), columns["se"], half))
    df = np.where((n > 1) & (~np.isnan(by_sd) | ~np.isnan(columns["se"])), n - 1, np.inf)
    unexplained = np.nan_to_num(columns["plus_minus"])
    alone = np.where(np.isnan(se), np.fmax(unexplained, np.nan_to_num(columns["sd"])), unexplained)
    return se, df, alone
