"""Runs of one model and study that are compared seed by seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.gains.contrasts import Contrast, over_seeds, untold
from analysis.questions.design import Fit, SettingDesign
from analysis.results.item_error import sampled
from analysis.wording import counted

CELL = ["target", "language"]
NO_SCORES = pd.DataFrame(index=pd.MultiIndex.from_arrays([[], []], names=CELL))


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedRuns(Fit):
    """Scores by kind of run; a kind is its name, or its name and the perturbation of its test data.

    Attributes:
        design: margin and level of contrasts.
        frame: one row a score, in points, larger is better.
        tables: kind → scores, (target, language) by seed.
        variances: kind → what the items of each cell leave open (`cell_sampling`).
        items: kind → points of every item by target, language and item; without kinds of which none are stored.
        setting: what all runs have in common, in words.
    """

    design: SettingDesign
    frame: pd.DataFrame
    tables: Mapping[Any, pd.DataFrame]
    variances: Mapping[Any, pd.DataFrame]
    items: Mapping[Any, pd.Series[float]]
    setting: str

    def table(self, kind: Any) -> pd.DataFrame:
        """Scores of one kind of run, (target, language) by seed; empty where it was not run."""
        return self.tables.get(kind, NO_SCORES)

    def difference(self, first: Any, second: Any) -> pd.DataFrame:
        """First − second with the same seed, in the cells that both have."""
        return common(self.table(first), self.table(second))

    def contrast(self, difference: pd.DataFrame, sides: Sequence[tuple[float, Any]]) -> Contrast:
        """The mean of a difference over seeds, with the error through its test items.

        Args:
            difference: (target, language) by seed.
            sides: weight and kind of each score in it.
        """
        if difference.empty:
            return untold("no cell was run on both sides with the same seed")
        parts = [(weight, self.variances[kind], self.items.get(kind)) for weight, kind in sides]
        sampling = sampled(difference.index, parts, self.design.registry)
        values = difference.to_numpy(dtype=np.float64)
        return over_seeds(values, margin=self.design.margin, level=self.design.level, sampling=sampling)


def common(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """First − second in the rows and columns that both have."""
    rows, columns = first.index.intersection(second.index), first.columns.intersection(second.columns)
    return first.loc[rows, columns] - second.loc[rows, columns]


def seeded(frame: pd.DataFrame, left_out: list[str]) -> pd.DataFrame:
    """The rows with a seed; the others are counted in `left_out`."""
    known = frame["seed"].notna()
    if not known.all():
        left_out.append(f"{counted(int((~known).sum()), 'row')} without a seed, which cannot be paired")
    return frame[known]
