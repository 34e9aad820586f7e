"""Claims that one thing goes with another, decided by the models of `analysis`, never by a glance at a table.

An axis names the question: how an outcome goes with linguistic distance, with the amount of data,
with the order of intermediate tasks, with the language of their data, or whether the tasks' order
differs between families. What the answer hinges on, and the specification curve where there is one,
are part of the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Literal, TypeAlias

from analysis.answer import Answer, Effect
from analysis.stats.margins import CONFIDENT
from analysis.wording import counted
from claims.assertion import BASELINE_RUN, Associated, Fold, Gain, Run, Score, Trend
from claims.checking.outcome import ComputedQuantity, Outcome
from claims.rewriting import nodes
from claims.verdict import Truth

if TYPE_CHECKING:
    import pandas as pd

    from analysis.questions.cost import MoreData
    from claims.checking.measuring import TermEvaluator

SEED = 0
"""Random seed of the resampling, so that the same table gives the same verdict."""
SLIGHT = 0.2
"""Points per standard deviation of distance: a claim that names no size is refuted only where the
interval holds no fall (or rise) as slight as this."""
ENOUGH = 6
"""Effects shown with a verdict; the whole set is what `claimgauge analyze` prints."""


@dataclass(frozen=True, slots=True)
class ModelEvidence:
    """The evidence of the fitted statistical models on a trend or association.

    Attributes:
        truth: of the claim. text: the reason. answers: of the models, with effects and sensitivity.
        shares: shares of the specification curve; empty where none was computed.
    """

    truth: Truth
    text: str
    answers: tuple[Answer, ...]
    shares: tuple[ComputedQuantity, ...] = ()


Decide: TypeAlias = Callable[[str], ModelEvidence]
"""From a direction ("rising", "falling", or "any" for an association) to the evidence of the fitted models on it."""

Fit: TypeAlias = "Callable[[pd.DataFrame, bool, bool], Decide]"
"""From the rows that a term speaks of, every language and size, whether it is a gain, and whether the
specification curve is wanted, to fitted models."""


def check_association(formula: Trend | Associated, measure: TermEvaluator) -> Outcome:
    """The outcome of a trend or association in one setting."""
    how = AXES.get(formula.axis)
    if how is None:
        known = ", ".join(AXES)
        return Outcome("untestable", f"no model here tells how scores go with {formula.axis} (known: {known})")
    table = _rows(formula, measure)
    if table.empty:
        missing = measure.quantity(formula.term).missing
        reason = f"no results are at hand from which an association with {_axis(formula.axis)} could be estimated"
        return Outcome("missing" if missing else "untestable", reason, missing=missing)
    direction = formula.direction if isinstance(formula, Trend) else "any"
    gains = any(isinstance(n, Gain) for n in nodes(formula.term))
    key = (formula.axis, gains, measure.setting, tuple(table.index))
    fitted = measure.evidence.associations
    if key not in fitted:
        fitted[key] = how(table, gains, measure.evidence.specifications)
    found = fitted[key](direction)
    hinges = tuple(dict.fromkeys(h for a in found.answers for h in a.hinges))
    return Outcome(
        found.truth,
        found.text.rstrip("."),
        reckoned=(*(_reckoned(e, table) for a in found.answers for e in a.effects[:ENOUGH]), *found.shares),
        notes=tuple(f"it hinges on this: {hinge.rstrip('.')}" for hinge in hinges[:3]),
    )


def _rows(formula: Trend | Associated, measure: TermEvaluator) -> pd.DataFrame:
    """The rows of the setting for the runs and targets that the term names."""
    table = measure.evidence.table_of(measure.setting)
    if table.empty:
        return table
    bound = {n.variable: measure.members(n.domain, n.body) for n in nodes(formula.term) if isinstance(n, Fold)}
    runs: set[str] = set()
    targets: set[str] = set()
    for node in nodes(formula.term):
        if isinstance(node, Run):
            runs |= set(bound.get(node.task, (node.task,)))
        if isinstance(node, Score | Gain):
            targets |= set(bound.get(node.target, (node.target,)))
    every = formula.axis in {"order", "order_under_perturbation", "family"}
    runs = {run for name in runs for run in ([name] if not every else table["intermediate"].astype(str).unique())}
    if any(isinstance(node, Gain) for node in nodes(formula.term)):
        runs |= {BASELINE_RUN}
    kept = table["intermediate"].astype(str).isin(runs) & table["target"].astype(str).isin(targets)
    return table[kept]


def _axis(name: str) -> str:
    return name.replace("_", " ")


def _reckoned(effect: Effect, table: pd.DataFrame) -> ComputedQuantity:
    kinds = ", ".join(sorted(table["provenance"].astype(str).unique()))
    source = f"estimated from {counted(len(table), 'score')} ({kinds})"
    resting = f"; {effect.n} {effect.n_of}" if effect.n else ""
    what = f"{effect.name} ({effect.method}; {effect.unit}{resting})"
    value: float | str = f"cannot tell, because {effect.because}" if effect.because else effect.estimate
    low, high = (None, None) if effect.because or isnan(effect.low) else (effect.low, effect.high)
    return ComputedQuantity(what, value, low, high, max(effect.n, 1), source=source, provenance="derived")


# -------------------------------------------------------------------------------- the questions


def _by_distance(table: pd.DataFrame, gains: bool, specifications: bool) -> Decide:
    from analysis.questions import distance

    design = distance.DistanceDesign(
        outcome="gain" if gains else "score", seed=SEED, specifications=specifications, beside=specifications
    )
    found = distance.fit(table, design)
    answer = distance.report(found)
    told = [d for d in found.decisions if d.verdict != "untold"]
    falls = any(d.verdict == "falls" or (d.verdict == "small" and d.judged.told < 0) for d in told)
    rises = any(d.verdict == "rises" or (d.verdict == "small" and d.judged.told > 0) for d in told)
    partly = not (falls or rises) and any(d.verdict in {"one family", "bent"} for d in told)
    plain = bool(told) and all(d.verdict in {"flat", "small", "falls", "rises"} for d in told)
    ends = [d.slope.interval(CONFIDENT) for d in told]
    no_fall = plain and all(low > -SLIGHT for low, _ in ends)
    no_rise = plain and all(high < SLIGHT for _, high in ends)

    def decide(direction: str) -> ModelEvidence:
        truth = _directed(direction, rises, falls, no_rise=no_rise, no_fall=no_fall)
        truth = ("open" if direction == "rising" else "mixed") if partly else truth
        return ModelEvidence(truth, answer.text, (answer,), _curve(found.curve))

    return decide


def _directed(direction: str, rises: bool, falls: bool, *, no_rise: bool, no_fall: bool) -> Truth:
    """The truth of "it rises", "it falls" or "it goes with" from what was shown and what was excluded."""
    if direction == "any":
        return "true" if rises or falls else "false" if no_rise and no_fall else "open"
    here, there = (rises, falls) if direction == "rising" else (falls, rises)
    excluded = no_rise if direction == "rising" else no_fall
    if here and there:
        return "mixed"
    if here:
        return "true"
    return "false" if there or excluded else "open"


def _curve(curve: pd.DataFrame) -> tuple[ComputedQuantity, ...]:
    """The specification curve in two numbers."""
    from analysis.questions.distance.specification import shares

    if curve.empty or curve["p_value"].isna().all():
        return ()
    counted = shares(curve).iloc[0]
    source = f"{int(counted['tested'])} ways to specify the model with a sound test (claimgauge plot specification)"
    return tuple(
        ComputedQuantity(f"share of specifications with a significant {word}",
            float(counted[f"{column}_significantly"]),
                 source=source, provenance="derived")
        for word, column in (("fall", "falls"), ("rise", "rises"))
    )  # fmt: skip


def _by_data(data: Literal["target", "intermediate"]) -> Fit:
    def fit(table: pd.DataFrame, *_: bool) -> Decide:
        from analysis.questions.cost import CostDesign, more_data_helps

        trends = more_data_helps(table, CostDesign(seed=SEED), data)
        return lambda direction: _over_targets(trends, direction, data)

    return fit


def _over_targets(trends: Sequence[MoreData], direction: str, data: str) -> ModelEvidence:
    if not trends:
        return ModelEvidence("open", f"no target has runs with different numbers of {data} examples", ())
    truths: list[Truth] = []
    for trend in trends:
        sign = trend.slope.sign
        no_rise = trend.answer.says == "no" and sign <= 0
        truths.append(_directed(direction, sign > 0, sign < 0, no_rise=no_rise, no_fall=no_rise and sign >= 0))
    truth: Truth = truths[0] if len(set(truths)) == 1 else "mixed" if {"true", "false"} <= set(truths) else "open"
    answers = tuple(trend.answer for trend in trends)
    return ModelEvidence(truth, "; ".join(answer.text.rstrip(".") for answer in answers), answers)


SAID: Mapping[str, Truth] = {"yes": "true", "no": "false", "mixed": "mixed", "cannot-tell": "open"}
OPPOSITE: Mapping[str, Truth] = {"yes": "false", "no": "true", "mixed": "mixed", "cannot-tell": "open"}


def _by_family(table: pd.DataFrame, *_: bool) -> Decide:
    from analysis.questions import hierarchy

    same = hierarchy.answers(hierarchy.fit(table, hierarchy.HierarchyDesign(seed=SEED)))[1]
    return lambda _: ModelEvidence(OPPOSITE[same.says], same.text, (same,))


def _by_order(part: int) -> Fit:
    def fit(table: pd.DataFrame, *_: bool) -> Decide:
        from analysis.questions import order

        answer = order.answers(order.fit(table, order.OrderDesign(seed=SEED)))[part]
        return lambda _: ModelEvidence(SAID[answer.says], answer.text, (answer,))

    return fit


AXES: Mapping[str, Fit] = {
    "distance": _by_distance,
    "target_examples": _by_data("target"),
    "intermediate_examples": _by_data("intermediate"),
    "family": _by_family,
    "order": _by_order(0),
    "order_under_perturbation": _by_order(1),
}
"""Axis of an assertion → the question it asks."""
