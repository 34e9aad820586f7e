"""Differences between two rows of a leaderboard, cell by cell and as means, with intervals that belong to their p."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.wording import counted

if TYPE_CHECKING:
    from analysis.leaderboard.board import Board
    from analysis.stats.arrays import Bools, Floats

FEWEST = 4
"""Tasks or languages from which their scatter says how far a mean difference may be off."""


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """A mean difference, first minus second, in points, larger being better for the first.

    Attributes:
        estimate: every task counts the same, every language of a task too.
        se: NaN where it is not known. df: its degrees of freedom. reach: unexplained ±.
        n: tasks and languages behind it. rests_on: what the error is made of, or "".
        because: why there is no error, or "".
    """

    estimate: float
    se: float
    df: float
    reach: float
    n: int
    rests_on: str
    because: str = ""

    def interval(self, alpha: float, tests: int = 1) -> tuple[float, float]:
        """The interval at level 1 − alpha for `tests` differences together (Bonferroni)."""
        half = float(stdtrit(self.df, 1 - alpha / 2 / tests)) * self.se + self.reach
        return self.estimate - half, self.estimate + half

    @property
    def p_value(self) -> float:
        """Two-sided, of no difference beyond the reach; NaN where no error is known."""
        if np.isnan(self.se):
            return nan
        off = max(abs(self.estimate) - self.reach, 0.0)
        if self.se == 0:
            return 1.0 if off == 0 else 0.0
        return float(2 * stdtr(self.df, -off / self.se))


def difference(board: Board, first: int, second: int, used: Bools) -> MeanDifference:
    """The mean difference of two rows over some cells that both have.

    The error: what is known of the single scores, taken as if it did not cancel over the languages of a task
    (scores of one run hang together, and how much is not stated), nor over tasks that share an intermediate
    run; the scatter of the differences over languages where it is larger. Where no error is known, that
    scatter, or the one over tasks where languages show none.

    Args:
        board: the leaderboard.
        first: place of a row.
        second: of the one to subtract.
        used: (tasks, languages), the cells asked about.
    """
    gap = board.scores[first] - board.scores[second]
    there = used & ~np.isnan(gap)
    tasks = int(there.any(axis=1).sum())
    n = int(there.sum())
    if not n:
        return MeanDifference(nan, nan, nan, 0.0, 0, "", "the two share no score here")
    weight = np.where(there, 1.0, 0.0) / np.maximum(there.sum(axis=1, keepdims=True), 1) / tasks
    estimate = float((weight * np.where(there, gap, 0.0)).sum())
    reach = float((weight * np.where(there, board.reach[first] + board.reach[second], 0.0)).sum())
    stated = _stated(board, first, second, weight, there)
    scatter = _scatter(gap, there)
    if stated is None and scatter is None:
        return MeanDifference(
            estimate, nan, nan, reach, n, "", f"no error is stated, {counted(n, 'cell')} without scatter"
        )
    known = [(*stated, "errors of the scores")] if stated else []
    known += [scatter] if scatter and (not stated or scatter[2] == "languages") else []
    se, df, rests_on = max(known, key=_half)
    return MeanDifference(estimate, se, df, reach, n, rests_on)


def _half(error: tuple[float, float, str]) -> float:
    return float(stdtrit(error[1], 0.975)) * error[0]


def _stated(board: Board, first: int, second: int, weight: Floats, there: Bools) -> tuple[float, float] | None:
    """Standard error and degrees of freedom (Welch) of the mean by the errors of its scores; None where unknown."""
    parts = []
    for row in (first, second):
        if np.isnan(board.se[row][there]).any():
            return None
        by_task = (weight * np.where(there, board.se[row], 0.0)).sum(axis=1)
        df = np.where(there, board.df[row], np.inf).min(axis=1)
        if board.shared_runs:
            by_task, df = by_task.sum(keepdims=True), df.min(keepdims=True)
        parts += list(zip(by_task.tolist(), df.tolist(), strict=True))
    total = sum(se**2 for se, _ in parts)
    lost = sum(se**4 / df for se, df in parts)
    return sqrt(total), (total**2 / lost if lost else inf)


def _scatter(gap: Floats, there: Bools) -> tuple[float, float, str] | None:
    """Standard error, degrees of freedom and what scatters: languages with the tasks held, or else tasks.

    Over languages, errors of the mean with languages as clusters and tasks as strata; a task of one language
    shows no scatter, so that every task needs two.
    """
    values = np.where(there, gap, 0.0)
    count = there.sum(axis=1)[there.any(axis=1)]
    means = values.sum(axis=1)[there.any(axis=1)] / count
    languages = int(there.any(axis=0).sum())
    if languages >= FEWEST and (count > 1).all():
        off = np.where(there[there.any(axis=1)], gap[there.any(axis=1)] - means[:, None], 0.0)
        apart = (off / count[:, None] / len(count)).sum(axis=0)[there.any(axis=0)]
        return sqrt(float((apart**2).sum()) * languages / (languages - 1)), languages - 1.0, "languages"
    if len(means) >= FEWEST:
        return float(means.std(ddof=1)) / sqrt(len(means)), len(means) - 1.0, "tasks"
    return None
