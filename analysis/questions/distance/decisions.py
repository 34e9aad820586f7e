"""Conclusion for each kind of distance: a fall, a rise, neither, or less than it seems."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.questions.distance.deciding import slope
from analysis.questions.distance.design import HOLD
from analysis.questions.distance.models import HEADLINE, by_language
from analysis.questions.distance.rows import (
    LEAST_FAMILIES,
    LEAST_LANGUAGES,
    Slope,
    few_languages_of_families,
)
from analysis.questions.distance.shape import (
    CARRIED,
    Apart,
    Bend,
    bend,
    carried_by,
    families_apart,
    family_apart,
    farthest_off,
)
from analysis.registry.pretraining import PRETRAINING
from analysis.stats.arrays import CannotTellError
from analysis.stats.margins import CONFIDENT, EffectDecision, judged
from analysis.stats.multiplicity import holm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.questions.distance.cells import Cells
    from analysis.questions.distance.rows import DistanceRows

ALPHA = 0.05
ALPHA_SHAPE = 0.025
"""Significance level of an effect that may take a `no` away: one family's slope, a bend; each gets half of `ALPHA`."""
EXPLAINED = 0.5
"""Share of the slope that is left at most where a control explains it."""
KNOWN = 0.75
"""Share of the languages of which a published control must be known to be held constant."""

