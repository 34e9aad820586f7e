"""The errors that scores state of themselves, as columns of gains."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pandas as pd

from analysis.results.spreads import NORMAL, SPREADS

ERROR = ("se", "df", "n_seeds")
"""Standard error in points, its degrees of freedom, and how many seeds it is of; NaN where nothing is stated."""


def with_stated_errors(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores with the columns `ERROR` of what each states of itself; other columns of spreads are dropped."""
    columns = [name for name in SPREADS if name in scores]
    plain = scores.drop(columns=columns)
    if not scores[columns].notna().any(axis=None):
        return plain.assign(**dict.fromkeys(ERROR, nan))
    sd, se, low, high, stray, seeds = (scores.get(name, pd.Series(nan, index=scores.index)) for name in SPREADS)
    n = seeds.fillna(1.0)
    over_seeds, interval = sd.notna() & (n > 1), low.notna() & high.notna()
    half = np.maximum(scores["score"] - low, high - scores["score"]) / NORMAL
    known = (over_seeds | se.notna() | interval) & (stray.fillna(0.0) == 0)
    error = np.select([over_seeds, se.notna()], [sd / np.sqrt(n), se], half)
    df = np.where((over_seeds | se.notna()) & (n > 1), n - 1, inf)
    return plain.assign(**{name: np.where(known, of, nan) for name, of in zip(ERROR, (error, df, n), strict=True)})


def of_differences(rows: pd.DataFrame, single: pd.Series[bool]) -> pd.DataFrame:
    """Rows with the error of score minus baseline where both are single rows that state one (see `spreads.apart`).

    Args:
        rows: columns `ERROR` of the score, and of the baseline with `baseline_` before their names.
        single: which rows have one score on each side.
    """
    (se, df, n), (base_se, base_df, base_n) = (
        [rows[f"{before}{name}"].to_numpy(dtype=np.float64) for name in ERROR] for before in ("", "baseline_")
    )
    known = single.to_numpy() & ~np.isnan(se) & ~np.isnan(base_se)
    total = se**2 + base_se**2
    lost = se**4 / df + base_se**4 / base_df
    with np.errstate(divide="ignore", invalid="ignore"):
        both = (np.sqrt(total), np.where(lost > 0, total**2 / lost, inf), np.minimum(n, base_n))
    return rows.assign(**{name: np.where(known, of, nan) for name, of in zip(ERROR, both, strict=True)})
