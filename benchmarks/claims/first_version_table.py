"""The study's first table as it is printed: gains by intermediate task and target; reads no claims."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

ROWS = {
    "anli": "ANLI+", "qqp": "QQP", "squad": "SQuAD", "hellaswag": "HellaSwag", "ccg": "CCG", "cosmosqa": "CosmosQA",
    "csqa": "CSQA", "multi": "Multi-task",
}  # fmt: skip
"""Short name → row of the table."""
TASKS = tuple(name for name in ROWS if name != "multi")
TARGETS = ("xnli", "pawsx", "udpos", "panx", "xquad", "mlqa", "tydiqa", "bucc2018", "tatoeba")
BLOCKS = {False: "No MLM", True: "With MLM"}
BENCHMARK = "XTREME benchmark scores"


@dataclass(frozen=True)
class Printed:
    """Numbers in points, by (block, row, target, metric)."""

    cells: dict[tuple[str, str, str, str], float]

    def gain(self, row: str, target: str, metric: str | None = None, *, mlm: bool = False) -> float:
        """The printed gain; of a target with two metrics their mean, where none is named."""
        return self._cell(BLOCKS[mlm], ROWS[row], target, metric)

    def average(self, row: str, *, mlm: bool = False) -> float:
        """The printed average gain of a row."""
        return self.cells[BLOCKS[mlm], ROWS[row], "avg", "xtreme_score"]

    def mean(self, row: str, *, mlm: bool = False) -> float:
        """The mean gain of a row over the nine targets, from its cells."""
        return fmean(self.gain(row, target, mlm=mlm) for target in TARGETS)

    def baseline(self, target: str, metric: str | None = None) -> float:
        """The score without intermediate training, on the development sets."""
        return self._cell("baseline", "XLM-R", target, metric)

    def best(self, target: str, metric: str | None = None) -> float:
        """The test score of the best models."""
        return self._cell(BENCHMARK, "Our Best Models", target, metric)

    def own(self, target: str, metric: str | None = None) -> float:
        """The test score of the study's own baseline."""
        return self._cell(BENCHMARK, "XLM-R (Ours)", target, metric)

    def cited(self, target: str, metric: str | None = None) -> float:
        """The test score of the cited baseline."""
        return self._cell(BENCHMARK, "XLM-R (Hu et al., 2020)", target, metric)

    def helped(self, target: str, *, mlm: bool = False) -> list[str]:
        """The tasks that gain on a target."""
        return [task for task in TASKS if self.gain(task, target, mlm=mlm) > 0]

    def _cell(self, block: str, row: str, target: str, metric: str | None) -> float:
        found = {m: v for (b, r, t, m), v in self.cells.items() if (b, r, t) == (block, row, target)}
        return fmean(found.values()) if metric is None else found[metric]


def read_printed(path: Path) -> Printed:
    """The table of a CSV with the columns block, row, target, metric and printed."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] != "missing"]
    return Printed({(r["block"], r["row"], r["target"], r["metric"]): float(r["printed"]) for r in rows})


def to_one_digit(value: float, stated: float) -> bool:
    """True if a value rounds to the stated one, or lies no further from it than rounded cells may."""
    return abs(value - stated) <= 0.1 + 1e-9
