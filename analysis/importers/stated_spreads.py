"""Spreads of a file as columns of the results table: kept as what they are, explained where the user does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.importers.record import Given, Record
from analysis.results.spreads import KINDS, SPREADS, Spread

if TYPE_CHECKING:
    import pandas as pd

FLOAT_NOISE = 12
"""Digits kept of a number in points: 0.7921 × 100 is 79.21, not 79.21000000000001."""


def spread_columns(record: Record, given: Given, points: float) -> dict[str, float | int]:
    """The columns of a score's spread, in points; those that nobody states are absent.

    Args:
        record: the score as its file states it.
        given: what the user says a ± is, and how many seeds a score is a mean of.
        points: what numbers of the file are multiplied with.
    """
    spread = record.spread or Spread()
    if record.seed is None and given.seed is None and spread.n_seeds is None and given.n_seeds is not None:
        spread = replace(spread, n_seeds=given.n_seeds)
    spread = _explained(spread, given.spread, record.score)
    stated = {name: value for name in SPREADS if (value := getattr(spread, name)) is not None}
    return {name: value if name == "n_seeds" else round(value * points, FLOAT_NOISE) for name, value in stated.items()}


def _explained(spread: Spread, kind: str | None, score: float) -> Spread:
    """The spread with its ± as what the user says it is, unless its file states that already."""
    half = spread.plus_minus
    if half is None or kind is None:
        return spread
    bare = replace(spread, plus_minus=None)
    if kind == "ci95" and spread.ci_low is None:
        return replace(bare, ci_low=score - half, ci_high=score + half)
    if kind == "sd" and spread.sd is None:
        return replace(bare, sd=half)
    return replace(bare, se=half) if kind == "se" and spread.se is None else spread


UNEXPLAINED = "what ± is, is not stated"
WIDEST = (
    f"{UNEXPLAINED} ({{count}}): taken as one standard error, the widest of what it may be but for deviations over "
    f"two or three seeds (--assume spread={'|'.join(KINDS)} says which)"
)


def with_widest_spread(table: pd.DataFrame, notes: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """A results table with each ± that nobody explains as a standard error, and its notes with the one on that.

    A standard error is no less than a half width over 1.96, nor than a deviation over the root of its seeds.
    """
    unexplained = table["plus_minus"].notna() & table[["sd", "se", "ci_low", "ci_high"]].isna().all(axis=1)
    if not unexplained.any():
        return table, list(notes)
    half = table["plus_minus"]
    explained = table.assign(se=table["se"].where(~unexplained, half), plus_minus=half.where(~unexplained))
    remarks = [note for note in notes if not note.startswith(UNEXPLAINED)]
    return explained, [*remarks, WIDEST.format(count=int(unexplained.sum()))]


def about_spreads(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Remarks on spreads that decide less than they could."""
    notes = []
    if count := sum("plus_minus" in row for row in rows):
        notes.append(
            f"{UNEXPLAINED} ({count}): kept as unexplained, within it nothing is decided; "
            f"say it with --assume spread={'|'.join(KINDS)}"
        )
    if count := sum("sd" in row and "n_seeds" not in row for row in rows):
        notes.append(f"standard deviations over an unstated number of seeds ({count}): give --assume n_seeds=…")
    return notes
