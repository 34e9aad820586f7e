"""The sentences about one verdict, and what it hinges on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.questions.distance.decisions import Decision, Verdict
    from analysis.questions.distance.fit import DistanceFit

FAR_APART = 0.5
"""Share of the variance of distance in the controls from which collinearity is said."""


def said(fit: DistanceFit, verdict: Verdict, of: Sequence[Decision]) -> str:
    """A verdict about some kinds of distance, without its numbers."""
    what, kinds = fit.design.outcome, listed([d.kind for d in of])
    held = _held(of[0])
    margin = _points(fit.design.margin)
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


def listed(names: Sequence[str]) -> str:
    """Names as an English list."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _points(number: float) -> str:
    return f"{number:g} point{'s' if number != 1 else ''}"


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
