"""Numbers that a sentence states against numbers that a table prints: rounding, "about", and scales."""

from __future__ import annotations

import numpy as np

from claims.assertion import Number
from claims.checking.quantities import Quantities
from claims.checking.truths import TRUE, UNKNOWN, Truths, any_of, decided, unknown

ABOUT = 0.05
"""Share by which "about" may miss."""
THOUSAND = 1000
"""From here on a number may be printed in thousands or millions."""
SLACK = 1e-9
"""Share that the arithmetic of floats may miss."""


def against(relation: str, q: Quantities, number: Number, *, scale: float | None, percent: bool = False) -> Truths:
    """Whether numbers stand in a relation to a stated one, on its own scale or on another it may be meant on.

    Args:
        relation: "=", "about", ">", "<", ">=" or "<=".
        q: the numbers.
        number: as stated, with its rounding.
        scale: what the numbers are printed in, 1e6 for millions, 1 where nothing says so; None where no other scale
            than the printed one may be meant.
        percent: whether the line says that its numbers are percentages.
    """
    stated, half = float(number.value), number.half_width
    if scale is None:
        return _on_scale(relation, q, stated, half)
    if scale != 1:
        in_full = _on_scale(relation, q, stated / scale, half / scale)
        return in_full if abs(stated) >= THOUSAND else unknown(np.shape(q.value))
    known = np.abs(q.value[~np.isnan(q.value)])
    biggest = float(known.max()) if known.size else 0.0
    if abs(stated) >= THOUSAND > biggest:
        return unknown(np.shape(q.value))  # the header may leave its thousands or millions unsaid
    if number.unit == "%" and biggest <= 1 and not percent:
        return _of_a_fraction(relation, q, stated, half)
    other = _other_scales(number, biggest)
    return any_of([_on_scale(relation, q, stated * by, half * by) for by in (1.0, *other)])


def _of_a_fraction(relation: str, q: Quantities, stated: float, half: float) -> Truths:
    """A percentage against fractions of one; open where it would hold of the bare number only."""
    meant = _on_scale(relation, q, stated / 100, half / 100)
    bare = _on_scale(relation, q, stated, half)
    return np.where((bare == TRUE) & (meant != TRUE), UNKNOWN, meant).astype(np.int8)


def _on_scale(relation: str, q: Quantities, stated: float, half: float) -> Truths:
    gap, known = q.value - stated, ~np.isnan(q.value)
    slack = SLACK * max(1.0, abs(stated))
    match relation:
        case "=":
            return decided(np.abs(gap) <= half + slack, np.abs(gap) > half + q.half + slack, known)
        case "about":
            share = ABOUT * abs(stated)
            near = (np.abs(gap) <= half + slack) | (np.abs(gap) <= share)
            return decided(near, np.abs(gap) > 2 * share + half + q.half, known)
        case ">":
            return decided(gap > slack, gap < slack, known & (np.abs(gap) > slack))
        case "<":
            return decided(gap < -slack, gap > -slack, known & (np.abs(gap) > slack))
        case ">=":
            return decided(gap >= -slack, gap < -slack, known)
        case "<=":
            return decided(gap <= slack, gap > slack, known)
    return unknown(np.shape(gap))


def _other_scales(stated: Number, biggest: float) -> tuple[float, ...]:
    """Other scales on which a stated number may be meant: a percentage of a fraction, and the reverse."""
    if biggest <= 1 and abs(stated.value) > 1:
        return (0.01,)
    return (100.0,) if abs(stated.value) <= 1 and biggest > 1 and stated.unit != "%" else ()
