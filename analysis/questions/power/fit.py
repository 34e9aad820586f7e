"""Power of a design, from a results table or from stated variance components."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.questions.power.designs import POWER_COLUMNS, About, Claim, Search, needed_of, power_rows
from analysis.questions.power.shown import NOTHING, Shown, shown_by
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.stats.arrays import level_in_range
from analysis.stats.power import BalancedDesign, Power
from analysis.stats.spreads import VarianceComponents

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PowerFit:
    """The power of a design and of its neighbours.

    Attributes:
        claim: `mean`: the mean gain is not zero; `slope`: the gain changes with distance.
        about: `these` tasks and languages, or tasks and languages `like these`.
        effect: true effect, in points (for `slope`, per standard deviation of distance).
        target: wanted power.
        spreads: standard deviations it rests on; None where they cannot be told.
        stated: where the spreads come from.
        grid: the design at hand; None where there is none.
        at_hand: its power; None where it cannot be told.
        table: power of the design and of others that differ in one number (`POWER_COLUMNS`;
            `languages` are per family).
        needed: the smallest number that reaches the target, one dimension at a time
            (`NEEDED_COLUMNS`; NaN where none that was tried does).
        because: why the power cannot be told, or "".
        left_out: results that were not used.
        provenance: of the scores the spreads come from.
    """

    claim: Claim
    about: About
    effect: float
    target: float
    spreads: VarianceComponents | None
    stated: str
    grid: BalancedDesign | None
    at_hand: Power | None
    table: pd.DataFrame
    needed: pd.DataFrame
    because: str
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]


def ask(
    results: pd.DataFrame | None,
    *,
    rng: np.random.Generator,
    effect: float = 1.0,
    claim: Claim = "mean",
    about: About = "like these",
    seeds: int | None = None,
    tasks: int | None = None,
    families: int | None = None,
    languages: int | None = None,
    spreads: Mapping[str, float] | None = None,
    within: float = 0.5,
    power: float = 0.8,
    size: int = 100,
    split: str | None = None,
    metric: str | None = None,
    words: Vocabulary | None = None,
) -> PowerFit:
    """The chance to find an effect with a design, and what would raise it.

    Args:
        results: a table whose gains show the spreads; None: they are given.
        rng: the source of chance.
        effect: in points; for `slope`, per standard deviation of distance.
        claim: which effect.
        about: what the claim is about; a `slope` is always about tasks and languages like these.
        seeds: runs per task; None: as in the results.
        tasks: targets, likewise.
        families: language families, likewise.
        languages: languages per family, likewise.
        spreads: standard deviations by the names of `VarianceComponents`, in place of those of the results.
        within: for `slope`, share of the variance of distance that lies within families.
        power: wanted.
        size: simulated grids per design (none are needed for a mean over `these`).
        split: as in `one_reading`.
        metric: as in `one_reading`.
        words: the vocabulary; built-in by default.

    Raises:
        UsageError: an option outside its range, or neither results nor a whole design.
    """
    _check(effect, power, within, size, spreads, (seeds, tasks, families, languages))
    shown = NOTHING if results is None else shown_by(results, split, metric, words or vocabulary())
    given = {"seeds": seeds, "tasks": tasks, "families": families, "languages": languages}
    grid = _grid(shown.grid, given)
    found, stated = _spreads(shown, spreads or {})
    about = "like these" if claim == "slope" else about
    because = shown.because if found is None else ""
    rows: list[dict[str, Any]] = []
    if found is not None:
        rows = power_rows(Search(effect, claim, about, found, within, size), grid, power, rng)
    first = rows[0] if rows else None
    at_hand = None
    if first is not None and not first["because"]:
        at_hand = Power(grid, first["power"], first["error"], 0 if first["error"] == 0 else size)
    return PowerFit(
        claim=claim,
        about=about,
        effect=effect,
        target=power,
        spreads=found,
        stated=stated,
        grid=grid,
        at_hand=at_hand,
        table=pd.DataFrame(rows, columns=list(POWER_COLUMNS)),
        needed=needed_of(rows, power),
        because=because or (str(first["because"]) if first else ""),
        left_out=shown.left_out,
        provenance=shown.provenance,
    )


def _check(
    effect: float,
    power: float,
    within: float,
    size: int,
    spreads: Mapping[str, float] | None,
    counts: tuple[int | None, ...],
) -> None:
    level_in_range(power)
    if effect == 0 or not np.isfinite(effect):
        raise UsageError(f"an effect of {effect} points is never found; give the smallest that would matter")
    if not 0 <= within <= 1:
        raise UsageError(f"a share of {within} of the variance is outside 0 to 1")
    if size < 20:
        raise UsageError(f"{size} simulated grids say little; give 20 or more")
    if any(n is not None and n < 1 for n in counts):
        raise UsageError("a design needs at least one seed, task, family and language")
    known = [f.name for f in fields(VarianceComponents)]
    for name, value in (spreads or {}).items():
        if name not in known:
            raise UsageError(f"unknown spread {name!r} (one of {', '.join(known)})")
        if value < 0 or (name == "noise" and value == 0):
            raise UsageError(f"a spread of {value} for {name} is no standard deviation")


def _grid(shown: BalancedDesign | None, given: Mapping[str, int | None]) -> BalancedDesign:
    missing = [name for name, value in given.items() if value is None]
    if shown is None and missing:
        raise UsageError(f"without results that hold gains, say how many {', '.join(missing)} the design has")
    base = shown or BalancedDesign(1, 1, 1, 1)
    return replace(base, **{name: value for name, value in given.items() if value is not None})


def _spreads(shown: Shown, given: Mapping[str, float]) -> tuple[VarianceComponents | None, str]:
    if shown.spreads is None:
        return (VarianceComponents(**given), "spreads as given") if "noise" in given else (None, "")
    stated = shown.stated + (f"; {', '.join(given)} as given" if given else "")
    return replace(shown.spreads, **given), stated
