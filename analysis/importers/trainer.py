"""What the Hugging Face Trainer leaves: all_results.json and its like, one flat mapping of numbers.

Recognised by its keys, for every program has an all_results.json. Model, target and language are
not in it. A metric is what the user's `compute_metrics` returned, so its scale is not stated either.
"""

from __future__ import annotations

import re
from typing import Any

from analysis.errors import InputError
from analysis.importers.documents import Document
from analysis.importers.record import Given, Reading, Record
from analysis.vocabulary import Vocabulary

NAME = "trainer"

SPLITS = {"eval": "dev", "test": "test", "predict": "test"}
"""The Trainer's prefixes of a metric, and the split each stands for."""

OWN = re.compile(
    r"(^|_)(runtime|samples|samples_per_second|steps_per_second|loss|flos|mem_\w+|jit_compilation_time|"
    r"model_preparation_time)$"
)
"""What the Trainer itself adds under each prefix: no scores."""

SIGNS = frozenset(
    {"train_runtime", "train_loss", "eval_runtime", "eval_loss", "total_flos", "test_runtime", "predict_runtime"}
)


def matches(document: Document) -> bool:
    """Whether a file is a flat mapping with the Trainer's own keys."""
    data = document.data
    return (
        isinstance(data, dict)
        and bool(SIGNS & data.keys())
        and not any(isinstance(v, dict | list) for v in data.values())
    )


def read(document: Document, given: Given, words: Vocabulary) -> Reading:  # noqa: ARG001
    """One record per evaluation metric.

    Raises:
        InputError: the file holds no evaluation metric, only the training's own figures.
    """
    data: dict[str, Any] = document.data
    records, aside = [], []
    for key, value in data.items():
        prefix, _, metric = key.partition("_")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if prefix not in SPLITS or OWN.search(key) or not number:
            aside.append(key)
            continue
        records.append(
            Record(
                score=float(value), pointer=f"/{key}", metric=metric, split=SPLITS[prefix], study=NAME,
                n_items=data.get(f"{prefix}_samples"),
            )
        )  # fmt: skip
    if not records:
        raise InputError(
            str(document.path), f"is the Trainer's, but holds no evaluation score (only {', '.join(aside)})"
        )
    notes = [f"left out, for they are no scores: {', '.join(aside)}"] if aside else []
    return Reading(tuple(records), tuple(notes))
