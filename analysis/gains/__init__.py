"""Gains: what intermediate training adds to the score of the same run without it.

```
results table ── gains() ──> Gains ── array() ──> GainArray (methods × tasks × languages × seeds)
                                   └─ summary() ─> mean, median, IQM, … with intervals
```

`one_reading` leaves one metric, one split and unperturbed scores of a table, so that no task
counts twice.
"""

from analysis.gains.arrays import GainArray, array
from analysis.gains.pairing import GAIN_COLUMNS, Gains, gains
from analysis.gains.reading import TargetRows, one_reading
from analysis.gains.summaries import GainSummary, summary

__all__ = [
    "GAIN_COLUMNS",
    "GainArray",
    "GainSummary",
    "Gains",
    "TargetRows",
    "array",
    "gains",
    "one_reading",
    "summary",
]
