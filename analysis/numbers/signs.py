"""Reads what stands right before digits: sign, currency, or a part of a name."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.numbers.amounts import GLUE, inside_name

MINUS = "-−–"
BLANKS = " \u00a0"
CURRENCIES = "$€£"


@dataclass(frozen=True, slots=True)
class NumberPrefix:
    """A sign, currency or letter before digits.

    Attributes:
        start: where the number begins with sign and currency.
        sign: 1, -1, or 0 where none is written. currency: its sign, or "".
        joined: whether a dash ties the digits to what stands before it ("79–80").
        doubtful: whether the sign may as well be a dash between phrases ("mBERT - 79.2").
        bare: where the number begins without its sign.
    """

    start: int
    sign: int
    currency: str
    joined: bool
    doubtful: bool
    bare: int


def lead_at(text: str, at: int) -> NumberPrefix | None:
    """Lead of the digits at a place of a folded text; None where they are part of a name."""
    start, currency = _currency(text, at)
    before = text[start - 1 : start]
    if before and before in MINUS + "+":
        return _attached(text, start, currency)
    behind = text[start - 2] if before and before in BLANKS and start > 1 else ""
    if behind == "±":
        return None
    if behind and behind in MINUS + "+":
        return _spaced(text, start, currency)
    return NumberPrefix(start, 0, currency, joined=False, doubtful=False, bare=start) if _free(text, start) else None


def _currency(text: str, at: int) -> tuple[int, str]:
    for back in (1, 2):
        sign = text[at - back] if at >= back else ""
        if sign and sign in CURRENCIES:
            return at - back, sign
        if not sign or sign not in BLANKS:
            break
    return at, ""


def _attached(text: str, start: int, currency: str) -> NumberPrefix | None:
    """A sign that touches the digits."""
    dash, before = text[start - 1], text[start - 2 : start - 1] if start > 1 else ""
    if before and (before.isalnum() or before in "%.)]" + CURRENCIES):
        joins = dash != "+" and (before.isdigit() or before == "%" or before.isalpha())
        return NumberPrefix(start, 0, currency, joined=True, doubtful=False, bare=start) if joins else None
    if before and before in MINUS + "+_":
        return None
    sign = 1 if dash == "+" else -1
    return NumberPrefix(start - 1, sign, currency, joined=False, doubtful=False, bare=start)


def _spaced(text: str, start: int, currency: str) -> NumberPrefix | None:
    """A sign with a blank between it and the digits."""
    dash, before = text[start - 2], text[start - 3 : start - 2] if start > 2 else ""
    if before and before not in BLANKS + "([{|/":
        return NumberPrefix(start, 0, currency, joined=False, doubtful=False, bare=start) if dash == "–" else None
    sign = 1 if dash == "+" else -1
    return NumberPrefix(start - 2, sign, currency, joined=False, doubtful=dash != "−", bare=start)


def _free(text: str, start: int) -> bool:
    """True if nothing before a place makes the digits there part of a name, a ratio or an exponent."""
    if not start:
        return True
    sign, before = text[start - 1], text[start - 2] if start > 1 else ""
    if inside_name(sign):
        return False
    if sign == ":":
        return not before.isdigit()
    if sign == "=":
        return not before.isalnum()
    if sign in ".,'·":
        return not before.isalnum() and sign not in ".·"
    return sign not in GLUE and sign not in "—±"
