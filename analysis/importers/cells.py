"""Scores as papers print them: "76.6 / 60.8", "**79.2**", "71.6 ± 0.3", "--"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.numbers import Convention, Number, NumberError, convention_of, parse_cell
from analysis.numbers.lexicon import table

MISSING = frozenset(table("missing"))
POINT = Convention()
LATEX_BLANKS = "~_^ \u00a0"
"""What LaTeX leaves behind a number."""

NUMERIC = re.compile(r"[\d\s.,%±+\-−–/()*†‡§¶^_~]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed.

    Attributes:
        value: the number. decimals: digits after its point. percent: whether a % sign follows.
    """

    value: float
    decimals: int
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """The numbers in one cell of a table.

    Attributes:
        numbers: in order; none for a cell that was not measured.
        spread: whether a ± followed, which the results table has no column for.
    """

    numbers: tuple[Printed, ...]
    spread: bool = False


def read_cell(text: str, convention: Convention = POINT) -> Cell:
    """The scores of a cell.

    Args:
        text: the cell as printed.
        convention: how its column writes numbers, see `analysis.numbers.convention_of`.

    Raises:
        ValueError: the cell holds something else; the message says what.
    """
    bare = text.strip().rstrip(LATEX_BLANKS).lstrip("_^ \u00a0")
    cell = parse_cell(bare, convention)
    if cell.layout == "empty":
        return Cell(())
    if cell.layout not in {"single", "pair"}:
        raise ValueError(f"{text!r} is not a score{_hint(bare)}")
    numbers = tuple(_printed(number, convention) for number in cell.numbers)
    return Cell(numbers, any(number.plus_minus is not None for number in cell.numbers))


def read_number(text: str) -> Printed:
    """One printed score.

    Raises:
        ValueError: it is no number, or a difference ("+1.2"), or has a decimal comma.
    """
    numbers = read_cell(text).numbers
    if len(numbers) != 1:
        raise ValueError(f"{text!r} is not a score")
    return numbers[0]


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
    """Whether a cell is made of digits and the signs around them, readable as a score or not."""
    return any(sign.isdigit() for sign in text) and NUMERIC.fullmatch(text) is not None


def _printed(number: Number, convention: Convention) -> Printed:
    if number.signed and (number.value > 0 or number.text.startswith("+")):
        raise ValueError(f"{number.text!r} looks like a difference, not a score")
    # A score has at most three digits before its point: a comma there is no thousands' comma for sure.
    doubtful = convention == POINT and "," in number.text
    if doubtful or number.relation != "=" or number.upper is not None or number.unit not in {"", "%"}:
        raise ValueError(f"{number.text!r} is not a score{_hint(number.text)}")
    exponent = number.half_width.as_tuple().exponent
    assert isinstance(exponent, int)
    return Printed(float(number.value), max(-exponent - 1, 0), number.unit == "%")


def _hint(text: str) -> str:
    return "; write a decimal point" if re.search(r"\d,\d", text) else ""
