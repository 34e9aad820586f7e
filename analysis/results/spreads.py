"""Error of a score: what its source states, and what follows for means and differences.

A *spread* is what a row of the results table holds of the error of its score, as its source states it.
An *error* is what a verdict uses: a standard error with its degrees of freedom, and the reach of what
nobody explained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite, isnan, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

SPREADS = ("sd", "se", "ci_low", "ci_high", "plus_minus", "n_seeds")
"""Columns of the results table, in points: standard deviation over seeds, standard error, ends of the
95 % interval, a ± of which the source does not say what it is; and how many seeds the score is a mean of."""

KINDS = ("sd", "se", "ci95")
"""Meanings of a ±: standard deviation over seeds, standard error, half width of a 95 % interval."""

NORMAL = 1.959963984540054
"""97.5 % quantile of the normal distribution."""

PAIRED_GAIN = 4
"""The largest ratio of an unpaired test's standard error to a paired one's (a correlation of .94)."""


@dataclass(frozen=True, slots=True)
class Error:
    """The error of a score, a mean or a difference, in points.

    Attributes:
        se: standard error, 0 where none is known. df: its degrees of freedom.
        n: seeds behind it (the fewest of any part), 1 where they are not known.
        reach: sum of what is stated and not explained; within it nothing is decided.
        items: standard error by the number of evaluated items alone, None where that is not known.
        known: whether seeds or a stated error say how far every part of it may be off by chance.
    """

    se: float = 0.0
    df: float = inf
    n: int = 1
    reach: float = 0.0
    items: float | None = None
    known: bool = False

    def scaled(self, factor: float) -> Error:
        """The error of the number times a factor."""
        by = abs(factor)
        items = None if self.items is None else self.items * by
        return replace(self, se=self.se * by, reach=self.reach * by, items=items)


NONE_STATED = Error()


@dataclass(frozen=True, slots=True)
class Spread:
    """The error of one score as its source states it; None where it does not. The fields are columns."""

    sd: float | None = None
    se: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    plus_minus: float | None = None
    n_seeds: int | None = None

    def error(self, score: float, rounding: float = 0.0) -> Error:
        """Error of its score that follows from it.

        A standard deviation becomes a standard error by the number of seeds; without that number its
        reach is all that is known. An interval is taken as normal, by its longer side.

        Args:
            score: in points.
            rounding: half a unit of its last printed digit; "80.00 ± 0.00" does not say that the deviation is smaller.
        """
        n = self.n_seeds or 1
        df = float(n - 1) if n > 1 else inf
        unexplained = self.plus_minus or 0.0
        if self.sd is not None and n > 1:
            return Error(max(self.sd, rounding) / sqrt(n), df, n, unexplained, known=True)
        if self.se is not None:
            return Error(self.se, df, n, unexplained, known=True)
        if self.ci_low is not None and self.ci_high is not None:
            return Error(max(score - self.ci_low, self.ci_high - score) / NORMAL, inf, n, unexplained, known=True)
        return Error(n=n, reach=max(unexplained, self.sd or 0.0))

    def __str__(self) -> str:
        """In words: "sd 0.41 over 5 seeds"; empty where nothing is stated."""
        over = f" over {self.n_seeds} seeds" if self.n_seeds is not None and self.n_seeds > 1 else ""
        parts = [f"sd {self.sd:g}{over}"] if self.sd is not None else [f"mean{over}"] if over else []
        if self.se is not None:
            parts.append(f"se {self.se:g}")
        if self.ci_low is not None and self.ci_high is not None:
            parts.append(f"95 % interval {self.ci_low:g} to {self.ci_high:g}")
        if self.plus_minus is not None:
            parts.append(f"± {self.plus_minus:g}, not explained")
        return ", ".join(parts)


def spread_of(row: Mapping[str, Any]) -> Spread | None:
    """The spread in a row of the results table, None where it states none."""
    written = {name: float(row[name]) for name in SPREADS if row.get(name) is not None}
    stated = {name: value for name, value in written.items() if not isnan(value)}
    if not stated:
        return None
    seeds = stated.pop("n_seeds", None)
    return Spread(**stated, n_seeds=None if seeds is None else int(seeds))


def by_items(score: float, n_items: int) -> float:
    """Standard error, in points, of a share of items by their number: √(p(1 − p)/n) (Miller 2024, arXiv:2411.00640)."""
    share = min(max(score / 100, 0.0), 1.0)
    return 100 * sqrt(share * (1 - share) / n_items)


def apart(left: Error, right: Error) -> Error:
    """The error of a difference of two independent numbers, with Welch's degrees of freedom."""
    a, b = left.se**2, right.se**2
    lost = sum(v**2 / e.df for v, e in ((a, left), (b, right)) if v and isfinite(e.df))
    items = None if left.items is None or right.items is None else sqrt(left.items**2 + right.items**2)
    df = (a + b) ** 2 / lost if lost else inf
    known = left.known and right.known
    return Error(sqrt(a + b), df, min(left.n, right.n), left.reach + right.reach, items, known)


