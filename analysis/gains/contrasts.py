"""Differences between two kinds of runs, paired by seed.

The seed is the unit: its intermediate checkpoint serves all targets and languages, so that they
are one measurement of it and not many. What other test items would give is added to the error.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.answer import Effect
from analysis.stats.arrays import Floats, constant
from analysis.stats.equivalence import equivalence
from analysis.stats.freedom import summed
from analysis.stats.margins import judged
from analysis.stats.multiplicity import holm

if TYPE_CHECKING:
    import pandas as pd

    from analysis.results.item_error import Sampling

NEVER = float("nan")
COVERED = 0.5
"""Share of the cells that a seed must have run to be used."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A mean paired difference.

    Attributes:
        estimate: mean over cells and seeds, in the unit of the differences.
        low: of the t interval over seeds and items, at the level asked; NaN where it cannot be told.
        high: of that interval.
        low90: of the 90 % interval, which lies within ±margin exactly when the two are equivalent.
        high90: of that interval.
        p_value: two-sided t test of no difference.
        p_equivalent: of the two one-sided tests against ±margin.
        detectable: the smallest true difference found with 80 % power.
        seeds: number of pairs.
        cells: (target, language) cells in each.
        because: why it cannot be told, or "".
        items: standard error through the test items, part of the interval; 0 where they are not stated.
    """

    estimate: float
    low: float
    high: float
    low90: float
    high90: float
    p_value: float
    p_equivalent: float
    detectable: float
    seeds: int
    cells: int
    because: str = ""
    items: float = 0.0

    def row(self) -> dict[str, Any]:
        """The contrast as columns of a table."""
        return asdict(self)


def over_seeds(
    differences: Floats, *, margin: float, level: float = 0.95, sampling: Sampling | None = None
) -> Contrast:
    """The mean of paired differences with t over seeds and test items.

    Args:
        differences: (cells, seeds), NaN where a side was not run. Seeds that lack most cells are
            left out, then cells that one of the other seeds lacks.
        margin: half width of what counts as equal, above 0.
        level: nominal coverage of the interval.
        sampling: the test items of the cells; None: they are fixed.
    """
    there = ~np.isnan(differences)
    cells = there.any(axis=1)
    used = there[cells].mean(axis=0) > COVERED if cells.any() else np.zeros(0, dtype=bool)
    whole = there[:, used].all(axis=1) if used.any() else np.zeros(0, dtype=bool)
    if not whole.any():
        return untold("no cell was run on both sides with the same seed")
    kept = differences[np.ix_(whole, used)]
    by_seed = kept.mean(axis=0)
    n, size = len(by_seed), int(whole.sum())
    estimate = float(by_seed.mean())
    if n < 2:
        return untold("both sides share one seed, which shows no spread", estimate, n, size)
    if constant(by_seed):
        return untold("every pair differs by the same amount, so the spread is unknown", estimate, n, size)
    means = np.full(len(differences), np.nan)
    means[whole] = kept.mean(axis=1)
    items = sampling.of_mean(means, np.asarray(whole), margin) if sampling is not None else (0.0, 1.0)
    variance, df = summed([(float(by_seed.var(ddof=1)) / n, n - 1.0), items])
    found = equivalence(estimate, float(np.sqrt(variance)), df, margin)
    half = float(stdtrit(df, 0.5 + level / 2)) * found.standard_error
    p_value = 2 * float(stdtr(df, -abs(estimate) / found.standard_error))
    ends = (estimate - half, estimate + half, found.low, found.high)
    return Contrast(
        estimate, *ends, p_value, found.p_value, found.detectable, n, size, items=float(np.sqrt(items[0]))
    )  # fmt: skip


def untold(because: str, estimate: float = NEVER, seeds: int = 0, cells: int = 0) -> Contrast:
    """A contrast of which nothing but perhaps the estimate is known."""
    return Contrast(estimate, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, seeds, cells, because)


def with_holm(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with `p_holm`: `p_value` adjusted over the tests that were made, NaN staying NaN."""
    return frame.assign(p_holm=holm(frame["p_value"]))


def verdict(row: pd.Series[Any], *, margin: float, alpha: float) -> str:
    """The conclusion of one contrast: `more`, `less`, `equal` (within the margin), `open` or `untold`.

    A difference that is both beyond chance and within the margin is `equal`: it does not matter.
    """
    if row["because"]:
        return "untold"
    return judged(row["estimate"], row["p_holm"], row["low90"], row["high90"], margin=margin, alpha=alpha).size


def effect_of(row: pd.Series[Any], name: str, level: float) -> Effect:
    """A row of contrasts as an effect, its p-value after Holm.

    Args:
        row: with the fields of `Contrast` and `p_holm`.
        name: what is compared.
        level: of its interval.
    """
    over = "seeds and test items" if row["items"] else "seeds"
    method = f"mean of differences paired by seed, t over {over}; p after Holm"
    return Effect(
        name, method, "points", row["estimate"], row["low"], row["high"], level, row["p_holm"], row["seeds"], "seeds",
        row["because"],
    )  # fmt: skip


def items_said(rows: pd.DataFrame, *, paired: bool) -> str:
    """Sentence on the part of the test items in the intervals of some contrasts.

    Args:
        rows: with the fields of `Contrast`.
        paired: whether it is stored which items each run got right.
    """
    known = rows.loc[rows["because"] == "", "items"]
    if known.empty:
        return ""
    if known.max() == 0:
        return "How many test items there are is not stated, so other items are not in the intervals."
    least, most = (f"{1.96 * v:.2f}" for v in (known.min(), known.max()))
    how = "" if paired else "; --items would pair them"
    return f"Of the intervals ±{least}{f' to {most}' if most != least else ''} points are other test items{how}."
