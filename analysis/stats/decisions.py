"""From an estimate and its uncertainty to a decision against a stated value or margin.

Three uncertainties are kept apart. *Rounding*: a printed number stands for an interval. *Chance*: a
mean over training seeds, or a number with a standard error, has a t interval. *Reach*: a ± that
nobody explained; within it nothing is decided. A single value with none of them is compared as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

Decision = Literal["true", "false", "open"]
TINY = 1e-9
"""Differences below this are arithmetic, not measurement (scores are in points)."""


@dataclass(frozen=True, slots=True)
class MeanEstimate:
    """A mean over seeds, or a single value.

    Attributes:
        value: the mean, in points.
        n: number of seeds (1 where there are none, or nobody says how many).
        se: standard error of the value, 0 where none is known.
        rounding: half width of the interval that rounding of the printed numbers leaves open.
        df: degrees of freedom of the standard error.
        reach: sum of the ± that nobody explained.
    """

    value: float
    n: int
    se: float
    rounding: float
    df: float = inf
    reach: float = 0.0

    @property
    def uncertain(self) -> bool:
        """True if anything but rounding leaves the value open."""
        return self.se > TINY or self.reach > TINY

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The t interval at `level`, widened by the rounding and by what is not explained."""
        half = self.rounding + self.reach
        if self.se:
            from scipy.special import stdtrit

            half += float(stdtrit(self.df, 0.5 + level / 2)) * self.se
        return self.value - half, self.value + half


def estimate(values: Sequence[float], rounding: float, reach: float = 0.0) -> MeanEstimate:
    """The estimate from one value per seed.

    Seeds that print alike are not known to be equal: their standard deviation is taken as no smaller than `rounding`.

    Args:
        values: at least one value, in points.
        rounding: half width left open by rounding.
        reach: sum of the ± that nobody explained.
    """
    n = len(values)
    mean = sum(values) / n
    se = max(sqrt(sum((v - mean) ** 2 for v in values) / (n - 1)), rounding) / sqrt(n) if n > 1 else 0.0
    return MeanEstimate(mean, n, se, rounding, n - 1 if n > 1 else inf, reach)


@dataclass(frozen=True, slots=True)
class RoundedDecision:
    """A decision, and whether rounding alone stands between it and certainty."""

    decision: Decision
    by_rounding: bool = False


def equals(e: MeanEstimate, value: float, half_width: float) -> RoundedDecision:
    """Decides if the estimate is the stated number, which stands for value ± half_width.

    True when the estimate, as it is, rounds to the stated number; open when only the rounding of
    the printed scores, or their spread, brings the two together; false otherwise.
    """
    distance = abs(e.value - value)
    if distance <= half_width + TINY:
        return RoundedDecision("true", by_rounding=distance + e.rounding > half_width + TINY)
    if distance < half_width + e.rounding - TINY:
        return RoundedDecision("open", by_rounding=True)
    low, high = e.interval()
    overlaps = low < value + half_width and high > value - half_width
    return RoundedDecision("open" if overlaps and e.uncertain else "false")


def exceeds(e: MeanEstimate, threshold: float, *, or_equal: bool = False) -> RoundedDecision:
    """Decides if the estimate is above the threshold (strictly unless `or_equal`)."""
    if e.uncertain:
        low, high = e.interval()
        if low > threshold:
            return RoundedDecision("true")
        return RoundedDecision("false" if high < threshold else "open")
    ahead = e.value - threshold
    if abs(ahead) <= TINY and e.rounding <= TINY:
        return RoundedDecision("true" if or_equal else "false")
    if abs(ahead) < e.rounding - TINY or abs(ahead) <= TINY:
        return RoundedDecision("open", by_rounding=True)
    return RoundedDecision("true" if ahead > 0 else "false")


def comparable(e: MeanEstimate, margin: float, level: float = 0.05) -> RoundedDecision:
    """Equivalence to zero within ±margin by two one-sided tests.

    The tests reject at `level` exactly when the 1 − 2·level interval lies inside the margin
    (Schuirmann 1987). A single value is compared as printed.
    """
    low, high = e.interval(1 - 2 * level)
    if low >= -margin - TINY and high <= margin + TINY:
        return RoundedDecision("true")
    return RoundedDecision("false" if low > margin or high < -margin else "open")
