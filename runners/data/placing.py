"""Places of answers in their context, found again where a copy of a data set has moved them.

The hub's copy of TyDiQA strips its contexts and leaves the offsets as they were, so that every answer behind
leading blanks stands a few characters too far left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

REACH = 64
"""Characters from the stated place within which an answer is looked for: blanks that were stripped are few, while
the same words far away may be another answer."""

NOWHERE = -1
"""The place of an answer that does not stand in its context where it should: it can be scored, not learnt."""

Answers = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PlacedAnswers:
    """Gold answers in their places.

    Attributes:
        answers: (text, first character in the context), or `NOWHERE`.
        moved: how many were found elsewhere than stated. lost: how many were not found.
    """

    answers: Answers
    moved: int
    lost: int


def placed(context: str, answers: Answers) -> PlacedAnswers:
    """Answers where they are, or at the nearest place within `REACH` that holds the same words.

    Of two places as near, the left one: what copies strip stands in front.
    """
    places = [_place(context, text, start) for text, start in answers]
    moved = sum(place not in {NOWHERE, start} for place, (_, start) in zip(places, answers, strict=True))
    found = tuple(dict.fromkeys((text, place) for (text, _), place in zip(answers, places, strict=True)))
    return PlacedAnswers(found, moved, places.count(NOWHERE))


def _place(context: str, text: str, start: int) -> int:
    if start >= 0 and context.startswith(text, start):
        return start
    near = _places(context, text, max(0, start - REACH), start + REACH + len(text))
    return min(near, key=lambda place: (abs(place - start), place), default=NOWHERE)


def _places(context: str, text: str, begin: int, end: int) -> Iterator[int]:
    while (begin := context.find(text, begin, end)) >= 0:
        yield begin
        begin += 1
