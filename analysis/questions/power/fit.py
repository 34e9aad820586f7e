"""Power of a design, from a results table or from stated variance components."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.gains import GainArray, array, gains
from analysis.questions.design import Fit
from analysis.questions.power.design import PowerDesign
from analysis.stats.arrays import CannotTellError, Floats
from analysis.stats.power import BalancedDesign, Power, power_of_mean, power_of_slope
from analysis.stats.spreads import VarianceComponents, estimate_spreads

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        assumed: names of spreads that matter and are taken as 0, because nobody states them.
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
    assumed: tuple[str, ...] = ()


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
        assumed=() if shown.spreads or not found else design.unstated,
        because=because,
        left_out=shown.left_out,
        provenance=shown.provenance,
    )


COUNTS = ("seeds", "tasks", "families", "languages")


def _spreads(shown: Shown, given: dict[str, float]) -> tuple[VarianceComponents | None, str]:
    if shown.spreads is None:
        if "noise" not in given:
            return None, ""
        return VarianceComponents(**given), "spreads as given"
    stated = shown.stated + (f"; {', '.join(given)} as given" if given else "")
    return replace(shown.spreads, **given), stated


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


@dataclass(frozen=True, slots=True)
class Shown:
    """Design and variance components read from results.

    Attributes:
        spreads: standard deviations of gains; None where they cannot be told.
        grid: the balanced design nearest to the results; None without gains.
        stated: where the spreads come from.
        left_out: results that were not used.
        provenance: of the scores.
        because: why there are no spreads.
    """

    spreads: VarianceComponents | None = None
    grid: BalancedDesign | None = None
    stated: str = ""
    left_out: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()
    because: str = "no spreads are given and there are no results to take them from"


def shown_by(results: pd.DataFrame, design: PowerDesign) -> Shown:
    """Spreads and grid of the gains in a results table."""
    registry = design.registry
    paired = gains(results, registry=registry)
    reading = design.reading(paired.frame)
    left_out = (*paired.left_out, *reading.left_out)
    if reading.frame.empty:
        because = "no score has a run without intermediate training beside it, so there are no gains"
        return Shown(left_out=left_out, because=because)
    cells = array(reading.frame)
    family = [registry.family(code) or code for code in cells.languages]
    each, reasons = [], []
    for values in cells.values:
        try:
            each.append(estimate_spreads(values, family if len(set(family)) > 1 else None))
        except CannotTellError as error:
            reasons.append(error.because)
    provenance = paired.provenance
    if not each:
        return Shown(None, _grid_of(cells, family), "", left_out, provenance, reasons[0])
    squares = {f.name: np.mean([getattr(s, f.name) ** 2 for s in each]) for f in fields(VarianceComponents)}
    several = f", root mean square over {len(each)}" if len(each) > 1 else ""
    stated = f"spreads as the gains of {len(each)} kinds of intermediate training show them{several}"
    if cells.values.shape[3] < 2:
        stated += "; with one seed the noise holds what languages differ in within a task"
    spreads = VarianceComponents(**{name: float(np.sqrt(value)) for name, value in squares.items()})
    return Shown(spreads, _grid_of(cells, family), stated, left_out, provenance)


def _grid_of(cells: GainArray, family: list[str]) -> BalancedDesign:
    """The balanced design nearest to the results: fewest seeds, mean languages per family."""
    runs = (~np.isnan(cells.values)).any(axis=2).sum(axis=2)
    families = len(set(family))
    return BalancedDesign(
        int(runs[runs > 0].min()), cells.values.shape[1], families, max(1, round(len(family) / families))
    )
