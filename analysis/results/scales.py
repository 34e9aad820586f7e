"""The scale of printed scores: points, or shares of one, known for each metric of a file."""

from __future__ import annotations

import pandas as pd

from analysis.registry.vocabulary import Vocabulary
from analysis.results.columns import filled, numbers_of, words_of
from analysis.results.spreads import SPREADS

POINTS = (0, 100)
"""Bounds of a metric that may be written as a share of one."""
DIGITS = 2
"""Decimals from which a number below 1 may be a share."""
SMALL = 10.0
"""Points below which a score stands between shares of one and usual points."""
MANY = 0.2
"""Share of a column's scores below 1 from which they are no lone scores near 0."""


def in_points(frame: pd.DataFrame, registry: Vocabulary, faults: list[str]) -> pd.DataFrame:
    """The table with shares of one, and their spreads, as points; a metric that mixes both scales is a fault.

    Args:
        frame: as read from a text file, with the columns `score` and `decimals`; other columns may be missing.
        registry: tells which metrics run from 0 to 100.
        faults: gets one sentence for each metric that mixes scales.
    """
    scores, decimals = numbers_of(frame["score"]), numbers_of(frame["decimals"]).fillna(0)
    shares, points = (scores > 0) & (scores < 1) & (decimals >= DIGITS), scores > 1
    if not shares.any():
        return frame
    as_share = pd.Series(False, index=frame.index)
    for metric, rows in frame.groupby(_metric(frame), dropna=False, observed=True).groups.items():
        small, large = shares.loc[rows], points.loc[rows]
        if not small.any() or not _is_share(str(metric), registry):
            continue
        if not large.any():
            as_share.loc[rows] = scores.loc[rows].notna()
        elif _mixed(scores.loc[rows], decimals.loc[rows], small, large):
            low, high = rows[small][0], rows[large][0]
            faults.append(
                f"scores of {metric or 'no named metric'} mix two scales: {frame['score'][low]} in row {low + 1} is a "
                f"share of one, {frame['score'][high]} in row {high + 1} are points; write all in points (0 to 100)"
            )
    return _multiplied(frame, as_share, decimals)


def _multiplied(frame: pd.DataFrame, rows: pd.Series[bool], decimals: pd.Series[float]) -> pd.DataFrame:
    """The table with what stands in these rows as a share of one as points; cells that are no numbers stay."""
    found = {"decimals": decimals.where(~rows, (decimals - DIGITS).clip(lower=0))}
    for name in ("score", *(name for name in SPREADS if name in frame and name != "n_seeds")):
        numbers = numbers_of(frame[name])
        changed = numbers.where(~rows, numbers.mul(100).round(10))
        blank = words_of(frame[name]).isna()
        complete = (blank | numbers.notna()).all()
        found[name] = changed if complete else changed.astype("object").where(numbers.notna(), frame[name])
    return frame.assign(**found)


def _metric(frame: pd.DataFrame) -> pd.Series[str]:
    """Metric of a score, "" where the table does not state it."""
    if "metric" not in frame:
        return pd.Series("", index=frame.index)
    return filled(words_of(frame["metric"]), "")


def _is_share(metric: str, registry: Vocabulary) -> bool:
    entry = registry.find("metric", metric) if metric else None
    return entry is None or (entry.facts.get("low"), entry.facts.get("high")) == POINTS


def _mixed(
    scores: pd.Series[float], decimals: pd.Series[float], small: pd.Series[bool], large: pd.Series[bool]
) -> bool:
    """True if numbers below 1 are shares among points, rather than scores near 0."""
    if decimals[small].min() > decimals[large].max():
        return True
    between = ((scores > 1) & (scores < SMALL)).any()
    return bool(not between and small.sum() >= MANY * (small.sum() + large.sum()))
