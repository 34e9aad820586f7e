"""Numbers that a sentence states against numbers that a table prints: rounding, "about", and scales."""

from __future__ import annotations

import numpy as np

from claims.assertion import Number
from claims.checking.quantities import Quantities
from claims.checking.truths import Truths, any_of, decided, unknown

ABOUT = 0.05
"""Share by which "about" may miss."""
SLACK = 1e-9
"""Share that the arithmetic of floats may miss."""


def against(relation: str, q: Quantities, number: Number, *, scaled: bool | None) -> Truths:
    """Whether numbers stand in a relation to a stated one, on its own scale or on another it may be meant on.

    Args:
        relation: "=", "about", ">", "<", ">=" or "<=".
        q: the numbers.
        number: as stated, with its rounding.
        scaled: whether the numbers may be in thousands or millions; None where no other scale may be meant.
    """
    stated, half = float(number.value), number.half_width
    scales = (1.0,) if scaled is None else (1.0, *_scales(number, q, scaled=scaled))
    return any_of([_on_scale(relation, q, stated * scale, half * scale) for scale in scales])


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


def _scales(stated: Number, q: Quantities, *, scaled: bool) -> tuple[float, ...]:
    """Other scales on which a stated number may be meant: a percentage of a fraction, and the reverse."""
    if abs(stated.value) >= 1000:
        return (1e-3, 1e-6, 1e-9) if scaled else ()
    biggest = float(np.nanmax(np.abs(q.value))) if not np.isnan(q.value).all() else 0.0
    if biggest <= 1 and (stated.unit == "%" or abs(stated.value) > 1):
        return (0.01,)
    return (100.0,) if abs(stated.value) <= 1 and biggest > 1 and stated.unit != "%" else ()
