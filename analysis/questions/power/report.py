"""The power of a design in words."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.answer import Answer, Effect, Says
from analysis.stats.spreads import VarianceComponents
from analysis.wording import counted, listed

if TYPE_CHECKING:
    from analysis.questions.power.fit import PowerFit


def report(fit: PowerFit) -> Answer:
    """Answers if the design at hand finds the effect, and what would be needed."""
    design, says = fit.design, _says(fit)
    what = "a mean gain" if design.claim == "mean" else "a change with distance"
    effect = counted(design.effect, "point") + ("" if design.claim == "mean" else " per standard deviation of distance")
    scope = "these tasks and languages" if design.scope == "these" else "tasks and languages like these"
    return fit.as_answer(
        f"Would {what} of {effect} in {scope} be found with {design.power:.0%} power?",
        says,
        _text(fit, says),
        _sure(fit),
        hinges=_hinges(fit),
        effects=(_effect(fit),),
        tables={"power": fit.table, "needed": fit.needed, "spreads": _spread_table(fit)},
    )


def _says(fit: PowerFit) -> Says:
    found = fit.at_hand
    if found is None:
        return "cannot-tell"
    if found.power - 1.96 * found.error >= fit.design.power:
        return "yes"
    return "no" if found.power + 1.96 * found.error < fit.design.power else "cannot-tell"


def _text(fit: PowerFit, says: Says) -> str:
    found = fit.at_hand
    if found is None:
        return f"Cannot tell, because {fit.because}.{_ways(fit)}"
    g = found.grid
    of = f"{counted(g.families, 'family')} of {counted(g.languages, 'language')}"
    design = f"{counted(g.seeds, 'seed')}, {counted(g.tasks, 'task')} and {of}"
    start = {
        "yes": "Yes",
        "no": "No",
    }.get(says, "Cannot tell, because the power is within Monte-Carlo error of what is wanted (raise the size)")
    return f"{start}: with {design} the chance is {found.power:.0%}.{_assumed(fit)}{_ways(fit)}"


def _assumed(fit: PowerFit) -> str:
    if not fit.assumed:
        return ""
    names = listed([name.replace("_", " in ") for name in fit.assumed])
    return f" Assumed, as not stated: no spread of {names} (--spread NAME=POINTS)."


def _ways(fit: PowerFit) -> str:
    ways, vain = [], []
    for row in fit.needed.to_dict("records"):
        name = str(row["varied"])
        if np.isnan(row["needed"]):
            vain.append(_of(row["tried_up_to"], name))
        elif row["needed"] != row["at_hand"]:
            ways.append(_of(row["needed"], name))
    text = f" {fit.design.power:.0%} is reached with {', or '.join(ways)}, all else as it is." if ways else ""
    return text + (f" Not reached even with {', or '.join(vain)}." if vain else "")


SINGULAR = {"seeds": "seed", "tasks": "task", "families": "family", "languages": "language"}


def _of(n: float, name: str) -> str:
    return counted(int(n), SINGULAR[name]) + (" per family" if name == "languages" else "")


def _sure(fit: PowerFit) -> str:
    if fit.at_hand is None:
        return "nothing to rest on"
    if fit.at_hand.size == 0:
        return "closed form: exact for the stated spreads"
    return f"{fit.at_hand.size} simulated grids per design: ± {1.96 * fit.at_hand.error:.3f}"


def _hinges(fit: PowerFit) -> tuple[str, ...]:
    if fit.spreads is None:
        return ()
    hinges = [fit.stated, "the spreads are taken as known; they are estimates themselves"]
    if fit.design.scope == "like these":
        hinges.append("designs are balanced: as many languages in every family, every task in every language")
    if fit.design.claim == "slope" and fit.spreads.slope == 0:
        hinges.append("all tasks are taken to share one slope (give the spread of slopes otherwise)")
    return tuple(hinges)


def _effect(fit: PowerFit) -> Effect:
    name, found = f"power to find {counted(fit.design.effect, 'point')}", fit.at_hand
    if found is None:
        return Effect(name, "none", "chance", n_of="simulated grids", because=fit.because)
    how = "simulated, mixed model with Satterthwaite's test" if found.size else "closed form of the t test over seeds"
    low, high = max(0.0, found.power - 1.96 * found.error), min(1.0, found.power + 1.96 * found.error)
    return Effect(name, how, "chance", found.power, low, high, n=found.size, n_of="simulated grids")


def _spread_table(fit: PowerFit) -> pd.DataFrame:
    names = [f.name for f in fields(VarianceComponents)]
    values = [float("nan") if fit.spreads is None else getattr(fit.spreads, name) for name in names]
    return pd.DataFrame({"spread": names, "points": values})
