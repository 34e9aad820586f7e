"""Small JSON files of metrics: evaluate.save, AllenNLP, jiant, the summary of a W&B run, AdapterHub.

None of them states the model; evaluate and W&B not even the task. Which program wrote a file is known by its own keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.errors import InputError
from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.trackers import place_of_column
from analysis.importers.units import is_number, scale_of
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import surely_language

NAME = "metrics"
EVALUATE = frozenset({"_evaluate_version", "_timestamp"})
ALLENNLP = frozenset({"best_epoch", "training_duration"})
WANDB = frozenset({"_step", "_runtime", "_timestamp"})
ADAPTER = frozenset({"task", "subtask", "score", "hidden_size"})
SPLITS = {"validation": "dev", "test": "test", "best_validation": "dev"}
AGGREGATED = "aggregated"


def matches(document: SourceFile) -> bool:
    """True if a mapping has the keys of one of these programs."""
    data = document.data
    if not isinstance(data, dict):
        return False
    return any(own <= data.keys() for own in (EVALUATE, ALLENNLP, WANDB, ADAPTER)) or _is_jiant(data)


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:
    """One record per metric.

    Raises:
        InputError: the file holds no metric that is known as one.
    """
    data = document.data
    if _is_jiant(data):
        found, notes = list(_jiant(data, words)), []
        if AGGREGATED in data:
            notes.append("'aggregated', a mean over every task, was left out")
    elif data.keys() >= EVALUATE:
        found, notes = list(_evaluate(data)), []
    elif data.keys() >= ALLENNLP:
        found, notes = list(_allennlp(data)), ["scores on training data, losses and times were left out"]
    elif data.keys() >= ADAPTER:
        record = Record(
            score=float(data["score"]), pointer="/score", model=data["source"] if data.get("source") else None,
            target=data["subtask"], remark=f"adapter {data.get('model_name', '')}".strip(),
        )  # fmt: skip
        found, notes = [record], []
    else:
        found, notes = list(_wandb(data, given, words)), ["losses, times and counts were left out"]
    if not found:
        raise InputError(
            str(document.path), f"holds no known metric ({', '.join(data)}); name one with --assume only=…"
        )
    return ImportedFile(tuple(found), tuple(notes))


def _is_jiant(data: Mapping[str, Any]) -> bool:
    tasks = [value for key, value in data.items() if key != AGGREGATED]
    return bool(tasks) and all(isinstance(each, dict) and "major" in (each.get("metrics") or {}) for each in tasks)


def _jiant(data: Mapping[str, Any], registry: Vocabulary) -> Iterator[Record]:
    """Jiant's val_metrics.json: `minor` holds the metrics, `major` is one of them or their mean."""
    for task, value in data.items():
        if task == AGGREGATED:
            continue
        name, _, code = task.rpartition("_")
        known = bool(name) and registry.language(code) is not None
        for metric, score in value["metrics"]["minor"].items():
            if is_number(score):
                yield Record(
                    score=float(score), pointer=f"/{task}/metrics/minor/{metric}", target=name if known else task,
                    language=code if known else None, metric=metric, split="dev", scale=scale_of(metric),
                )  # fmt: skip


def _evaluate(data: Mapping[str, Any]) -> Iterator[Record]:
    for key, value in data.items():
        if not key.startswith("_") and is_number(value):
            yield Record(score=float(value), pointer=f"/{key}", metric=key, scale=scale_of(key))


def _allennlp(data: Mapping[str, Any]) -> Iterator[Record]:
    """`best_validation_…` is the epoch that is kept; it is read where it stands beside `validation_…`."""
    best = any(key.startswith("best_validation_") for key in data)
    for key, value in data.items():
        prefix = next((p for p in ("best_validation", "validation", "test") if key.startswith(f"{p}_")), "")
        metric = key.removeprefix(f"{prefix}_").replace("-", "_")
        if not prefix or metric.endswith("loss") or not is_number(value) or (best and prefix == "validation"):
            continue
        yield Record(score=float(value), pointer=f"/{key}", metric=metric, split=SPLITS[prefix], scale=scale_of(metric))


def _wandb(data: Mapping[str, Any], given: Given, registry: Vocabulary) -> Iterator[Record]:
    for key, value in data.items():
        place = place_of_column(key, registry, given.only) if is_number(value) else None
        if place is not None:
            yield Record(
                score=float(value), pointer=f"/{key}", metric=place.metric, split=place.split, target=place.target,
                language=place.language if place.language and surely_language(registry, place.language) else None,
            )  # fmt: skip
