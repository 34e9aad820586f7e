"""A report's own confidences as numbers from 0 to 1.

"0.18", "18 %", "0,18", "4/5", "High (0.9)" are numbers; "High" alone is a word and stays one: no
number is invented for it. A number outside 0 to 1 counts only as a percentage: with a percent sign,
or where the column's name says percent.
"""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.numbers import NumberError, parse_number
from claims.phrases import each_phrase

LEVELS = each_phrase(
    "very high|high|moderately high|medium high|moderate|medium|medium low|low|very low|strong|weak|"
    "certain|likely|very likely|unlikely|very unlikely|possible|probable|highly likely"
)
"""Words for a confidence."""

_LONGEST = 60
"""Characters a confidence in figures may have."""

_SHARE = re.compile(r"\s*(?:/|\bout of\b|\bof\b)\s*", re.IGNORECASE)
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
    share = _SHARE.split(bare) if len(bare) <= _LONGEST else []
    if len(share) == 2:
        return _part(_number(share[0]), _number(share[1]))
    if number := _number(bare, units=("", "%")):
        value, unit = number
        percent = unit == "%" or "%" in name or "percent" in name.lower()
        return _part((value, ""), (Decimal(100 if percent else 1), ""))
    if word := _IN_BRACKETS.fullmatch(bare):
        return read_confidence(word.group(1), name=name)
    return None


def says_confidence(raw: str) -> bool:
    """True if a text is a confidence and nothing else: a number from 0 to 1, or a word for a level."""
    return read_confidence(raw) is not None or is_level(raw)


def is_level(raw: str) -> bool:
    """True if a text is a word for a confidence, such as "High"."""
    return raw.strip(_AROUND).lower().replace("-", " ") in LEVELS


_Figure = tuple[Decimal, str]
"""A number and its unit."""


def _number(text: str, units: tuple[str, ...] = ("",)) -> _Figure | None:
    """The unsigned number a text consists of, in figures and one of the units; None for anything else."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    try:
        number = parse_number(text)
    except NumberError:
        return None
    plain = number.relation in {"=", "~"} and number.upper is None and number.plus_minus is None
    return (number.value, number.unit) if plain and not number.signed and number.unit in units else None


def _part(part: _Figure | None, whole: _Figure | None) -> float | None:
    if part is None or whole is None or not whole[0] or not 0 <= part[0] <= whole[0]:
        return None
    return float(part[0]) / float(whole[0])
