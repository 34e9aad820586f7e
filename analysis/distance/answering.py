"""Says in words what an outcome about distance holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from analysis.answer import Answer, Effect, Says
from analysis.distance.correlations import PEARSON, SPEARMAN
from analysis.distance.specification import shares
from analysis.numerics.equivalence import detectable_effect

if TYPE_CHECKING:
    import pandas as pd

    from analysis.distance.asking import DistanceOutcome
    from analysis.distance.rows import Slope

ALPHA = 0.05
NAMED = 3
"""Ways named in a sentence before it says `and … more`."""

CONFIDENT = 0.90
"""Level of the interval that must exclude a slope that matters (two one-sided tests at 5 %)."""


def answer(outcome: DistanceOutcome) -> Answer:
    """The answer, resting on the model with slopes by task and the tree of families.

    `yes`: the outcome falls with some kind of distance (Holm over the kinds asked; in logits too,
    where scores have them) and rises with none. `no`: a fall that matters is excluded for every
    kind that can be told. `mixed`: it falls with some kinds and rises with others. Otherwise
    `cannot-tell`.
    """
    told = [
        (k, e, p) for k, e, p in zip(_kinds(outcome), outcome.headline, outcome.adjusted, strict=True) if not e.because
    ]
    if not told:
        return _answer(outcome, "cannot-tell", f"cannot tell, because {_why_nothing(outcome)}.", told)
    found = [(k, e) for k, e, p in told if p < ALPHA]
    falls = [k for k, e in found if e.estimate < 0 and _in_logits_too(outcome, e)]
    rises = [k for k, e in found if e.estimate > 0 and _in_logits_too(outcome, e)]
    excluded = all(_excludes_fall(e, outcome.matters) for _, e, _ in told)
    says: Says = "cannot-tell"
    if falls:
        says = "mixed" if rises else "yes"
    elif excluded:
        says = "no"
    return _answer(outcome, says, _text(outcome, says, told, falls, rises), told)


Told: TypeAlias = "list[tuple[str, Slope, float]]"


def _kinds(outcome: DistanceOutcome) -> tuple[str, ...]:
    return outcome.cells.kinds


def _question(outcome: DistanceOutcome) -> str:
    sources = sorted(set(outcome.cells.frame["source"])) or ["en"]
    which = f" ({', '.join(sources)})" if len(sources) <= 3 else ""
    return f"Does the {outcome.cells.outcome} fall with the distance of the language from the source language{which}?"


def _why_nothing(outcome: DistanceOutcome) -> str:
    cells = outcome.cells
    if cells.frame.empty:
        if cells.outcome == "gain":
            return "no score in a single language has a baseline without intermediate training"
        return "the table holds no score in a single language of a model with one source language"
    if not outcome.headline:
        return "none of the kinds asked for is in the table of distances"
    reasons = list(dict.fromkeys(e.because for e in outcome.headline))
    return "; ".join(reasons)


def _logits(outcome: DistanceOutcome, slope: Slope) -> Effect | None:
    """The same model of logits, where it could be fitted."""
    same = (e for e in outcome.beside if e.name == slope.name and e.method == slope.method)
    return next((e for e in same if e.unit.startswith("logits") and not e.because), None)


def _in_logits_too(outcome: DistanceOutcome, slope: Slope) -> bool:
    """Whether logits show the same, or there are none: points are squeezed near 100, logits are not."""
    other = _logits(outcome, slope)
    return other is None or (other.p_value < ALPHA and other.estimate * slope.estimate > 0)


def _excludes_fall(slope: Slope, matters: float) -> bool:
    """Whether the 90 % interval lies above −matters."""
    return slope.interval(CONFIDENT)[0] > -matters


def _text(outcome: DistanceOutcome, says: Says, told: Told, falls: list[str], rises: list[str]) -> str:
    what = outcome.cells.outcome
    if says in {"yes", "mixed"}:
        parts = [f"the {what} falls with {_listed(falls)} distance"]
        parts += [f"it rises with {_listed(rises)} distance"] if rises else []
        return f"{'; '.join(parts).capitalize()}: {_numbers(told, [*falls, *rises])}."
    if says == "no":
        also = f" (it rises with {_listed(rises)} distance)" if rises else ""
        return (
            f"A fall of {_points(outcome.matters)} or more per standard deviation of distance is excluded"
            f"{also}: {_numbers(told, [k for k, _, _ in told])}."
        )
    if squeezed := [(k, o) for k, e, p in told if p < ALPHA and (o := _logits(outcome, e)) is not None]:
        others = "; ".join(f"{kind} distance p = {other.p_value:.3f}" for kind, other in squeezed)
        numbers = _numbers(told, [kind for kind, _ in squeezed])
        return f"Cannot tell, because a slope is there in points and not in logits ({others}): {numbers}."
    return (
        f"Cannot tell, because no slope differs from 0 after Holm and a fall of {_points(outcome.matters)} per "
        f"standard deviation is not excluded: {_numbers(told, [k for k, _, _ in told])}."
    )


def _points(number: float) -> str:
    return f"{number:g} point{'s' if number != 1 else ''}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _numbers(told: Told, kinds: list[str]) -> str:
    return "; ".join(
        f"{kind} {e.estimate:+.2f} points per standard deviation ({e.level:.0%} interval {e.low:+.2f} "
        f"to {e.high:+.2f}, p = {e.p_value:.3f}, after Holm {p:.3f})"
        for kind, e, p in told
        if kind in kinds
    )


def _answer(outcome: DistanceOutcome, says: Says, text: str, told: Told) -> Answer:
    cells = outcome.cells
    order = sorted(range(len(outcome.headline)), key=lambda i: np.nan_to_num(outcome.adjusted[i], nan=2.0))
    tables = {
        "cells": cells.frame,
        "required correlation": outcome.required,
        "slopes by task": outcome.slopes,
        "distances": outcome.spreads,
    }
    if len(outcome.curve):
        tables |= {"specifications": outcome.curve, "specification shares": shares(outcome.curve, ("kind",))}
    return Answer(
        question=_question(outcome),
        says=says,
        text=text[0].upper() + text[1:],
        sure=_sure(outcome, told),
        hinges=_hinges(outcome, told),
        effects=(*(outcome.headline[i] for i in order), *outcome.beside),
        left_out=cells.left_out,
        provenance=cells.provenance,
        tables=tables,
    )


def _sure(outcome: DistanceOutcome, told: Told) -> str:
    if not told:
        return "Not at all: no model of the slope could be fitted that answers the question."
    kind, slope, _ = min(told, key=lambda entry: entry[2])
    row = outcome.required[outcome.required["kind"] == kind].iloc[0]
    smallest = detectable_effect(slope.error, slope.df)
    replicated = max(int((outcome.slopes["kind"] == kind).sum()), 1)
    by = "seeds of one task" if outcome.cells.replicated_by == "seed" else "tasks"
    return (
        f"Rests on {slope.n} families ({row['languages']} languages, {replicated} {by}; {slope.method}): "
        f"the smallest slope on {kind} distance found with 80 % power is {smallest:.2f} points per standard deviation; "
        f"a correlation would have to reach {row['required_families']:.2f} over the families "
        f"({row['required_languages']:.2f} over the languages, were they independent; it is {row['correlation']:+.2f})."
    )


def _hinges(outcome: DistanceOutcome, told: Told) -> tuple[str, ...]:
    said: list[str] = []
    if len(outcome.curve) and told:
        said += [
            f"{row['kind']}: of {row['specifications']} specifications {row['falls']:.0%} fall{_significant(row)}"
            for _, row in shares(outcome.curve, ("kind",)).iterrows()
            if row["specifications"]
        ]
    said += _otherwise(outcome, told)
    if told:
        said.append(
            "assumed, not measured: the tree of families and branches with Grafen's branch lengths; "
            "standardised distances; tasks alike in how far they scatter"
        )
    if outcome.cells.seeds == 1:
        said.append("one seed per cell: the chance of a run is counted as chance between tasks and languages")
    if told and outcome.cells.replicated_by == "seed":
        said.append("one task: the answer holds for this task, not for others")
    return tuple(said)


def _significant(row: pd.Series[Any]) -> str:
    """What the specifications with a sound test say."""
    if not row["tested"]:
        return "; none has a sound test"
    return (
        f"; of the {row['tested']} with a sound test {row['falls_significantly']:.0%} fall significantly "
        f"and {row['rises_significantly']:.0%} rise significantly"
    )


def _otherwise(outcome: DistanceOutcome, told: Told) -> list[str]:
    """Other ways to ask the same that come out on the other side of 5 %."""
    said = []
    for kind, slope, _ in told:
        others = [
            f"{_way(e.method, e.unit)} {e.p_value:.3f}"
            for e in sorted(outcome.beside, key=lambda e: e.method != slope.method)
            if e.name == slope.name and not np.isnan(e.p_value) and (e.p_value < ALPHA) != (slope.p_value < ALPHA)
            if e.method not in {PEARSON, SPEARMAN}
        ]
        more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
        if others:
            said.append(f"{kind}: p = {slope.p_value:.3f}, but otherwise with {'; '.join(others[:NAMED])}{more}")
    return said


def _way(method: str, unit: str) -> str:
    return f"{method} of logits" if unit.startswith("logits") else method
