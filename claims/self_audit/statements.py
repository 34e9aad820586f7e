"""Numbers that sentences state of results: gains in points, and scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from analysis.numbers import Number, scan_numbers
from analysis.published.printed import RoundedNumber
from claims.library.model import Sentence
from claims.self_audit.view import word_lists

CITED = re.compile(r"\([^()]*\d{4}[a-z]?[^()]*\)|\[[^\[\]]*\]")
RELATIVE = re.compile(r"\brelative(?:ly)?\b(?!\s+to)", re.IGNORECASE)
ABSOLUTE = re.compile(r"\s*-?\s*(?:absolute|percentage)\s+(?:points?|pts?|pp)\b", re.IGNORECASE)
NEXT = re.compile(r"\s*,?\s*(?:and|or)\s+[+\-−]?\d")

MOST_PLACES = 3
LEAST_COUNT = 1000
"""From here on a number counts something; results lie below."""


@dataclass(frozen=True, slots=True)
class SentenceNumber:
    """A number that a sentence states.

    Attributes:
        number: with the interval of its digits. gain: whether it is a difference, not a score.
        order: which of the sentence's numbers of its kind it is, from 0. count: how many those are.
        relative: whether the difference may be one of shares of a score rather than of points.
    """

    sentence: Sentence
    number: RoundedNumber
    gain: bool
    order: int
    count: int
    relative: bool


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = word_lists()["stated"]
    stems = "|".join(sorted((*lists["gain"], *lists["loss"]), key=len, reverse=True))
    units = "|".join(sorted(map(re.escape, lists["units"]), key=len, reverse=True))
    after = re.compile(
        rf"\s*(?:-|\s)?(?:absolute\s+|percentage\s+)?(?:{units})?(?:-|\s+)?(?:absolute\s+|average\s+)?(?:{stems})\w*",
        re.IGNORECASE,
    )
    before = re.compile(
        rf"\b(?:(?:{stems})\w*\s+(?:of|by)|by|\b(?:{stems})\w*(?:\s+[\w-]+){{0,8}}\s+by)(?:\s+an?)?\s*[+\-−]?\Z",
        re.IGNORECASE,
    )
    return after, before


def statements(sentence: Sentence) -> Iterator[SentenceNumber]:
    """The numbers with decimals that a sentence states; ones with a bound or a hedge are left out."""
    text = CITED.sub(lambda found: " " * len(found[0]), sentence.text)
    found = [(*number, _is_gain(text, *number)) for number in _exact(text)]
    told: list[tuple[int, int, Number, bool]] = []
    for n, (start, end, number, gain) in enumerate(found):
        shared = n + 1 < len(found) and found[n + 1][-1] and NEXT.match(text, end)  # "5.9 and 25.5 point gains"
        listed = told and told[-1][-1] and _lists_on(text, told[-1][1], start)  # "gains of 0.6 F1 for A, 0.7 F1 for B"
        told.append((start, end, number, bool(gain or shared or listed)))
    relative = bool(RELATIVE.search(text))
    for kind in (True, False):
        same = [number for _, _, number, gain in told if gain is kind]
        for n, number in enumerate(same):
            rounded = RoundedNumber(abs(number.value), number.half_width)
            yield SentenceNumber(sentence, rounded, kind, n, len(same), relative or number.unit == "%")


def _exact(text: str) -> Iterator[tuple[int, int, Number]]:
    """Where numbers of one to three decimals stand that nothing hedges or bounds; each with its unit."""
    read = list(scan_numbers(text))
    hedged = [(a, b, n) for a, b, n in read if n.relation != "=" or n.near or n.reached or n.upper is not None]
    longest = {
        start: (start, end, n)
        for start, end, n in sorted(read, key=lambda one: one[1])
        if n.upper is None and n.relation == "="
    }
    for start, end, number in longest.values():
        places = number.value.as_tuple().exponent
        bound = any(a <= start and end <= b and n.value == number.value for a, b, n in hedged)
        if isinstance(places, int) and -MOST_PLACES <= places < 0 and abs(number.value) < LEAST_COUNT and not bound:
            yield start, end, number


def _is_gain(text: str, start: int, end: int, number: Number) -> bool:
    after, before = _patterns()
    points = number.unit == "points" or ABSOLUTE.match(text, end)
    return bool(points or after.match(text, end) or before.search(text[max(0, start - 90) : start]))


def _lists_on(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return (
        len(between) < 40
        and "," in between
        and ";" not in between
        and not re.search(r"\b(?:score|to|from|with|of)\b", between)
    )
