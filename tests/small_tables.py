"""Small tables of made-up scores that sentences are written about, and what the reader makes of a sentence."""

from __future__ import annotations

from analysis.tables import Table, table_of_grid
from claims.checking.over_tables import TableJudge
from claims.verdict import Verdict

WITHHELD = frozenset({"not-testable", "inconclusive", "needs-data"})
"""Verdicts that say neither yes nor no."""


def table(text: str, caption: str = "", source: str = "") -> Table:
    """The typed table of a text: one row a line, cells between bars."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    (found,) = table_of_grid(rows[0], rows[1:], caption=caption, source=source)
    return found


def judged(claim: str, *tables: Table) -> Verdict:
    """The verdict on a sentence over tables."""
    return TableJudge(tables).verdict(claim)


SCORES = table(
    """
    Model        | Inspec | NUS  | Krapivin | KP20k
    Catseq       | 40.0   | 52.0 | 61.0     | 70.0
    Copynet      | 42.0   | 51.0 | 60.0     | 71.0
    Ours         | 44.5   | 56.0 | 65.0     | 74.5
    Transformer  | 43.0   | 54.0 | 66.0     | 72.0
    """,
    "Accuracy of keyphrase models on four datasets.",
)
PAIR = table(
    """
    System | BLEU | WER | Accuracy
    Alpha  | 30.0 | 8.0 | 80.0
    Beta   | 25.0 | 10.0| 75.0
    """
)
ABLATION = table(
    """
    Model         | F1
    Full          | 80.0
    w/o attention | 77.5
    w/o dropout   | 80.9
    """,
    "Ablation study.",
)
STEPS = table(
    """
    Layers | Accuracy | Perplexity
    2      | 60.0     | 30.0
    4      | 64.0     | 25.0
    8      | 66.0     | 26.0
    16     | 69.0     | 21.0
    """
)
