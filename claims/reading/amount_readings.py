"""Sentences with a range or with "10+": the sentences they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.reading.terminals import Terminal

PLAIN_LIMITS = frozenset({"by", "at", "to", ""})
"""Words before a number that a bound may take the place of."""


NEAR = {"just under": "<", "just over": ">"}
"""Words for a number close by, and on which side."""


def range_ends(terminals: Sequence[Terminal]) -> tuple[list[Terminal], list[Terminal]] | None:
    """As in "79–80", "between 79 and 80": the sentence with "at least 79" and with "at most 80".

    None where no number is a range. A range behind another bound, or a second one, makes sentences that are not read.
    """
    near = [i for i, t in enumerate(terminals) if t.type == "LIMIT" and t.value in NEAR]
    places = [i for i, t in enumerate(terminals) if t.token.upper is not None and t.type in {"NUMBER", "COUNT"}]
    if near and not places:
        return _both_said(terminals, near)
    if not places:
        return None
    if len(places) > 1:
        return [], []
    (place,) = places
    before = terminals[place - 1] if place and terminals[place - 1].type == "LIMIT" else None
    if before is not None and before.value not in PLAIN_LIMITS:
        return [], []
    head = list(terminals[: place - 1 if before is not None else place])
    number, rest = terminals[place], list(terminals[place + 1 :])
    low, high = number.token.number, number.token.upper
    if low is None or high is None or low.value >= high.value:
        return [], []
    ends = [
        [*head, replace(number, type="LIMIT", value=bound),
         replace(number, token=replace(number.token, number=end, upper=None)), *rest]
        for bound, end in ((">=", low), ("<=", high))
    ]  # fmt: skip
    return ends[0], ends[1]


def _both_said(terminals: Sequence[Terminal], places: Sequence[int]) -> tuple[list[Terminal], list[Terminal]]:
    """As in "just under 80", "nearly 80": less than 80, and about 80."""
    bounds, about = list(terminals), list(terminals)
    for place in places:
        limit = terminals[place]
        bounds[place] = replace(limit, value=NEAR[limit.value])
        about[place] = replace(limit, value="about")
    return bounds, about


def or_more_readings(terminals: Sequence[Terminal]) -> list[list[Terminal]]:
    """The sentence itself, or, with a "10+" in it, with "at least ten" and with "more than ten"."""
    if not any(t.type == "LIMIT" and t.value == "or more" for t in terminals):
        return [list(terminals)]
    return [
        [replace(t, value=bound) if t.type == "LIMIT" and t.value == "or more" else t for t in terminals]
        for bound in (">=", ">")
    ]
