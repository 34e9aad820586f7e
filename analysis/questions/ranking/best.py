"""The best rows by task and by language, with those that are not distinguished from the best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.leaderboard import difference
from analysis.stats.ranks import to_ties

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    records = [_record(board, filled, of, where, used, alpha) for of, where, used in _parts(board)]
    return pd.DataFrame(records, columns=list(COLUMNS))


def _parts(board: Board) -> Iterator[tuple[str, str, Bools]]:
    shape = board.scores.shape[1:]
    for t, task in enumerate(board.tasks):
        used = np.zeros(shape, dtype=bool)
        used[t] = True
        yield "task", task, used
    for place, code in enumerate(board.languages):
        used = np.zeros(shape, dtype=bool)
        used[:, place] = True
        yield "language", code, used


def _record(board: Board, filled: Floats, of: str, where: str, used: Bools, alpha: float) -> dict[str, Any]:
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
    shown = (of, where, names, means[first[0]], ", ".join(tied), behind, untold, len(rows), missing)
    return dict(zip(COLUMNS, shown, strict=True))
