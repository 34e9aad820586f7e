"""Ranking of a leaderboard: the computation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.leaderboard import board_of
from analysis.questions.design import Fit
from analysis.questions.ranking.alike import alike
from analysis.questions.ranking.best import best_where
from analysis.questions.ranking.design import RankingDesign
from analysis.questions.ranking.hard import Hard, hard
from analysis.questions.ranking.places import FEWEST, RowRanks, flat, places, without_each
from analysis.stats.arrays import CannotTellError
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
