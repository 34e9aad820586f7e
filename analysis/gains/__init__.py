"""Gains: what intermediate training adds to the score of the same run without it.

```
results table ── gains() ──> Gains ── array() ──> GainArray (methods × tasks × languages × seeds)
                                   └─ summary() ─> mean, median, IQM, … with intervals
```

`one_reading` leaves one metric, one split and unperturbed scores of a table, so that no task
counts twice. The names below are imported when they are asked for, so that pairing comes without scipy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.gains.arrays import GainArray, array
    from analysis.gains.pairing import GAIN_COLUMNS, Gains, gains
    from analysis.gains.reading import TargetRows, one_reading
    from analysis.gains.summaries import GainSummary, SummaryDesign, summary

__all__ = [
    "GAIN_COLUMNS",
    "GainArray",
    "GainSummary",
    "Gains",
    "SummaryDesign",
    "TargetRows",
    "array",
    "gains",
    "one_reading",
    "summary",
]

HOMES = {
    "arrays": ("GainArray", "array"),
    "pairing": ("GAIN_COLUMNS", "Gains", "gains"),
    "reading": ("TargetRows", "one_reading"),
    "summaries": ("GainSummary", "SummaryDesign", "summary"),
}
"""Module → the public names it holds."""


def __getattr__(name: str) -> object:
    """A public name, imported here."""
    for home, names in HOMES.items():
        if name in names:
            return getattr(import_module(f"analysis.gains.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
