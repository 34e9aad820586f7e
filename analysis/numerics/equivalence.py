"""How much a comparison could have shown: equivalence, detectable effects, sample sizes.

Two one-sided tests: Schuirmann 1987. Power of t tests: the noncentral t distribution, as the
noncentral F; statsmodels' `ttest_power` agrees to 4e-9 where it gives a number, and gives none for
133 of 960 combinations of effect, degrees of freedom and level.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq
from scipy.special import ncfdtr, stdtr, stdtrit

from analysis.numerics.arrays import CannotTellError, Floats, ShapeError, constant, level_in_range, vector

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

MANY = 100_000


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A test that a difference lies within ±margin.

    Attributes:
        difference: mean difference, in the scores' unit.
        standard_error: of it.
        df: degrees of freedom of t.
        margin: stated half width of what counts as equal.
        p_value: the larger of the two one-sided p-values; small means equivalent.
        low: of the 1 − 2·alpha interval, inside ±margin exactly when p_value < alpha.
        high: of that interval.
        alpha: level of the test.
        detectable: smallest true difference from zero found with 80 % power, two-sided at alpha.
    """

    difference: float
    standard_error: float
    df: float
    margin: float
    p_value: float
    low: float
    high: float
    alpha: float
    detectable: float

    @property
    def equivalent(self) -> bool:
        """Whether both one-sided tests reject."""
        return self.p_value < self.alpha


def tost_paired(x: npt.ArrayLike, y: npt.ArrayLike, margin: float, *, alpha: float = 0.05) -> Equivalence:
    """Whether x and y, paired by seed or item, are equal within ±margin.

    Args:
        x: (n,), scores.
        y: (n,), scores of the same seeds.
        margin: in the scores' unit, above 0.
        alpha: level of each one-sided test.

    Raises:
        ShapeError: lengths that do not match, missing values, a margin of 0 or less.
        CannotTellError: one pair, or differences without spread.
    """
    first = vector("x", x)
    difference = first - vector("y", y, length=len(first))
    if len(difference) < 2:
        raise CannotTellError("one pair shows no spread")
    if constant(difference):
        raise CannotTellError("every pair differs by the same amount, so the spread is unknown")
    error = float(difference.std(ddof=1)) / sqrt(len(difference))
    return equivalence(float(difference.mean()), error, len(difference) - 1.0, margin, alpha=alpha)


def tost_unpaired(x: npt.ArrayLike, y: npt.ArrayLike, margin: float, *, alpha: float = 0.05) -> Equivalence:
    """Whether x and y, from unrelated seeds, are equal within ±margin (Welch's t).

    Args:
        x: (n,), scores.
        y: (m,), scores.
        margin: in the scores' unit, above 0.
        alpha: level of each one-sided test.

    Raises:
        ShapeError: missing values, a margin of 0 or less.
        CannotTellError: one score on a side, or no spread on either.
    """
    first, second = vector("x", x), vector("y", y)
    if min(len(first), len(second)) < 2:
        raise CannotTellError("one score shows no spread")
    if constant(first) and constant(second):
        raise CannotTellError("neither side varies, so the spread is unknown")
    parts = [(float(v.var(ddof=1)) / len(v), len(v) - 1) for v in (first, second)]
    total = sum(variance for variance, _ in parts)
    df = total**2 / sum(variance**2 / free for variance, free in parts)
    return equivalence(float(first.mean() - second.mean()), sqrt(total), df, margin, alpha=alpha)


def equivalence(difference: float, error: float, df: float, margin: float, *, alpha: float = 0.05) -> Equivalence:
    """Two one-sided t tests of a difference whose error is known from elsewhere.

    Raises:
        ShapeError: a margin of 0 or less.
    """
    if margin <= 0:
        raise ShapeError(f"a margin of {margin} excludes everything; give one above 0")
    level_in_range(alpha)
    upper = float(stdtr(df, (difference - margin) / error))
    lower = float(stdtr(df, -(difference + margin) / error))
    half = float(stdtrit(df, 1 - alpha)) * error
    detectable = detectable_effect(error, df, alpha=alpha)
    return Equivalence(
        difference,
        error,
        df,
        margin,
        max(upper, lower),
        difference - half,
        difference + half,
        alpha,
        detectable,
    )


