"""Numbers in running text: digits with their written precision, and numbers in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {"hundred": 2, "thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "b": 9, "bn": 9}
DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read from words: its value with written precision, and how many words it took."""

    value: Decimal
    length: int


def read_numeral(words: Sequence[str]) -> Numeral | None:
    """The number at the start of `words` (folded), or None.

    Understands "392,702", "8.2", "1.1 million", "393k", "twenty-one", "eight point two",
    "eight and a half", "half a point". A "one" without its unit is a pronoun as often as a number and is not read.
    """
    if not words:
        return None
    if DIGITS.fullmatch(words[0]):
        return _scaled(Decimal(words[0].replace(",", "")), 1, words)
    return _in_words(words)


def _scaled(value: Decimal, length: int, words: Sequence[str]) -> Numeral:
    while length < len(words) and words[length] in SCALES:
        value = value.scaleb(SCALES[words[length]])
        length += 1
    return Numeral(value, length)


def _in_words(words: Sequence[str]) -> Numeral | None:
    if list(words[:3]) == ["half", "a", "point"]:
        return Numeral(Decimal("0.5"), 2)
    whole = _cardinal(words)
    if whole is None:
        return None
    rest = words[whole.length :]
    if rest[:1] == ["point"] and len(rest) > 1 and UNITS.get(rest[1], 10) < 10:
        digits = ""
        for word in rest[1:]:
            if UNITS.get(word, 10) > 9:
                break
            digits += str(UNITS[word])
        return _scaled(Decimal(f"{whole.value}.{digits}"), whole.length + 1 + len(digits), words)
    if list(rest[:3]) == ["and", "a", "half"]:
        return Numeral(whole.value + Decimal("0.5"), whole.length + 3)
    if list(words[: whole.length]) == ["one"]:
        return whole if list(words[1:2]) in (["point"], ["percentage"]) else None
    return whole


def _cardinal(words: Sequence[str]) -> Numeral | None:
    """A whole number in words: "three hundred ninety-two thousand seven hundred and two"."""
    total, group, length = 0, 0, 0
    for i, word in enumerate(words):
        if word in UNITS and (group % 100 == 0 or (group % 10 == 0 and 0 < UNITS[word] < 10)):
            group += UNITS[word]
        elif word in TENS and group % 100 == 0:
            group += TENS[word]
        elif word == "hundred" and 0 < group < 10:
            group *= 100
        elif word in BIG and group:
            total, group = total + group * BIG[word], 0
        elif word == "and" and i == length and words[i - 1] in {"hundred", "thousand"} and words[i + 1 : i + 2]:
            if words[i + 1] not in UNITS and words[i + 1] not in TENS:
                break
            continue
        else:
            break
        length = i + 1
    return Numeral(Decimal(total + group), length) if length else None


BIG = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
