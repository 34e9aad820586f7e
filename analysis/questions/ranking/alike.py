"""Finds tasks that measure the same thing: correlations of the rows' scores between tasks, with intervals."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.gains.contrasts import with_holm
from analysis.questions.ranking.places import by_task
from analysis.stats.arrays import CannotTellError
from analysis.stats.correlation import correlation

if TYPE_CHECKING:
    from analysis.leaderboard import Board

COLUMNS = ("task", "other", "r", "low", "high", "spearman", "rows", "p_value", "p_holm", "because")


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
        record = dict.fromkeys(COLUMNS, np.nan) | {"task": board.tasks[first], "other": board.tasks[second]}
        record |= {"rows": int(both.sum()), "because": ""}
        try:
            found = correlation(x, y, level=1 - alpha / len(pairs))
            record |= {"r": found.value, "low": found.low, "high": found.high, "p_value": found.p_value}
            record["spearman"] = correlation(x, y, kind="spearman").value
        except CannotTellError as error:
            record["because"] = error.because
        records.append(record)
    frame = with_holm(pd.DataFrame(records, columns=list(COLUMNS)))
    return frame.sort_values("r", ascending=False, ignore_index=True)
