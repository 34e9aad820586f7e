"""The answer on linguistic distance, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.answer import Answer, Says
from analysis.questions.distance.correlations import PEARSON, SPEARMAN
from analysis.questions.distance.deciding import THIS_RUN
from analysis.questions.distance.decisions import ALPHA
from analysis.questions.distance.specification import shares
from analysis.stats.equivalence import detectable_effect
from analysis.wording import counted, listed, p_text, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.questions.distance.decisions import Decision, Verdict
    from analysis.questions.distance.fit import DistanceFit

NAMED = 3
"""Ways named in a sentence before it says `and … more`."""
NUMBERS = 2
"""Kinds whose numbers stand in a sentence."""
HIDING = 0.2
"""Share of scores at an end of the scale that may hide a fall, from which the others do not show that there is none."""


def report(fit: DistanceFit) -> Answer:
    """The answer, resting on the model with slopes by task, the tree of families and the controls.

    `yes`: the outcome falls with some kind of distance (Holm over the kinds asked; controls held
    constant; in logits too, where scores have them; not in one family alone; not on one side
    alone) and rises with none. `no`: a fall that matters is excluded for every kind that can be
    told, or explained by a control. `mixed`: it falls with some kinds and rises with others, in one
    family only, or not along a line. Otherwise `cannot-tell`.
    """
    told = [d for d in fit.decisions if d.verdict != "untold"]
    if not told:
        return _answer(fit, "cannot-tell", f"cannot tell, because {_why_nothing(fit)}.", told)
    says = _says(fit, told)
    return _answer(fit, says, _text(fit, says, told), told)


def _says(fit: DistanceFit, told: Sequence[Decision]) -> Says:
    verdicts = {d.verdict for d in told}
    if "falls" in verdicts:
        return "mixed" if "rises" in verdicts else "yes"
    if verdicts & {"one family", "opposed", "bent"}:
        return "mixed"
    hidden = fit.cells.hiding > HIDING
    return "no" if all(_excluded(d) for d in told) and not hidden else "cannot-tell"


def _excluded(d: Decision) -> bool:
    """True if a fall that matters is excluded."""
    return d.verdict in {"flat", "small", "rises"} or (d.verdict == "explained" and d.judged.no_fall)


def _question(fit: DistanceFit) -> str:
    sources = sorted(set(fit.cells.frame["source"])) or ["en"]
    which = f" ({', '.join(sources)})" if len(sources) <= 3 else ""
    return f"Does the {fit.design.outcome} fall with the distance of the language from the source language{which}?"


def _why_nothing(fit: DistanceFit) -> str:
    cells = fit.cells
    if cells.frame.empty:
        if cells.aside:
            return "every score stands at chance or at the top of its scale"
        if fit.design.outcome == "gain":
            why = "no score in a single language has a baseline without intermediate training"
            return f"{why} (of the scores themselves: --outcome score)"
        return "the table holds no score in a single language of a model with one source language"
    if not fit.decisions:
        return "none of the kinds asked for is in the table of distances"
    return "; ".join(dict.fromkeys(d.slope.because for d in fit.decisions))


def _text(fit: DistanceFit, says: Says, told: Sequence[Decision]) -> str:
    """Findings kind by kind, those first that the answer rests on."""
    order = ("falls", "one family", "opposed", "bent", "rises", "explained", "inseparable", "unadjusted", "squeezed",
             "carried", "one language", "small", "flat", "open")  # fmt: skip
    first = {"no": ("explained", "small", "flat", "rises")}.get(says, order)
    parts = []
    for verdict in (*first, *(v for v in order if v not in first)):
        of = [d for d in told if d.verdict == verdict]
        if of and not (says == "yes" and verdict in {"flat", "small", "open"}):
            parts.append(f"{said(fit, verdict, of)}: {_numbers(of)}.")
    opening = _opening(fit, told) if says == "cannot-tell" else ""
    parts[0] = f"{opening}{parts[0]}" if opening else parts[0][0].upper() + parts[0][1:]
    return " ".join([parts[0], *(p[0].upper() + p[1:] for p in parts[1:])])


def _opening(fit: DistanceFit, told: Sequence[Decision]) -> str:
    if not all(_excluded(d) for d in told):
        return "Cannot tell: "
    share = fit.cells.hiding
    return f"Cannot tell, because {share:.0%} of the scores stand where a fall could not show; among the others "


def _numbers(of: Sequence[Decision]) -> str:
    """The numbers of the surest kinds, and how many more there are."""
    known = [
        f"{d.kind} {d.slope.estimate:+.2f} points per standard deviation ({d.slope.low:+.2f} to {d.slope.high:+.2f}"
        f"{f', p after Holm {p_text(d.p_value)}' if d.p_value != d.slope.p_value else ''})"
        for d in sorted(of, key=lambda d: d.slope.p_value)
    ]
    more = len(known) - NUMBERS
    return "; ".join(known[:NUMBERS]) + (f"; and {more} more" if more > 0 else "")


def _answer(fit: DistanceFit, says: Says, text: str, told: Sequence[Decision]) -> Answer:
    order = sorted(range(len(fit.headline)), key=lambda i: np.nan_to_num(fit.adjusted[i], nan=2.0))
    tables = {
        "cells": fit.cells.frame,
        "required correlation": fit.required,
        "slopes by task": fit.slopes,
        "distances": fit.spreads,
    }
    if len(fit.curve):
        tables |= {"specifications": fit.curve, "specification shares": shares(fit.curve, ("kind",))}
    return fit.as_answer(
        _question(fit),
        says,
        text[0].upper() + text[1:],
        _sure(fit, told),
        hinges=_hinges(fit, told),
        effects=(*(fit.headline[i] for i in order), *fit.beside),
        tables=tables,
    )


def _sure(fit: DistanceFit, told: Sequence[Decision]) -> str:
    if not told:
        return "Not at all: no model of the slope could be fitted that answers the question."
    best = min(told, key=lambda d: d.p_value)
    kind, slope = best.kind, best.slope
    row = fit.required[fit.required["kind"] == kind].iloc[0]
    smallest = detectable_effect(slope.error, slope.df)
    replicated = best.tasks
    by = "seeds of one task" if fit.cells.replicated_by == "seed" else "tasks" if replicated > 1 else "task"
    return (
        f"Rests on {counted(slope.n, 'family')} "
        f"({counted(row['languages'], 'language')}, {replicated} {by}; {slope.method}): "
        f"the smallest slope on {kind} distance found with 80 % power is {smallest:.2f} points per standard deviation; "
        f"a correlation would have to reach {row['required_families']:.2f} over the families "
        f"({row['required_languages']:.2f} over the languages, were they independent; it is {row['correlation']:+.2f})."
    )


def _hinges(fit: DistanceFit, told: Sequence[Decision]) -> tuple[str, ...]:
    found: list[str] = []
    if any(THIS_RUN.partition("(")[0] in d.slope.method for d in told):
        found.append("one run: the answer speaks of this run; what its languages differ by carries the uncertainty")
    if told and fit.cells.replicated_by == "seed":
        found.append("one task: the answer holds for this task, not for others")
    surest = sorted(told, key=lambda d: np.nan_to_num(min(d.plain_p, d.p_value), nan=2.0))
    found += [hinge for d in surest for hinge in hinges_of(d)]
    if len(fit.curve) and told:
        found += [
            f"{row['kind']}: of {row['specifications']} specifications {row['falls']:.0%} fall{_significant(row)}"
            for _, row in shares(fit.curve, ("kind",)).iterrows()
            if row["specifications"]
        ]
    found += [fit.without_curve] if fit.without_curve else []
    found += _otherwise(fit, told)
    if fit.cells.seeds == 1:
        found.append("one seed per cell: the chance of a run is counted as chance between tasks and languages")
    if told:
        found.append(
            "assumed, not measured: the tree of families and branches with Grafen's branch lengths; "
            "standardised distances; tasks alike in how far they scatter"
        )
    return tuple(found)


def _significant(row: pd.Series[Any]) -> str:
    """Summary of the specifications with a sound test."""
    if not row["tested"]:
        return "; none has a sound test"
    return (
        f"; of the {row['tested']} with a sound test {row['falls_significantly']:.0%} fall significantly "
        f"and {row['rises_significantly']:.0%} rise significantly"
    )


def _otherwise(fit: DistanceFit, told: Sequence[Decision]) -> list[str]:
    """Other ways to ask the same that come out on the other side of 5 %."""
    said = []
    for d in told:
        kind, slope = d.kind, d.slope
        others = [
            f"{_way(e.method, e.unit)} {p_text(e.p_value)}"
            for e in sorted(fit.beside, key=lambda e: e.method != slope.method)
            if e.name == slope.name and not np.isnan(e.p_value) and (e.p_value < ALPHA) != (slope.p_value < ALPHA)
            if e.method not in {PEARSON, SPEARMAN}
        ]
        if others:
            said.append(f"{kind}: p {p_text(slope.p_value)}, but otherwise with {some(others, NAMED, '; ')}")
    return said


def _way(method: str, unit: str) -> str:
    return f"{method} of logits" if unit.startswith("logits") else method


FAR_APART = 0.5
"""Share of the variance of distance in the controls from which collinearity is said."""


def said(fit: DistanceFit, verdict: Verdict, of: Sequence[Decision]) -> str:
    """A verdict about some kinds of distance, without its numbers."""
    what, kinds = fit.design.outcome, listed([d.kind for d in of])
    held = _held(of[0])
    margin = counted(fit.design.margin, "point")
    sentences: dict[Verdict, str] = {
        "falls": f"the {what} falls with {kinds} distance{held}",
        "rises": f"the {what} rises with {kinds} distance{held}",
        "one family": f"the {what} falls with {kinds} distance {_family(of[0])}",
        "opposed": f"the {what} {'falls' if of[0].slope.estimate < 0 else 'rises'} with {kinds} distance on the whole "
        f"and goes the other way {_family(of[0]).replace(' only', '')}",
        "one language": f"what is seen of {kinds} distance hangs on one language: without {of[0].language} it is gone",
        "carried": f"the slope on {kinds} distance hangs on {of[0].family.family if of[0].family else 'one family'}",
        "bent": f"the {what} changes with {kinds} distance, but not along a line{_bend(of[0])}",
        "explained": f"a fall with {kinds} distance is explained by {_names(of[0])}: with it held constant "
        f"{'a fall that matters is excluded' if of[0].judged.no_fall else 'less than half of it is left'}",
        "inseparable": f"a fall with {kinds} distance {_blurred(of[0])}",
        "unadjusted": f"a slope on {kinds} distance is there, but {_names(of[0]) or 'the controls'} could not be held "
        "constant with so few families or languages",
        "squeezed": f"a slope on {kinds} distance is there in points and not in logits",
        "small": f"there is a slope on {kinds} distance, and a fall of {margin} or more per standard deviation of "
        f"distance is excluded{held}",
        "flat": f"a fall of {margin} or more per standard deviation of {kinds} distance is excluded{held}",
        "open": f"no slope on {kinds} distance differs from 0{_holm(fit)} and a fall of {margin} per standard "
        f"deviation is not excluded{held}",
    }
    return sentences[verdict]


def _holm(fit: DistanceFit) -> str:
    return " after Holm" if len(fit.decisions) > 1 else ""


def _blurred(d: Decision) -> str:
    if d.collinear > FAR_APART:
        return f"cannot be told apart from {_names(d)}, which goes with it"
    return f"is not told from 0 with {_names(d)} held constant"


def hinges_of(d: Decision) -> list[str]:
    """Sensitivity of one kind's verdict."""
    found = []
    if d.held and not d.plain.because:
        found.append(
            f"{d.kind}: {_names(d)} held constant; without that {d.plain.estimate:+.2f} "
            f"[{d.plain.low:+.2f}, {d.plain.high:+.2f}]"
        )
    if d.collinear > FAR_APART:
        found.append(
            f"{d.kind}: {_names(d)} goes with {d.collinear:.0%} of the variance of distance, which widens the "
            f"interval {(1 - d.collinear) ** -0.5:.1f} times"
        )
    if d.verdict in {"falls", "rises"} and d.apart:
        most = max(d.apart, key=lambda a: a.languages)
        found.append(f"{d.kind}: {most.outside:+.2f} outside {most.family}, {most.inside:+.2f} within it")
    return found


def _names(d: Decision) -> str:
    return listed(d.held) if d.held else ""


def _held(d: Decision) -> str:
    return f" with {_names(d)} held constant" if d.held else ""


def _family(d: Decision) -> str:
    if d.family is None:
        return "in one family only"
    a = d.family
    return f"in {a.family} only ({a.inside:+.2f} points within it, {a.outside:+.2f} in the other families)"


def _bend(d: Decision) -> str:
    b = d.bend
    if b is None:
        return ""
    return (
        f" ({b.near:+.2f} points per standard deviation up to {b.at:+.1f} standard deviations from the mean distance, "
        f"{b.far:+.2f} beyond)"
    )
