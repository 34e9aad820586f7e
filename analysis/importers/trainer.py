"""Results of the Hugging Face Trainer: all_results.json and its like, one flat mapping of numbers.

Recognised by its keys, for every program has an all_results.json. Model, target and language are
not in it. A metric is what the user's `compute_metrics` returned, so its scale is not stated either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.errors import InputError
from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import is_number
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import surely_language

NAME = "trainer"

SPLITS = {"eval": "dev", "test": "test", "predict": "test"}
"""The Trainer's prefixes of a metric, and the split each stands for."""

OWN = re.compile(
    r"(^|_)(runtime|samples|samples_per_second|steps_per_second|loss|flos|mem_\w+|jit_compilation_time|"
    r"model_preparation_time)$"
)
"""Keys that the Trainer itself adds under each prefix: no scores."""

SIGNS = frozenset(
    {"train_runtime", "train_loss", "eval_runtime", "eval_loss", "total_flos", "test_runtime", "predict_runtime"}
)


def matches(document: SourceFile) -> bool:
    """True if a file is a flat mapping with the Trainer's own keys."""
    data = document.data
    return (
        isinstance(data, dict)
        and bool(SIGNS & data.keys())
        and not any(isinstance(v, dict | list) for v in data.values())
    )


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per evaluation metric.

    Raises:
        InputError: the file holds no evaluation metric, only the training's own figures.
    """
    data: dict[str, Any] = document.data
    records = list(scores_of(data, words))
    read_keys = {record.pointer.removeprefix("/") for record in records}
    aside = [key for key in data if key not in read_keys]
    if not records:
        raise InputError(
            str(document.path), f"is the Trainer's, but holds no evaluation score (only {', '.join(aside)})"
        )
    notes = [f"left out, for they are no scores: {', '.join(aside)}"] if aside else []
    return ImportedFile(tuple(records), tuple(notes))


def scores_of(data: Mapping[str, Any], registry: Vocabulary) -> Iterator[Record]:
    """The evaluation metrics of one flat mapping.

    With several evaluation sets the Trainer puts the name of each before its metrics: `eval_sw_accuracy` is the
    accuracy in Swahili, `eval_xnli_accuracy` on XNLI.
    """
    for key, value in data.items():
        prefix, _, metric = key.partition("_")
        if prefix not in SPLITS or OWN.search(key) or not is_number(value):
            continue
        part, bare = _evaluation_set(data, prefix, metric, registry)
        language = part if part and surely_language(registry, part) else None
        yield Record(
            score=float(value), pointer=f"/{key}", metric=bare, split=SPLITS[prefix], study=NAME, language=language,
            target=part if part and language is None else None,
            n_items=data.get(f"{prefix}_{part}_samples" if part else f"{prefix}_samples"),
        )  # fmt: skip


def _evaluation_set(data: Mapping[str, Any], prefix: str, metric: str, registry: Vocabulary) -> tuple[str, str]:
    """The evaluation set in a metric's name, known by its loss or runtime beside it, and the metric's own name."""
    pieces = metric.split("_")
    for n in range(len(pieces) - 1, 0, -1):
        part, bare = "_".join(pieces[:n]), "_".join(pieces[n:])
        own = any(f"{prefix}_{part}_{key}" in data for key in ("loss", "runtime"))
        language = registry.language(part) is not None and registry.find("metric", bare) is not None
        if own or language:
            return part, bare
    return "", metric
