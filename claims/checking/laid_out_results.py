"""A results table of single scores laid out as people print it: models by languages, by targets, or by both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.registry.vocabulary import BASELINE
from analysis.tables import table_of_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.registry.vocabulary import Vocabulary
    from analysis.tables.model import Measure, Table

MEAN = "mean"
"""Language of a score that is a mean over all."""
MOST_CELLS = 5000
FREE = ["model", "target", "language"]
"""Columns in which the scores may differ."""
ONE_VALUE = (
    "study", "version", "intermediate", "method", "intermediate_language", "intermediate_examples", "target_examples",
    "split", "perturbation", "metric",
)  # fmt: skip
"""Columns in which they may not: another setting is another table."""
SINGLE = ("seed", "sd", "se", "ci_low", "ci_high", "plus_minus", "n_seeds")
"""Columns of runs and errors, which only the evidence weighs."""


def laid_out(results: pd.DataFrame, path: Path, words: Vocabulary, measure: Measure | None) -> tuple[Table, ...]:
    """The scores of several models in one setting, without seeds and errors, as one table; else none.

    Args:
        results: a results table.
        path: its file.
        words: the vocabulary with the names beside it.
        measure: of all scores.
    """
    scores = results[results["score"].notna()]
    singles = scores[scores["language"] != MEAN]
    scores = singles if len(singles) else scores
    one = all(scores[column].nunique(dropna=False) == 1 for column in ONE_VALUE)
    if measure is None or not one or len(scores) > MOST_CELLS or scores[list(SINGLE)].notna().any(axis=None):
        return ()
    if scores["intermediate"].iloc[0] != BASELINE or scores.duplicated(FREE).any() or scores["model"].nunique() < 2:
        return ()
    across = "language" if scores["target"].nunique() == 1 and len(singles) else "target"
    levels = ["model", "language"] if across == "target" and len(singles) else ["model"]
    grid, columns = _cells(scores, levels, across), list(dict.fromkeys(scores[across]))
    header = [*levels, *(_name(words, across, column) for column in columns)]
    rows = [
        [*(_name(words, level, value) for level, value in zip(levels, row, strict=True)),
         *(cells.get(column, "") for column in columns)]
        for row, cells in grid.items()
    ]  # fmt: skip
    target = "" if scores["target"].nunique() > 1 else f" on {_name(words, 'target', scores['target'].iloc[0])}"
    caption = f"{_name(words, 'metric', scores['metric'].iloc[0])}{target}."
    found = table_of_grid(header, rows, caption=caption, source=f"{path} by {' and '.join((*levels, across))}")
    return tuple(table if table.measure is not None else replace(table, measure=measure) for table in found)


def _cells(scores: pd.DataFrame, levels: Sequence[str], across: str) -> dict[tuple[str, ...], dict[str, str]]:
    """Labels of each row → column → the score as it was printed."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for _, row in scores.iterrows():
        digits = row["decimals"]
        text = repr(float(row["score"])) if digits != digits else f"{row['score']:.{int(digits)}f}"
        found.setdefault(tuple(str(row[level]) for level in levels), {})[str(row[across])] = text
    return found


def _name(words: Vocabulary, kind: str, identifier: str) -> str:
    entry = words[kind].get(identifier)
    return identifier if entry is None else entry.name
