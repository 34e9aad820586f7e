"""Scores of others as one results table, with what must be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.registry.own_names import Entries, Unknown


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """Scores and notes imported from result files of other tools.

    Attributes:
        table: the results table (see `analysis.results.table`).
        unknown: names outside the vocabulary that stand in the table as they are.
        notes: "file: what was left out, converted or assumed".
        formats: file → the format it was recognised as.
        items: of scores whose file holds them (`analysis.results.items`), with columns `model` and `metric`.
        own: entries the table may have beside the vocabulary, for the file beside it, where facts can be added.
    """

    table: pd.DataFrame
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...]
    formats: dict[str, str]
    own: Entries
    items: pd.DataFrame
