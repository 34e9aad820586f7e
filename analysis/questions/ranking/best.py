"""The best rows by task and by language, with those that are not distinguished from the best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.leaderboard import difference
from analysis.stats.ranks import to_ties

if TYPE_CHECKING:
    from analysis.leaderboard import Board
    from analysis.stats.arrays import Bools, Floats

COLUMNS = ("of", "where", "best", "score", "not_told_from_it", "surely_behind", "untold", "rows", "filled")


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
    return pd.DataFrame(records, columns=list(COLUMNS))


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
    return dict(zip(COLUMNS[2:], shown, strict=True))
