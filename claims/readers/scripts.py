"""Raised and lowered text put on the line: footnote marks are dropped, ordinals and powers are kept.

A raised figure behind a number is nearly always the mark of a footnote, and never a digit of that
number. Where it may be an exponent as well ("10" with a raised 6), a gap is left, for neither
reading is sure.
"""

from __future__ import annotations

import re

from claims.readers.controls import GAP

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_UP = str.maketrans({plain: sign for sign, plain in _RAISED.items()})
_PLAIN = str.maketrans(_RAISED | _LOWERED)
_RUN = re.compile(f"(?P<raised>[{''.join(_RAISED)}]+)|(?P<lowered>[{''.join(_LOWERED)}]+)")

_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_TRADE = frozenset(("tm", "sm", "®", "©", "™", "℠"))
_ONE_MARK = r"(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4}|[*∗⋆★†‡§¶‖#◦]{1,4})"
_FOOTNOTE = re.compile(rf"[\[(]?{_ONE_MARK}(?:\s?[,;–-]?\s?{_ONE_MARK}){{0,5}}[\])]?")
_EXPONENT = re.compile(r"[-−+]?\d{1,3}")
_TIMES_TEN = re.compile(r"[×·⋅*x]\s?10\Z")
_MAY_BE_RAISED = re.compile(r"(?<![\w.,])(?:10|2|e)\Z")
_VARIABLE = re.compile(r"(?<![^\W\d_])(?<![-’'])[^\W\d_]\Z")
_WIDEST = 40
"""Characters before a raised text that can tell what it is."""


def raised(before: str, inside: str) -> str:
    """The text that replaces raised text.

    Args:
        before: the text in front of it.
        inside: the raised text.

    Returns:
        "" for the mark of a footnote, the text itself for an ordinal or a name ("4th", "ANLI+"),
        an exponent behind "×10" as "^6" and behind a variable as "²", else a gap.
    """
    base, inside = before[-_WIDEST:].rstrip(), inside.strip()
    if not inside or inside.lower() in _TRADE:
        return ""
    if inside.startswith("±"):
        return f" {inside}"
    if inside.lower() in _ORDINALS and base[-1:].isdigit():
        return inside
    if inside in {"+", "-", "++"} and base[-1:].isalpha():
        return inside
    if _EXPONENT.fullmatch(inside) and (power := _power(base, inside)):
        return power
    return "" if _FOOTNOTE.fullmatch(inside) else GAP


def _power(base: str, exponent: str) -> str:
    """An exponent as it is to be read; "" where it can be none."""
    if _TIMES_TEN.search(base):
        return "^" + exponent
    if _VARIABLE.search(base) and base[-1] != "e":
        return exponent.replace("−", "-").translate(_UP)
    return GAP if _MAY_BE_RAISED.search(base) or not exponent.isdigit() else ""


def lowered(before: str, inside: str) -> str:
    """The text that replaces lowered text: the same behind letters ("F1", "BERT base"), a gap behind a number."""
    inside = inside.strip()
    if not inside:
        return ""
    if inside.startswith("±"):
        return f" {inside}"
    if not before[-1:].isalpha() or not inside.isalnum():
        return GAP
    return inside if inside.isdecimal() else f" {inside}"


def level(text: str) -> str:
    """A text with the raised and lowered figures of Unicode put on the line or taken out."""

    def one(found: re.Match[str]) -> str:
        before, inside = text[max(0, found.start() - _WIDEST) : found.start()], found.group().translate(_PLAIN)
        return raised(before, inside) if found["raised"] else lowered(before, inside)

    return _RUN.sub(one, text)
