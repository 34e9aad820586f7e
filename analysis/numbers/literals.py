"""Digits with their separators as exact decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.numbers.number import Convention

RUN = re.compile(r"\.?\d+(?:[.,'·]\d+)*")
"""Digits and what may part them; deterministic, so that a long line costs no more than its length."""

BLANK_GROUPS = re.compile(r"[1-9]\d{0,2}(?:([ \u00a0])\d{3})(?:\1\d{3}){0,8}(?![ \u00a0]?\d)(?:[.,]\d+)?(?![.,']?\d)")
EXPONENT = re.compile(r"(?:[eE]|[ \u00a0][eE](?=[-−+]))(?P<power>[-−+]?\d+)(?!\w)")
TIMES_TEN = re.compile(
    r"[ \u00a0]?(?P<times>[×x*∗·⋅])[ \u00a0]?10"
    r"(?:\^(?P<open>\{?)(?P<power>[-−+]?\d+)\}?|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<lowered>[-−]\d{1,2})(?![\w.,]))"
)
"""A power of ten; converters of PDF lose that it was raised: "2.6∗10−7"."""
RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")

MOST_DIGITS = 30
LARGEST_POWER = 60


@dataclass(frozen=True, slots=True)
class Literal:
    """Digits read.

    Attributes:
        digits: all digits in order. power: the power of ten of the last one.
        end: where the text goes on. grouped: whether plain blanks part its groups.
    """

    digits: str
    power: int
    end: int
    grouped: bool = False

    def value(self, scale: int = 0) -> Decimal:
        """The number times ten to the `scale`."""
        return Decimal(f"{self.digits}e{self.power + scale}")

    def half_width(self, scale: int = 0) -> Decimal:
        """Half a unit of the last digit times ten to the `scale`."""
        return Decimal(f"5e{self.power + scale - 1}")


def literal_at(text: str, at: int, convention: Convention | None, *, blanks: bool = True) -> Literal | None:
    """The digits at a place of a folded text, with their power of ten.

    Args:
        text: folded.
        at: where they begin.
        convention: how the column writes numbers; None for running text, where "79,2" and
            "1.104.934" are read as well.
        blanks: whether plain blanks may part thousands.
    """
    spaced = BLANK_GROUPS.match(text, at)
    if spaced is not None and (spaced[1] != " " or blanks):
        whole, mark, fraction = _halves(re.sub(r"[ \u00a0]", "", spaced[0]))
        read = (
            None
            if convention is not None and mark and mark != convention.decimal
            else (whole + fraction, len(fraction))
        )
        end, grouped = spaced.end(), spaced[1] == " "
    else:
        run = RUN.match(text, at)
        if run is None:
            return None
        read = free(run[0]) if convention is None else by(run[0], convention)
        end, grouped = run.end(), False
    if read is None or len(read[0]) > MOST_DIGITS:
        return None
    power, end = _power(text, end)
    if power is None:
        return None
    return Literal(read[0], power - read[1], end, grouped)


def blanks_may_group(text: str, at: int) -> bool:
    """True if plain blanks may part the thousands of the digits at a place."""
    spaced = BLANK_GROUPS.match(text, at)
    return spaced is not None and spaced[1] == " "


def by(run: str, convention: Convention) -> tuple[str, int] | None:
    """Digits and how many of them are decimals, by a column's convention; None where it forbids the run."""
    if convention.decimal == ".":
        run = run.replace("·", ".")
    whole, mark, fraction = run.rpartition(convention.decimal)
    if not mark:
        whole, fraction = run, ""
    elif not fraction.isdigit():
        return None
    plain = _ungrouped(whole, convention.group) if whole else ""
    return None if plain is None or not plain + fraction else (plain + fraction, len(fraction))


def free(run: str) -> tuple[str, int] | None:
    """Digits and how many of them are decimals, of a run in running text; None for no number ("1.2.3")."""
    run = run.replace("·", ".") if run.count("·") == 1 and "." not in run else run
    points, commas = run.count("."), run.count(",")
    if points > 1 and not commas:
        return by(run, Convention(",", "."))
    if commas == 1 and (points or not grouped(run, ",")):
        return by(run, Convention(",", ".")) if run.rfind(",") > run.rfind(".") else by(run, Convention())
    if commas > 1 and points == 1:
        return by(run, Convention())
    if points > 1:
        return by(run, Convention(",", "."))
    return by(run, Convention())


def grouped(whole: str, sign: str) -> bool:
    """True if a sign parts digits into thousands: one to three of them, then groups of exactly three."""
    first, *rest = whole.split(sign)
    proper = 1 <= len(first) <= 3 and first.isdigit() and first[0] != "0"
    return bool(rest) and proper and all(len(group) == 3 and group.isdigit() for group in rest)


def _ungrouped(whole: str, sign: str) -> str | None:
    if whole.isdigit():
        return whole
    for mark in {sign, "'"}:
        if mark in whole and grouped(whole, mark):
            return whole.replace(mark, "")
    return None


def _halves(run: str) -> tuple[str, str, str]:
    found = re.search(r"[.,]", run)
    return (run, "", "") if found is None else (run[: found.start()], found[0], run[found.end() :])


def _power(text: str, at: int) -> tuple[int | None, int]:
    """The power of ten written after digits, and its end; a power of None is too large to read."""
    found = EXPONENT.match(text, at) or TIMES_TEN.match(text, at)
    if found is None:
        return 0, at
    raised = found.groupdict().get("raised")
    lowered = found.groupdict().get("lowered")
    if lowered and found["times"] == "x":
        return 0, at
    written = raised.translate(RAISED) if raised else (lowered or found["power"]).replace("−", "-")
    if len(written) > 4 or abs(int(written)) > LARGEST_POWER:
        return None, found.end()
    return int(written), found.end()
