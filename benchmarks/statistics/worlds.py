"""Made-up grids of gains with a known truth, for `calibration.py`.

A gain of task t in language l, seed s, is

    mean + (slope + slope_t) · distance_l + task_t + ancestry_l + language_l + cell_tl + run_ts + noise_tls

where ancestry and distance both run down one tree of families and branches, and tasks have two to
five seeds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TREE = {
    "indo-european": {"germanic": 4, "romance": 4, "slavic": 3, "indic": 3},
    "uralic": {"finnic": 2, "ugric": 1},
    "turkic": {"oghuz": 2, "kipchak": 1},
    "sino-tibetan": {"sinitic": 1, "burmic": 1},
    "austronesian": {"malayic": 1, "philippine": 2},
    "afro-asiatic": {"semitic": 3},
    "dravidian": {"south": 2, "central": 1},
    "niger-congo": {"bantu": 2, "yoruboid": 1},
    "kra-dai": {"tai": 2},
    "austroasiatic": {"vietic": 1, "khmeric": 1},
    "basque": {"": 1},
    "japonic": {"": 1},
    "koreanic": {"": 1},
    "kartvelian": {"": 1},
}
PATHS = tuple((f, b) for f, branches in TREE.items() for b, n in branches.items() for _ in range(n))
FAMILIES = tuple(f for f, _ in PATHS)
TASKS = 7
SEEDS = 5


@dataclass(frozen=True)
class Spread:
    """Standard deviations, in points."""

    task: float = 1.5
    family: float = 1.0
    branch: float = 0.7
    language: float = 0.7
    cell: float = 0.6
    run: float = 0.5
    noise: float = 0.7
    slope: float = 0.3


@dataclass(frozen=True)
class World:
    """One made-up grid.

    Attributes:
        gains: (tasks, languages, seeds), NaN where not run.
        distance: (languages,), standardised.
    """

    gains: np.ndarray
    distance: np.ndarray

    @property
    def cells(self) -> np.ndarray:
        """Means over seeds, (tasks, languages)."""
        return np.nanmean(self.gains, axis=2)


def down_the_tree(rng: np.random.Generator, family: float, branch: float, tip: float) -> np.ndarray:
    families = {f: rng.normal(0, family) for f in TREE}
    branches = {path: rng.normal(0, branch) for path in dict.fromkeys(PATHS)}
    return np.array([families[p[0]] + branches[p] + rng.normal(0, tip) for p in PATHS])


def world(
    rng: np.random.Generator,
    *,
    mean: float = 0.0,
    slope: float = 0.0,
    spread: Spread = Spread(),
    centred: bool = False,
) -> World:
    """A grid; where `centred`, the tasks' own slopes have mean 0 in it, not only in tasks like these."""
    distance = down_the_tree(rng, 1.0, 0.7, 0.7)
    distance = (distance - distance.mean()) / distance.std()
    languages = len(PATHS)
    own = rng.normal(0, spread.slope, (TASKS, 1, 1))
    own = own - own.mean() if centred else own
    gains = mean + (slope + own) * distance[None, :, None]
    gains = gains + rng.normal(0, spread.task, (TASKS, 1, 1))
    gains = gains + down_the_tree(rng, spread.family, spread.branch, spread.language)[None, :, None]
    gains = gains + rng.normal(0, spread.cell, (TASKS, languages, 1))
    gains = gains + rng.normal(0, spread.run, (TASKS, 1, SEEDS))
    gains = gains + rng.normal(0, spread.noise, (TASKS, languages, SEEDS))
    for task, seeds in enumerate(rng.integers(2, SEEDS + 1, TASKS)):
        gains[task, :, seeds:] = np.nan
    return World(gains, distance)
