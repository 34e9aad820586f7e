"""Results tables with a built-in truth, for the tests of hierarchy, order and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.questions.sources.closeness import steps
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate

METRIC = {"xnli": "accuracy", "pawsx": "accuracy", "udpos": "f1", "panx": "f1", "mlqa": "f1"}
COLUMNS = (
    "study", "model", "intermediate", "intermediate_language", "intermediate_examples", "target", "language",
    "metric", "split", "perturbation", "seed", "provenance", "score",
)  # fmt: skip
TASKS = ("mnli", "qqp", "squad1", "hellaswag", "ccg")
LANGUAGES = ("de", "es", "fr", "ru", "ta", "te", "ml", "ar", "he", "fi", "et", "hu")


def family(language: str) -> str:
    return str(vocabulary()["language"][language].facts["family"])


def table(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    return validate(pd.DataFrame(rows, columns=list(COLUMNS)), "simulated")


def row(intermediate: str, target: str, language: str, seed: int, score: float, **other: Any) -> tuple[Any, ...]:
    values = {
        "study": "simulation", "model": "xlm-r-large", "intermediate": intermediate, "intermediate_language": "en",
        "intermediate_examples": np.nan, "target": target, "language": language, "metric": METRIC[target],
        "split": "test", "perturbation": "none", "seed": seed, "provenance": "synthetic", "score": score,
    } | other  # fmt: skip
    return tuple(values[name] for name in COLUMNS)


def ranked_tasks(
    rng: np.random.Generator,
    *,
    worth: Sequence[float] = (4, 3, 2, 1, 0),
    worth_in: Mapping[str, Sequence[float]] | None = None,
    by_target: float = 0.0,
    checkpoint: float = 0.3,
    seeds: int = 4,
    targets: Sequence[str] = ("xnli", "pawsx", "udpos", "panx", "mlqa"),
    languages: Sequence[str] = LANGUAGES,
) -> pd.DataFrame:
    """Intermediate tasks worth so many points each, in some families others."""
    rows = []
    luck = rng.normal(0, checkpoint, (len(TASKS), seeds))
    taste = rng.normal(0, by_target, (len(TASKS), len(targets)))
    for i, task in enumerate(TASKS):
        for t, target in enumerate(targets):
            run = rng.normal(0, 0.3, seeds)
            for language in languages:
                points = (worth_in or {}).get(family(language), worth)[i]
                for s in range(seeds):
                    score = 60 + points + taste[i, t] + luck[i, s] + run[s] + rng.normal(0, 0.5)
                    rows.append(row(task, target, language, s, score))
    return table(rows)


def orders(
    rng: np.random.Generator,
    *,
    clean: float = 0.0,
    perturbed: float = 0.0,
    seeds: int = 5,
    perturbations: Sequence[str] = ("character-swap",),
    intermediates: Sequence[str] = ("none", "mnli", "ccg", "ccg>mnli", "mnli>ccg", "mnli+ccg"),
    targets: Sequence[str] = ("xnli", "udpos"),
    languages: Sequence[str] = ("de", "fr", "hi"),
    spread: float = 0.2,
) -> pd.DataFrame:
    """ccg>mnli ahead of mnli>ccg by `clean` points, and by `perturbed` more under perturbation."""
    side = {"ccg>mnli": 0.5, "mnli>ccg": -0.5}
    base = {"none": -3.0, "ccg": -1.0}
    rows = []
    for name in intermediates:
        for s in range(seeds):
            luck, frail = rng.normal(0, spread, 2)
            for target in targets:
                run = rng.normal(0, spread)
                for k, language in enumerate(languages):
                    level = 70 + 2 * k + base.get(name, 0.0) + clean * side.get(name, 0.0) + luck + run
                    rows.append(row(name, target, language, s, level + rng.normal(0, spread)))
                    lost = level - 8 + frail + perturbed * side.get(name, 0.0)
                    rows += [
                        row(name, target, language, s, lost + rng.normal(0, spread), perturbation=p)
                        for p in perturbations
                    ]
    return table(rows)


def source_languages(
    rng: np.random.Generator,
    *,
    worth: Mapping[str, float],
    near: float = 0.0,
    seeds: int = 5,
    examples: Mapping[str, float] | None = None,
    tasks: Mapping[str, str] | None = None,
    baseline: bool = True,
    targets: Sequence[str] = ("xnli", "panx"),
    languages: Sequence[str] = ("en", "de", "fr", "hi", "zh", "my", "ar", "he", "tr", "fi"),
) -> pd.DataFrame:
    """Sources worth so many points over none, and `near` points per step of closeness."""
    rows = []
    for source in (*worth, *(("",) if baseline else ())):
        shared = {f: rng.normal(0, 0.15) for f in sorted({family(code) for code in languages})}
        for s in range(seeds):
            luck = rng.normal(0, 0.2)
            for target in targets:
                run = rng.normal(0, 0.2)
                for language in languages:
                    score = 60 + luck + run + shared[family(language)] + rng.normal(0, 0.3)
                    if source:
                        score += worth[source] + near * steps(source, language, vocabulary())
                    name = (tasks or {}).get(source, "mnli") if source else "none"
                    size = (examples or {}).get(source, 7000.0) if source else np.nan
                    spoken = source or "en"
                    rows.append(
                        row(name, target, language, s, score, intermediate_language=spoken, intermediate_examples=size)
                    )
    return table(rows)