Verdict = Literal[
    "falls", "rises", "small", "flat", "open", "one family", "opposed", "carried", "one language", "bent",
    "explained", "inseparable", "unadjusted", "squeezed", "untold",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """The conclusion for one kind of distance.

    Attributes:
        kind: of distance.
        verdict: `falls`, `rises`: beyond chance, controls held, in logits too, carried by more than
            one family, along a line. `small`: told from 0, and one that matters excluded. `flat`: a
            fall that matters is excluded. `one family`: the slope is one family's alone; `opposed`: one
            family surely goes the other way; `carried`: it hangs on one family; `one language`: what
            was found is gone without one language. `bent`: not a line. `explained`: gone once the controls are held;
            `inseparable`: neither there nor gone then. `unadjusted`: the controls could not be
            held. `squeezed`: in points and not in logits. `open`, `untold`: the rest.
        slope: what the answer rests on, controls held constant where there are any.
        p_value: of it, Holm over the kinds asked; NaN where there is none.
        plain: without controls; the same where there are none.
        plain_p: of it, Holm likewise.
        logits: the slope of logits, where it was asked for and could be fitted.
        judged: the slope against what matters.
        apart: families with slopes of their own.
        bend: curvature, or None.
        family: the family that carries the slope or goes the other way, or None.
        language: the language that carries what was found, or "".
        held: controls held constant in `slope`.
        tasks: that `slope` rests on.
        collinear: share of the variance of distance between languages that the controls explain.
    """

    kind: str
    verdict: Verdict
    slope: Slope
    p_value: float
    plain: Slope
    plain_p: float
    judged: EffectDecision
    logits: Slope | None = None
    apart: tuple[Apart, ...] = ()
    bend: Bend | None = None
    family: Apart | None = None
    language: str = ""
    held: tuple[str, ...] = ()
    tasks: int = 0
    collinear: float = 0.0

    @property
    def adjusted(self) -> bool:
        """True if controls were held constant."""
        return self.slope is not self.plain


def decisions(found: Cells) -> tuple[Decision, ...]:
    """The decision about every kind of distance that has a column."""
    plain = [_fitted(found, kind) for kind in found.kinds]
    held = [_fitted(found, kind, c) if (c := controls_of(found, kind)) else p for kind, p in zip(
        found.kinds, plain, strict=True)]  # fmt: skip
    deciding = [p if h.because else h for h, p in zip(held, plain, strict=True)]
    p_values, plain_ps = (holm([e.p_value for e in slopes]).tolist() for slopes in (deciding, plain))
    margin = found.design.margin
    return tuple(
        _decided(found, Decision(kind, "open", d, p, plain_slope, plain_p, _judged(d, p, margin)),
                 unadjusted=bool(h.because))
        for kind, d, p, plain_slope, plain_p, h in zip(
            found.kinds, deciding, p_values, plain, plain_ps, held, strict=True)
    )  # fmt: skip


def controls_of(found: Cells, kind: str) -> tuple[str, ...]:
    """Variables held constant: the user's controls, else the pretraining size; and those asked for beside.

    Another script is not held constant beside the distance between scripts.
    """
    known = known_controls(found, kind)
    first = tuple(found.design.controls) or tuple(c for c in known if c == PRETRAINING)
    beside = (c for c in found.hold if c in known and not (kind == "script" and c == HOLD["script"]))
    return (*first, *(c for c in beside if c not in first))


def known_controls(found: Cells, kind: str) -> tuple[str, ...]:
    """The controls that are known of nearly all languages that have this distance."""
    frame = found.targets[found.targets[kind].notna()]
    least = KNOWN * frame["language"].nunique()
    return tuple(c for c in found.controls if frame.loc[frame[c].notna(), "language"].nunique() >= least)


def _fitted(found: Cells, kind: str, controls: Sequence[str] = (), column: str = "raw") -> Slope:
    try:
        rows = found.rows(kind, column, controls)
        if rows.families >= LEAST_FAMILIES + len(rows.held_names):
            return slope(rows)
        because = few_languages_of_families(rows)
    except CannotTellError as error:
        because = error.because
    except np.linalg.LinAlgError:
        because = "the model broke down: its columns cannot be told apart"
    name = f"slope of {found.design.outcome} on {kind} distance"
    unit = f"{'points' if column == 'raw' else 'logits'} per standard deviation of {kind} distance"
    return Slope(name, HEADLINE, unit, level=found.design.level, because=because)


def _judged(slope: Slope, p_value: float, margin: float) -> EffectDecision:
    low, high = slope.interval(CONFIDENT)
    return judged(slope.estimate, p_value, low, high, margin=margin)


def _decided(found: Cells, d: Decision, *, unadjusted: bool) -> Decision:
    if d.slope.because:
        return replace(d, verdict="untold")
    controls, margin = controls_of(found, d.kind) if d.adjusted else (), found.design.margin
    rows = found.rows(d.kind, held=controls)
    d = replace(d, held=rows.held_names, tasks=rows.tasks, collinear=_collinear(rows))
    if d.judged.told and not (d.judged.told < 0 and d.judged.no_fall):
        if unadjusted:
            return replace(d, verdict="unadjusted")
        logits = _fitted(found, d.kind, controls, "logit")
        d = replace(d, logits=None if logits.because else logits)
        if d.logits and not (d.logits.p_value < ALPHA and d.logits.estimate * d.slope.estimate > 0):
            return replace(d, verdict="squeezed")
        return _checked(rows, _shaped(rows, d, margin))
    if d.adjusted and _fell(d, margin):
        gone = abs(d.slope.estimate) < EXPLAINED * abs(d.plain.estimate) or d.slope.estimate * d.plain.estimate < 0
        return replace(d, verdict="explained" if gone else "inseparable")
    return _checked(rows, _flat(rows, d))


def _fell(d: Decision, margin: float) -> bool:
    """True if distance alone, no control held, goes with a fall that may matter."""
    return d.plain_p < ALPHA and d.plain.estimate < 0 and not _judged(d.plain, d.plain_p, margin).no_fall


def _checked(rows: DistanceRows, d: Decision) -> Decision:
    """The decision, unless what was found is gone without the language that lies farthest off."""
    if d.verdict not in {"falls", "one family", "opposed", "bent"} or rows.languages <= LEAST_LANGUAGES:
        return d
    code = farthest_off(rows)
    try:
        left = _left(d, rows.of(rows.language.astype(str) != code))
    except (CannotTellError, np.linalg.LinAlgError):
        return d
    return replace(d, verdict="one language", language=code) if left < CARRIED else d


def _left(d: Decision, others: DistanceRows) -> float:
    """Share of what was found that is left in other rows."""
    if d.verdict == "falls":
        return slope(others).estimate / d.slope.estimate
    if d.verdict == "bent":
        return bend(others, ALPHA).curvature / d.bend.curvature if d.bend else 1.0
    before = d.family
    if before is None:
        return 1.0
    try:
        after = family_apart(others, before.family, before.languages)
    except CannotTellError:
        return 0.0
    return (after.inside - after.outside) / (before.inside - before.outside)


def _shaped(rows: DistanceRows, d: Decision, margin: float) -> Decision:
    """A slope that was found: along a line, and in more than one family?"""
    curve = _bend(rows, ALPHA)
    apart = families_apart(rows)
    family, sure = carried_by(apart, d.slope.estimate, ALPHA)
    d = replace(d, bend=curve, apart=apart, family=family)
    if curve and _turns(curve, ALPHA):
        return replace(d, verdict="bent")
    if family:
        return replace(d, verdict="one family" if sure else "carried")
    against = [a for a in apart if a.inside * d.slope.estimate < 0 and abs(a.inside) >= margin]
    if against := [a for a in against if max(a.p_inside, a.p_differ) < ALPHA_SHAPE]:
        return replace(d, verdict="opposed", family=against[0])
    return replace(d, verdict="falls" if d.slope.estimate < 0 else "rises")


def _flat(rows: DistanceRows, d: Decision) -> Decision:
    """No slope that matters on the whole: perhaps on one side, or in one family."""
    curve = _bend(rows, ALPHA_SHAPE)
    apart = families_apart(rows)
    d = replace(d, bend=curve, apart=apart)
    if curve and curve.p_curved < ALPHA_SHAPE and _one_side_falls(curve, ALPHA_SHAPE):
        return replace(d, verdict="bent")
    alone = [a for a in apart if a.p_differ < ALPHA_SHAPE and a.inside < 0 and a.p_inside < ALPHA_SHAPE]
    if alone:
        return replace(d, verdict="one family", family=alone[0])
    if d.judged.told:
        return replace(d, verdict="small")
    return replace(d, verdict="flat" if d.judged.no_fall else "open")


def _bend(rows: DistanceRows, alpha: float) -> Bend | None:
    try:
        return bend(rows, alpha)
    except (CannotTellError, np.linalg.LinAlgError):
        return None


def _turns(curve: Bend, alpha: float) -> bool:
    """True if the outcome falls on one side of the bend and rises on the other, both beyond chance."""
    return curve.near * curve.far < 0 and max(curve.p_near, curve.p_far, curve.p_curved) < alpha


def _one_side_falls(curve: Bend, alpha: float) -> bool:
    return (curve.near < 0 and curve.p_near < alpha) or (curve.far < 0 and curve.p_far < alpha)


def _collinear(rows: DistanceRows) -> float:
    """R² of distance on the controls, over languages."""
    if not rows.held_names:
        return 0.0
    z = by_language(rows, rows.z[:, None])[:, 0]
    x = np.column_stack([np.ones(len(z)), by_language(rows, rows.controls)])
    found, *_ = np.linalg.lstsq(x, z, rcond=None)
    return float(1 - ((z - x @ found) ** 2).sum() / ((z - z.mean()) ** 2).sum())
