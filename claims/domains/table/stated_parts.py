"""Plain sentences for one number of a sentence as the value of its names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.domains.table.axes import AXES
from claims.domains.table.part_filling import ComparedNames, PartSaid, filled
from claims.domains.table.part_words import PartForms, part_forms, part_words
from claims.domains.table.spoken_names import SpokenName, SpokenNames
from claims.language.kept import DIGIT, rewording_words
from claims.language.rewording import joined
from claims.language.stance import bearing

YEAR = re.compile(r"(?:19|20)\d\d[a-z]?")
SIGNS = "-+−<>~≈"


def stated_parts(names: SpokenNames, group: PartForms) -> Iterator[PartSaid]:
    """The plain sentences for clauses with a single number that is a value, and no other comparison."""
    superlative = {word for form in part_forms() if not form.rival for word in form.words}
    for start, end in names.clauses():
        numbers = [i for i in range(start, end) if _is_value(names, i)]
        if len(numbers) != 1 or bearing(names.tokens, start, end, names.named):
            continue
        first, last = _number(names, numbers[0])
        rest = names.said(start, first) | names.said(last, end)
        reached = part_words().moving if first and _reaches(names, first) else frozenset()
        if rest & (rewording_words().comparing - superlative - reached):
            continue
        for axis in AXES:
            own = _narrowest([one for one in names.rivals(axis) if start <= one.start < end])
            if len(own) == 1 and names.is_compared(axis):
                number = joined(names.tokens[first:last])
                yield from filled(names, group.forms, ComparedNames({"A": own[0]}, axis, first, number), frozenset())


def bracketed_parts(names: SpokenNames, group: PartForms) -> Iterator[PartSaid]:
    """The plain sentences for a number in brackets behind a name: "BERT (76.5%)"."""
    for axis in AXES:
        for one in names.rivals(axis) if names.is_compared(axis) else ():
            opened = one.end
            if names.said(opened, opened + 1) != {"("} or not _digits(names, opened + 1):
                continue
            _, last = _number(names, opened + 1)
            number = joined(names.tokens[opened + 1 : last])
            closed = names.said(last, last + 1) == {")"} and not YEAR.fullmatch(number)
            if closed and not bearing(names.tokens, opened, opened, names.named):
                yield from filled(names, group.forms, ComparedNames({"A": one}, axis, one.start, number), frozenset())


def difference(names: SpokenNames, start: int, end: int) -> str:
    """The difference stated in a clause, as written: "by 2.1 points"; "" where there is none."""
    for place in range(start, end):
        if _digits(names, place):
            first, last = _number(names, place)
            unit = {"points", "point"} & names.said(last, last + 1)
            if unit or (first and names.tokens[first - 1].folded == "by"):
                return joined(names.tokens[first : last + bool(unit)])
    return ""


def _narrowest(own: list[SpokenName]) -> list[SpokenName]:
    """The name that stands for fewest lines, of several that may be one line; else all names."""
    if len(own) > 1 and frozenset.intersection(*(one.lines for one in own)):
        return [min(own, key=lambda one: len(one.lines))]
    return own


def _number(names: SpokenNames, place: int) -> tuple[int, int]:
    """A number as written, with its sign, its unit and the words that bound it: its first token, and the next."""
    tokens, first, last = names.tokens, place, place + 1
    while first and ((tokens[first].glued and tokens[first - 1].folded in SIGNS) or _bounds(names, first - 1)):
        first -= 1
    while last < len(tokens) and tokens[last].glued and tokens[last].folded not in ".,;:()":
        last += 1
    return first, last


def _bounds(names: SpokenNames, place: int) -> bool:
    return names.tokens[place].folded in part_words().near_number and place not in names.named


def _digits(names: SpokenNames, place: int) -> bool:
    return place < len(names.tokens) and bool(DIGIT.search(names.tokens[place].text)) and place not in names.named


def _reaches(names: SpokenNames, first: int) -> bool:
    """True if a number, with the words that bound it, is the end of a change: "improves to 80"."""
    return names.tokens[first - 1].folded == "to"


def _is_value(names: SpokenNames, place: int) -> bool:
    """True if a number stands where a value does: behind "of", "is" or "achieves", and counts nothing."""
    if not _digits(names, place):
        return False
    first, last = _number(names, place)
    lead = names.tokens[first - 1].folded if first else ""
    counted = next(iter(names.said(last, last + 1)), "")
    counts = counted.isalpha() and counted not in rewording_words().little | {"points", "percent"}
    return lead in part_words().leads_value and (lead in part_words().links or not counts)
