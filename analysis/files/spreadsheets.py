"""Cells of CSV files that a spreadsheet would run as formulas, and how they are written instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

RUN = re.compile(r"[=+\-@\t\r]")
"""First signs of a formula (OWASP, CSV injection)."""
NUMBER = re.compile(r"[+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*%?|[-+]?(?:inf|nan)|-+", re.IGNORECASE)
"""Texts that a spreadsheet takes for a number, or a dash for a missing value."""


def guarded_cell(cell: object) -> object:
    """A text that a spreadsheet would run gets an apostrophe before it; numbers, also those in texts, stay."""
    if isinstance(cell, str) and RUN.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def bare_cell(cell: str) -> str:
    """The text that `guarded_cell` was given."""
    return cell[1:] if cell.startswith("'") and guarded_cell(cell[1:]) == cell else cell


def guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """A table whose texts and column names no spreadsheet runs."""
    texts = [name for name in frame.columns if frame[name].dtype.kind not in "biufc"]
    safe = frame.assign(**{name: frame[name].astype("object").map(guarded_cell) for name in texts})
    return safe.rename(columns=guarded_cell)
