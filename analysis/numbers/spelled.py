"""Numbers in words: "twenty-one", "three hundred thousand", "eight point two", "three quarters"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from analysis.numbers.amounts import GLUE, inside_name, suffixes
from analysis.numbers.lexicon import one_of, table

WORD = re.compile(r"[A-Za-z]+")
HALF = Decimal("0.5")
FRACTION_PLACES = Decimal("0.001")
FRACTION_HALF_WIDTH = Decimal("0.005")
"""A fraction in words is meant to about the hundredth: 0.66 and 0.67 are both two thirds."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words; attributes as `Amount`, with its start."""

    start: int
    end: int
    value: Decimal
    half_width: Decimal
    unit: str = ""


def spelled(text: str) -> Iterator[tuple[Spelled, ...]]:
    """The readings of each number in words of a folded text, in order, the longest first."""
    if text.isascii() and _starts().isdisjoint(WORD.findall(text.lower())):
        return
    for chain in _chain().finditer(text):
        before = text[chain.start() - 1 : chain.start()]
        if before and (inside_name(before) or before in GLUE or before in "-−–'/.+"):
            continue
        at = 0
        words = [(word[0].lower(), word.start(), word.end()) for word in WORD.finditer(chain[0])]
        while at < len(words):
            number = _number([word for word, _, _ in words[at:]])
            if number is None:
                at += 1
                continue
            value, half_width, length = number
            start = chain.start() + words[at][1]
            end = chain.start() + words[at + length - 1][2]
            at += length
            if readings := tuple(_measured(text, start, end, value, half_width)):
                yield readings


def _measured(text: str, start: int, end: int, value: Decimal, half_width: Decimal) -> Iterator[Spelled]:
    if half := re.compile(r" a point\b", re.IGNORECASE).match(text, end):
        if value == HALF:
            yield Spelled(start, half.end(), value, half_width, "points")
        return
    for scale, unit, at in suffixes(text, end):
        after = text[at : at + 1]
        if scale == 0 and not (after and (inside_name(after) or after in GLUE or after in "-−–+/'")):
            yield Spelled(start, at, value, half_width, unit)


def _number(words: list[str]) -> tuple[Decimal, Decimal, int] | None:
    """The number that words begin with: value, half a unit of its last digit, words taken."""
    if words[0] == "half":
        return (HALF, Decimal("0.05"), 1) if words[1:3] == ["a", "point"] else None
    whole = _cardinal(words)
    if whole is None:
        return None
    value, length = whole
    rest = words[length:]
    if rest[:1] == ["point"] and (digits := _digits(rest[1:])):
        return Decimal(f"{value}.{digits}"), Decimal(f"5e-{len(digits) + 1}"), length + 1 + len(digits)
    if rest[:3] == ["and", "a", "half"]:
        return value + HALF, Decimal("0.05"), length + 3
    if rest and rest[0] in table("fractions") and 0 < value < 20:
        share = (Decimal(value) / table("fractions")[rest[0]]).quantize(FRACTION_PLACES)
        return share, FRACTION_HALF_WIDTH, length + 1
    return Decimal(value), HALF, length


def _cardinal(words: list[str]) -> tuple[int, int] | None:
    """A whole number in words and how many words it takes: "two hundred and ten thousand"."""
    cardinals, scales = table("cardinals"), table("scale_words")
    total, group, length = 0, 0, 0
    smallest = 10**15
    i = 0
    while i < len(words):
        word = words[i]
        if word in cardinals and _fits(group, cardinals[word]):
            group += cardinals[word]
        elif word == "hundred" and 0 < group < 10:
            group *= 100
        elif word == "dozen" and 0 < group < 100 and not total:
            return group * 12, i + 1
        elif word in scales and word != "hundred" and group and 10 ** scales[word] < smallest:
            smallest = 10 ** scales[word]
            total, group = total + group * smallest, 0
        elif word == "and" and i and words[i - 1] in scales and i + 1 < len(words) and words[i + 1] in cardinals:
            i += 1
            continue
        else:
            break
        i += 1
        length = i
    return (total + group, length) if length else None


def _fits(group: int, value: int) -> bool:
    """True if a cardinal can go on a group of hundreds ("twenty" + "one", "three hundred" + "ten")."""
    if not value:
        return group == 0
    return group % 100 == 0 or (group % 10 == 0 and group % 100 >= 20 and value < 10)


def _digits(words: list[str]) -> str:
    """Single digits in words, as after a decimal point: "two five" is "25"."""
    digits = ""
    for word in words:
        value = table("cardinals").get(word, 10)
        if value > 9:
            break
        digits += str(value)
    return digits


@cache
def _starts() -> frozenset[str]:
    """The words that a number in words begins with."""
    return frozenset((*table("cardinals"), "half"))


@cache
def _chain() -> re.Pattern[str]:
    """Words of numbers in a row, up to 24 of them: longer rows are read piece by piece."""
    starts = one_of(dict.fromkeys(_starts()))
    more = one_of({**table("cardinals"), **table("scale_words"), **table("fractions"), "dozen": 0, "point": 0})
    half = r"and[ \u00a0]a[ \u00a0]half"
    joint = r"(?:[ \u00a0]|-)"
    tail = rf"(?:{joint}(?:{half}|(?:and[ \u00a0])?{more})\b){{0,24}}"
    return re.compile(rf"\b(?:half a point|{starts}\b{tail})(?![A-Za-z])", re.IGNORECASE)