def together(errors: Sequence[Error]) -> Error:
    """The largest error that the mean of several numbers can have, however they hang together.

    Scores of one run in several languages or targets are not independent, and how much they vary
    together is not stated: so their errors do not cancel here.
    """
    count = len(errors)
    items = [e.items for e in errors if e.items is not None]
    return Error(
        sum(e.se for e in errors) / count,
        min((e.df for e in errors if e.se), default=inf),
        min(e.n for e in errors),
        sum(e.reach for e in errors) / count,
        sum(items) / count if len(items) == count else None,
        all(e.known for e in errors),
    )


def largest(errors: Sequence[Error]) -> Error:
    """An error that the largest or smallest of several numbers does not exceed."""
    items = [e.items for e in errors if e.items is not None]
    return Error(
        max(e.se for e in errors),
        min((e.df for e in errors if e.se), default=inf),
        min(e.n for e in errors),
        max(e.reach for e in errors),
        max(items) if len(items) == len(errors) else None,
        all(e.known for e in errors),
    )


def check_spreads(frame: pd.DataFrame, faults: list[str]) -> None:
    """Adds one sentence for every spread or count that cannot be.

    Args:
        frame: a results table with its numbers read.
        faults: takes the sentences.
    """
    for name in ("sd", "se", "plus_minus"):
        faults += [f"{name} {frame[name][i]:g} in row {i + 1} is negative" for i in frame.index[frame[name] < 0]]
    for name in ("n_seeds", "n_items"):
        counts = frame[name]
        if counts.isna().all():
            continue
        wrong = counts.notna() & ((counts < 1) | (counts % 1 != 0))
        faults += [f"{name} {counts[i]:g} in row {i + 1} is no whole number from 1" for i in frame.index[wrong]]
    _check_seeds(frame, faults)
    low, high, score = frame["ci_low"], frame["ci_high"], frame["score"]
    if low.isna().all() and high.isna().all():
        return
    alone = low.isna() != high.isna()
    faults += [f"row {i + 1} has one end of an interval; give both ci_low and ci_high" for i in frame.index[alone]]
    slack = (0.5 * 10.0 ** -frame["decimals"]).fillna(0.0) + 1e-9
    outside = (low > score + slack) | (high < score - slack)
    faults += [
        f"score {score[i]:g} in row {i + 1} is outside its own interval, {low[i]:g} to {high[i]:g}"
        for i in frame.index[outside]
    ]


def _check_seeds(frame: pd.DataFrame, faults: list[str]) -> None:
    both = frame["seed"].notna() & (frame["n_seeds"] > 1)
    faults += [
        f"row {i + 1} has a seed ({frame['seed'][i]:g}) and is a mean over {frame['n_seeds'][i]:g}; leave one empty"
        for i in frame.index[both]
    ]
    lone = (frame["sd"] > 0) & (frame["n_seeds"] == 1)
    faults += [
        f"sd {frame['sd'][i]:g} in row {i + 1} is of one seed, which has none; is it the se?" for i in frame.index[lone]
    ]
