"""Errors that a table states for its cells, and the test of a difference of two cells by them.

A ± is read where the caption explains it: as a standard error, a 95 % interval, or a standard deviation over so many
runs. A column of standard errors is that of the column before it. Everything else stays unexplained.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np

from analysis.results.spreads import PAIRED_GAIN, Error, Spread, apart
from analysis.tables import Table

ALPHA = 0.05
Meaning: TypeAlias = Literal["se", "ci95", "sd"]
Told: TypeAlias = Literal["told", "never", "open"]


@cache
def words() -> Mapping[str, Any]:
    """The words of `stated_errors.toml`."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def spread_in(table: Table, row: int, column: int) -> Spread | None:
    """The stated error of one cell, in the cell's unit; None where none is stated or its kind is unknown."""
    value = table.values.get((row, column))
    if value is None:
        return None
    beside = _column_of_errors(table, column)
    if beside is not None:
        error = table.values.get((row, beside))
        return None if error is None else Spread(se=float(error.number.value))
    said = meaning_of(table.caption)
    if value.number.plus_minus is None or said is None:
        return None
    half, score = float(value.number.plus_minus), float(value.number.value)
    if said[0] == "se":
        return Spread(se=half)
    if said[0] == "ci95":
        return Spread(ci_low=score - half, ci_high=score + half)
    return Spread(sd=half, n_seeds=said[1])


def meaning_of(caption: str) -> tuple[Meaning, int] | None:
    """The meaning that a caption gives to ±, and the number of runs; None where the caption leaves it open."""
    folded = caption.casefold()
    kinds: dict[Meaning, str] = {"se": "standard_error", "ci95": "interval", "sd": "deviation"}
    found = [kind for kind, key in kinds.items() if any(re.search(rf"(?<!\w){word}", folded) for word in words()[key])]
    if len(found) != 1:
        return None
    runs = re.findall(words()["runs"], folded)
    if found[0] != "sd":
        return found[0], 1
    return ("sd", int(runs[0])) if len(runs) == 1 and int(runs[0]) > 1 else None


def _column_of_errors(table: Table, column: int) -> int | None:
    """The column of standard errors right behind a column, None where there is none."""
    headings = set(words()["headings"])

    def is_error(j: int) -> bool:
        own = table.columns[j].own.casefold() if j < len(table.columns) else ""
        return any(own == word or own.endswith(f" {word}") for word in headings)

    return column + 1 if is_error(column + 1) and not is_error(column) else None


@dataclass(frozen=True, slots=True)
class CellTest:
    """Welch's t test of a difference of two cells on the errors that their table states.

    Attributes:
        difference: first minus second, in the cells' unit. error: of it. p_value: two-sided.
        level: below which it is called significant.
    """

    difference: float
    error: Error
    p_value: float
    level: float

    @property
    def outcome(self) -> Told:
        """`told`: significant; `never`: not significant even by the sharpest test on paired items; `open` between."""
        if self.p_value < self.level:
            return "told"
        return (
            "never" if _p_value(self.difference, self.error.se / PAIRED_GAIN, self.error.df) >= self.level else "open"
        )

    def __str__(self) -> str:
        """In words."""
        error = f"standard error {self.error.se:.2g}"
        return f"{self.difference:+.3g}, {error}, p = {self.p_value:.2g} (Welch's t test, level {self.level:g})"


def tested(table: Table, first: tuple[int, int], second: tuple[int, int], level: float) -> CellTest | None:
    """The test of two cells, each (row, column); None where an error is not stated."""
    errors = []
    for place in (first, second):
        spread, value = spread_in(table, *place), table.values.get(place)
        if spread is None or value is None:
            return None
        errors.append(spread.error(float(value.number.value), float(value.number.half_width)))
    error = apart(*errors)
    if error.se <= 0 or error.reach:
        return None
    difference = float(table.values[first].number.value - table.values[second].number.value)
    return CellTest(difference, error, _p_value(difference, error.se, error.df), level)


def _p_value(difference: float, se: float, df: float) -> float:
    from scipy.special import ndtr, stdtr

    t = -abs(difference) / se
    return float(2 * (ndtr(t) if np.isinf(df) else stdtr(df, t)))
