"""The places of rows: means by the additive model, rank intervals, ties as ties, each task left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import kendalltau, rankdata

from analysis.stats.arrays import CannotTellError, Floats
from analysis.stats.freedom import too_many_undefined
from analysis.stats.ranks import chunks, rank_distribution, spread_by_t, tie_numbers, to_ties
from analysis.stats.two_way import components, replicated_means, two_way
from analysis.wording import counted

if TYPE_CHECKING:
    from analysis.leaderboard import Board
    from analysis.questions.ranking.design import RankingDesign
    from analysis.stats.arrays import Ints

FEWEST = 5
"""Languages, or tasks, from which drawing them again says how they vary."""


@dataclass(frozen=True, slots=True)
class RowRanks:
    """The places of the rows.

    Attributes:
        frame: one row each, best first. Columns: `name`; `score`, mean over tasks in points, larger is better,
            missing cells filled by the model; `score_low`, `score_high`; `rank`, by it; `low`, `high`, places
            it may hold (simultaneous over rivals); `p_best`, `p_top3`; `tie`, the number of the group whose
            rank intervals overlap (0: cannot be told); `measured`, cells with a score; `cells`, all.
        drawn: what was drawn again, in words. level: coverage.
        sigma: standard deviation of the scores about the additive model, in points.
        lead: interval of the lead of the first over the second, 90 %.
        because: why places cannot be told, or "".
    """

    frame: pd.DataFrame
    drawn: str
    level: float
    sigma: float
    lead: tuple[float, float]
    because: str

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Groups that are not told apart, best first."""
        return tuple(tuple(rows["name"]) for _, rows in self.frame.groupby("tie"))


@dataclass(frozen=True, slots=True)
class Flat:
    """A board as rows by cells (task, language) with at least one score.

    Attributes:
        scores: (rows, cells), NaN where missing. task: (cells,). language: (cells,). weights: (cells,), every
            task 1, every language of a task the same.
    """

    scores: Floats
    task: Ints
    language: Ints
    weights: Floats


def flat(board: Board, tasks: Ints | None = None) -> Flat:
    """The cells of a board, of some tasks."""
    there = ~np.isnan(board.scores)
    kept = there.any(axis=0)
    if tasks is not None:
        kept &= np.isin(np.arange(len(board.tasks)), tasks)[:, None]
    task, language = np.nonzero(kept)
    scores = to_ties(board.scores[:, task, language])
    return Flat(scores, task.astype(np.int64), language.astype(np.int64), 1.0 / np.bincount(task)[task])


def places(board: Board, design: RankingDesign) -> RowRanks:
    """Ranks the rows of a board whose rows can all be compared."""
    level = design.level
    cells = flat(board)
    fit = two_way(cells.scores, cells.weights)
    measured = (~np.isnan(cells.scores)).sum(axis=1)
    frame = pd.DataFrame({"name": board.rows, "score": fit.means, "score_low": np.nan, "score_high": np.nan})
    frame = frame.assign(rank=rankdata(-to_ties(fit.means), method="min"), low=np.nan, high=np.nan, p_best=np.nan)
    frame = frame.assign(p_top3=np.nan, tie=0, measured=measured, cells=cells.scores.shape[1])
    try:
        draws, drawn = _draws(board, cells, fit.means, design)
        found = rank_distribution(fit.means, draws, level=level)
    except CannotTellError as error:
        return RowRanks(_sorted(frame), "", level, fit.sigma, (np.nan, np.nan), error.because)
    tail = (1 - level) / 2
    frame = frame.assign(low=found.low, high=found.high, p_best=found.p_first, p_top3=found.p_top)
    frame = frame.assign(score_low=np.quantile(draws, tail, axis=0), score_high=np.quantile(draws, 1 - tail, axis=0))
    first, second = np.argsort(-fit.means, kind="stable")[:2]
    lead = np.quantile(draws[:, first] - draws[:, second], (0.05, 0.95))
    frame = _sorted(frame)
    frame["tie"] = tie_numbers(frame["low"], frame["high"])
    return RowRanks(frame, drawn, level, fit.sigma, (float(lead[0]), float(lead[1])), "")


def without_each(board: Board) -> pd.DataFrame:
    """The order with each task left out.

    Columns: `task`; `first`, the rows with the best mean; `tau`, Kendall's τ-b with the order of all tasks;
    `moved`, the row whose place changes most, `from`, `to`; `because`, why there is no order, or "".
    """
    cells = flat(board)
    means = to_ties(two_way(cells.scores, cells.weights).means)
    all_ranks = rankdata(-means, method="min")
    records = []
    for left, task in enumerate(board.tasks):
        rest = np.array([t for t in range(len(board.tasks)) if t != left], dtype=np.int64)
        record: dict[str, object] = {
            "task": task,
            "first": "",
            "tau": np.nan,
            "moved": "",
            "from": np.nan,
            "to": np.nan,
        }
        found = np.full(len(means), np.nan)
        if len(rest):
            part = flat(board, rest)
            found = to_ties(replicated_means(part.scores, part.weights[None])[0])
        if np.isnan(found).any():
            records.append({**record, "because": "without it some rows share no task with the others"})
            continue
        ranks = rankdata(-found, method="min")
        most = int(np.abs(ranks - all_ranks).argmax())
        first = ", ".join(board.rows[i] for i in np.flatnonzero(ranks == 1))
        tau = float(kendalltau(means, found).statistic)
        moved = {"moved": board.rows[most], "from": all_ranks[most], "to": ranks[most]}
        records.append(
            {**record, "first": first, "tau": tau, **(moved if ranks[most] != all_ranks[most] else {}), "because": ""}
        )
    return pd.DataFrame(records)


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["rank", "name"], ignore_index=True)


