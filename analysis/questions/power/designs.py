"""The power of a design and of its neighbours, which differ from it in one number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from analysis.stats.arrays import CannotTellError, Floats
from analysis.stats.power import BalancedDesign, Power, power_of_mean, power_of_slope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.stats.spreads import VarianceComponents

Claim: TypeAlias = Literal["mean", "slope"]
About: TypeAlias = Literal["these", "like these"]

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


@dataclass(frozen=True, slots=True)
class Search:
    """An effect that is looked for.

    Attributes:
        effect: in points; for a slope, per standard deviation of distance.
        claim: which effect.
        about: what the claim is about.
        spreads: standard deviations of gains.
        within: for a slope, share of the variance of distance that lies within families.
        size: simulated grids per design.
    """

    effect: float
    claim: Claim
    about: About
    spreads: VarianceComponents
    within: float
    size: int

    def power_of(self, grid: BalancedDesign, rng: np.random.Generator) -> Power:
        """The chance that a design finds the effect.

        Raises:
            CannotTellError: a design too small for the test.
        """
        if self.claim == "mean":
            return power_of_mean(grid, self.spreads, self.effect, scope=self.about, rng=rng, size=self.size)
        distance = self._distances(grid, rng)
        return power_of_slope(grid, self.spreads, self.effect, distance, rng=rng, size=self.size)

    def _distances(self, grid: BalancedDesign, rng: np.random.Generator) -> Floats:
        """Distances family by family, drawn once per design."""
        family = np.repeat(rng.normal(size=grid.families), grid.languages)
        alone = rng.normal(size=len(family))
        drawn: Floats = np.sqrt(1 - self.within) * family + np.sqrt(self.within) * alone
        return drawn


def power_rows(search: Search, grid: BalancedDesign, target: float, rng: np.random.Generator) -> list[dict[str, Any]]:
    """The design at hand, then one dimension at a time until the target is reached or lost.

    Upwards from a design that misses the target, downwards from one that reaches it; a step further
    is not tried, because power rises with every number.
    """
    rows = [_row(AT_HAND, search, grid, rng)]
    enough = rows[0]["power"] >= target
    for name in ("seeds", "tasks") if search.about == "these" else LADDERS:
        own = getattr(grid, name)
        steps = [n for n in LADDERS[name] if (n < own if enough else n > own)]
        for n in reversed(steps) if enough else steps:
            rows.append(_row(name, search, replace(grid, **{name: n}), rng))
            if (rows[-1]["power"] >= target) != enough:
                break
    return rows


def _row(varied: str, search: Search, grid: BalancedDesign, rng: np.random.Generator) -> dict[str, Any]:
    row: dict[str, Any] = {"varied": varied, "because": "", "power": np.nan, "error": np.nan}
    row |= {"seeds": grid.seeds, "tasks": grid.tasks, "families": grid.families, "languages": grid.languages}
    try:
        found = search.power_of(grid, rng)
    except CannotTellError as error:
        return row | {"because": error.because}
    return row | {"power": found.power, "error": found.error}


def needed_of(rows: list[dict[str, Any]], target: float) -> pd.DataFrame:
    """Per dimension, the smallest number tried that reaches the target, all else as at hand."""
    found = []
    for name in dict.fromkeys(r["varied"] for r in rows if r["varied"] != AT_HAND):
        tried = [r for r in rows if r["varied"] in {name, AT_HAND}]
        reached = [int(r[name]) for r in tried if r["power"] >= target]
        counts = {"needed": min(reached, default=np.nan), "tried_up_to": max(int(r[name]) for r in tried)}
        found.append({"varied": name, "at_hand": int(rows[0][name])} | counts)
    return pd.DataFrame(found, columns=list(NEEDED_COLUMNS))
