"""Every number of a sentence with its place, in all readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from analysis.numbers import relations
from analysis.numbers.amounts import Amount, amounts_at
from analysis.numbers.folding import fold
from analysis.numbers.lexicon import table
from analysis.numbers.literals import RUN, blanks_may_group
from analysis.numbers.number import EXACT, Number, NumberError
from analysis.numbers.signs import NumberPrefix, lead_at
from analysis.numbers.spelled import spelled

Spans = tuple[tuple[int, int, Number], ...]

BETWEEN = re.compile(r"[-−–—]|[ \u00a0][-−–—][ \u00a0]|[ \u00a0]to[ \u00a0]", re.IGNORECASE)
AND = re.compile(r"[ \u00a0]and[ \u00a0]", re.IGNORECASE)
BETWEEN_WORD = re.compile(r"(?<![\w-])between[ \u00a0]\Z", re.IGNORECASE)
KEPT = 512
"""Texts whose numbers are kept: a sentence is asked for them by several."""
NOUNS_AFTER = 3
"""Words after a number among which the thing it counts is looked for."""


@dataclass(frozen=True, slots=True)
class _NumberCandidate:
    """One number of the text before ranges and relations.

    Attributes:
        start, end: of its longest reading. readings: (start, end, number), the longest first.
        scale: power of ten that was written. joined: whether a dash or slash ties it to what precedes.
    """

    start: int
    end: int
    readings: tuple[tuple[int, int, Number], ...]
    scale: int = 0
    joined: bool = False


def parse_number(text: str) -> Number:
    """The one number that a text consists of.

    Raises:
        NumberError: the text is no number, or more than one.
    """
    bare = text.strip()
    whole = [number for start, end, number in scan_numbers(bare) if (start, end) == (0, len(bare))]
    if len(whole) == 1:
        return whole[0]
    shown = ascii(text[:60]) if not text.isprintable() else repr(text[:60])
    raise NumberError(
        "number", f"{shown} is not one number; write it like 79.2, 392,702, 88k, 14 %, 79.2 ± 0.3 or 79–80"
    )


@lru_cache(maxsize=KEPT)
def scan_numbers(text: str) -> Spans:
    """Every number of a sentence with the place of its characters, in all readings.

    A relation, a range and a unit make longer readings beside the bare one: "at least 80 points" gives
    ">= 80 points", ">= 80", "80 points" and "80". A sign of relation or a minus is never left out, and
    the ends of "79–80" are no numbers of their own. Digits in names, ordinals, numbers of more than 30
    digits and exponents beyond ±60 give none.

    Returns:
        (start, end, number) in the order of the text, the longest first.
    """
    folded = fold(text)
    found = sorted([*_in_digits(folded), *_in_words(folded)], key=lambda item: item.start)
    spans: set[tuple[int, int, Number]] = set()
    ahead: dict[int, relations.Bound | None] = {}
    for item, ranges in _with_ranges(folded, _untied(found)):
        for start, end, number in (*item, *ranges):
            if start not in ahead:
                ahead[start] = relations.before(folded, start)
            spans.update(_related(folded, start, end, number, ahead[start]))
    ordered = sorted(spans, key=lambda span: (span[0], -span[1], span[2].value, span[2].relation))
    return tuple((start, end, number.read_from(text[start:end])) for start, end, number in ordered)


def _in_digits(text: str) -> Iterator[_NumberCandidate]:
    at = 0
    while (run := RUN.search(text, at)) is not None:
        at = run.end()
        lead = lead_at(text, run.start())
        if lead is None:
            continue
        amounts = amounts_at(text, run.start())
        apart = amounts_at(text, run.start(), blanks=False) if blanks_may_group(text, run.start()) else amounts
        if amounts:
            every = amounts if apart is amounts else (*amounts, *apart)
            readings = [reading for amount in every for reading in _signed(text, lead, amount)]
            joined = lead.joined or text[lead.start - 1 : lead.start] == "/"
            end = max(end for _, end, _ in readings) if readings else run.end()
            if readings:
                yield _NumberCandidate(lead.start, end, tuple(dict.fromkeys(readings)), amounts[0].scale, joined)
            if amounts == apart:
                at = max(at, end)


def _in_words(text: str) -> Iterator[_NumberCandidate]:
    for readings in spelled(text):
        numbers = tuple((r.start, r.end, Number(r.value, r.half_width, unit=r.unit)) for r in readings)
        yield _NumberCandidate(numbers[0][0], numbers[0][1], numbers)


def _signed(text: str, lead: NumberPrefix, amount: Amount) -> Iterator[tuple[int, int, Number]]:
    """A number with what stands before it; both readings where its sign may be a dash."""
    if lead.currency and amount.unit:
        return
    number = Number(amount.value, amount.half_width, plus_minus=amount.plus_minus, unit=lead.currency or amount.unit)
    if lead.sign:
        yield lead.start, amount.end, replace(number, value=negated(number.value, lead.sign), signed=True)
    if not lead.sign or lead.doubtful:
        yield lead.bare, amount.end, number
    if not lead.sign and (other := _thousands(text, lead, amount)) is not None:
        yield lead.bare, amount.end, other


def negated(value: Decimal, sign: int) -> Decimal:
    """A value under a sign of 1 or -1; a zero stays without one."""
    return value.copy_negate() if sign < 0 and value else value


def _thousands(text: str, lead: NumberPrefix, amount: Amount) -> Number | None:
    """The second reading of "392.702 examples": a point that parts thousands."""
    digits = re.fullmatch(r"([1-9]\d{0,2})\.(\d{3})", text[lead.bare : amount.end])
    if digits is None:
        return None
    following = re.findall(r"[A-Za-z]+", text[amount.end : amount.end + 60])[:NOUNS_AFTER]
    if not any(word.lower() in table("counted") for word in following):
        return None
    return Number(Decimal(digits[1] + digits[2]), Decimal("0.5"))


def _untied(found: Sequence[_NumberCandidate]) -> list[_NumberCandidate]:
    """Drops numbers that a dash or slash joins to a name, or to a number that is dropped."""
    kept: list[_NumberCandidate] = []
    for item in found:
        if item.joined:
            before = kept[-1] if kept else None
            if before is None or before.end != item.start - 1:
                continue
        kept.append(item)
    return kept


def _with_ranges(text: str, found: Sequence[_NumberCandidate]) -> Iterator[tuple[Spans, Spans]]:
    """The readings of each number, and the range it opens; ends tied by a dash are no numbers alone."""
    tied = [item.joined and text[item.start - 1] != "/" for item in found] + [False]
    for i, item in enumerate(found):
        ranges: list[tuple[int, int, Number]] = []
        chained = tied[i] or (tied[i + 1] and i + 2 < len(found) and tied[i + 2])
        if i + 1 < len(found) and not chained:
            ranges += _range(text, item, found[i + 1])
        alone = () if tied[i] or tied[i + 1] else item.readings
        yield alone, tuple(ranges)


def _range(text: str, first: _NumberCandidate, second: _NumberCandidate) -> Iterator[tuple[int, int, Number]]:
    """The range between two numbers next to each other."""
    for start, end, low in first.readings:
        for begin, stop, high in second.readings:
            gap = text[end:begin] if 0 < begin - end < 8 else ""
            opening = BETWEEN_WORD.search(text[max(0, start - 12) : start]) if AND.fullmatch(gap) else None
            if not BETWEEN.fullmatch(gap) and opening is None:
                continue
            number = ranged(low, high, first.scale, second.scale)
            if number is not None:
                yield start - (len(opening[0]) if opening else 0), stop, number


def ranged(low: Number, high: Number, low_scale: int = 0, high_scale: int = 0) -> Number | None:
    """The range of two numbers; None where they cannot be its ends.

    The unit and the scale of the second hold for the first too ("10–12k" is ten to twelve thousand).
    """
    if low.plus_minus is not None or high.plus_minus is not None:
        return None
    if low.unit and low.unit != high.unit:
        return None
    value, half = low.value, low.half_width
    if high_scale and not low_scale:
        value, half = value.scaleb(high_scale, EXACT), half.scaleb(high_scale, EXACT)
    if value >= high.value or (high.signed and not low.signed and high.value < 0):
        return None
    width = max(half, high.half_width)
    return Number(value, width, upper=high.value, unit=high.unit, signed=low.signed)


def _related(
    text: str, start: int, end: int, number: Number, ahead: relations.Bound | None
) -> Iterator[tuple[int, int, Number]]:
    """A number alone and with the relations written around it."""
    behind = relations.after(text, end)
    if number.upper is not None or number.plus_minus is not None:
        ahead = ahead if ahead is not None and (ahead.relation == "~" or ahead.sign) else None
        behind = None
        if ahead is not None and ahead.relation != "~":
            return
    signs = [bound for bound in (ahead, behind) if bound is not None and bound.sign]
    if not signs:
        yield start, end, number
    if ahead is not None and not (behind is not None and behind.sign):
        bound = replace(number, relation=ahead.relation, near=ahead.near, reached=ahead.reached)
        yield ahead.at, end, bound
    if behind is not None and not (ahead is not None and ahead.sign):
        yield start, behind.at, replace(number, relation=behind.relation)
