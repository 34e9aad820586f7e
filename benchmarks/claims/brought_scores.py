"""The made-up tables that `brought.jsonl` is about, as plain numbers: whose, which run, which target, which metric."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev

FOLDER = Path(__file__).with_name("brought")
HALF = 0.05
"""Half a unit of the last printed digit."""
T95 = {2: 12.706, 3: 4.303}
"""Two-sided 95 % points of Student's t, by the number of seeds."""


@dataclass(frozen=True, slots=True)
class Told:
    """The scores of one model in one study and version.

    Attributes:
        cells: (run, target, metric) → scores in points, one a seed.
    """

    cells: dict[tuple[str, str, str], list[float]]

    @property
    def tasks(self) -> list[str]:
        """The runs on one intermediate task."""
        return list(dict.fromkeys(run for run, _, _ in self.cells if run not in ("none", "Multi")))

    def score(self, run: str, target: str) -> float:
        """The mean over seeds, by the target's only metric."""
        (found,) = [scores for (r, t, _), scores in self.cells.items() if (r, t) == (run, target)]
        return fmean(found)

    def gain(self, run: str, target: str, over: str = "none") -> float:
        """A run's score above another's, in points."""
        return round(self.score(run, target) - self.score(over, target), 6)

    def better(self, run: str, target: str, over: str = "none", by: float = 0.0) -> bool | str:
        """The truth of "better by more than so many points"; "none" where every metric or the seeds leave it open."""
        said = {self._above(metric, run, target, over, by) for metric in self.metrics(target)}
        return said.pop() if len(said) == 1 else "none"

    def metrics(self, target: str) -> list[str]:
        """The metrics of a target."""
        return list(dict.fromkeys(m for _, t, m in self.cells if t == target))

    def _above(self, metric: str, run: str, target: str, over: str, by: float) -> bool | str:
        if metric == "error_rate":
            return "none"
        first, second = self.cells[run, target, metric], self.cells[over, target, metric]
        apart = [a - b for a, b in zip(first, second, strict=True)]
        reach = 2 * HALF
        if len(apart) > 1:
            reach = T95[len(apart)] * max(stdev(apart), 1e-9) / sqrt(len(apart))
        middle = fmean(apart) - by
        return "none" if abs(middle) < reach + 1e-9 else middle > 0


def load(name: str) -> dict[tuple[str, str, str], Told]:
    """The scores of a table, by (study, version, model)."""
    found: dict[tuple[str, str, str], Told] = {}
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = found.setdefault((row.get("study", ""), row.get("version", ""), row["model"]), Told({}))
            told.cells.setdefault((row["intermediate"], row["target"], row["metric"]), []).append(float(row["score"]))
    return found


def agreed(truths: Sequence[bool | str]) -> bool | str:
    """The common truth; "none" where they do not agree."""
    return truths[0] if len(set(truths)) == 1 else "none"
