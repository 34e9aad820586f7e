"""What the test items alone leave open in a score: the standard error of a share of so many items.

Binomial, √(p(1 − p)/n) (Miller 2024, "Adding error bars to evals", arXiv:2411.00640, equation 3). Items
of one passage are not independent, so for span questions and tagging this is a lower bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from analysis.numerics.arrays import Floats
    from analysis.vocabulary import Vocabulary


def item_error(rows: pd.DataFrame, words: Vocabulary) -> Floats:
    """Standard error of each score, in points, (n,); NaN where items are not stated or the metric is no share.

    Args:
        rows: columns `metric`, `n_items`, `score`.
        words: the vocabulary, which knows the metrics from 0 to 100.
    """
    shares = {name for name, e in words["metric"].items() if e.facts.get("low") == 0 and e.facts.get("high") == 100}
    score = rows["score"].to_numpy(dtype=np.float64)
    items = rows["n_items"].to_numpy(dtype=np.float64)
    known = rows["metric"].astype(str).isin(shares).to_numpy() & (items > 0) & (score >= 0) & (score <= 100)
    error = np.full(len(rows), np.nan)
    error[known] = np.sqrt(score[known] * (100 - score[known]) / items[known])
    return error


def items_sentence(results: pd.DataFrame, words: Vocabulary) -> str:
    """How sure scores are from their items alone, the least sure target named; "" where items are not stated."""
    rows = results.assign(error=item_error(results, words))
    rows = rows[rows["error"].notna()]
    if rows.empty:
        return ""
    by_target = rows.groupby(rows["target"].astype(str))["error"].median().sort_values()
    worst = str(by_target.index[-1])
    items = rows.loc[rows["target"].astype(str) == worst, "n_items"].median()
    said = (
        f"Test items alone leave ±{1.96 * by_target.iloc[-1]:.1f} points of one score on {worst} ({items:,.0f} items)"
    )
    if len(by_target) > 1:
        said += f", ±{1.96 * by_target.iloc[0]:.1f} on {by_target.index[0]}"
    return f"{said}; the intervals here do not draw items again."
