"""Power of designs by seeds, languages, families and tasks, simulated from fitted variance components.

A gain of task t in language l of family f, seed s, is

    gain = mean + slope · distance_l + task_t + family_f + language_l + task_language_tl + run_ts + noise_tls,

with runs shared by all languages of a task, because they are one fine-tuned model. A claim about
the tasks and languages at hand needs seeds only, and its power has a closed form. A claim about
tasks and languages like these is simulated and tested as the analysis does it: a mixed model of
the means over seeds with Satterthwaite's degrees of freedom.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.stats.arrays import CannotTellError, Floats, ShapeError, vector
from analysis.stats.equivalence import t_power
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import MixedDesign, RandomFactor, mixed_design
from analysis.stats.mixed_lambda import factors_of
from analysis.stats.threads import one_thread

if TYPE_CHECKING:
    import numpy.typing as npt

    from analysis.stats.spreads import VarianceComponents

ALPHA = 0.05
"""Level of the two-sided tests whose power is computed."""


@dataclass(frozen=True, slots=True)
class BalancedDesign:
    """A balanced design.

    Attributes:
        seeds: runs per task.
        tasks: targets.
        families: language families.
        languages: languages per family.
    """

    seeds: int
    tasks: int
    families: int
    languages: int


@dataclass(frozen=True, slots=True)
class Power:
    """Power of a design.

    Attributes:
        grid: the design.
        power: chance to find the effect.
        error: Monte-Carlo standard error of `power`; 0 for the closed form.
        size: simulated outcomes; 0 for the closed form.
    """

    grid: BalancedDesign
    power: float
    error: float
    size: int


def power_of_mean(
    grid: BalancedDesign,
    spreads: VarianceComponents,
    effect: float,
    *,
    scope: Literal["these", "like these"],
    rng: np.random.Generator,
    size: int = 500,
) -> Power:
    """Power of the test that the mean gain is zero.

    Args:
        grid: the design.
        spreads: standard deviations.
        effect: true mean gain, in points.
        scope: a claim about `these` tasks and languages, or about tasks and languages `like these`.
        rng: the source of chance.
        size: simulated outcomes.

    Raises:
        ShapeError: a count below 1 or a negative spread.
        CannotTellError: one seed for `these`; one task or one language for `like these`.
    """
    _check(grid, spreads)
    if scope == "these":
        return _power_these(grid, spreads, effect)
    if grid.tasks < 2 or grid.families * grid.languages < 2:
        raise CannotTellError("one task or language says nothing about others like it; ask for `these`")
    return _simulated(grid, _model(grid, spreads, None), effect, 0, rng, size)


def power_of_slope(
    grid: BalancedDesign,
    spreads: VarianceComponents,
    effect: float,
    distance: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    size: int = 500,
) -> Power:
    """Power of the test that the gain does not change with distance.

    Args:
        grid: the design.
        spreads: standard deviations.
        effect: true slope, in points per standard deviation of distance.
        distance: (families · languages,), family by family; standardised here. Distances that
            differ between families only leave as many independent values as families.
        rng: the source of chance.
        size: simulated outcomes.

    Raises:
        ShapeError: a count below 1, a negative spread, or another number of distances.
        CannotTellError: distances without spread, or too few languages for the model.
    """
    _check(grid, spreads)
    values = vector("distance", distance, length=grid.families * grid.languages)
    if values.std() == 0:
        raise CannotTellError("all distances are equal")
    values = (values - values.mean()) / values.std()
    return _simulated(grid, _model(grid, spreads, values), effect, 1, rng, size)


def _check(grid: BalancedDesign, spreads: VarianceComponents) -> None:
    if min(astuple(grid)) < 1:
        raise ShapeError(f"{grid} has a count below 1")
    if spreads.noise <= 0 or min(astuple(spreads)) < 0:
        raise ShapeError(f"{spreads} needs noise above 0 and no negative spread")


def _power_these(grid: BalancedDesign, spreads: VarianceComponents, effect: float) -> Power:
    if grid.seeds < 2:
        raise CannotTellError("one seed shows no spread")
    by_run = spreads.run**2 + spreads.noise**2 / (grid.families * grid.languages)
    error = np.sqrt(by_run / (grid.tasks * grid.seeds))
    power = t_power(abs(effect) / float(error), _estimated_df(grid), alpha=ALPHA)
    return Power(grid, power, 0.0, 0)


def _estimated_df(grid: BalancedDesign) -> float:
    """Expected Satterthwaite df when each task's variance is estimated.

    With k tasks of variance estimates of f degrees of freedom, E(Σ s²)² = k(k + 2/f) σ⁴ and
    E(Σ s⁴/f) = k(1 + 2/f)/f σ⁴: fewer than the k·f that a pooled variance would have.
    """
    free = grid.seeds - 1
    return free * (grid.tasks * free + 2) / (free + 2)


def _model(
    grid: BalancedDesign, spreads: VarianceComponents, distance: Floats | None
) -> tuple[MixedDesign, Floats, float]:
    """The mixed model of the means over seeds, with its true θ and residual."""
    languages = grid.families * grid.languages
    task, language = (index.ravel() for index in np.indices((grid.tasks, languages)))
    sigma = float(np.sqrt(spreads.task_language**2 + spreads.noise**2 / grid.seeds))
    x = np.ones((len(task), 1))
    factors: list[RandomFactor] = []
    sizes: list[float] = []
    if distance is not None:
        x = np.column_stack([x, distance[language]])
    if grid.tasks > 1:
        slopes = None if distance is None else distance[language]
        factors.append(RandomFactor("task", task, slopes=slopes))
        sizes += [float(np.hypot(spreads.task, spreads.run / np.sqrt(grid.seeds)))]
        sizes += [] if distance is None else [spreads.slope]
    if grid.tasks > 1 and languages > 1 and grid.languages > 1:
        factors.append(RandomFactor("language", language))
        sizes.append(spreads.language)
    if grid.families > 1 and (grid.languages > 1 or grid.tasks > 1):
        between = spreads.family if grid.languages > 1 else float(np.hypot(spreads.family, spreads.language))
        factors.append(RandomFactor("family", language // grid.languages))
        sizes.append(between)
    if grid.tasks == 1:
        sigma = float(np.hypot(sigma, spreads.language))
    if not factors:
        raise CannotTellError("one task with one language per family is plain regression")
    design = mixed_design(x, factors)
    return design, np.array(sizes) / sigma, sigma


def _simulated(
    grid: BalancedDesign,
    model: tuple[MixedDesign, Floats, float],
    effect: float,
    column: int,
    rng: np.random.Generator,
    size: int,
) -> Power:
    """Power of the test of one fixed column."""
    found, (design, theta, sigma) = 0, model
    mean = effect * design.x[:, column]
    with one_thread():
        for _ in range(size):
            fit = fit_mixed(design, simulate(design, mean, theta, sigma, rng))
            found += int(fit.converged and fit.p_value[column] < ALPHA)
    power = found / size
    return Power(grid, power, float(np.sqrt(max(power * (1 - power), 1 / size) / size)), size)


def simulate(design: MixedDesign, mean: npt.ArrayLike, theta: Floats, sigma: float, rng: np.random.Generator) -> Floats:
    """An outcome drawn from the model, (n,).

    Args:
        design: from `mixed_design`.
        mean: (n,), the fixed part.
        theta: relative covariance parameters, as in a fit of this design.
        sigma: residual standard deviation.
        rng: the source of chance.
    """
    outcome = vector("mean", mean, length=len(design.x)) + sigma * rng.standard_normal(len(design.x))
    for e, triangle in zip(design.effects, factors_of(design, theta), strict=True):
        effects = sigma * rng.standard_normal((e.levels, len(triangle))) @ triangle.T
        for c in range(len(triangle)):
            outcome += e.spread(c, effects[:, c])
    return outcome
