"""The design of a comparison: the rows, and the baseline they are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.design import bounded
from analysis.questions.design import ReadingDesign


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareDesign(ReadingDesign):
    """A row of a leaderboard, or every row, beside a baseline row.

    Attributes:
        model: the row asked about; None: every row but the baseline.
        baseline: any row; None: the one with most scores.
        margin: points within which a difference counts as none.
        study: the study; None: all.
    """

    model: str | None = None
    baseline: str | None = None
    margin: float = bounded(1.0, 0)
    study: str | None = None
