"""Ranking of a leaderboard: the computation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.leaderboard import board_of
from analysis.questions.ranking.alike import alike
from analysis.questions.ranking.best import best_where
from analysis.questions.ranking.hard import KINDS, Hard, hard
from analysis.questions.ranking.places import FEWEST, RowRanks, flat, places, without_each
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.stats.arrays import CannotTellError
from analysis.stats.two_way import components, two_way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.leaderboard import Board
    from analysis.stats.arrays import Bools, Floats


@dataclass(frozen=True, slots=True)
class RankingFit:
    """The order of a leaderboard.

    Attributes:
        board: the rows that are ranked; None where nothing can be. whole: with those that are not.
        places: of the rows. best: see `best_where`. alike: see `alike`. hard: see `hard`.
        without: the order with each task left out, see `without_each`.
        filled: share of the cells that the additive model filled.
        margin: points that would matter between the first and the second. level: coverage.
        left_out: what was not used. provenance: of the scores.
        because: why nothing can be ranked, or "".
    """

    board: Board | None
    whole: Board | None
    places: RowRanks | None
    best: pd.DataFrame
    alike: pd.DataFrame
    hard: Hard | None
    without: pd.DataFrame
    filled: float
    margin: float
    level: float
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]
    because: str = ""


def ask(
    results: pd.DataFrame,
    *,
    rng: np.random.Generator,
    margin: float = 1.0,
    level: float = 0.95,
    size: int = 2000,
    split: str | None = None,
    metric: str | None = None,
    study: str | None = None,
    source: str = "en",
    kinds: Sequence[str] | None = None,
    words: Vocabulary | None = None,
) -> RankingFit:
    """Ranks the rows of a results table and asks what the order rests on.

    Args:
        results: a validated results table.
        rng: the source of chance.
        margin: points that would matter between the first and the second.
        level: nominal coverage.
        size: replicates of the bootstrap.
        split: the split; None: per target the one with most scores.
        metric: the metric; None: per target its main one.
        study: the study; None: all.
        source: language that distances are counted from.
        kinds: of distance that hardness is freed of; None: `KINDS`.
        words: the vocabulary; built-in by default.

    Raises:
        UsageError: a study or kind of distance that there is not, an argument outside its range.
    """
    if not (margin > 0 and 0 < level < 1 and size > 0):
        raise UsageError(f"margin {margin} and size {size} lie above 0 and level {level} between 0 and 1")
    words = words or vocabulary()
    try:
        whole = board_of(results, split=split, metric=metric, study=study, registry=words)
        board, unranked = _comparable(whole)
    except CannotTellError as error:
        none = pd.DataFrame()
        return RankingFit(None, None, None, none, none, None, none, 0.0, margin, level, (), (), error.because)
    found = places(board, rng=rng, level=level, size=size)
    filled = _filled(board)
    known = ~np.isnan(filled)
    beyond = hard(board, filled, source=source, kinds=tuple(kinds or KINDS), registry=words)
    return RankingFit(
        board,
        whole,
        found,
        best_where(board, filled, 1 - level),
        alike(board, 1 - level),
        beyond,
        without_each(board),
        float(np.isnan(board.scores)[known].mean()),
        margin,
        level,
        (*unranked, *board.left_out, *beyond.left_out),
        board.provenance,
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
