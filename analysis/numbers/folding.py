"""Typographic variants of digits, signs and blanks as one form each, character by character."""

from __future__ import annotations

import re
import unicodedata

HARD = "\u00a0"
"""The blank that does not break a line: what all special blanks become."""

SAME = {
    "-": "‐‑⁃",
    "−": "﹣－",
    "–": "‒",
    "+": "＋﹢",
    "%": "％﹪",
    ".": "．",
    ",": "，",
    "/": "⁄∕／",
    "'": "’‘ʼ＇",
    "$": "＄﹩",
    "(": "（",
    ")": "）",
    "<": "＜",
    ">": "＞",
    "~": "～",
    " ": "\t\n\r\f\v",
    "·": "‧∙⋅",
}


DOT_TIMES_TEN = re.compile(r"·(?=[ \u00a0]?10[\^⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹])")
"""A dot that multiplies: "3.9 · 10^5"."""


class _Folding(dict[int, int]):
    """Code point → code point, filled as characters are met."""

    def __missing__(self, point: int) -> int:
        sign = chr(point)
        digit = unicodedata.decimal(sign, None)
        if digit is not None:
            folded = ord("0") + digit
        else:
            folded = ord(HARD) if unicodedata.category(sign) == "Zs" and sign != " " else point
        self[point] = folded
        return folded


_FOLDING = _Folding({ord(variant): ord(sign) for sign, variants in SAME.items() for variant in variants})


def fold(text: str) -> str:
    """A text of the same length with one form of every digit, sign and blank."""
    return DOT_TIMES_TEN.sub("×", text.translate(_FOLDING))
