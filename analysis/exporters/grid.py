"""A results table as a grid for print: a row for each system, a column for each thing it was scored on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import pandas as pd
from scipy.special import stdtrit

from analysis.registry.vocabulary import Vocabulary
from analysis.results.spreads import Error, apart, spread_of

ROWS = (
    "study", "version", "model", "intermediate", "method", "intermediate_language", "intermediate_examples",
    "target_examples",
)  # fmt: skip
COLUMNS = ("target", "language", "split", "perturbation", "metric")
LEVEL = 0.95
UNKNOWN_DECIMALS = 2
"""Digits of scores whose source does not print any, where they are a mean over seeds."""


@dataclass(frozen=True, slots=True)
class PrintedScore:
    """A printed score.

    Attributes:
        text: mean over seeds, as printed. sd: over seeds, as printed; "" where it is not known.
        best: nothing in its column is printed as better. tied: not told apart from the best by the errors
            that seeds or sources state, 95 %, not corrected for the number of comparisons.
    """

    text: str
    sd: str = ""
    best: bool = False
    tied: bool = False


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """A table for print.

    Attributes:
        labels: names of the columns of labels. heads: per line of the head, a text per column of scores.
        rows: labels and cells; None where there is no score.
        notes: what holds of all scores, and what the marks mean.
    """

    labels: tuple[str, ...]
    heads: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[tuple[str, ...], tuple[PrintedScore | None, ...]], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Score:
    value: float
    text: str
    sd: str
    error: Error


def grid_of(table: pd.DataFrame, registry: Vocabulary) -> PrintedGrid:
    """The grid of a validated results table.

    Args:
        table: see `analysis.results.table`.
        registry: the vocabulary that says which direction of a metric is better.
    """
    several = [name for name in (*ROWS, *COLUMNS) if table[name].nunique(dropna=False) > 1]
    labels = tuple(name for name in ROWS if name in several or name == "model")
    over = tuple(name for name in COLUMNS if name in several) or ("target",)
    scores: dict[tuple[str, ...], dict[tuple[str, ...], _Score]] = {}
    for _, rows in table.groupby([*ROWS, *COLUMNS], dropna=False, observed=True, sort=False):
        row = {str(name): value for name, value in rows.iloc[0].items()}
        place = tuple(_label(row[name]) for name in labels)
        scores.setdefault(place, {})[tuple(_label(row[name]) for name in over)] = _score(rows)
    columns = sorted({column for cells in scores.values() for column in cells})
    metric = _metrics(table, over)
    better = {column: _direction(metric[column], registry) for column in columns}
    marked = {
        column: _marked({r: c[column] for r, c in scores.items() if column in c}, better[column]) for column in columns
    }
    grid = tuple((row, tuple(marked[column].get(row) for column in columns)) for row in scores)
    heads = tuple(tuple(column[i] for column in columns) for i in range(len(over)))
    return PrintedGrid(labels, heads, grid, tuple(_notes(table, several, grid, better)))


def _score(rows: pd.DataFrame) -> _Score:
    """One printed score with the error that its seeds or its source state."""
    n, value = len(rows), float(rows["score"].mean())
    digits = rows["decimals"].max()
    if n == 1:
        spread = spread_of({str(name): stated for name, stated in rows.iloc[0].items()})
        text = f"{value:.12g}" if pd.isna(digits) else f"{value:.{int(digits)}f}"
        sd = "" if spread is None or spread.sd is None else f"{spread.sd:.12g}"
        return _Score(value, text, sd, spread.error(value) if spread else Error())
    places = UNKNOWN_DECIMALS if pd.isna(digits) else int(digits)
    deviation = float(rows["score"].std())
    error = Error(deviation / sqrt(n), float(n - 1), n, known=deviation > 0)
    return _Score(value, f"{value:.{places}f}", f"{deviation:.{places}f}", error)


def _marked(column: Mapping[tuple[str, ...], _Score], sign: int) -> dict[tuple[str, ...], PrintedScore]:
    if not sign:
        return {row: PrintedScore(score.text, score.sd) for row, score in column.items()}
    first = max(column.values(), key=lambda score: sign * score.value)
    best = max(sign * float(score.text) for score in column.values())
    cells = {}
    for row, score in column.items():
        is_best = sign * float(score.text) == best
        cells[row] = PrintedScore(score.text, score.sd, is_best, not is_best and _tied(score, first))
    return cells


def _tied(score: _Score, best: _Score) -> bool:
    error = apart(score.error, best.error)
    if not error.known:
        return False
    return bool(abs(score.value - best.value) <= stdtrit(error.df, (1 + LEVEL) / 2) * error.se + error.reach)


def _metrics(table: pd.DataFrame, over: Sequence[str]) -> dict[tuple[str, ...], set[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for row in table[[*over, "metric"]].drop_duplicates().itertuples(index=False):
        found.setdefault(tuple(map(_label, row[: len(over)])), set()).add(str(row[-1]))
    return found


def _direction(metrics: set[str], registry: Vocabulary) -> int:
    """1 where more is better, -1 where less, 0 where nobody knows."""
    stated = {registry["metric"][m].facts.get("higher_is_better") if m in registry["metric"] else None for m in metrics}
    more = stated.pop() if len(stated) == 1 else None
    return 0 if more is None else 1 if more else -1


def _notes(table: pd.DataFrame, several: Sequence[str], grid: Any, better: Mapping[Any, int]) -> list[str]:
    shared = [
        f"{name} {_label(table[name].iloc[0])}"
        for name in ("target", "language", "split", "metric")
        if name not in several
    ]
    cells = [cell for _, row in grid for cell in row if cell]
    notes = [", ".join(shared)] if shared else []
    if any(cell.sd for cell in cells):
        notes.append("±: standard deviation over seeds")
    if any(cell.best for cell in cells):
        notes.append("bold: best of its column as printed, ties included")
    if any(cell.tied for cell in cells):
        notes.append("†: not told apart from the best by seeds or stated errors (95 %, each comparison by itself)")
    if not all(better.values()):
        notes.append("columns without bold: which direction is better is not known")
    return notes


def _label(value: object) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:g}"
    return str(value)
