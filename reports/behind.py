"""The scores behind a gain: every run of a table cell, and of its baseline, with where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from analysis.registry.vocabulary import BASELINE
from reports.printed import counted, listed

if TYPE_CHECKING:
    import pandas as pd

CELL = ("study", "target_examples", "target", "metric", "split", "language")
"""Columns that a run and its baseline share within a model."""
RUN = ("intermediate", "method", "intermediate_language", "intermediate_examples")
WHERE = ("source", "provenance")
MEAN = "mean"

Score: TypeAlias = tuple[str, str, str, str, float]
"""Source, provenance, language, seed (or ""), score."""


def scores_behind(gains: pd.DataFrame, results: pd.DataFrame) -> dict[tuple[str, str], tuple[str, ...]]:
    """(run, target id) → one phrase per source, those of the baseline last.

    Args:
        gains: gains of one model with a column `run`.
        results: the results table they were computed from, that model's rows.
    """
    ours, bases = _by_cell(results)
    found: dict[tuple[str, str], tuple[list[Score], list[Score]]] = defaultdict(lambda: ([], []))
    for run, *key in _plain(gains, ("run", *CELL, *RUN)).drop_duplicates().itertuples(index=False):
        cell = tuple(key[: len(CELL)])
        mine, base = found[run, cell[CELL.index("target")]]
        mine += ours.get((*cell, *key[len(CELL) :]), [])
        base += bases.get(cell, [])
    return {place: (*_told(mine, ""), *_told(base, "baseline ")) for place, (mine, base) in found.items()}


def _by_cell(results: pd.DataFrame) -> tuple[dict[tuple[str, ...], list[Score]], dict[tuple[str, ...], list[Score]]]:
    ours: dict[tuple[str, ...], list[Score]] = defaultdict(list)
    bases: dict[tuple[str, ...], list[Score]] = defaultdict(list)
    clean = results[results["perturbation"].astype(str) == "none"]
    rows = _plain(clean, (*CELL, *RUN, "seed", *WHERE)).itertuples(index=False)
    for row, score in zip(rows, clean["score"], strict=True):
        cell, run = tuple(row[: len(CELL)]), tuple(row[len(CELL) : len(CELL) + len(RUN)])
        seed, source, provenance = row[len(CELL) + len(RUN) :]
        one = (source, provenance, cell[-1], seed, float(score))
        if run[:2] == (BASELINE, "plain"):
            bases[cell].append(one)
        else:
            ours[cell + run].append(one)
    return ours, bases


def _plain(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The columns as words, "" where there is nothing."""
    return frame[list(columns)].astype("string").fillna("")


def _told(scores: Sequence[Score], what: str) -> list[str]:
    """Phrases such as "score 79.20 (mean over 3 seeds and 15 languages): runs.csv, measured"."""
    by_place: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for one in scores:
        by_place[one[:2]].append(one)
    lines = []
    for (source, provenance), same in sorted(by_place.items()):
        seeds = {seed for _, _, _, seed, _ in same if seed}
        languages = {language for _, _, language, _, _ in same} - {MEAN}
        parts = [counted(len(names), noun) for names, noun in ((seeds, "seed"), (languages, "language")) if names]
        made_of = f" ({'mean over ' if len(same) > 1 else ''}{listed(parts)})" if parts else ""
        mean = sum(score for *_, score in same) / len(same)
        lines.append(f"{what}score {mean:.2f}{made_of}: {source}, {provenance}")
    return lines
