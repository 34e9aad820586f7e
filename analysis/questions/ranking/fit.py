"""Ranking of a leaderboard: the computation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.gains.contrasts import with_holm
from analysis.leaderboard import board_of, difference
from analysis.questions.design import Fit
from analysis.questions.ranking.design import RankingDesign
from analysis.questions.ranking.hard import Hard, hard
from analysis.questions.ranking.places import FEWEST, RowRanks, by_task, flat, places, without_each
from analysis.stats.arrays import CannotTellError
from analysis.stats.correlation import correlation
from analysis.stats.ranks import to_ties
from analysis.stats.two_way import components, two_way

if TYPE_CHECKING:
    from analysis.leaderboard import Board
    from analysis.stats.arrays import Bools, Floats


@dataclass(frozen=True, slots=True)
class RankingFit(Fit):
    """The order of a leaderboard.

    Attributes:
        design: what was asked.
        board: the rows that are ranked; None where nothing can be. whole: with those that are not.
        places: of the rows. best: see `best_where`. alike: see `alike`. hard: see `hard`.
        without: the order with each task left out, see `without_each`.
        filled: share of the cells that the additive model filled.
    """

    design: RankingDesign
    board: Board | None = None
    whole: Board | None = None
    places: RowRanks | None = None
    best: pd.DataFrame = field(default_factory=pd.DataFrame)
    alike: pd.DataFrame = field(default_factory=pd.DataFrame)
    hard: Hard | None = None
    without: pd.DataFrame = field(default_factory=pd.DataFrame)
    filled: float = 0.0


def fit(results: pd.DataFrame, design: RankingDesign) -> RankingFit:
    """Ranks the rows of a results table and asks what the order rests on.

    Raises:
        UsageError: a study or kind of distance that there is not.
    """
    try:
        whole = board_of(
            results, split=design.split, metric=design.metric, study=design.study, registry=design.registry
        )
        board, unranked = _comparable(whole)
    except CannotTellError as error:
        return RankingFit(design, because=error.because)
    found = places(board, design)
    filled = _filled(board)
    beyond = hard(board, filled, design)
    return RankingFit(
        design,
        board,
        whole,
        found,
        best_where(board, filled, design.alpha),
        alike(board, design.alpha),
        beyond,
        without_each(board),
        float(np.isnan(board.scores)[~np.isnan(filled)].mean()),
        left_out=(*unranked, *board.left_out, *beyond.left_out),
        provenance=board.provenance,
    )


def _filled(board: Board) -> Floats:
    """The board's scores with missing cells filled by the additive model, (rows, tasks, languages)."""
    cells = flat(board)
    filled = np.full(board.scores.shape, np.nan)
    filled[:, cells.task, cells.language] = two_way(cells.scores, cells.weights).filled
    return filled


def _comparable(board: Board) -> tuple[Board, tuple[str, ...]]:
    """The rows that share cells with the most rows, in enough languages to be drawn again; sentences on the others.

    Raises:
        CannotTellError: fewer than two are left.
    """
    there = ~np.isnan(board.scores)
    group = components(there.reshape(len(board.rows), -1))
    apart = group != np.bincount(group).argmax()
    said = [f"{name}: shares no task and language with the others" for name in np.array(board.rows)[apart]]
    units, noun = there.any(axis=1), "languages"
    if units.any(axis=0).sum() < FEWEST:
        units, noun = there.any(axis=2), "tasks"
    count = units.sum(axis=1)
    few = ~apart & (count < FEWEST) if units.any(axis=0).sum() >= FEWEST else np.zeros(len(apart), dtype=bool)
    if few.any():
        names = np.array(board.rows)[few]
        said += [
            f"{name}: scores in {n} {noun}, too few to be ranked with the others"
            for name, n in zip(names, count[few], strict=True)
        ]
    kept = ~(apart | few)
    if kept.sum() < 2:
        raise CannotTellError(f"{int(kept.sum())} rows can be compared: {said[0]}" if said else "there is one row")
    return _of_rows(board, kept), tuple(said)


