"""Scores as papers print them: "76.6 / 60.8", "**79.2**", "71.6 ± 0.3", "--"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.numbers import Convention, Number, NumberError, convention_of, parse_cell
from analysis.numbers.lexicon import table

MISSING = frozenset(table("missing"))
POINT = Convention()
LATEX_BLANKS = "~_^ \u00a0"
"""Characters that LaTeX may leave behind a number."""

REMEDY = "leave its column or row out, or the cell empty"
"""The remedy for a cell that holds something else than a score."""

DATE = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?")
NUMERIC = re.compile(r"[\d\s.,%±+\-−–/()*†‡§¶^_~]+(?:\[[\d\s.,;\-−–]+\]\s*)?")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed.

    Attributes:
        value: the number. decimals: digits after its point. percent: whether a % sign follows.
        plus_minus: what follows ±, or the longer side of an interval in brackets.
        ends: of the interval in brackets.
    """

    value: float
    decimals: int
    percent: bool = False
    plus_minus: float | None = None
    ends: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class CellNumbers:
    """The numbers in one cell of a table.

    Attributes:
        numbers: in order; none for a cell that was not measured.
    """

    numbers: tuple[PrintedNumber, ...]


def read_cell(text: str, convention: Convention = POINT, *, brackets: bool = False) -> CellNumbers:
    """The scores of a cell.

    Args:
        text: the cell as printed.
        convention: how its column writes numbers, see `analysis.numbers.convention_of`.
        brackets: whether a number in brackets behind a score is its spread, as in "79.2 (0.3)".

    Raises:
        ValueError: the cell holds something else; the message says what.
    """
    bare = text.strip().rstrip(LATEX_BLANKS).lstrip("_^ \u00a0")
    cell = parse_cell(bare, convention)
    if cell.layout == "empty":
        return CellNumbers(())
    if cell.layout == "bracketed":
        score, inside = cell.numbers
        return CellNumbers((_with_brackets(score, inside, convention, text, brackets=brackets),))
    if cell.layout not in {"single", "pair"}:
        raise ValueError(f"{text!r} is not a score{_hint(bare)}")
    return CellNumbers(tuple(_printed(number, convention) for number in cell.numbers))


def with_points(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows of a file between semicolons, the decimal commas of its numbers as points.

    They are left as they are where the cells do not show, or do not agree, that commas are decimal.
    """
    numbers = [cell for row in rows[1:] for cell in row if looks_numeric(cell)]
    try:
        commas = convention_of(numbers).decimal == ","
    except NumberError:
        commas = False
    if not commas:
        return [list(row) for row in rows]
    return [[cell.replace(".", "").replace(",", ".") if looks_numeric(cell) else cell for cell in row] for row in rows]


def looks_numeric(text: str) -> bool:
    """True if a cell is made of digits and the signs around them, readable as a score or not."""
    return any(sign.isdigit() for sign in text) and NUMERIC.fullmatch(text) is not None and not DATE.fullmatch(text)


def _printed(number: Number, convention: Convention) -> PrintedNumber:
    if number.signed and (number.value > 0 or number.text.startswith("+")):
        raise ValueError(f"{number.text!r} looks like a difference, not a score; write the scores themselves")
    # A score has at most three digits before its point: a comma there is no thousands' comma for sure.
    doubtful = convention == POINT and "," in number.text
    if doubtful or number.relation != "=" or number.upper is not None or number.unit not in {"", "%"}:
        raise ValueError(f"{number.text!r} is not a score{_hint(number.text)}")
    exponent = number.half_width.as_tuple().exponent
    assert isinstance(exponent, int)
    stated = None if number.plus_minus is None else float(number.plus_minus)
    return PrintedNumber(float(number.value), max(-exponent - 1, 0), number.unit == "%", stated)


def _with_brackets(
    first: Number, second: Number, convention: Convention, text: str, *, brackets: bool
) -> PrintedNumber:
    """A score with what stands in brackets behind it: an interval around it, or its spread where that is said."""
    score = _printed(first, convention)
    value, inside = score.value, float(second.value)
    plain = score.plus_minus is None and second.relation == "=" and second.plus_minus is None
    if plain and second.upper is not None and inside <= value <= float(second.upper):
        ends = inside, float(second.upper)
        return replace(score, plus_minus=max(value - ends[0], ends[1] - value), ends=ends)
    if plain and second.upper is None and not second.signed and brackets:
        return replace(score, plus_minus=inside)
    hint = "; if the number in brackets is its spread, say which with --assume spread=…" if second.upper is None else ""
    raise ValueError(f"{text!r} is not a score{hint}")


def _hint(text: str) -> str:
    return "; write a decimal point" if re.search(r"\d,\d", text) else f"; {REMEDY}"
