"""Comparison of the rows of a leaderboard with a baseline: the computation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.leaderboard import board_of, difference
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.stats.arrays import CannotTellError
from analysis.stats.multiplicity import holm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.leaderboard import Board
    from analysis.stats.arrays import Bools

COLUMNS = (
    "row", "baseline", "task", "language", "difference", "low", "high", "low90", "high90", "p_value", "p_holm", "n",
    "rests_on", "because",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CompareFit:
    """Differences of rows to a baseline.

    Attributes:
        baseline: label of the row that others are compared with.
        rows: labels of the others.
        overall: one row a comparison. Columns `COLUMNS`: `difference` in points, larger being better for
            `row`; `low`, `high`, at `level` for all differences of the table together; `low90`, `high90`, of
            this one alone; `p_value`, alone, `p_holm`, of the table; `n` cells (task, language); `rests_on`.
        by_task: the same for each task, over its languages.
        by_language: for each language, over its tasks.
        cells: for each task and language.
        margin: points that would matter. level: coverage.
        left_out: what was not used. provenance: of the scores.
        because: why nothing can be compared, or "".
    """

    baseline: str
    rows: tuple[str, ...]
    overall: pd.DataFrame
    by_task: pd.DataFrame
    by_language: pd.DataFrame
    cells: pd.DataFrame
    margin: float
    level: float
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]
    because: str = ""


def ask(
    results: pd.DataFrame,
    *,
    rng: np.random.Generator,  # noqa: ARG001 — every question takes it
    model: str | None = None,
    baseline: str | None = None,
    margin: float = 1.0,
    level: float = 0.95,
    split: str | None = None,
    metric: str | None = None,
    study: str | None = None,
    words: Vocabulary | None = None,
) -> CompareFit:
    """Compares a row of a leaderboard, or every row, with a baseline row.

    Args:
        results: a validated results table.
        rng: not used: nothing is drawn.
        model: the row asked about; None: every row but the baseline.
        baseline: any row; None: the one with most scores.
        margin: points within which a difference counts as none.
        level: nominal coverage.
        split: the split; None: per target the one with most scores.
        metric: the metric; None: per target its main one.
        study: the study; None: all.
        words: the vocabulary; built-in by default.

    Raises:
        UsageError: a row or study that the table lacks, a row against itself, an argument outside its range.
    """
    if not (margin > 0 and 0 < level < 1):
        raise UsageError(f"margin {margin} lies above 0 and level {level} between 0 and 1")
    words = words or vocabulary()
    try:
        board = board_of(results, split=split, metric=metric, study=study, registry=words)
    except CannotTellError as error:
        none = pd.DataFrame(columns=list(COLUMNS))
        return CompareFit("", (), none, none, none, none, margin, level, (), (), error.because)
    there = ~np.isnan(board.scores)
    most = int(there.sum(axis=(1, 2)).argmax())
    base = most if baseline is None else board.index(baseline, words)
    rows = [i for i in range(len(board.rows)) if i != base] if model is None else [board.index(model, words)]
    if base in rows:
        raise UsageError(f"{board.rows[base]!r} is both the row and its baseline; name another with --baseline")
    left_out = list(board.left_out)
    if baseline is None:
        left_out.insert(0, f"no baseline was named: {board.rows[base]} is it, having most scores (--baseline)")
    overall, by_task, by_language, cells = (_table(board, rows, base, parts, 1 - level) for parts in _parts(board))
    return CompareFit(
        baseline=board.rows[base],
        rows=tuple(board.rows[i] for i in rows),
        overall=overall,
        by_task=by_task,
        by_language=by_language,
        cells=cells,
        margin=margin,
        level=level,
        left_out=(*left_out, *_unshared(board, rows, base)),
        provenance=board.provenance,
    )


def _parts(board: Board) -> tuple[list[tuple[str, str, Bools]], ...]:
    """Groups of cells whose differences are asked for: (task or "", language or "", which cells)."""
    shape = board.scores.shape[1:]
    whole = np.ones(shape, dtype=bool)
    tasks, languages = [], []
    for t, task in enumerate(board.tasks):
        used = np.zeros(shape, dtype=bool)
        used[t] = True
        tasks.append((task, "", used))
    for place, code in enumerate(board.languages):
        used = np.zeros(shape, dtype=bool)
        used[:, place] = True
        languages.append(("", code, used))
    cells = [(task, code, of & to) for task, _, of in tasks for _, code, to in languages]
    return [("", "", whole)], tasks, languages, cells


def _table(
    board: Board, rows: Iterable[int], base: int, parts: list[tuple[str, str, Bools]], alpha: float
) -> pd.DataFrame:
    found = [(row, task, code, difference(board, row, base, used)) for row in rows for task, code, used in parts]
    found = [part for part in found if part[3].n]
    tests = max(1, sum(not np.isnan(d.se) for *_, d in found))
    records: list[dict[str, Any]] = []
    for row, task, code, d in found:
        low, high = d.interval(alpha, tests)
        low90, high90 = d.interval(0.1)
        shown = (board.rows[row], board.rows[base], task, code, d.estimate, low, high, low90, high90, d.p_value, np.nan)
        records.append(dict(zip(COLUMNS, (*shown, d.n, d.rests_on, d.because), strict=True)))
    frame = pd.DataFrame(records, columns=list(COLUMNS))
    known = frame["p_value"].notna().to_numpy(dtype=bool)
    if known.any():
        frame.loc[known, "p_holm"] = holm(frame.loc[known, "p_value"])
    return frame


def _unshared(board: Board, rows: Iterable[int], base: int) -> list[str]:
    """Cells that one side lacks, a sentence a row."""
    there = ~np.isnan(board.scores)
    said = []
    for row in rows:
        alone = int((there[row] ^ there[base]).sum())
        if alone:
            said.append(f"{alone} cells that only one of {board.rows[row]} and {board.rows[base]} has")
    return said
