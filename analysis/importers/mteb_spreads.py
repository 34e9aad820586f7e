"""Spreads in the files of MTEB: over the experiments of a task, each with training examples of its own."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import stdev
from typing import Any, TypeGuard

from analysis.results.spreads import Spread

ENDINGS = ("_stderr", "_std")
"""mteb computes both alike: the standard deviation over experiments (np.std), whatever it calls it."""


def spreads_of(entry: Mapping[str, Any]) -> dict[str, Spread]:
    """Metric → its spread in one entry: from the scores of each experiment where they are there, else as stated."""
    found = {_base(key): Spread(sd=float(value)) for key, value in entry.items() if deviates(key, entry)}
    runs: dict[str, list[float]] = {}
    for experiment in entry.get("scores_per_experiment") or ():
        for metric, value in experiment.items():
            if is_number(value):
                runs.setdefault(metric, []).append(float(value))
    levels = list((entry.get("v_measures") or {}).values())
    if len(levels) == 1:
        runs["v_measure"] = [float(value) for value in levels[0]]
    found |= {m: Spread(sd=stdev(values), n_seeds=len(values)) for m, values in runs.items() if len(values) > 1}
    same = [metric for metric in found if entry.get(metric) == entry.get("main_score")]
    return found | ({"main_score": found[same[0]]} if same else {})


def deviates(key: str, entry: Mapping[str, Any]) -> bool:
    """True if a number is the spread of another one beside it; `nauc_map_at_1_std` is a score of its own."""
    return key.endswith(ENDINGS) and _base(key) in entry and is_number(entry[key])


def is_number(value: object) -> TypeGuard[int | float]:
    """True if a JSON value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _base(key: str) -> str:
    return key.removesuffix("_stderr").removesuffix("_std")
