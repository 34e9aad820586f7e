"""The error of the score in each cell: by its seeds, as its source states it, or by the number of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.results.item_error import item_error
from analysis.results.spreads import NORMAL, SPREADS

if TYPE_CHECKING:
    import pandas as pd

    from analysis.registry.vocabulary import Vocabulary
    from analysis.stats.arrays import Floats, Ints


def cell_errors(frame: pd.DataFrame, place: Ints, registry: Vocabulary) -> pd.DataFrame:
    """One row a cell, indexed by its place.

    Columns: `score`, the mean over rows of the cell; `se`, of it, NaN where it is not known: the larger of
    what seeds and items say, else what the source states; `df`; `reach`, of a ± that is not explained.

    Args:
        frame: rows of a results table.
        place: (rows,), the cell of each.
        registry: knows which metrics are shares of items.
    """
    work = frame[["score"]].assign(place=place, items=item_error(frame.assign(score=frame["score"].abs()), registry))
    work["stated"], work["stated_df"], work["reach"] = stated(frame)
    counted = frame.assign(place=place)[["place", "seed"]].groupby("place")["seed"]
    groups = work.groupby("place")
    cells = groups[["score", "items", "stated", "reach"]].mean()
    count, spread = counted.nunique(), groups["score"].std(ddof=1)
    by_seed: pd.Series[float] = (spread / count**0.5).where(count > 1)
    single = groups["score"].count() == 1
    cells["df"] = (count - 1.0).where(count > 1, groups["stated_df"].min().where(single, np.inf))
    known = by_seed.fillna(cells["stated"].where(single))
    larger = known.where(~(cells["items"] > known) | by_seed.isna(), cells["items"])
    cells["se"] = larger.where(known.notna(), cells["items"])
    cells["df"] = cells["df"].where(known.notna(), np.inf).fillna(np.inf)
    cells["reach"] = cells["reach"].fillna(0.0)
    return cells[["score", "se", "df", "reach"]]


def stated(frame: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Standard error, degrees of freedom and unexplained reach of each row, as `spreads.Spread.error` has them."""
    empty = np.full(len(frame), np.nan)
    columns = {n: frame[n].to_numpy(dtype=np.float64) if n in frame else empty for n in SPREADS}
    score = np.abs(frame["score"].to_numpy(dtype=np.float64))
    n = np.nan_to_num(columns["n_seeds"], nan=1.0)
    rounding = np.nan_to_num(0.5 * 10.0 ** -frame["decimals"].to_numpy(dtype=np.float64))
    half = np.fmax(score - columns["ci_low"], columns["ci_high"] - score) / NORMAL
    by_sd = np.where(n > 1, np.fmax(columns["sd"], rounding) / np.sqrt(n), np.nan)
    by_sd = np.where(np.isnan(columns["sd"]), np.nan, by_sd)
    se = np.where(~np.isnan(by_sd), by_sd, np.where(~np.isnan(columns["se"]), columns["se"], half))
    df = np.where((n > 1) & (~np.isnan(by_sd) | ~np.isnan(columns["se"])), n - 1, np.inf)
    unexplained = np.nan_to_num(columns["plus_minus"])
    alone = np.where(np.isnan(se), np.fmax(unexplained, np.nan_to_num(columns["sd"])), unexplained)
    return se, df, alone
