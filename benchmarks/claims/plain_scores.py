"""The study's table as plain questions: scores, gains over the baseline, orders of intermediate tasks."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from analysis.errors import InputError

RESULTS = Path(__file__).parents[3] / "shared" / "facts" / "phang2020_v1_results.csv"
TASKS = ("anli+", "ccg", "cosmosqa", "csqa", "hellaswag", "qqp", "squad1")
"""The single intermediate tasks; multi-task training and the baseline are none of them."""

TARGETS = ("xnli", "pawsx", "udpos", "panx", "xquad", "mlqa", "tydiqa", "bucc", "tatoeba")
MAIN = {"xnli": "accuracy", "pawsx": "accuracy", "tatoeba": "accuracy", "xtreme": "xtreme_score"}
"""The metric of each target that is not measured in F1."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Development scores in points, as printed.

    Attributes:
        cells: By intermediate task, method (`plain` or `mlm`), target and metric.
    """

    cells: Mapping[tuple[str, str, str, str], Decimal]

    def score(self, task: str, target: str, metric: str = "", method: str = "plain") -> Decimal:
        """One score; the metric is the target's main one if none is given."""
        return self.cells[task, method, target, metric or MAIN.get(target, "f1")]

    def gain(self, task: str, target: str, metric: str = "", method: str = "plain") -> Decimal:
        """The gain of an intermediate task over the baseline, in points."""
        return self.score(task, target, metric, method) - self.score("none", target, metric)

    def helped(self, target: str, metric: str = "") -> set[str]:
        """The single intermediate tasks that raise the score of a target."""
        return {task for task in TASKS if self.gain(task, target, metric) > 0}

    def both(self, task: str, target: str) -> tuple[Decimal, Decimal]:
        """The gains in F1 and exact match on a question answering target."""
        return self.gain(task, target), self.gain(task, target, "exact_match")

    def above(self, task: str, other: str, target: str) -> bool:
        """True if one task scores higher than another on a question answering target, in both metrics."""
        return all(one > two for one, two in zip(self.both(task, target), self.both(other, target), strict=True))

    def best(self, target: str, metric: str = "") -> str:
        """The one single task with the highest score."""
        return _only({task: self.score(task, target, metric) for task in TASKS})

    def worst(self, target: str, metric: str = "") -> str:
        """The one single task with the lowest score."""
        return _only({task: -self.score(task, target, metric) for task in TASKS})


def _only(scores: Mapping[str, Decimal]) -> str:
    wanted = max(scores.values())
    winners = [task for task, score in scores.items() if score == wanted]
    if len(winners) > 1:
        raise InputError(str(RESULTS), f"{' and '.join(winners)} tie; ask for their scores, not for the best")
    return winners[0]


def load_scores(path: Path = RESULTS) -> Scores:
    """The development scores of the study's first version.

    Raises:
        InputError: the file is not there.
    """
    if not path.exists():
        raise InputError(
            str(path), "not found; the published table of the study lies beside the project in shared/facts"
        )
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "dev" and row["study"] == "phang2020-v1"]
    return Scores(
        {(row["intermediate"], row["method"], row["target"], row["metric"]): Decimal(row["score"]) for row in rows}
    )