def _draws(board: Board, cells: Flat, means: Floats, design: RankingDesign) -> tuple[Floats, str]:
    """Means in each replicate, (size, rows), and what was drawn again.

    Languages are drawn again (the same in all tasks; a task of which none is drawn keeps its own), tasks where
    there are too few languages; to that the errors of the scores are added where all are known, those of the
    languages of a task as if they were one.
    """
    if (np.nan_to_num(board.reach) > 0).any():
        raise CannotTellError("what ± is, is not stated, and within it nothing is decided (--assume spread=sd|se|ci95)")
    rng = np.random.default_rng(design.seed)
    drawn, words, df = np.repeat(means[None], design.size, axis=0), [], np.inf
    for unit, names, noun in ((cells.language, board.languages, "languages"), (cells.task, board.tasks, "tasks")):
        used, code = np.unique(unit, return_inverse=True)
        if len(used) < FEWEST or len(names) < FEWEST:
            continue
        drawn = np.concatenate([_replicated(cells, code, rng, n, by_task=noun == "tasks") for n in chunks(design.size)])
        words, df = [f"{len(used)} {noun}"], len(used) - 1.0
        break
    defined = np.isfinite(drawn).all(axis=1)
    too_many_undefined(int((~defined).sum()), design.size)
    drawn = spread_by_t(means, drawn[defined], df, design.level)
    if board.errors_known:
        drawn = drawn + _noise(board, rng, len(drawn))
        words.append("errors of the scores")
    if not words:
        both = f"{counted(len(board.languages), 'language')} and {counted(len(board.tasks), 'task')}"
        few = f"{both} are too few to be drawn again"
        raise CannotTellError(f"no error of the scores is known, and {few} (at least {FEWEST})")
    if (lacking := _whole_tasks_missing(board)).any():
        drawn = drawn + lacking * _unmeasured(board, rng, len(drawn))
        words.append("the tasks that rows lack")
    return drawn, " and ".join(words)


def _replicated(cells: Flat, code: Ints, rng: np.random.Generator, size: int, *, by_task: bool) -> Floats:
    n = int(code.max()) + 1
    counts = rng.multinomial(n - 1, np.full(n, 1 / n), size=size).astype(np.float64)[:, code]
    if by_task:
        return replicated_means(cells.scores, counts * cells.weights)
    weights = np.empty_like(counts)
    for task in np.unique(cells.task):
        here = cells.task == task
        total = counts[:, here].sum(axis=1, keepdims=True)
        weights[:, here] = np.where(total > 0, counts[:, here] / np.maximum(total, 1), cells.weights[here])
    return replicated_means(cells.scores, weights)


def _whole_tasks_missing(board: Board) -> Floats:
    """By what the error of a row's mean grows because it lacks whole tasks, in row × task deviations, (rows,).

    The mean over T tasks of a row that lacks m is off by m/T (mean deviation in its own − mean in the others).
    """
    tasks = len(board.tasks)
    m = (np.isnan(board.scores).all(axis=2)).sum(axis=1).astype(np.float64)
    return np.where(m > 0, m / tasks * np.sqrt(1 / np.maximum(tasks - m, 1) + 1 / np.maximum(m, 1)), 0.0)


def _unmeasured(board: Board, rng: np.random.Generator, size: int) -> Floats:
    """Deviations of rows in tasks from the additive model, drawn (size, rows)."""
    means = by_task(board)
    used = ~np.isnan(means).all(axis=1)
    fit = two_way(means[used], np.ones(means.shape[1])) if not components(~np.isnan(means[used])).any() else None
    if fit is None or fit.df <= 0:
        raise CannotTellError("some rows lack whole tasks, and the others do not say how far rows differ between tasks")
    drawn: Floats = fit.sigma * rng.standard_t(fit.df, size=(size, len(means)))
    return drawn


def by_task(board: Board) -> Floats:
    """Mean of each row over the languages of each task, by the additive model within the task, (rows, tasks).

    NaN where a row lacks the task or shares no language of it with the most rows.
    """
    means = np.full((len(board.rows), len(board.tasks)), np.nan)
    for t in range(len(board.tasks)):
        part = flat(board, np.array([t]))
        there = ~np.isnan(part.scores)
        rows = np.flatnonzero(there.any(axis=1))
        group = components(there[rows])
        rows = rows[group == np.bincount(group).argmax()]
        cells = there[rows].any(axis=0)
        means[rows, t] = two_way(part.scores[rows][:, cells], part.weights[cells]).means
    return means


def _noise(board: Board, rng: np.random.Generator, size: int) -> Floats:
    """Errors of the rows' means through those of their scores, (size, rows)."""
    there = ~np.isnan(board.scores)
    count = np.maximum(there.sum(axis=2), 1)
    by_task = np.where(there, board.se, 0.0).sum(axis=2) / count / np.maximum(there.any(axis=2).sum(axis=1), 1)[:, None]
    df = np.where(there, board.df, np.inf).min(axis=2)
    chance = rng.standard_t(np.minimum(df, 1e6), size=(size, *df.shape))
    if board.shared_runs:
        chance = np.repeat(
            rng.standard_t(np.minimum(df.min(axis=1), 1e6), size=(size, len(df)))[..., None], df.shape[1], 2
        )
    summed: Floats = (chance * by_task).sum(axis=2)
    return summed
