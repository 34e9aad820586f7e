"""Numbers that sentences state of results: gains in points, and scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from analysis.published.printed import RoundedNumber, quantity
from claims.library.model import Sentence
from claims.self_audit.words import word_lists

NUMBER = re.compile(r"(?<![\w.,\-–])[+\-−]?(?P<digits>\d{1,3}\.\d{1,3})(?![\w.]*\d)(?!\s?(?:million|billion|[MBkK]\b))")
HEDGED = re.compile(
    r"(?:at least|at most|more than|less than|over|above|below|under|about|around|approximately|roughly|nearly|almost|"
    r"up to|~|≈|[<>≤≥]|between|from)\s*[+\-−]?\Z",
    re.IGNORECASE,
)
CITED = re.compile(r"\([^()]*\d{4}[a-z]?[^()]*\)|\[[^\[\]]*\]")
RELATIVE = re.compile(r"\brelative(?:ly)?\b(?!\s+to)", re.IGNORECASE)
NEXT = re.compile(r"\s*,?\s*(?:and|or)\s+[+\-−]?\d")


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
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
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
    unit = re.compile(r"\s*-?\s*(?:absolute\s+|percentage\s+)?(?P<unit>points?|pts?|pp)\b", re.IGNORECASE)
    return after, before, unit


def statements(sentence: Sentence) -> Iterator[SentenceNumber]:
    """The numbers with decimals that a sentence states; ones with a bound or a hedge are left out."""
    text = CITED.sub(lambda found: " " * len(found[0]), sentence.text)
    found = [
        (m, _is_gain(text, m))
        for m in NUMBER.finditer(text)
        if not HEDGED.search(text[max(0, m.start() - 24) : m.start()])
    ]
    told: list[tuple[re.Match[str], bool]] = []
    for n, (number, gain) in enumerate(found):
        if not gain and n + 1 < len(found) and found[n + 1][1] and NEXT.match(text, number.end()):
            gain = True  # "5.9 and 25.5 point gains"
        if not gain and told and told[-1][1] and _lists_on(text, told[-1][0].end(), number.start()):
            gain = True  # "gains of 0.6 F1 for A, 0.7 F1 for B"
        told.append((number, gain))
    relative = bool(RELATIVE.search(text))
    for kind in (True, False):
        same = [number for number, gain in told if gain is kind]
        for n, number in enumerate(same):
            percent = text[number.end() : number.end() + 2].lstrip().startswith("%")
            yield SentenceNumber(sentence, quantity(number["digits"]), kind, n, len(same), relative or percent)


def _is_gain(text: str, found: re.Match[str]) -> bool:
    after, before, unit = _patterns()
    return bool(
        after.match(text, found.end())
        or before.search(text[max(0, found.start() - 90) : found.start()])
        or unit.match(text, found.end())
    )


def _lists_on(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return (
        len(between) < 40
        and "," in between
        and ";" not in between
        and not re.search(r"\b(?:score|to|from|with|of)\b", between)
    )
