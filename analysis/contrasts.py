"""Differences between two kinds of runs, paired by seed.

The seed is the unit: its intermediate checkpoint serves all targets and languages, so that they
are one measurement of it and not many.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.answer import Effect
from analysis.errors import UsageError
from analysis.margins import judged
from analysis.numerics.arrays import CannotTellError, Floats
from analysis.numerics.equivalence import tost_paired
from analysis.numerics.multiplicity import holm

if TYPE_CHECKING:
    import pandas as pd

NEVER = float("nan")
COVERED = 0.5
"""Share of the cells that a seed must have run to be used."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A mean paired difference.

    Attributes:
        estimate: mean over cells and seeds, in the unit of the differences.
        low: of the t interval over seeds, at the level asked; NaN where it cannot be told.
        high: of that interval.
        low90: of the 90 % interval, which lies within ±margin exactly when the two are equivalent.
        high90: of that interval.
        p_value: two-sided t test of no difference.
        p_equivalent: of the two one-sided tests against ±margin.
        detectable: the smallest true difference found with 80 % power.
        seeds: number of pairs.
        cells: (target, language) cells in each.
        because: why it cannot be told, or "".
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

    def row(self) -> dict[str, Any]:
        """The contrast as columns of a table."""
        return asdict(self)


def over_seeds(differences: Floats, *, margin: float, level: float = 0.95) -> Contrast:
    """The mean of paired differences with t over seeds.

    Args:
        differences: (cells, seeds), NaN where a side was not run. Seeds that lack most cells are
            left out, then cells that one of the other seeds lacks.
        margin: half width of what counts as equal, above 0.
        level: nominal coverage of the interval.
    """
    there = ~np.isnan(differences)
    cells = there.any(axis=1)
    used = there[cells].mean(axis=0) > COVERED if cells.any() else np.zeros(0, dtype=bool)
    whole = there[:, used].all(axis=1) if used.any() else np.zeros(0, dtype=bool)
    if not whole.any():
        return untold("no cell was run on both sides with the same seed")
    by_seed = differences[np.ix_(whole, used)].mean(axis=0)
    n, size = len(by_seed), int(whole.sum())
    estimate = float(by_seed.mean())
    try:
        found = tost_paired(by_seed, np.zeros(n), margin)
    except CannotTellError as error:
        because = "both sides share one seed, which shows no spread" if n < 2 else error.because
        return untold(because, estimate, n, size)
    half = float(stdtrit(found.df, 0.5 + level / 2)) * found.standard_error
    p_value = 2 * float(stdtr(found.df, -abs(estimate) / found.standard_error))
    ends = (estimate - half, estimate + half, found.low, found.high)
    return Contrast(estimate, *ends, p_value, found.p_value, found.detectable, n, size)


def untold(because: str, estimate: float = NEVER, seeds: int = 0, cells: int = 0) -> Contrast:
    """A contrast of which nothing but perhaps the estimate is known."""
    return Contrast(estimate, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, seeds, cells, because)


def with_holm(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with `p_holm`: `p_value` adjusted over the tests that were made, NaN staying NaN."""
    p_values = frame["p_value"].to_numpy(dtype=np.float64)
    adjusted = np.full(len(p_values), np.nan)
    made = ~np.isnan(p_values)
    if made.any():
        adjusted[made] = holm(p_values[made])
    return frame.assign(p_holm=adjusted)


def verdict(row: pd.Series[Any], *, margin: float, alpha: float) -> str:
    """What one contrast shows: `more`, `less`, `equal` (within the margin), `open` or `untold`.

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
    return Effect(
        name=name,
        method="mean of differences paired by seed, t over seeds; p after Holm",
        unit="points",
        estimate=row["estimate"],
        low=row["low"],
        high=row["high"],
        level=level,
        p_value=row["p_holm"],
        n=row["seeds"],
        n_of="seeds",
        because=row["because"],
    )


def check_margin(margin: float, level: float) -> None:
    """Refuses a margin or level that contrasts cannot be held against.

    Raises:
        UsageError: an argument outside its range.
    """
    if not (margin > 0 and 0 < level < 1):
        raise UsageError(f"margin {margin} has to be above 0 and level {level} between 0 and 1")
