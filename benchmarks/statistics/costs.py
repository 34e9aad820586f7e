"""Gains at equal cost: do intervals cover the truth where learning curves bend?"""

from __future__ import annotations

import numpy as np
from table import heading

from analysis.questions.cost.configurations import Configurations
from analysis.questions.cost.contrasts import pooled, target_cost
from analysis.questions.cost.design import CostDesign
from analysis.questions.cost.draws import joint_replicates
from analysis.questions.cost.more_data import _effects

BASE = np.array([1e3, 4e3, 16e3, 64e3])
INTERMEDIATE = np.array([8e3, 24e3])
BONUS = 1.0
TARGETS = 3
LANGUAGES = 12


def plateau(cost: np.ndarray) -> np.ndarray:
    return 80 - 20 * (cost / 1e3) ** -0.4


def study(rng: np.random.Generator, seeds: int, between: float) -> tuple[Configurations, ...]:
    """Targets whose intermediate runs lie `BONUS` above their curve, `between` languages by more or less."""
    cost = np.concatenate([BASE, INTERMEDIATE])
    middle = np.concatenate([np.zeros(len(BASE)), INTERMEDIATE / 2])
    own = rng.normal(0, between, LANGUAGES)
    found = []
    for t in range(TARGETS):
        bonus = np.where(middle > 0, BONUS, 0.0)[:, None] + np.where(middle > 0, 1.0, 0.0)[:, None] * own
        mean = plateau(cost)[:, None] + bonus + rng.normal(0, 3, LANGUAGES)
        scores = mean[:, None, :, None] + rng.normal(0, 0.5, (len(cost), 1, 1, seeds))
        scores = scores + rng.normal(0, 0.7, (len(cost), 1, LANGUAGES, seeds))
        names = tuple("none" if m == 0 else "mnli" for m in middle)
        places = tuple(f"l{i:02d}" for i in range(LANGUAGES))
        found.append(Configurations(f"t{t}", names, middle, cost - middle, cost, scores, places, tuple(range(seeds))))
    return tuple(found)


def equal_cost_interval(rng: np.random.Generator, seeds: int, between: float) -> tuple[float, float]:
    targets = study(rng, seeds, between)
    design = CostDesign(size=600)
    draws = joint_replicates(targets, design, rng)
    overall = pooled([target_cost(t, draws, design) for t in targets], draws, design.level).overall
    assert overall is not None
    return overall.low, overall.high


def slope_interval(rng: np.random.Generator, runs: int, languages: int) -> tuple[float, float]:
    """One point per doubling; slopes and scores differ between languages, run by run noise is shared."""
    x = rng.uniform(0, 5, runs)
    slopes = BONUS + rng.normal(0, 0.3, languages)
    scores = x[:, None] * slopes + rng.normal(0, 1, (runs, 1)) + rng.normal(0, 0.5, (runs, languages))
    effect, *_ = _effects(x, scores, CostDesign(size=1000), rng)
    return effect.low, effect.high


def cost(rng: np.random.Generator, size: int) -> None:
    """Coverage and width of both intervals of the cost question."""
    heading("Cost: coverage of 95 % intervals", size, 0.95)
    print("| interval | study | coverage | mean width |\n|---|---|---|---|")
    settings = [
        ("gain at equal cost", f"{seeds} seeds, sd of the gain between languages {between:g}", equal_cost_interval, a)
        for seeds, between in ((3, 0.0), (3, 1.0), (5, 0.0), (5, 1.0))
        for a in [(seeds, between)]
    ]
    settings += [
        ("slope per doubling of the data", f"{runs} runs, {languages} languages", slope_interval, (runs, languages))
        for runs, languages in ((10, 9), (26, 9), (40, 15))
    ]
    for name, label, interval, given in settings:
        ends = [interval(rng, *given) for _ in range(size)]
        covered = np.mean([low < BONUS < high for low, high in ends])
        width = np.mean([high - low for low, high in ends])
        print(f"| {name} | {label} | {covered:.3f} | {width:.2f} |", flush=True)
