"""Sentences in marked order → the same in plain order: clefts, and exceptions that stand before the clause."""

from __future__ import annotations

import re

CLEFT = re.compile(r"\s*it (?:is|was) (?!not\b)(.+?) (?:that|which|who) (.+?)\s*(\.?)\s*", re.IGNORECASE)
RIVAL = re.compile(r"(?P<first>[^,]+), not (?P<second>[^,]+),?")
"""As in "It is A, not B, that scores higher": what is in front, and what it is set against."""
EXCEPTION = re.compile(
    r"\s*(?:except for|apart from|with the exception of|aside from|other than|save for) (?P<names>[^,]+), (?P<rest>.+)",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:every|all|each|no|none of the)\b(?: (?:of the|the|single|individual|intermediate|target|other|\w+))??"
    r"(?: (?:single|individual|intermediate|target|training|nine))*[ -](?:tasks?|targets?|datasets?)\b",
    re.IGNORECASE,
)
"""What an exception can be taken from."""


def plain_orders(sentence: str) -> tuple[str, ...]:
    """The plain orders of a sentence; none where its order is plain already or where nobody can tell."""
    return (*_uncleft(sentence), *_with_exception_inside(sentence))


def _uncleft(sentence: str) -> tuple[str, ...]:
    """As in "It is on XNLI that A gains 3 points": "on XNLI, A gains …", "A gains 3 points on XNLI"."""
    match = CLEFT.fullmatch(sentence)
    if match is None:
        return ()
    focus, rest, stop = match.groups()
    rival = RIVAL.fullmatch(focus)
    if rival is not None:
        return (f"{rival['first']} {rest} than {rival['second']}{stop}",)
    return (f"{focus} {rest}{stop}", f"{focus}, {rest}{stop}", f"{rest} {focus}{stop}")


def _with_exception_inside(sentence: str) -> tuple[str, ...]:
    """As in "Apart from T, A improves every target": "A improves every target except T"."""
    match = EXCEPTION.fullmatch(sentence)
    if match is None:
        return ()
    rest = match["rest"]
    places = list(COUNTED.finditer(rest))
    if len(places) != 1:
        return ()
    end = places[0].end()
    return (f"{rest[:end]} except {match['names']}{rest[end:]}",)
