"""Cells of tables: "76.6 / 60.8", "0.61 (30%)", "**79.2**", "79.2 ± 0.3", "--"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Literal

from analysis.numbers.amounts import amounts_at
from analysis.numbers.folding import fold
from analysis.numbers.lexicon import forms, one_of, table
from analysis.numbers.literals import BLANK_GROUPS
from analysis.numbers.number import CellValue, Convention, Number, Relation
from analysis.numbers.relations import meant
from analysis.numbers.scanning import negated, ranged
from analysis.numbers.signs import CURRENCIES, MINUS

Layout = Literal["single", "pair", "bracketed", "empty", "text"]

LONGEST = 200
"""Characters a cell with numbers may have; longer ones are prose."""

POINT = Convention()
WRAPPED = ((re.compile(r"(\*\*|__)(.+)\1"), "bold"), (re.compile(r"(?<!\*)(\*|_)([^*_]+)\1(?!\*)"), "italic"))
DRAWN_LINE = re.compile(r"(?<=[\d%])[–—_]{3,}")
"""An underline that extraction turned into dashes."""

PLUS_MINUS = re.compile(r"\+/[-−]")
STARS = str.maketrans("∗⋆", "**")

BRACKETED = re.compile(
    r"(?P<first>[^()\[\]]+?)\s*(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\])\s*(?P<rest>[^\w\s]*)"
)
NAMED = re.compile(r"^\s*[^\W\d_]{1,6}\.?\s*=\s*(?=\S)")
"""Names of a number in brackets: "(σ = 0.031)"."""
ACCOUNTING = re.compile(r"\(\s*([^()]+?)\s*\)")
LEADING = re.compile(
    rf"(?P<sign>[-−–+]?)[ \u00a0]?(?P<currency>[{re.escape(CURRENCIES)}]?)[ \u00a0]?(?P<inner>[-−–]?)(?=\.?\d)"
)
RANGE = re.compile(r"(?<![ \u00a0])[-−–—](?![ \u00a0])|[ \u00a0](?:[-−–—]|to)[ \u00a0]")
"""A blank on one side only would make a sign of the dash: "1.2 -3.4"."""


def parse_cell(text: str, convention: Convention = POINT) -> CellValue:
    """The numbers, marks and layout of a cell.

    A cell is understood to its last character or not at all: a name or prose with digits in it is
    "text" and yields no number. Emphasis and footnote signs are marks.

    Args:
        text: the cell as written.
        convention: how its column writes numbers, see `convention_of`.
    """
    if len(text) > LONGEST:
        return CellValue((), "text", frozenset(), text)
    marks: set[str] = set()
    bare = unmarked(fold(text), marks)
    layout, numbers = _laid_out(bare, convention, marks)
    if layout == "text":
        return CellValue((), "text", frozenset(), text)
    return CellValue(tuple(numbers), layout, frozenset(marks), text)


def _laid_out(bare: str, convention: Convention, marks: set[str]) -> tuple[Layout, list[Number]]:
    missing = table("missing")
    bare = PLUS_MINUS.sub("±", bare)  # its slash parts no pair
    parts = [part.strip() for part in bare.split("/")]
    if bare.casefold() in missing or (len(parts) > 1 and all(part.casefold() in missing for part in parts)):
        return "empty", []
    if not any(map(str.isdigit, bare)):
        return "text", []
    numbers = [_whole(part, convention, marks) for part in parts]
    if None not in numbers:
        return ("single" if len(numbers) == 1 else "pair"), [number for number in numbers if number is not None]
    if found := BRACKETED.fullmatch(bare):
        first = _whole(found["first"] + found["rest"], convention, marks)
        aside = found["round"] or found["square"]
        second = _inside(NAMED.sub("", aside), convention, marks)
        if first is not None and second is not None:
            return "bracketed", [first, second]
        if first is not None and aside.strip() in missing:
            return "single", [first]
    if convention.accounting and (found := ACCOUNTING.fullmatch(bare)):
        number = _whole(found[1], convention, marks)
        if number is not None and not number.signed and number.relation == "=" and number.upper is None:
            return "single", [replace(number, value=negated(number.value, -1), signed=True, text=bare)]
    return "text", []


def _inside(text: str, convention: Convention, marks: set[str]) -> Number | None:
    """Reads the brackets behind a number: a number, or the two ends of an interval."""
    number = _whole(text, convention, marks)
    ends = re.split(r"[,;][ \u00a0]+|;", text)
    if number is not None or len(ends) != 2:
        return number
    low, high = (_whole(end, convention, marks) for end in ends)
    if low is None or high is None or {low.relation, high.relation} != {"="}:
        return None
    pair = ranged(low, high) if low.upper is high.upper is None else None
    return replace(pair, text=text.strip()) if pair else None


def _whole(text: str, convention: Convention, marks: set[str]) -> Number | None:
    """The number a text consists of, without its marks; None for anything else."""
    bare = unmarked(text, marks)
    if convention.group == " ":
        bare = BLANK_GROUPS.sub(lambda found: found[0].replace(" ", "\u00a0"), bare)
    relation: Relation = "="
    body = bare
    if sign := _relation().match(bare):
        relation, body = meant(sign[1], "relation_signs"), bare[sign.end() :]
    number = _range(body, convention) if (single := _single(body, 0, convention)) is None else single[0]
    if single is None and body.endswith("+") and relation == "=":
        single = _single(body[:-1], 0, convention)
        number, relation = (single[0] if single else None), ">="
    if number is None or (relation != "=" and relation != "~" and number.upper is not None):
        return None
    return replace(number, relation=relation, text=bare)


def _single(text: str, at: int, convention: Convention) -> tuple[Number, int] | None:
    """A number that reaches from a place to the end of a text, and the scale it is written with."""
    lead = LEADING.match(text, at)
    if lead is None or (lead["inner"] and (lead["sign"] or not lead["currency"])):
        return None
    for amount in amounts_at(text, lead.end(), convention, blanks=convention.group == " "):
        if amount.end == len(text) and not (lead["currency"] and amount.unit):
            written = lead["sign"] or lead["inner"]
            value = negated(amount.value, -1 if written and written in MINUS else 1)
            unit = lead["currency"] or amount.unit
            number = Number(value, amount.half_width, plus_minus=amount.plus_minus, unit=unit, signed=bool(written))
            return number, amount.scale
    return None


def _range(text: str, convention: Convention) -> Number | None:
    """A range that a text consists of: "79–80", "0.17—0.20"."""
    for gap in RANGE.finditer(text):
        low, high = _single(text[: gap.start()], 0, convention), _single(text[gap.end() :], 0, convention)
        if low is not None and high is not None and not high[0].signed:
            return ranged(low[0], high[0], low[1], high[1])
    return None


def unmarked(text: str, marks: set[str]) -> str:
    """A text without emphasis and footnote signs at its ends, which `marks` takes."""
    text = text.strip(" \u00a0")
    for tag, emphasis in table("marks")["emphasis_tags"].items():
        if tag in text:
            text = text.replace(tag, "").strip(" \u00a0")
            marks.add(emphasis)
    for pattern, emphasis in WRAPPED:
        if found := pattern.fullmatch(text):
            text = found[2].strip(" \u00a0")
            marks.add(emphasis)
    if not any(map(str.isdigit, text)) and not set(text) <= set(table("marks")["signs"]):
        return text
    text = DRAWN_LINE.sub("", text)
    if found := _marks().fullmatch(text):
        for written in (found["left"], *re.split(r"[\^{}\s]+", found["right"])):
            marks.update(run[0].translate(STARS) for run in re.finditer(r"(.)\1*", written))
        text = found["bare"]
    return text


@cache
def _marks() -> re.Pattern[str]:
    """Footnote signs at the ends of a text; those behind may be raised by a caret, with or without braces."""
    left, behind = table("marks")["signs"], table("marks")["signs"] + table("marks")["behind"]
    signs = rf"[{re.escape(behind)}]+"
    right = rf"(?:(?:\^?{signs}|\^\{{{signs}\}}|\^[a-z]\Z)\s?)*"
    return re.compile(rf"(?P<left>[{re.escape(left)}]*)\s*(?P<bare>.*?)\s*(?P<right>{right})", re.DOTALL)


@cache
def _relation() -> re.Pattern[str]:
    return re.compile(rf"({one_of(forms('relation_signs'))})[ \u00a0]?")
