"""Comparison of the rows of a leaderboard with a baseline: the computation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.gains.contrasts import with_holm
from analysis.leaderboard import board_of, difference
from analysis.questions.compare.design import CompareDesign
from analysis.questions.design import Fit
from analysis.stats.arrays import CannotTellError
from analysis.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.leaderboard import Board
    from analysis.stats.arrays import Bools

COLUMNS = (
    "row", "baseline", "task", "language", "difference", "low", "high", "low90", "high90", "p_value", "p_holm", "n",
    "rests_on", "because",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CompareFit(Fit):
    """Differences of rows to a baseline.

    Attributes:
        design: what was asked.
        baseline: label of the row that others are compared with.
        rows: labels of the others.
        overall: one row a comparison. Columns `COLUMNS`: `difference` in points, larger being better for
            `row`; `low`, `high`, at `level` for all differences of the table together; `low90`, `high90`, of
            this one alone; `p_value`, alone, `p_holm`, of the table; `n` cells (task, language); `rests_on`.
        by_task: the same for each task, over its languages.
        by_language: for each language, over its tasks.
        cells: for each task and language.
    """

    design: CompareDesign
    baseline: str = ""
    rows: tuple[str, ...] = ()
    overall: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_task: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_language: pd.DataFrame = field(default_factory=pd.DataFrame)
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)


def fit(results: pd.DataFrame, design: CompareDesign) -> CompareFit:
    """Compares a row of a leaderboard, or every row, with a baseline row.

    Raises:
        UsageError: a row or study that the table lacks, or a row against itself.
    """
    registry = design.registry
    try:
        board = board_of(results, split=design.split, metric=design.metric, study=design.study, registry=registry)
    except CannotTellError as error:
        return CompareFit(design, because=error.because)
    most = int((~np.isnan(board.scores)).sum(axis=(1, 2)).argmax())
    base = most if design.baseline is None else board.index(design.baseline, registry)
    rows = [i for i in range(len(board.rows)) if i != base]
    rows = rows if design.model is None else [board.index(design.model, registry)]
    if base in rows:
        raise UsageError(f"{board.rows[base]!r} is both the row and its baseline; name another with --baseline")
    left_out = (*board.left_out, *_unshared(board, rows, base))
    if design.baseline is None:
        left_out = (f"no baseline was named: {board.rows[base]} is it, having most scores (--baseline)", *left_out)
    return CompareFit(
        design,
        board.rows[base],
        tuple(board.rows[i] for i in rows),
        *(_table(board, rows, base, parts, design.alpha) for parts in _parts(board)),
        left_out=left_out,
        provenance=board.provenance,
    )


def _parts(board: Board) -> tuple[list[tuple[str, str, Bools]], ...]:
    """Groups of cells whose differences are asked for: (task or "", language or "", which cells)."""
    tasks = [(task, "", board.cells(t)) for t, task in enumerate(board.tasks)]
    languages = [("", code, board.cells(languages=place)) for place, code in enumerate(board.languages)]
    cells = [(task, code, of & to) for task, _, of in tasks for _, code, to in languages]
    return [("", "", board.cells())], tasks, languages, cells


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
    return with_holm(pd.DataFrame(records, columns=list(COLUMNS)))


def _unshared(board: Board, rows: Iterable[int], base: int) -> list[str]:
    """Cells that one side lacks, a sentence a row."""
    there = ~np.isnan(board.scores)
    said = []
    for row in rows:
        alone = int((there[row] ^ there[base]).sum())
        if alone:
            said.append(f"{counted(alone, 'cell')} that only one of {board.rows[row]} and {board.rows[base]} has")
    return said
