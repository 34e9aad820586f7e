"""Scores at the end of their scale, where an effect cannot show: chance at the bottom, all right at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from analysis.registry.vocabulary import Vocabulary
    from analysis.stats.arrays import Floats

BEYOND_CHANCE = 1.645
"""Standard errors above chance from which a score is no guess (one-sided, 5 %)."""
UNKNOWN_ITEMS = 1000.0
"""Stands for the items of a score that does not state them."""
ROOM = 1.0
"""Points above the bottom of a scale without guessing within which nothing can show."""
ROOM_ABOVE = 2.0
"""Points below the top, where single scores are cut off that chance would have put above it."""


def at_floor(rows: pd.DataFrame, score: str, registry: Vocabulary) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Rows whose score does not differ from guessing, (n,).

    Args:
        rows: columns `target`, `metric`, `n_items` and the score.
        score: the column, in points.
        registry: the vocabulary; chance is a fact of the kind of task and holds for accuracy.
    """
    chance = _chance(rows, registry)
    items = rows["n_items"].to_numpy(dtype=np.float64)
    items = np.where(np.isnan(items), UNKNOWN_ITEMS, np.maximum(items, 1.0))
    error = np.sqrt(chance * (100 - chance) / items)
    limit = chance + np.where(chance > 0, BEYOND_CHANCE * error, ROOM)
    return np.asarray(rows[score].to_numpy(dtype=np.float64) <= limit) & _bounded(rows, registry)


def at_ceiling(rows: pd.DataFrame, score: str, registry: Vocabulary) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Rows whose score leaves less than `ROOM_ABOVE` to the top of its scale, (n,)."""
    return np.asarray(rows[score].to_numpy(dtype=np.float64) >= 100 - ROOM_ABOVE) & _bounded(rows, registry)


def _chance(rows: pd.DataFrame, registry: Vocabulary) -> Floats:
    """Points that guessing gives, 0 where that is not known."""
    known = {}
    for target in rows["target"].astype(str).unique():
        entry = registry["target"].get(target)
        kind = registry["kind"].get(str(entry.facts.get("kind"))) if entry else None
        known[target] = float(kind.facts.get("chance", 0.0)) if kind else 0.0
    chance = rows["target"].astype(str).map(known).to_numpy(dtype=np.float64)
    return np.where(rows["metric"].astype(str) == "accuracy", chance, 0.0)


def _bounded(rows: pd.DataFrame, registry: Vocabulary) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """True if the metric runs from 0 to 100, more being better."""
    shares = {
        name for name, e in registry["metric"].items() if e.facts["higher_is_better"] and e.facts.get("high") == 100
    }
    return np.asarray(rows["metric"].astype(str).isin(shares))
