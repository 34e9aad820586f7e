"""Robustness of runs to perturbation: absolute, relative and effective.

Effective robustness is what a run keeps beyond what its clean score lets expect: the residual from
the line of perturbed on clean scores (Taori et al. 2020, arXiv:2007.00644). The line is drawn
within cells, through the runs that are no sequence, so that the compared orders do not draw it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.gains.setting import CLEAN
from analysis.questions.order.runs import THEN
from analysis.questions.paired_runs import CELL, common
from analysis.stats.arrays import CannotTellError
from analysis.stats.least_squares import least_squares

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.questions.order.runs import Runs

FEWEST = 3
"""Runs per cell from which a line is drawn."""
NEVER = float("nan")


@dataclass(frozen=True, slots=True)
class RobustnessSlope:
    """Perturbed scores against clean scores.

    Attributes:
        perturbation: its name.
        slope: points under the perturbation per point on clean text; NaN where it cannot be told.
        through: the runs it is drawn through, in words.
        because: why there is no line, or "".
    """

    perturbation: str
    slope: float
    through: str
    because: str


def lines(runs: Runs) -> tuple[RobustnessSlope, ...]:
    """One line per perturbation."""
    single = runs.frame[~runs.frame["intermediate"].str.contains(THEN, regex=False)]
    return tuple(_line(single, name) for name in runs.perturbations)


def _line(frame: pd.DataFrame, perturbation: str) -> RobustnessSlope:
    key = [*CELL, "intermediate", "seed"]
    means = frame.groupby([*key, "perturbation"], observed=True)["score"].mean().unstack("perturbation")
    through = "runs that are no sequence"
    if not {CLEAN, perturbation} <= set(means.columns):
        return RobustnessSlope(perturbation, NEVER, through, "no other run than sequences was evaluated both ways")
    both = means[[CLEAN, perturbation]].dropna()
    both = both[both.groupby(CELL)[CLEAN].transform("size") >= FEWEST]
    within = both - both.groupby(CELL).transform("mean")
    if both.empty:
        return RobustnessSlope(perturbation, NEVER, through, f"no cell has {FEWEST} other runs than sequences")
    try:
        fit = least_squares(within[[CLEAN]].to_numpy(), within[perturbation].to_numpy())
    except CannotTellError as error:
        return RobustnessSlope(perturbation, NEVER, through, error.because)
    return RobustnessSlope(perturbation, float(fit.estimate[0]), f"{len(both)} {through}", "")


def table(runs: Runs, drawn: Iterable[RobustnessSlope]) -> pd.DataFrame:
    """Robustness of every intermediate under every perturbation.

    Returns:
        Columns `intermediate`, `perturbation`, `clean`, `perturbed`, `drop` (points), `relative_drop`
        (1 − perturbed/clean, percent), `effective` (points above what the clean score lets expect,
        against the mean of all runs in the same cells; NaN without a line), `cells`, `seeds`.
        Means over the cells and seeds that have both scores.
    """
    rows: list[dict[str, Any]] = []
    for line in drawn:
        centre = _centre(runs, line.perturbation)
        for name in sorted(set(runs.frame["intermediate"])):
            clean, perturbed = runs.table((name, CLEAN)), runs.table((name, line.perturbation))
            drop = common(clean, perturbed)
            there = drop.notna()
            if not there.to_numpy().any():
                continue
            kept = clean.reindex_like(drop).where(there)
            before = _mean(kept)
            rows.append({
                "intermediate": name,
                "perturbation": line.perturbation,
                "clean": before,
                "perturbed": before - _mean(drop),
                "drop": _mean(drop),
                "relative_drop": 100 * _mean(drop) / before if before else NEVER,
                "effective": _effective(kept, drop, centre, line.slope),
                "cells": int(there.any(axis=1).sum()),
                "seeds": int(there.any(axis=0).sum()),
            })  # fmt: skip
    return pd.DataFrame(rows)


def _mean(frame: pd.DataFrame) -> float:
    """Mean over cells of the mean over seeds."""
    return float(frame.mean(axis=1).mean())


def _centre(runs: Runs, perturbation: str) -> pd.DataFrame:
    """Mean clean and perturbed score of each cell over all runs that have both."""
    key = [*CELL, "intermediate", "seed"]
    means = runs.frame.groupby([*key, "perturbation"], observed=True)["score"].mean().unstack("perturbation")
    return means[[CLEAN, perturbation]].dropna().groupby(CELL, observed=True).mean()


def _effective(clean: pd.DataFrame, drop: pd.DataFrame, centre: pd.DataFrame, slope: float) -> float:
    middle = centre.reindex(clean.index)
    perturbed = clean - drop
    column = perturbed.columns[0]
    expected = clean.sub(middle[CLEAN], axis=0) * slope
    above = perturbed.sub(middle.drop(columns=CLEAN).iloc[:, 0], axis=0) - expected
    return _mean(above) if column in above else NEVER


def relative(runs: Runs, first: str, second: str, perturbation: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Relative drop of first − second in percent, (1, seeds), over the cells that both have both ways."""
    cells = runs.perturbed_more(first, second, perturbation).dropna()
    drops = []
    for name in (first, second):
        clean = runs.table((name, CLEAN)).loc[cells.index, cells.columns].mean()
        perturbed = runs.table((name, perturbation)).loc[cells.index, cells.columns].mean()
        drops.append(100 * (1 - perturbed / clean.where(clean != 0)))
    return (drops[0] - drops[1]).to_numpy(dtype=np.float64)[None]