def _of_rows(board: Board, kept: Bools) -> Board:
    rows = tuple(name for name, keep in zip(board.rows, kept, strict=True) if keep)
    scores = board.scores[kept]
    there = ~np.isnan(scores)
    tasks, languages = np.asarray(there.any(axis=(0, 2))), np.asarray(there.any(axis=(0, 1)))

    def part(values: Floats) -> Floats:
        return values[kept][:, tasks][:, :, languages]

    return replace(
        board,
        rows=rows,
        tasks=tuple(board.tasks[i] for i in np.flatnonzero(tasks)),
        readings=tuple(board.readings[i] for i in np.flatnonzero(tasks)),
        languages=tuple(board.languages[i] for i in np.flatnonzero(languages)),
        scores=part(board.scores),
        se=part(board.se),
        df=part(board.df),
        reach=part(board.reach),
    )


ALIKE_COLUMNS = ("task", "other", "r", "low", "high", "spearman", "rows", "p_value", "p_holm", "because")


def alike(board: Board, alpha: float) -> pd.DataFrame:
    """Pearson's and Spearman's correlation of every pair of tasks over the rows that both have.

    A row's score on a task is its mean over languages by the additive model within the task, so that rows
    with other languages are compared; it is not filled from other tasks, which would make tasks alike.
    Intervals (Fisher's z) hold for all pairs together.

    Args:
        board: the leaderboard.
        alpha: 1 − coverage.
    """
    means = by_task(board)
    pairs = list(combinations(range(len(board.tasks)), 2))
    records: list[dict[str, Any]] = []
    for first, second in pairs:
        both = ~np.isnan(means[:, first]) & ~np.isnan(means[:, second])
        x, y = means[both, first], means[both, second]
        record = dict.fromkeys(ALIKE_COLUMNS, np.nan) | {"task": board.tasks[first], "other": board.tasks[second]}
        record |= {"rows": int(both.sum()), "because": ""}
        try:
            found = correlation(x, y, level=1 - alpha / len(pairs))
            record |= {"r": found.value, "low": found.low, "high": found.high, "p_value": found.p_value}
            record["spearman"] = correlation(x, y, kind="spearman").value
        except CannotTellError as error:
            record["because"] = error.because
        records.append(record)
    frame = with_holm(pd.DataFrame(records, columns=list(ALIKE_COLUMNS)))
    return frame.sort_values("r", ascending=False, ignore_index=True)


BEST_COLUMNS = ("of", "where", "best", "score", "not_told_from_it", "surely_behind", "untold", "rows", "filled")


def best_where(board: Board, filled: Floats, alpha: float) -> pd.DataFrame:
    """The best row of every task and language.

    Columns: `of` (`task` or `language`), `where`; `best`, the rows with the best mean there, and its `score`;
    `not_told_from_it`, rows whose difference from it may be 0 or the other way (Bonferroni over its rivals),
    `surely_behind`, how many are; `untold`, how many have no known error; `rows`, with a score there;
    `filled`, how many cells of theirs are filled by the additive model.

    Args:
        board: the leaderboard.
        filled: (rows, tasks, languages), its scores with missing cells filled; NaN where no row has one.
        alpha: 1 − coverage.
    """
    records = [
        *({"of": "task", "where": task} | _record(board, filled, board.cells(t), alpha)
          for t, task in enumerate(board.tasks)),
        *({"of": "language", "where": code} | _record(board, filled, board.cells(languages=i), alpha)
          for i, code in enumerate(board.languages)),
    ]  # fmt: skip
    return pd.DataFrame(records, columns=list(BEST_COLUMNS))


def _record(board: Board, filled: Floats, used: Bools, alpha: float) -> dict[str, Any]:
    there = ~np.isnan(board.scores) & used
    rows = np.flatnonzero(there.any(axis=(1, 2)))
    cells = used & ~np.isnan(filled).all(axis=0)
    weight = cells / np.maximum(cells.sum(axis=1, keepdims=True), 1) / cells.any(axis=1).sum()
    means = to_ties((np.where(cells, filled, 0.0) * weight).sum(axis=(1, 2)))
    first = rows[means[rows] == means[rows].max()]
    tied, behind, untold = [], 0, 0
    tests = max(1, len(rows) - 1)
    for row in rows[np.argsort(-means[rows], kind="stable")]:
        if row == first[0]:
            continue
        found = difference(board, int(first[0]), int(row), used)
        if np.isnan(found.se):
            untold += 1
        elif found.interval(alpha, tests)[0] > 0:
            behind += 1
        else:
            tied.append(board.rows[row])
    names = ", ".join(board.rows[i] for i in first)
    missing = int((cells & np.isnan(board.scores[rows])).sum())
    shown = (names, means[first[0]], ", ".join(tied), behind, untold, len(rows), missing)
    return dict(zip(BEST_COLUMNS[2:], shown, strict=True))
