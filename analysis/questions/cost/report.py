"""The cost question answered in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
from scipy.special import stdtr

from analysis.answer import NEVER, Answer, Effect, Says
from analysis.questions.cost.more_data import says_of
from analysis.stats.equivalence import detectable_effect
from analysis.stats.margins import CONFIDENT, EffectDecision, judged_by_interval
from analysis.wording import counted

if TYPE_CHECKING:
    from analysis.questions.cost.draws import CostContrast
    from analysis.questions.cost.fit import CostFit
    from analysis.questions.cost.more_data import MoreData

QUESTION = (
    "At the same training cost, does training data of an intermediate task bring more than further data of the target?"
)
ISO = "gain over target data alone at equal cost"


def report(fit: CostFit) -> Answer:
    """The answer to the cost question, with the scaling of either data beside it."""
    overall, pooled = fit.pooled.overall, fit.pooled
    named = [(f"{ISO}, {target}", c) for target, c in sorted(pooled.by_target.items())]
    named += [(f"{ISO}, {target} after {trained}", c) for (target, trained), c in sorted(pooled.by_training.items())]
    effects = [_effect(fit, ISO, "points", overall), *(_effect(fit, name, "points", c) for name, c in named)]
    unit = "points per doubling of that data"
    effects += [_effect(fit, f"scaling {name} data", unit, c) for name, c in fit.scaling.items()]
    effects += [replace(e, name=f"{e.name}, {m.target}") for m in fit.more_data for e in (m.slope, m.association)]
    says = _says(fit)
    return fit.as_answer(
        QUESTION,
        says,
        _text(fit, says),
        _sure(fit, overall),
        hinges=_hinges(fit),
        effects=tuple(effects),
        tables=_tables(fit),
    )


def _effect(fit: CostFit, name: str, unit: str, found: CostContrast | None) -> Effect:
    how = f"learning curves, bootstrap over seeds{'' if fit.units_of == 'seeds' else f' and {fit.units_of}'}"
    unknown = Effect(name, how, unit, level=fit.design.level, n=fit.units, n_of=fit.units_of, because=fit.because)
    if found is None:
        return unknown
    p = NEVER if found.because else 2 * float(stdtr(found.df, -abs(found.estimate) / found.error))
    known = {"estimate": found.estimate, "low": found.low, "high": found.high, "p_value": p}
    return replace(unknown, **known, because=found.because)  # type: ignore[arg-type]


def _says(fit: CostFit) -> Says:
    """By the mean; mixed where targets and tasks, at a shared level (Bonferroni), contradict it or each other."""
    overall = fit.pooled.overall
    if overall is None or overall.because:
        return "cannot-tell"
    mean = says_of(_held(fit, overall))
    better, worse = _apart(fit)
    against = {"yes": bool(worse), "no": bool(better)}.get(mean, bool(better and worse))
    return "mixed" if against else mean


def _held(fit: CostFit, found: CostContrast) -> EffectDecision:
    """A gain at equal cost against what matters."""
    return judged_by_interval((found.low, found.high), found.interval(CONFIDENT), margin=fit.design.margin)


def _apart(fit: CostFit) -> tuple[list[str], list[str]]:
    """Targets and tasks that are surely better and surely worse, at a level shared among all of them."""
    each = {f"{t} after {i}": c for (t, i), c in sorted(fit.pooled.by_training.items()) if not c.because}
    level = 1 - (fit.design.alpha) / max(len(each), 1)
    ends = {name: c.interval(level) for name, c in each.items()}
    return [n for n, (low, _) in ends.items() if low > 0], [n for n, (_, high) in ends.items() if high < 0]


def _text(fit: CostFit, says: Says) -> str:
    overall = fit.pooled.overall
    trends = _trends(fit)
    if overall is None or overall.because:
        because = fit.because or (overall.because if overall else "")
        return f"Cannot tell, because {because}.{trends}"
    told = fit.frontier["iso_cost_gain"].notna()
    numbers = (
        f"{overall.estimate:+.2f} points ({fit.design.level:.0%} interval {overall.low:+.2f} to {overall.high:+.2f}) "
        f"against target data alone of the same cost, mean of {int(told.sum())} configurations "
        f"on {counted(fit.frontier.loc[told, 'target'].nunique(), 'target')}"
    )
    start = {
        "yes": "Yes: intermediate data brings more than target data of equal cost",
        "no": _no(fit, overall),
        "mixed": _depends(fit),
        "cannot-tell": "Cannot tell, because the interval spans 0 and the "
        f"{fit.design.margin:g} points that would matter",
    }[says]
    return f"{start}: {numbers}.{trends}"


def _no(fit: CostFit, overall: CostContrast) -> str:
    told = _held(fit, overall).told
    if told < 0:
        return "No: intermediate data brings less than target data of equal cost"
    small = "" if told == 0 else ", though more"
    return f"No: intermediate data brings less than {fit.design.margin:g} points over target data of equal cost{small}"


def _depends(fit: CostFit) -> str:
    better, worse = _apart(fit)
    parts = [f"{', '.join(names)} {what}" for names, what in ((better, "better"), (worse, "worse")) if names]
    return f"It depends: {'; '.join(parts)} than target data of equal cost"


def _trends(fit: CostFit) -> str:
    """Effect of more data, target by target, as far as it can be told."""
    sentences = []
    for data in ("target", "intermediate"):
        for verb in TRENDS:
            told = [m for m in fit.more_data if m.data == data and _verb(m) == verb]
            each = [f"{m.target} ({m.slope.estimate:+.2f}, {m.slope.low:+.2f} to {m.slope.high:+.2f})" for m in told]
            if each:
                sentences.append(f" More {data} data {verb} {', '.join(each)}.")
    return "".join(sentences) + (" In brackets: points per doubling of the data." if sentences else "")


TRENDS = ("raises scores on", "raises scores a little on", "does not raise scores on")


def _verb(found: MoreData) -> str:
    """One of `TRENDS`, or "" where it cannot be told."""
    if found.answer.says == "no":
        return TRENDS[1] if found.slope.sign > 0 else TRENDS[2]
    return TRENDS[0] if found.answer.says == "yes" else ""


def _sure(fit: CostFit, overall: CostContrast | None) -> str:
    if overall is None or overall.because:
        return _sure_of_trends(fit)
    smallest = detectable_effect(overall.error, overall.df)
    return (
        f"{fit.design.level:.0%} interval over {fit.units} {fit.units_of} and their seeds "
        f"({overall.df:.1f} degrees of freedom); a difference of {smallest:.2f} points would have been seen "
        f"with 80 % power"
    )


def _sure_of_trends(fit: CostFit) -> str:
    told = [m for m in fit.more_data if not m.slope.because]
    if not told:
        return "nothing to rest on"
    runs, halves = [m.runs for m in told], [(m.slope.high - m.slope.low) / 2 for m in told]
    return (
        f"{counted(len(told), 'group')} of {min(runs)} to {max(runs)} runs; their slopes are known "
        f"to within {min(halves):.2f} to {max(halves):.2f} points per doubling"
    )


def _hinges(fit: CostFit) -> tuple[str, ...]:
    hinges = [f"{fit.design.margin:g} points are taken to matter"]
    if fit.more_data:
        hinges.append("runs differ in the amount of data as their makers chose; its languages may differ with it")
    if fit.pooled.overall is None:
        return tuple(hinges)
    hinges.insert(0, f"cost: {fit.stated}")
    if fit.design.shared == 1:
        hinges.append("intermediate training is charged whole to every target; sharing its checkpoint makes it cheaper")
    beyond = int((fit.frontier["extrapolated"] & fit.frontier["iso_cost_gain"].notna()).sum())
    if beyond:
        hinges.append(f"{beyond} configurations cost more than any target-only run, so their curve is extrapolated")
    open_curves = fit.curves.loc[~fit.curves["identified"].astype(bool), "target"]
    if len(open_curves):
        hinges.append(
            f"the learning curve is not identified for {', '.join(open_curves)}; it is used between its points only"
        )
    if fit.units_of == "seeds":
        hinges.append("about these languages only: no language was drawn again")
    return tuple(hinges)


def _tables(fit: CostFit) -> dict[str, pd.DataFrame]:
    rows = [
        {"target": m.target, "data": m.data, "runs": m.runs, "smallest": m.amounts.min(), "largest": m.amounts.max()}
        | {"languages": len(m.languages), "slope": m.slope.estimate, "low": m.slope.low, "high": m.slope.high}
        | {"spearman": m.association.estimate, "spearman_low": m.association.low}
        | {"spearman_high": m.association.high, "says": m.answer.says}
        for m in fit.more_data
    ]
    return {
        "more data": pd.DataFrame(rows),
        "configurations": fit.frontier,
        "increments": fit.increments,
        "acceptability": fit.acceptability,
        "learning curves": fit.curves,
        "best of several": fit.best,
    }
