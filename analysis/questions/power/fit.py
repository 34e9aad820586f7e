"""Power of a design, from a results table or from stated variance components."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.questions.design import Fit
from analysis.questions.power.design import PowerDesign
from analysis.questions.power.neighbours import POWER_COLUMNS, needed_of, power_rows
from analysis.questions.power.shown import Shown, shown_by
from analysis.stats.power import BalancedDesign, Power
from analysis.stats.spreads import VarianceComponents


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerFit(Fit):
    """The power of a design and of its neighbours.

    Attributes:
        design: what was asked.
        spreads: standard deviations it rests on; None where they cannot be told.
        stated: where the spreads come from.
        grid: the design at hand.
        at_hand: its power; None where it cannot be told.
        table: power of the design and of others that differ in one number (`POWER_COLUMNS`;
            `languages` are per family).
        needed: the smallest number that reaches the wanted power, one dimension at a time
            (`NEEDED_COLUMNS`; NaN where none that was tried does).
    """

    design: PowerDesign
    spreads: VarianceComponents | None
    stated: str
    grid: BalancedDesign
    at_hand: Power | None
    table: pd.DataFrame
    needed: pd.DataFrame


def fit(results: pd.DataFrame | None, design: PowerDesign) -> PowerFit:
    """The chance to find an effect with a design, and what would raise it.

    Args:
        results: a table whose gains show the spreads; None: they are given.
        design: what is looked for, and with what.

    Raises:
        UsageError: neither results nor a whole design.
    """
    shown = Shown() if results is None else shown_by(results, design)
    if shown.grid is None and (missing := [name for name in COUNTS if name not in design.counts]):
        raise UsageError(f"without results that hold gains, say how many {', '.join(missing)} the design has")
    grid = replace(shown.grid or BalancedDesign(1, 1, 1, 1), **design.counts)
    found, stated = _spreads(shown, dict(design.spreads or {}))
    rows: list[dict[str, Any]] = []
    if found is not None:
        rows = power_rows(design, found, grid, np.random.default_rng(design.seed))
    at_hand, because = None, str(rows[0]["because"]) if rows else shown.because
    if not because:
        error = rows[0]["error"]
        at_hand = Power(grid, rows[0]["power"], error, 0 if error == 0 else design.size)
    return PowerFit(
        design=design,
        spreads=found,
        stated=stated,
        grid=grid,
        at_hand=at_hand,
        table=pd.DataFrame(rows, columns=list(POWER_COLUMNS)),
        needed=needed_of(rows, design.power),
        because=because,
        left_out=shown.left_out,
        provenance=shown.provenance,
    )


COUNTS = ("seeds", "tasks", "families", "languages")


def _spreads(shown: Shown, given: dict[str, float]) -> tuple[VarianceComponents | None, str]:
    if shown.spreads is None:
        return (VarianceComponents(**given), "spreads as given") if "noise" in given else (None, "")
    stated = shown.stated + (f"; {', '.join(given)} as given" if given else "")
    return replace(shown.spreads, **given), stated
