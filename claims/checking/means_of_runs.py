"""What means over runs decide of a claim, and what they leave to single runs."""

from __future__ import annotations

from analysis.tables import Table
from claims.hashed import replace
from claims.verdict import Verdict, VerdictWord

UNLIKE_RUNS = frozenset({"refuted", "not-testable"})
"""Verdicts over single runs beside which one over their means stands."""


def of_means(found: Verdict, over_runs: VerdictWord) -> Verdict:
    """A decided verdict over means; withdrawn where they contradict a claim that a single run may bear out.

    Args:
        found: over the means.
        over_runs: the verdict where every run is a line of its own.
    """
    if found.verdict == "supported" or over_runs in UNLIKE_RUNS:
        return replace(found, reason=f"{found.reason} Its rows are runs, of which the mean is taken.")
    reason = "The means over runs do not bear it out, single runs may, so no verdict is given."
    return replace(found, verdict="inconclusive", flags=("ambiguous",), level="none", reason=reason)


def source_rows(table: Table, row: int) -> str:
    """Where a row stands in its source, from 1; of a mean, the rows it is made of."""
    of = [r + 1 for r in table.runs[row]] if table.runs else [row + 1]
    return f"row {of[0]}" if len(of) == 1 else f"mean of rows {', '.join(map(str, of))}"
