"""Numbers as papers print them: "76.6 / 60.8", "**79.2**", "71.6 ± 0.3", "--"."""

from __future__ import annotations

import re
from dataclasses import dataclass

MISSING = frozenset({"", "-", "--", "---", "–", "—", "−", "n/a", "na", "n.a.", "nan", "none", "null", "?"})
MARKS = "*†‡§¶^_~ \u00a0"
"""Best-marks and footnote signs around a number."""

NUMBER = re.compile(r"[-−+]?(?:\d+(?:\.\d+)?|\.\d+)")
NUMERIC = re.compile(r"[\d\s.,%±+\-−–/()*†‡§¶^_~]+")
SPREAD = re.compile(r"\(?\s*(?:±|\+/-|\+-)\s*\d*\.?\d+\s*%?\s*\)?")


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


def read_cell(text: str) -> Cell:
    """The numbers of a cell.

    Raises:
        ValueError: the cell holds something else; the message says what.
    """
    bare = text.strip(MARKS)
    if bare.casefold() in MISSING or text.strip() in MISSING:
        return Cell(())
    plain, spreads = SPREAD.subn(" ", bare)
    parts = [part.strip(MARKS) for part in plain.split("/")]
    if len(parts) > 1 and all(part.casefold() in MISSING for part in parts):
        return Cell(())
    return Cell(tuple(read_number(part) for part in parts), bool(spreads))


def read_number(text: str) -> Printed:
    """One printed number.

    Raises:
        ValueError: it is no number, or a difference ("+1.2"), or has a decimal comma.
    """
    percent = text.endswith("%")
    digits = text.removesuffix("%").strip(MARKS)
    if not NUMBER.fullmatch(digits):
        hint = "; write a decimal point" if re.fullmatch(r"-?\d+,\d+", digits) else ""
        raise ValueError(f"{text!r} is not a score{hint}")
    if digits.startswith("+"):
        raise ValueError(f"{text!r} looks like a difference, not a score")
    digits = digits.replace("−", "-")
    return Printed(float(digits), len(digits.partition(".")[2]), percent)


def looks_numeric(text: str) -> bool:
    """Whether a cell is made of digits and the signs around them, readable as a score or not."""
    return any(sign.isdigit() for sign in text) and NUMERIC.fullmatch(text) is not None