def detectable_effect(error: float, df: float, *, power: float = 0.8, alpha: float = 0.05) -> float:
    """The smallest true effect that a two-sided t test finds with the stated power.

    Args:
        error: standard error of the estimate, in its unit.
        df: its degrees of freedom.
        power: chance to find it.
        alpha: level of the test.

    Raises:
        ShapeError: a power not between alpha and 1, or an error of 0 or less.
    """
    if not alpha < level_in_range(power) or error <= 0 or df <= 0:
        raise ShapeError(f"no effect has power {power} at level {alpha} with error {error} and df {df}")
    upper = 1.0
    while t_power(upper, df, alpha=alpha) < power:
        upper *= 2
    return error * float(brentq(lambda shift: t_power(shift, df, alpha=alpha) - power, 0.0, upper))


def t_power(noncentrality: float, df: float, *, alpha: float = 0.05) -> float:
    """Power of a two-sided t test whose effect is `noncentrality` standard errors."""
    critical = float(stdtrit(df, 1 - level_in_range(alpha) / 2))
    # A squared noncentral t is a noncentral F, whose distribution scipy computes in more places.
    return 1 - float(ncfdtr(1, df, noncentrality**2, critical**2))


def seeds_needed_paired(d_z: float, *, power: float = 0.8, alpha: float = 0.05) -> int:
    """Seed pairs that show an effect of d_z standard deviations of the paired difference.

    Raises:
        ShapeError: d_z is 0.
        CannotTellError: more than 100,000 pairs would be needed.
    """
    return _smallest(lambda n: t_power(abs(d_z) * sqrt(n), n - 1, alpha=alpha), d_z, power)


def seeds_needed_unpaired(d: float, *, power: float = 0.8, alpha: float = 0.05) -> int:
    """Seeds per side that show a difference of d standard deviations.

    Raises:
        ShapeError: d is 0.
        CannotTellError: more than 100,000 seeds would be needed.
    """
    return _smallest(lambda n: t_power(abs(d) * sqrt(n / 2), 2 * n - 2, alpha=alpha), d, power)


def _smallest(power_of: Callable[[int], float], effect: float, power: float) -> int:
    level_in_range(power)
    if effect == 0:
        raise ShapeError("no number of seeds shows an effect of 0; test equivalence instead")
    low, high = 1, 2
    while power_of(high) < power:
        if high == MANY:
            raise CannotTellError(f"more than {MANY} seeds would be needed")
        low, high = high, min(2 * high, MANY)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if power_of(middle) >= power else (middle, high)
    return high


def largest_sd_for_equivalence(n: int, margin: float, *, alpha: float = 0.05) -> float:
    """The standard deviation below which n pairs without a difference count as equivalent.

    Raises:
        CannotTellError: fewer than two pairs.
    """
    return margin * sqrt(_at_least_two(n)) / float(stdtrit(n - 1, 1 - level_in_range(alpha)))


def prediction_half_width(n: int, *, level: float = 0.95) -> float:
    """Half width of the interval for one new run, in standard deviations of the n runs behind it.

    Raises:
        CannotTellError: fewer than two runs.
    """
    factor = sqrt(1 + 1 / _at_least_two(n))
    return float(stdtrit(n - 1, 0.5 + level_in_range(level) / 2)) * factor


@dataclass(frozen=True, slots=True)
class Prediction:
    """Where one new run should fall.

    Attributes:
        mean: of the runs, in their unit.
        low: of the prediction interval.
        high: of the prediction interval.
        level: nominal coverage.
        smallest_caught: the smallest wrong shift of the new run that falls outside with 80 % power.
    """

    mean: float
    low: float
    high: float
    level: float
    smallest_caught: float


def predict_run(runs: npt.ArrayLike, *, level: float = 0.95, power: float = 0.8) -> Prediction:
    """The interval for one new run of the same configuration, and what a pass would prove.

    Args:
        runs: (n,), scores of the runs.
        level: nominal coverage.
        power: with which a wrong run should be caught.

    Raises:
        CannotTellError: fewer than two runs, or runs without spread.
    """
    values: Floats = vector("runs", runs)
    n = _at_least_two(len(values))
    if constant(values):
        raise CannotTellError("the runs do not differ, so their spread is unknown")
    mean, sd = float(np.mean(values)), float(np.std(values, ddof=1))
    half = prediction_half_width(n, level=level) * sd
    caught = detectable_effect(sd * sqrt(1 + 1 / n), n - 1, power=power, alpha=1 - level)
    return Prediction(mean, mean - half, mean + half, level, caught)


def _at_least_two(n: int) -> int:
    if n < 2:
        raise CannotTellError(f"{n} runs show no spread")
    return n
