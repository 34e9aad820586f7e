"""Numbers that a sentence states against numbers that a table prints: rounding, "about", and scales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claims.assertion import StatedNumber
from claims.checking.quantities import Quantities
from claims.checking.truths import TRUE, UNKNOWN, Truths, decided, unknown

ABOUT = 0.05
"""Share by which "about" may miss."""
THOUSAND = 1000
"""From here on a number may be printed in thousands or millions."""
PRECISE = 0.005
"""Half a unit of the last digit of a fraction that is written to two places."""
HALF = 0.5
"""Half a unit of a whole number: 1 is no fraction, and 1.0 may be."""
SLACK = 1e-9
"""Share that the arithmetic of floats may miss."""


@dataclass(frozen=True, slots=True)
class PrintedScale:
    """How the numbers are printed that a stated one is held against.

    Attributes:
        scale: what they are printed in, 1e6 for millions, 1 where nothing says so.
        span: the smallest and the largest number of their lines; None where no other scale than the printed one may
            be meant, because the lines are of times, sizes or counts.
        gap: whether the stated number is a difference of them. percent: whether the line says that they are
            percentages. share: whether they are shares, which are printed as fractions or as percentages.
        other: whether they measure something else that is known by name.
    """

    scale: float = 1.0
    span: tuple[float, float] | None = None
    gap: bool = False
    percent: bool = False
    share: bool = False
    other: bool = False


PLAIN = PrintedScale()


def against(
    relation: str, q: Quantities, number: StatedNumber, printed: PrintedScale = PLAIN, size: float = 1.0
) -> Truths:
    """Whether numbers stand in a relation to a stated one, on their own scale or on another it may be meant on.

    Args:
        relation: "=", "about", ">", "<", ">=" or "<=".
        q: the numbers.
        number: as stated, with its rounding.
        printed: how the numbers are printed.
        size: what one of the stated unit is in the unit of the numbers.
    """
    stated, half = float(number.value) * size, number.half_width * size
    bare = _on_scale(relation, q, stated, half)
    if printed.scale != 1:
        in_full = _on_scale(relation, q, stated / printed.scale, half / printed.scale)
        if abs(stated) < THOUSAND:
            return unknown(np.shape(q.value))
        return np.where((bare == TRUE) & (in_full != TRUE), UNKNOWN, in_full).astype(np.int8)
    if size == 1 and number.unit in ("", "%") and not printed.gap and _may_be_in_thousands(q, stated):
        return unknown(np.shape(q.value))
    by = _other_scale(number, printed)
    if by is None or stated == 0:
        return bare
    scaled = _on_scale(relation, q, stated * by, half * by)
    return _on_either(relation, number, printed, bare, scaled, fraction=by > 1)


def as_multiple(relation: str, q: Quantities, number: StatedNumber) -> Truths:
    """Whether quotients are a stated multiple; "twice" is open from where 5 % are missing to where it rounds away."""
    stated, half = float(number.value), number.half_width
    truth = _on_scale(relation, q, stated, half)
    gap = np.abs(q.value - stated)
    with np.errstate(invalid="ignore"):
        loose = gap > ABOUT * stated if _equal(relation) else gap <= q.half
    return np.where((truth == TRUE) & loose if _equal(relation) else loose, UNKNOWN, truth).astype(np.int8)


def _may_be_in_thousands(q: Quantities, stated: float) -> bool:
    """Whether a header may leave the thousands or millions of its numbers unsaid."""
    known = np.abs(q.value[~np.isnan(q.value)])
    return abs(stated) >= THOUSAND > (float(known.max()) if known.size else 0.0)


def _other_scale(stated: StatedNumber, printed: PrintedScale) -> float | None:
    """What turns a percentage into a fraction, or the reverse, where a stated number may be meant so."""
    if printed.span is None:
        return None
    low, high = printed.span
    value = abs(stated.value)
    if low >= 0 and high <= 1 and not printed.percent:
        return 0.01 if stated.unit == "%" or value > 1 or (printed.gap and printed.share) else None
    return 100.0 if low > 1 and high <= 100 and _is_fraction(stated) and stated.unit != "%" else None


def _is_fraction(stated: StatedNumber) -> bool:
    return 0 < stated.value < 1 or (stated.value == 1 and stated.half_width < HALF)


def _on_either(
    relation: str, number: StatedNumber, printed: PrintedScale, bare: Truths, scaled: Truths, *, fraction: bool
) -> Truths:
    """The truth where a number may be meant on either scale: open where that decides, unless one is surely meant.

    A gap in a table of percentages is one in points; between shares 0.5 may be half a point or half of all.
    """
    above = abs(number.value) > 1 or (printed.gap and abs(number.value) == 1)
    if number.unit == "%" or (printed.share and above and not fraction):
        open_ = _equal(relation) & (bare == TRUE) & (scaled != TRUE)  # no share is above one
        return np.where(open_, UNKNOWN, scaled).astype(np.int8)
    if not _equal(relation):
        plain = printed.other or (printed.gap and fraction)
        return bare if plain else np.where(bare == scaled, bare, UNKNOWN).astype(np.int8)
    precise = number.half_width <= PRECISE and printed.share and not printed.gap
    return np.where((bare != TRUE) & (scaled == TRUE), TRUE if precise else UNKNOWN, bare).astype(np.int8)


def _equal(relation: str) -> bool:
    return relation in ("=", "about")


def _on_scale(relation: str, q: Quantities, stated: float, half: float) -> Truths:
    gap, known = q.value - stated, ~np.isnan(q.value)
    slack = SLACK * max(1.0, abs(stated))
    match relation:
        case "=" if stated == 0:
            return decided(np.abs(gap) <= slack, np.abs(gap) > half + q.half + slack, known)
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
