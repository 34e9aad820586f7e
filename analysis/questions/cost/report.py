"""The cost question answered in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtr

from analysis.answer import Answer, Effect, Says
from analysis.questions.cost.more_data import says_of
from analysis.stats.bootstrap import Bootstrap
from analysis.stats.equivalence import detectable_effect
from analysis.stats.intervals import interval
from analysis.stats.margins import CONFIDENT, EffectDecision, judged_by_interval

if TYPE_CHECKING:
    from analysis.questions.cost.draws import CostContrast
    from analysis.questions.cost.fit import CostFit
    from analysis.questions.cost.more_data import MoreData

QUESTION = (
    "At the same training cost, does training data of an intermediate task bring more than further data of the target?"
)
ISO = "gain over target data alone at equal cost"


def answer(outcome: CostFit) -> Answer:
    """The answer to the cost question, with the scaling of either data beside it."""
    overall = outcome.pooled.overall
    effects = [_effect(outcome, ISO, "points", overall, outcome.because)]
    effects += [
        _effect(outcome, f"{ISO}, {target}", "points", c) for target, c in sorted(outcome.pooled.by_target.items())
    ]
    effects += [
        _effect(outcome, f"{ISO}, {target} after {trained}", "points", c)
        for (target, trained), c in sorted(outcome.pooled.by_training.items())
    ]
    effects += [
        _effect(outcome, f"scaling {name} data", "points per doubling of that data", c)
        for name, c in outcome.scaling.items()
    ]
    effects += [e for m in outcome.more_data for e in (_named(m.slope, m.target), _named(m.association, m.target))]
    says = _says(outcome)
    return Answer(
        question=QUESTION,
        says=says,
        text=_text(outcome, says),
        sure=_sure(outcome, overall),
        hinges=_hinges(outcome),
        effects=tuple(effects),
        left_out=outcome.left_out,
        provenance=outcome.provenance,
        tables=_tables(outcome),
    )


def _effect(outcome: CostFit, name: str, unit: str, found: CostContrast | None, because: str = "") -> Effect:
    nan = float("nan")
    how = f"learning curves, bootstrap over seeds{'' if outcome.units_of == 'seeds' else f' and {outcome.units_of}'}"
    if found is None:
        return Effect(name, how, unit, nan, nan, nan, outcome.level, nan, outcome.units, outcome.units_of, because)
    p = nan if found.because else 2 * float(stdtr(found.df, -abs(found.estimate) / found.error))
    ends = (found.estimate, found.low, found.high)
    return Effect(name, how, unit, *ends, outcome.level, p, outcome.units, outcome.units_of, found.because)


def _named(effect: Effect, target: str) -> Effect:
    return Effect(
        f"{effect.name}, {target}",
        effect.method,
        effect.unit,
        effect.estimate,
        effect.low,
        effect.high,
        effect.level,
        effect.p_value,
        effect.n,
        effect.n_of,
        effect.because,
    )


def _says(outcome: CostFit) -> Says:
    """By the mean; mixed where targets and tasks, at a shared level (Bonferroni), contradict it or each other."""
    overall = outcome.pooled.overall
    if overall is None or overall.because:
        return "cannot-tell"
    mean = says_of(_held(outcome, overall))
    better, worse = _apart(outcome)
    against = {"yes": bool(worse), "no": bool(better)}.get(mean, bool(better and worse))
    return "mixed" if against else mean


def _held(outcome: CostFit, found: CostContrast) -> EffectDecision:
    """A gain at equal cost against what matters."""
    return judged_by_interval((found.low, found.high), _ends(found, CONFIDENT), margin=outcome.margin)


def _apart(outcome: CostFit) -> tuple[list[str], list[str]]:
    """Targets and tasks that are surely better and surely worse, at a level shared among all of them."""
    each = {f"{t} after {i}": c for (t, i), c in sorted(outcome.pooled.by_training.items()) if not c.because}
    level = 1 - (1 - outcome.level) / max(len(each), 1)
    ends = {name: _ends(c, level) for name, c in each.items()}
    return [n for n, (low, _) in ends.items() if low > 0], [n for n, (_, high) in ends.items() if high < 0]


def _ends(found: CostContrast, level: float) -> tuple[float, float]:
    drawn = Bootstrap(np.array([found.estimate]), found.replicates[:, None], np.array([found.df]), ("",))
    ends = interval(drawn, level, "t")
    return float(ends.low[0]), float(ends.high[0])


def _text(outcome: CostFit, says: Says) -> str:
    overall = outcome.pooled.overall
    trends = _trends(outcome)
    if overall is None or overall.because:
        because = outcome.because or (overall.because if overall else "")
        return f"Cannot tell, because {because}.{trends}"
    told = outcome.frontier["iso_cost_gain"].notna()
    numbers = (
        f"{overall.estimate:+.2f} points ({outcome.level:.0%} interval {overall.low:+.2f} to {overall.high:+.2f}) "
        f"against target data alone of the same cost, mean of {int(told.sum())} configurations "
        f"on {outcome.frontier.loc[told, 'target'].nunique()} targets"
    )
    start = {
        "yes": "Yes: intermediate data brings more than target data of equal cost",
        "no": _no(outcome, overall),
        "mixed": _depends(outcome),
        "cannot-tell": f"Cannot tell, because the interval spans 0 and the {outcome.margin:g} points that would matter",
    }[says]
    return f"{start}: {numbers}.{trends}"


def _no(outcome: CostFit, overall: CostContrast) -> str:
    told = _held(outcome, overall).told
    if told < 0:
        return "No: intermediate data brings less than target data of equal cost"
    small = "" if told == 0 else ", though more"
    return f"No: intermediate data brings less than {outcome.margin:g} points over target data of equal cost{small}"


def _depends(outcome: CostFit) -> str:
    better, worse = _apart(outcome)
    parts = [f"{', '.join(names)} {what}" for names, what in ((better, "better"), (worse, "worse")) if names]
    return f"It depends: {'; '.join(parts)} than target data of equal cost"


def _trends(outcome: CostFit) -> str:
    """Effect of more data, target by target, as far as it can be told."""
    sentences = []
    for data in ("target", "intermediate"):
        for verb in TRENDS:
            told = [m for m in outcome.more_data if m.data == data and _verb(m) == verb]
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


def _sure(outcome: CostFit, overall: CostContrast | None) -> str:
    if overall is None or overall.because:
        return _sure_of_trends(outcome)
    smallest = detectable_effect(overall.error, overall.df)
    return (
        f"{outcome.level:.0%} interval over {outcome.units} {outcome.units_of} and their seeds "
        f"({overall.df:.1f} degrees of freedom); a difference of {smallest:.2f} points would have been seen "
        f"with 80 % power"
    )


def _sure_of_trends(outcome: CostFit) -> str:
    told = [m for m in outcome.more_data if not m.slope.because]
    if not told:
        return "nothing to rest on"
    runs, halves = [m.runs for m in told], [(m.slope.high - m.slope.low) / 2 for m in told]
    return (
        f"{len(told)} groups of {min(runs)} to {max(runs)} runs; their slopes are known to within {min(halves):.2f} "
        f"to {max(halves):.2f} points per doubling"
    )


def _hinges(outcome: CostFit) -> tuple[str, ...]:
    hinges = [f"{outcome.margin:g} points are taken to matter"]
    if outcome.more_data:
        hinges.append("runs differ in the amount of data as their makers chose; its languages may differ with it")
    if outcome.pooled.overall is None:
        return tuple(hinges)
    hinges.insert(0, f"cost: {outcome.stated}")
    if outcome.shared == 1:
        hinges.append("intermediate training is charged whole to every target; sharing its checkpoint makes it cheaper")
    beyond = int((outcome.frontier["extrapolated"] & outcome.frontier["iso_cost_gain"].notna()).sum())
    if beyond:
        hinges.append(f"{beyond} configurations cost more than any target-only run, so their curve is extrapolated")
    open_curves = outcome.curves.loc[~outcome.curves["identified"].astype(bool), "target"]
    if len(open_curves):
        hinges.append(
            f"the learning curve is not identified for {', '.join(open_curves)}; it is used between its points only"
        )
    if outcome.units_of == "seeds":
        hinges.append("about these languages only: no language was drawn again")
    return tuple(hinges)


def _tables(outcome: CostFit) -> dict[str, pd.DataFrame]:
    rows = [
        {"target": m.target, "data": m.data, "runs": m.runs, "smallest": m.sizes[0], "largest": m.sizes[1]}
        | {"languages": len(m.languages), "slope": m.slope.estimate, "low": m.slope.low, "high": m.slope.high}
        | {"spearman": m.association.estimate, "spearman_low": m.association.low}
        | {"spearman_high": m.association.high, "says": m.answer.says}
        for m in outcome.more_data
    ]
    return {
        "more data": pd.DataFrame(rows),
        "configurations": outcome.frontier,
        "increments": outcome.increments,
        "acceptability": outcome.acceptability,
        "learning curves": outcome.curves,
        "best of several": outcome.best,
    }
