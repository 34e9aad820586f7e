"""Digits with scale, unit and spread, as they stand at one place of a text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from analysis.numbers.lexicon import forms, one_of, table
from analysis.numbers.literals import Literal, literal_at
from analysis.numbers.number import Convention

SPREAD = re.compile(r"[ \u00a0]?(?P<open>[([]?)[ \u00a0]?(?:±|\+/[-−]|\+[-−])[ \u00a0]?(?=[.\d])")
SUBSCRIPT = re.compile(r"[ \u00a0]?_\{[ \u00a0]?(?:±[ \u00a0]?)?(?=\d*\.\d)")
CLOSING = {"(": ")", "[": "]"}
DECADE = re.compile(r"(?:\b(?:the|mid|early|late)[ \u00a0-]|'|\b[12]\d)\d0\Z", re.IGNORECASE)
GLUE = frozenset("_^@#=°′″:\\×∗")
"""Signs that make a number part of something else when they touch it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An unsigned number read at a place.

    Attributes:
        value, half_width: scaled. end: where the text goes on.
        unit: canonical. scale: power of ten of the scale that was written ("k" is 3).
        plus_minus: what follows ±, scaled.
    """

    value: Decimal
    half_width: Decimal
    end: int
    unit: str = ""
    scale: int = 0
    plus_minus: Decimal | None = None


def amounts_at(text: str, at: int, convention: Convention | None = None, *, blanks: bool = True) -> tuple[Amount, ...]:
    """All readings of the digits at a place, the longest first; none where they belong to a name.

    Args:
        text: folded.
        at: where the digits begin.
        convention: how the column writes numbers; None for running text.
        blanks: whether plain blanks may part thousands.
    """
    literal = literal_at(text, at, convention, blanks=blanks)
    if literal is None:
        return ()
    readings = [_measured(text, literal, *suffix) for suffix in suffixes(text, literal.end)]
    return tuple(reading for reading in readings if reading is not None and ends_at(text, reading.end))


def suffixes(text: str, at: int) -> list[tuple[int, str, int]]:
    """Readings of what follows digits as (scale, unit, end), the longest first."""
    scaled = _patterns()["scale"].match(text, at)
    scale, after, found = 0, at, []
    if scaled is not None:
        written = scaled["short"] or scaled["spaced"]
        scale = table("scales")[written] if written else table("scale_words")[scaled["word"].lower()]
        after = scaled.end()
    unit = _unit(text, after)
    if unit is not None:
        name, end, optional = unit
        found.append((scale, name, end))
        if optional:
            found.append((scale, "", after))
    else:
        found.append((scale, "", after))
    if scaled is not None and scaled["spaced"]:
        found.append((0, "", at))
    return found


def ends_at(text: str, at: int) -> bool:
    """True if a number can end at a place, rather than go on as a name, a version or a rate."""
    sign, following = text[at : at + 1], text[at + 1 : at + 2]
    if not sign:
        return True
    if inside_name(sign):
        return False
    if sign in ".,'·":
        return not following.isalnum() or (sign == "," and following.isalpha())
    if sign == ":":
        return not following.isdigit()
    if sign in "-−":
        return not following.isalpha()
    if sign == "/":
        return not following.isalpha()
    return sign not in GLUE


def inside_name(sign: str) -> bool:
    """True if a character next to a digit makes it part of a name: letters, digits, joiners."""
    return sign.isalnum() or sign == "_" or unicodedata.category(sign) in {"Cf", "Cs", "Co", "Mn", "No"}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    short, words = one_of(table("scales")), one_of(table("scale_words"))
    scale = rf"(?:(?P<short>{short})|[ \u00a0](?P<spaced>{short})|[ \u00a0-]?(?P<word>(?i:{words})))(?![\w])"
    return {
        "scale": re.compile(scale),
        "attached": re.compile(rf"{one_of(forms('units', 'attached_units'))}(?!\w)"),
        "short": re.compile(rf"[ \u00a0]?{one_of(forms('units'))}(?!\w)"),
        "word": re.compile(rf"[ \u00a0]?(?i:{one_of(forms('unit_words'))})(?!\w)"),
        "noun": re.compile(rf"[ \u00a0](?i:{one_of(forms('noun_units'))})(?!\w)"),
        "hyphened": re.compile(rf"-(?i:{one_of(forms('hyphened_units'))})(?!\w)"),
    }


UNIT_TABLES = (
    ("word", ("unit_words",)),
    ("attached", ("units", "attached_units")),
    ("short", ("units",)),
    ("hyphened", ("hyphened_units",)),
    ("noun", ("noun_units",)),
)


def _unit(text: str, at: int) -> tuple[str, int, bool] | None:
    """The unit at a place, its end, and whether the number may be read without it."""
    for kind, names in UNIT_TABLES:
        found = _patterns()[kind].match(text, at)
        if found is None or _is_decade(text, at, found[0]):
            continue
        form = found[0].strip(" \u00a0").replace("\u00a0", " ")
        form = form.removeprefix("-") if kind == "hyphened" else form
        known = forms(*names)
        return known[form if form in known else form.lower()], found.end(), kind == "noun"
    return None


def _is_decade(text: str, at: int, form: str) -> bool:
    """True if an "s" makes a decade of the digits before it ("the 90s", "1980s")."""
    return form == "s" and DECADE.search(text[max(0, at - 8) : at]) is not None


def _measured(text: str, literal: Literal, scale: int, unit: str, end: int) -> Amount | None:
    amount = Amount(literal.value(scale), literal.half_width(scale), end, unit, scale)
    opened = SUBSCRIPT.match(text, end) or SPREAD.match(text, end)
    if opened is None:
        return amount
    closing = "}" if opened.re is SUBSCRIPT else CLOSING.get(opened["open"], "")
    spread = literal_at(text, opened.end(), None, blanks=False)
    if spread is None:
        return None
    own, own_unit, at = suffixes(text, spread.end)[0]
    if scale and own != scale:
        return None  # "10k ± 200" may be 200 or 200k
    if own_unit and unit not in {"", own_unit}:
        return None
    if closing:
        at += len(text[at : at + 2]) - len(text[at : at + 2].lstrip(" \u00a0"))
        if text[at : at + 1] != closing:
            return None
        at += 1
        if not own_unit:
            _, own_unit, at = suffixes(text, at)[0] if not unit else (0, "", at)
    return _spread(amount, literal, spread, own or scale, unit or own_unit, at)


def _spread(amount: Amount, literal: Literal, spread: Literal, scale: int, unit: str, end: int) -> Amount:
    return replace(
        amount,
        value=literal.value(scale),
        half_width=literal.half_width(scale),
        plus_minus=spread.value(scale),
        unit=unit,
        scale=scale,
        end=end,
    )
