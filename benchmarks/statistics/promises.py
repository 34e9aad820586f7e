"""Power: does a design find what `power.py` promised?

The grids here are made seed by seed; `power.py` simulates means over seeds.
"""

from __future__ import annotations

import numpy as np
from table import heading

from analysis.stats.bootstrap import bootstrap
from analysis.stats.intervals import interval
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.power import BalancedDesign, power_of_mean, power_of_slope
from analysis.stats.spreads import VarianceComponents


def power(rng: np.random.Generator, size: int) -> None:
    """Promised and found shares of p < .05 for several designs."""
    heading("Power: promised and found", size, 0.8)
    print("| question | design | effect | promised | found |\n|---|---|---|---|---|")
    spreads = VarianceComponents(noise=0.8, run=0.5, task=0.8, family=0.5, language=0.7, task_language=0.5, slope=0.2)
    for grid, effect in (
        (BalancedDesign(3, 6, 6, 3), 1.0),
        (BalancedDesign(3, 9, 8, 4), 1.0),
        (BalancedDesign(5, 6, 6, 3), 1.5),
    ):
        promised = power_of_mean(grid, spreads, effect, scope="like these", rng=rng, size=size)
        found = np.mean([grid_p(rng, grid, spreads, effect, None) < 0.05 for _ in range(size)])
        print(f"| mean, like these | {grid} | {effect} | {promised.power:.3f} | {found:.3f} |", flush=True)
    for grid, effect in ((BalancedDesign(3, 6, 8, 3), 0.6), (BalancedDesign(2, 4, 10, 2), 0.7)):
        distance = rng.normal(size=grid.families * grid.languages)
        promised = power_of_slope(grid, spreads, effect, distance, rng=rng, size=size)
        found = np.mean([grid_p(rng, grid, spreads, effect, distance) < 0.05 for _ in range(size)])
        print(f"| slope | {grid} | {effect} | {promised.power:.3f} | {found:.3f} |", flush=True)
    for grid, effect in ((BalancedDesign(3, 5, 1, 4), 0.4), (BalancedDesign(5, 2, 1, 4), 0.6)):
        promised = power_of_mean(grid, spreads, effect, scope="these", rng=rng)
        found = np.mean([these_found(rng, grid, spreads, effect) for _ in range(size)])
        print(f"| mean, these | {grid} | {effect} | {promised.power:.3f} | {found:.3f} |", flush=True)


def grid_gains(rng: np.random.Generator, grid: BalancedDesign, s: VarianceComponents) -> np.ndarray:
    languages = grid.families * grid.languages
    shape = (grid.tasks, languages, grid.seeds)
    family = np.repeat(rng.normal(0, s.family, grid.families), grid.languages)
    gains = rng.normal(0, s.task, (grid.tasks, 1, 1)) + (family + rng.normal(0, s.language, languages))[None, :, None]
    gains = gains + rng.normal(0, s.task_language, shape[:2])[..., None]
    return gains + rng.normal(0, s.run, (grid.tasks, 1, grid.seeds)) + rng.normal(0, s.noise, shape)


def grid_p(
    rng: np.random.Generator, grid: BalancedDesign, s: VarianceComponents, effect: float, distance: np.ndarray | None
) -> float:
    gains = grid_gains(rng, grid, s).mean(axis=2)
    task, language = (i.ravel() for i in np.indices(gains.shape))
    x, slopes = np.ones((gains.size, 1)), None
    if distance is None:
        gains = gains + effect
    else:
        z = (distance - distance.mean()) / distance.std()
        gains = gains + (effect + rng.normal(0, s.slope, (grid.tasks, 1))) * z
        slopes = z[language]
        x = np.column_stack([x, slopes])
    groups = [RandomFactor("language", language), RandomFactor("family", language // grid.languages)]
    design = mixed_design(x, [RandomFactor("task", task, slopes=slopes), *groups])
    return float(fit_mixed(design, gains.ravel()).p_value[-1])


def these_found(rng: np.random.Generator, grid: BalancedDesign, s: VarianceComponents, effect: float) -> bool:
    fixed = VarianceComponents(noise=s.noise, run=s.run)
    gains = effect + grid_gains(rng, grid, fixed)
    return bool(interval(bootstrap(gains[None], rng=rng, size=600), method="t").low[0] > 0)
