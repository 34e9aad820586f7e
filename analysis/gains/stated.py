"""The errors that scores state of themselves, as columns of gains."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.spreads import SPREADS, Error, apart, spread_of

if TYPE_CHECKING:
    import pandas as pd

ERROR = ("se", "df", "n_seeds")
"""Standard error in points, its degrees of freedom, and how many seeds it is of; NaN where nothing is stated."""


def with_stated_errors(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores with the columns `ERROR` of what each states of itself; other columns of spreads are dropped."""
    columns = [name for name in SPREADS if name in scores]
    plain = scores.drop(columns=columns)
    if not scores[columns].notna().any(axis=None):
        return plain.assign(**dict.fromkeys(ERROR, nan))
    return plain.assign(**_as_columns([_error(row) for row in scores[[*columns, "score"]].to_dict("records")]))


def of_differences(rows: pd.DataFrame, single: pd.Series[bool]) -> pd.DataFrame:
    """Rows with the error of score minus baseline where both are single rows that state one.

    Args:
        rows: columns `ERROR` of the score, and of the baseline with `baseline_` before their names.
        single: which rows have one score on each side.
    """
    pairs = zip(_errors(rows, ""), _errors(rows, "baseline_"), single, strict=True)
    errors = [apart(ours, base) if alone and ours and base else None for ours, base, alone in pairs]
    return rows.assign(**_as_columns(errors))


def _error(row: Mapping[Hashable, Any]) -> Error | None:
    spread = spread_of({str(name): value for name, value in row.items()})
    found = spread.error(row["score"]) if spread else None
    return found if found and found.known and not found.reach else None


def _errors(rows: pd.DataFrame, before: str) -> list[Error | None]:
    columns = zip(*(rows[f"{before}{name}"] for name in ERROR), strict=True)
    return [None if np.isnan(se) else Error(se, df, int(n), known=True) for se, df, n in columns]


def _as_columns(errors: list[Error | None]) -> dict[str, list[float]]:
    return {
        "se": [nan if e is None else e.se for e in errors],
        "df": [nan if e is None else e.df for e in errors],
        "n_seeds": [nan if e is None else float(e.n) for e in errors],
    }
