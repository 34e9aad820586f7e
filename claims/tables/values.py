"""Cells as papers print them: "76.6 / 60.8", "74.5 (± 0.7)", "4805 (76.6%)", "- 12.27", "4h", "—"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.importers.cells import MISSING

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:[eE][-−+]?\d+)?"
SIGNED = re.compile(rf"(?<![\w.])([-−–+]\s?)?({NUMBER})\s?(%|[kKMB]\b|h\b|s\b|ms\b|x\b|×)?")
SPREAD = re.compile(rf"\(?\s*(?:±|\+/-|\+-|\\pm)\s*({NUMBER})\s*%?\s*\)?")
MARKS = re.compile(r"[*†‡§¶^∗⋆]+|\}|\{")
"""Best-marks and footnote signs, which say nothing a verdict may rest on."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a cell.

    Attributes:
        number: as printed. decimals: digits after its point. unit: "", "%", "h", "M" and the like.
        spread: what follows ±, in the number's unit; None where nothing does.
        signed: whether a + or − was printed, as for a change.
    """

    number: float
    decimals: int = 0
    unit: str = ""
    spread: float | None = None
    signed: bool = False

    @property
    def half_width(self) -> float:
        """Half a unit of the last printed digit."""
        return 0.5 * 10.0**-self.decimals


def read_values(text: str) -> tuple[Value, ...]:
    """The numbers of a cell in their order; none where it holds words or was not measured."""
    bare = MARKS.sub(" ", text).strip()
    if bare.casefold() in MISSING or _wordy(bare):
        return ()
    values: list[Value] = []
    at = 0
    while (found := SIGNED.search(bare, at)) is not None:
        spread = SPREAD.match(bare, found.end())
        values.append(_value(found, float(spread[1].replace(",", "")) if spread else None))
        at = spread.end() if spread else found.end()
    return tuple(values)


def looks_numeric(text: str) -> bool:
    """Whether a cell holds a number, or says that none was measured."""
    return bool(read_values(text))


def _wordy(text: str) -> bool:
    """Whether a cell is a text with numbers in it rather than a number with marks."""
    letters = sum(sign.isalpha() for sign in re.sub(r"[eE](?=[-−+]?\d)", "", text))
    return letters > max(3, sum(sign.isdigit() for sign in text))


def _value(found: re.Match[str], spread: float | None) -> Value:
    sign, digits, unit = found[1] or "", found[2], found[3] or ""
    number = float(digits.replace(",", "").replace("−", "-"))
    mantissa, _, exponent = digits.lower().replace("−", "-").partition("e")
    decimals = len(mantissa.partition(".")[2]) - (int(exponent) if exponent else 0)
    negative = sign.strip() in {"-", "−", "–"}
    return Value(-number if negative else number, decimals, unit, spread, bool(sign))
