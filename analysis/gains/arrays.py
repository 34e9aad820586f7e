"""Gains as the array that the numerics take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.gains.pairing import SHOWN
from analysis.wording import some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.gains.pairing import Gains
    from analysis.stats.arrays import Floats

METHOD = (
    "intermediate", "method", "intermediate_language", "intermediate_examples",
    "target_examples", "model", "study", "version", "provenance",
)  # fmt: skip
TASK = ("target", "split", "metric", "perturbation")


@dataclass(frozen=True, slots=True)
class GainArray:
    """Values by method, task, language and seed.

    Attributes:
        values: (methods, tasks, languages, seeds), in points; NaN where there is none.
        methods: label of each method, the columns that differ joined by ` · `.
        tasks: label of each task, likewise.
        languages: code of each language, or `mean`.
        seeds: seed of each place; NaN for the place of means over seeds.
        missing: cells without a value, one sentence a method and task.
    """

    values: Floats
    methods: tuple[str, ...]
    tasks: tuple[str, ...]
    languages: tuple[str, ...]
    seeds: tuple[float, ...]
    missing: tuple[str, ...]


def array(
    gains: Gains | pd.DataFrame,
    *,
    value: str = "gain",
    methods: Sequence[str] = METHOD,
    tasks: Sequence[str] = TASK,
) -> GainArray:
    """The gains (or another column) as (methods, tasks, languages, seeds).

    Args:
        gains: gains, or a frame with their columns; take `one_reading` of it first, lest a target
            count once per metric.
        value: `gain`, `score` or `baseline`.
        methods: columns whose combinations are the methods.
        tasks: columns whose combinations are the tasks.

    Returns:
        Rows that fall into one place are averaged. A language counts as missing in a task only
        where another method has it.
    """
    frame = gains if isinstance(gains, pd.DataFrame) else gains.frame
    method, method_labels = labelled(frame, methods)
    task, task_labels = labelled(frame, tasks)
    language, languages = pd.factorize(frame["language"].astype(str), sort=True)
    seed, seeds = pd.factorize(frame["seed"].to_numpy(dtype=np.float64), sort=True, use_na_sentinel=False)
    shape = (len(method_labels), len(task_labels), len(languages), len(seeds))
    place = np.ravel_multi_index((method, task, language, seed), shape) if len(frame) else np.array([], dtype=np.int64)
    size = int(np.prod(shape))
    count = np.bincount(place, minlength=size)
    total = np.bincount(place, frame[value].to_numpy(dtype=np.float64), minlength=size)
    with np.errstate(invalid="ignore"):
        values = (total / count).reshape(shape)
    labels = tuple(str(name) for name in languages)
    missing = _missing(values, method_labels, task_labels, labels)
    return GainArray(values, method_labels, task_labels, labels, tuple(float(s) for s in seeds), missing)


def labelled(
    frame: pd.DataFrame, columns: Sequence[str]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], tuple[str, ...]]:
    """A code per row and the labels of the codes: the first column and those others that differ."""
    varying = [c for i, c in enumerate(columns) if i == 0 or frame[c].nunique(dropna=False) > 1]
    text = frame[varying[0]].astype(str)
    for column in varying[1:]:
        text = text + " · " + _written(frame[column])
    code, labels = pd.factorize(text, sort=True)
    return np.asarray(code, dtype=np.int64), tuple(str(label) for label in labels)


def _written(column: pd.Series[float] | pd.Series[str]) -> pd.Series[str]:
    if not pd.api.types.is_numeric_dtype(column):
        return column.astype(str)
    return column.map(lambda number: "all examples" if pd.isna(number) else f"{number:g} examples").astype(str)


def _missing(
    values: Floats, methods: tuple[str, ...], tasks: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[str, ...]:
    there = np.asarray(~np.isnan(values).all(axis=3))
    somewhere = np.asarray(there.any(axis=0))
    sentences = []
    for m, method in enumerate(methods):
        for t, task in enumerate(tasks):
            lost = [languages[i] for i in np.flatnonzero(somewhere[t] & ~there[m, t])]
            if lost and len(lost) == int(somewhere[t].sum()):
                sentences.append(f"{method} has nothing on {task}")
            elif lost:
                sentences.append(f"{method} lacks {task} in {some(lost, SHOWN)}")
    return tuple(sentences)
