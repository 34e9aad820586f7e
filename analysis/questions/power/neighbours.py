"""The power of a design and of its neighbours, which differ from it in one number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.stats.arrays import CannotTellError, Floats
from analysis.stats.power import BalancedDesign, power_of_mean, power_of_slope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.questions.power.design import PowerDesign
    from analysis.stats.spreads import VarianceComponents

LADDERS: Mapping[str, tuple[int, ...]] = {
    "seeds": (2, 3, 5, 8, 12, 20),
    "tasks": (2, 4, 7, 10, 15),
    "families": (2, 4, 7, 11, 16),
    "languages": (1, 2, 4, 6),
}
"""Values that are tried beside those of the design at hand, one dimension at a time."""
POWER_COLUMNS = ("varied", "seeds", "tasks", "families", "languages", "power", "error", "because")
NEEDED_COLUMNS = ("varied", "at_hand", "needed", "tried_up_to")
AT_HAND = "at hand"


def power_rows(
    design: PowerDesign, spreads: VarianceComponents, grid: BalancedDesign, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """The grid at hand, then one dimension at a time until the wanted power is reached or lost.

    Upwards from a grid that misses it, downwards from one that reaches it; a step further
    is not tried, because power rises with every number.
    """
    rows = [_row(AT_HAND, design, spreads, grid, rng)]
    enough = rows[0]["power"] >= design.power
    for name in ("seeds", "tasks") if design.scope == "these" else LADDERS:
        own = getattr(grid, name)
        steps = [n for n in LADDERS[name] if (n < own if enough else n > own)]
        for n in reversed(steps) if enough else steps:
            rows.append(_row(name, design, spreads, replace(grid, **{name: n}), rng))
            if (rows[-1]["power"] >= design.power) != enough:
                break
    return rows


def _row(
    varied: str, design: PowerDesign, spreads: VarianceComponents, grid: BalancedDesign, rng: np.random.Generator
) -> dict[str, Any]:
    row: dict[str, Any] = {"varied": varied, "because": "", "power": np.nan, "error": np.nan}
    row |= {"seeds": grid.seeds, "tasks": grid.tasks, "families": grid.families, "languages": grid.languages}
    try:
        if design.claim == "mean":
            found = power_of_mean(grid, spreads, design.effect, scope=design.scope, rng=rng, size=design.size)
        else:
            distance = _distances(grid, design.within, rng)
            found = power_of_slope(grid, spreads, design.effect, distance, rng=rng, size=design.size)
    except CannotTellError as error:
        return row | {"because": error.because}
    return row | {"power": found.power, "error": found.error}


def _distances(grid: BalancedDesign, within: float, rng: np.random.Generator) -> Floats:
    """Distances family by family, drawn once per grid."""
    family = np.repeat(rng.normal(size=grid.families), grid.languages)
    drawn: Floats = np.sqrt(1 - within) * family + np.sqrt(within) * rng.normal(size=len(family))
    return drawn


def needed_of(rows: list[dict[str, Any]], target: float) -> pd.DataFrame:
    """Per dimension, the smallest number tried that reaches the target, all else as at hand."""
    found = []
    for name in dict.fromkeys(r["varied"] for r in rows if r["varied"] != AT_HAND):
        tried = [r for r in rows if r["varied"] in {name, AT_HAND}]
        reached = [int(r[name]) for r in tried if r["power"] >= target]
        counts = {"needed": min(reached, default=np.nan), "tried_up_to": max(int(r[name]) for r in tried)}
        found.append({"varied": name, "at_hand": int(rows[0][name])} | counts)
    return pd.DataFrame(found, columns=list(NEEDED_COLUMNS))
