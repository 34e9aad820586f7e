"""Items with their correctness, read from files that hold them into a table (see `analysis.results.items`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.importers.table import ITEMS
from analysis.results.items import ITEM_COLUMNS
from analysis.results.table import DEFAULTS

BESIDE = ("model", "metric")
"""Columns that tell apart what the columns of a table of items do not."""


def items_of(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The items of the scores that have them, one row each; they are taken out of the rows.

    Args:
        rows: of the results table, with the items of a score under `ITEMS`.

    Returns:
        Columns `BESIDE` and `ITEM_COLUMNS`; of values beyond 0 to 1, which no item can be right by, none.
    """
    found: list[dict[str, Any]] = []
    for row in rows:
        items = row.pop(ITEMS, ())
        if not items or not all(0 <= value <= 1 for _, value in items):
            continue
        shared = {name: row.get(name, DEFAULTS.get(name)) for name in (*BESIDE, *ITEM_COLUMNS)}
        found += [{**shared, "item": item, "correct": value} for item, value in items]
    return pd.DataFrame(found, columns=[*BESIDE, *ITEM_COLUMNS])
