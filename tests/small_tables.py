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


def check(over: Table, claim: str, word: str) -> None:
    """Asserts the verdict on a sentence over a table; a message shows how it was read."""
    found = judged(claim, over)
    assert found.verdict == word, f"{claim} → {found.verdict}, not {word}: {found.assertion}: {found.reason}"


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
TIES = table(
    """
    Model | F1   | WER | Extra
    Maple | 70.0 | 5.0 | 1.5
    Birch | 70.0 | 6.0 | 1.4
    Elder | 60.0 |     | 1.3
    """
)
"""A tie in F1, a missing cell in WER, and a column of which nobody knows whether higher is better."""
TRANSFER = table(
    """
    Source | MNLI | QNLI | SST
    MNLI   | 84.0 | 90.0 | 92.0
    QNLI   | 82.0 | 91.0 | 91.0
    SICK   | 83.0 | 89.0 | 93.0
    """,
    "Accuracy on the target tasks after training on a source task.",
)
HEADLESS = table(
    """
         | MNLI | QNLI | SST
    MNLI | 84.0 | 90.0 | 92.0
    QNLI | 82.0 | 91.0 | 91.0
    SICK | 83.0 | 89.0 | 93.0
    """,
    "Accuracy.",
)
"""Tasks on both axes, with and without the name of an axis."""
LEVELS = table(
    """
    Model | Size  | dev  | dev  | test | test
          |       | F1   | EM   | F1   | EM
    BERT  | base  | 80.1 | 70.2 | 75.0 | 61.3
    BERT  | large | 82.3 | 71.0 | 74.0 | 66.0
    AME   | base  | 82.0 | 69.0 | 78.5 | 61.3
    AME   | large | 83.0 | 72.0 | 79.0 | 60.0
    """
)
LANGUAGES = table(
    """
    Model | en   | de   | sw   | Avg.
    XLM-R | 88.7 | 82.5 | 71.2 | 80.8
    MNLI  | 89.3 | 83.0 | 70.9 | 81.1
    """,
    "Accuracy by language.",
)
PARTS = table(
    """
    Model      | F1   | Time (s)
    Full model | 60.0 | 30
    w/o gate   | 57.0 | 25
    w/o copy   | 59.0 | 20
    + fog      | 61.0 | 40
    """
)
NAMES = table(
    """
    Model                   | F1   | EM
    BERT                    | 70.0 | 60.0
    BERT large              | 72.0 | 61.0
    Ours (BERT large)       | 75.0 | 65.0
    GPT-2                   | 50.0 | 40.0
    Maple Birch             | 66.0 | 55.0
    Deep Fast Network (DFN) | 71.0 | 62.0
    Baseline                | 45.0 | 30.0
    """
)
