"""What a report's own confidences mean, as numbers from 0 to 1.

"0.18", "18 %", "0,18", "4/5", "High (0.9)" are numbers; "High" alone is a word and stays one: no
number is invented for it. A number outside 0 to 1 counts only as a percentage: with a percent sign,
or where the column's name says percent.
"""

from __future__ import annotations

import re

from claims.phrases import each_phrase

LEVELS = each_phrase(
    "very high|high|moderately high|medium high|moderate|medium|medium low|low|very low|strong|weak|"
    "certain|likely|very likely|unlikely|very unlikely|possible|probable|highly likely"
)
"""Words for a confidence."""

_NUMBER = r"\d{0,12}(?:[.,]\d{1,12})?"
_PLAIN = re.compile(rf"[≈~]?\s*(?P<value>{_NUMBER})\s*(?P<percent>%|percent)?", re.IGNORECASE)
_SHARE = re.compile(rf"(?P<part>{_NUMBER})\s*(?:/|out of|of)\s*(?P<whole>{_NUMBER})", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[^()]{0,60}\(([^()]{1,40})\)")
_AROUND = " \t*_`~"


def read_confidence(raw: str, *, name: str = "") -> float | None:
    """A confidence as a number from 0 to 1.

    Args:
        raw: as the report writes it.
        name: the column's name; "Confidence (%)" makes 18 mean 0.18.

    Returns:
        None for a word, for nothing, and for a number that cannot be a confidence.
    """
    bare = raw.strip(_AROUND)
    if share := _SHARE.fullmatch(bare):
        return _part(_number(share["part"]), _number(share["whole"]))
    if plain := _PLAIN.fullmatch(bare):
        percent = plain["percent"] or "%" in name or "percent" in name.lower()
        return _part(_number(plain["value"]), 100.0 if percent else 1.0)
    if word := _IN_BRACKETS.fullmatch(bare):
        return read_confidence(word.group(1), name=name)
    return None


def says_confidence(raw: str) -> bool:
    """Whether a text is a confidence and nothing else: a number from 0 to 1, or a word for a level."""
    return read_confidence(raw) is not None or is_level(raw)


def is_level(raw: str) -> bool:
    """Whether a text is a word for a confidence, such as "High"."""
    return raw.strip(_AROUND).lower().replace("-", " ") in LEVELS


def _number(digits: str) -> float | None:
    return float(digits.replace(",", ".")) if any(sign.isdigit() for sign in digits) else None


def _part(part: float | None, whole: float | None) -> float | None:
    if part is None or not whole or part > whole:
        return None
    return part / whole
