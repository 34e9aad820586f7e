"""The signs around a number in digits: ranges, "10+", and numbers glued to something that is not understood."""

from __future__ import annotations

import re
from decimal import Decimal

DASHES = "-–—−"
BEFORE = frozenset("([<>=≥≤~≈+*_\"'“‘`%") | frozenset(DASHES)
"""What may touch a number from the left."""
AFTER = frozenset(".,;:)]?!%*_\"'”’`+") | frozenset(DASHES)
"""What may touch a number from the right."""
UPPER = re.compile(rf"\s?[{DASHES}]\s?(\d+(?:,\d{{3}})*(?:\.\d+)?)(?![\d.,]*\d)(?!\w*-)")
JOINED = re.compile(r"\s+and\s+(\d+(?:,\d{3})*(?:\.\d+)?)(?![\d.,]*\d)")
THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")


def glued(sentence: str, start: int, end: int) -> bool:
    """Whether a number is part of something longer: "79,2", "79·2", "76.6/60.8", "3.93e5", ".792"."""
    before, after = sentence[start - 1 : start], sentence[end : end + 1]
    if before and not before.isspace() and before not in BEFORE:
        return True
    if after and not after.isspace() and after not in AFTER:
        return True
    beyond = sentence[end + 1 : end + 2]
    return after in {",", ".", "'", "’", ":"} and beyond.isdigit()


def upper_end(sentence: str, end: int) -> tuple[Decimal, int] | None:
    """As in "79–80": the upper end of a range that starts with the number before, and where it ends."""
    match = UPPER.match(sentence, end)
    if match is None or match.group()[0].isspace() != match.group()[: match.start(1) - end][-1].isspace():
        return None
    return Decimal(match.group(1).replace(",", "")), match.end()


def joined_end(sentence: str, end: int) -> tuple[Decimal, int] | None:
    """As in "between 79 and 80": the upper end, and where it ends."""
    match = JOINED.match(sentence, end)
    return None if match is None else (Decimal(match.group(1).replace(",", "")), match.end())


def or_more(sentence: str, end: int) -> bool:
    """As in "10+", which may mean at least ten or more than ten."""
    return sentence[end : end + 1] == "+" and not sentence[end + 1 : end + 2].isalnum()
