"""The power of a design in words."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.answer import Answer, Effect, Says
from analysis.stats.spreads import VarianceComponents

if TYPE_CHECKING:
    from analysis.questions.power.fit import PowerFit

COUNTED = {"seeds": "seeds", "tasks": "tasks", "families": "families", "languages": "languages per family"}


def answer(outcome: PowerFit) -> Answer:
    """Answers if the design at hand finds the effect, and what would be needed."""
    what = "a mean gain" if outcome.claim == "mean" else "a change with distance"
    unit = "points" if outcome.claim == "mean" else "points per standard deviation of distance"
    scope = "these tasks and languages" if outcome.about == "these" else "tasks and languages like these"
    says = _says(outcome)
    return Answer(
        question=f"Would {what} of {outcome.effect:g} {unit} in {scope} be found with {outcome.target:.0%} power?",
        says=says,
        text=_text(outcome, says),
        sure=_sure(outcome),
        hinges=_hinges(outcome),
        effects=(_effect(outcome),),
        left_out=outcome.left_out,
        provenance=outcome.provenance,
        tables={"power": outcome.table, "needed": outcome.needed, "spreads": _spread_table(outcome)},
    )


def _says(outcome: PowerFit) -> Says:
    found = outcome.at_hand
    if found is None:
        return "cannot-tell"
    if found.power - 1.96 * found.error >= outcome.target:
        return "yes"
    return "no" if found.power + 1.96 * found.error < outcome.target else "cannot-tell"


def _text(outcome: PowerFit, says: Says) -> str:
    found = outcome.at_hand
    if found is None:
        return f"Cannot tell, because {outcome.because}.{_ways(outcome)}"
    g = found.grid
    design = f"{g.seeds} seeds, {g.tasks} tasks and {g.families} families of {g.languages} languages"
    start = {
        "yes": "Yes",
        "no": "No",
    }.get(says, "Cannot tell, because the power is within Monte-Carlo error of what is wanted (raise the size)")
    return f"{start}: with {design} the chance is {found.power:.0%}.{_ways(outcome)}"


def _ways(outcome: PowerFit) -> str:
    ways, vain = [], []
    for row in outcome.needed.to_dict("records"):
        name = COUNTED[str(row["varied"])]
        if np.isnan(row["needed"]):
            vain.append(f"{row['tried_up_to']:g} {name}")
        elif row["needed"] != row["at_hand"]:
            ways.append(f"{row['needed']:g} {name}")
    text = f" {outcome.target:.0%} is reached with {', or '.join(ways)}, all else as it is." if ways else ""
    return text + (f" Not reached even with {', or '.join(vain)}." if vain else "")


def _sure(outcome: PowerFit) -> str:
    if outcome.at_hand is None:
        return "nothing to rest on"
    if outcome.at_hand.size == 0:
        return "closed form: exact for the stated spreads"
    return f"{outcome.at_hand.size} simulated grids per design: ± {1.96 * outcome.at_hand.error:.3f}"


def _hinges(outcome: PowerFit) -> tuple[str, ...]:
    if outcome.spreads is None:
        return ()
    hinges = [outcome.stated, "the spreads are taken as known; they are estimates themselves"]
    if outcome.about == "like these":
        hinges.append("designs are balanced: as many languages in every family, every task in every language")
    if outcome.claim == "slope" and outcome.spreads.slope == 0:
        hinges.append("all tasks are taken to share one slope (give the spread of slopes otherwise)")
    return tuple(hinges)


def _effect(outcome: PowerFit) -> Effect:
    nan, found = float("nan"), outcome.at_hand
    name = f"power to find {outcome.effect:g} points"
    if found is None:
        return Effect(name, "none", "chance", nan, nan, nan, 0.95, nan, 0, "simulated grids", outcome.because)
    how = "simulated, mixed model with Satterthwaite's test" if found.size else "closed form of the t test over seeds"
    low, high = max(0.0, found.power - 1.96 * found.error), min(1.0, found.power + 1.96 * found.error)
    return Effect(name, how, "chance", found.power, low, high, 0.95, nan, found.size, "simulated grids")


def _spread_table(outcome: PowerFit) -> pd.DataFrame:
    names = [f.name for f in fields(VarianceComponents)]
    values = [float("nan") if outcome.spreads is None else getattr(outcome.spreads, name) for name in names]
    return pd.DataFrame({"spread": names, "points": values})
