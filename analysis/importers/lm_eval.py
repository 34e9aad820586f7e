"""Results of EleutherAI's lm-evaluation-harness, old layout ("acc") and new ("acc,none").

The split that was scored stands only in the new layout (`configs`): the test split where a task has
one, else the validation split. A metric's `_stderr` is kept as its standard error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.importers.documents import SourceFile
from analysis.importers.lm_eval_tasks import parts_of, target_and_language
from analysis.importers.record import AGGREGATE, Given, ImportedFile, Record
from analysis.importers.units import is_number, scale_of, stated_error
from analysis.registry.vocabulary import Vocabulary
from analysis.results.spreads import Spread

NAME = "lm-eval"

POINTS_BY_TASK = re.compile(r"^squad")
"""Tasks whose F1 and exact match come from SQuAD's script, in points."""


def matches(document: SourceFile) -> bool:
    """True if a file is lm-eval's: a mapping `results` of tasks to metrics, and `versions` or `configs`."""
    data = document.data
    return (
        isinstance(data, dict)
        and isinstance(data.get("results"), dict)
        and all(isinstance(task, dict) for task in data["results"].values())
        and bool({"versions", "configs", "config", "n-samples"} & data.keys())
        and "config_general" not in data
    )


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per task and metric."""
    data = document.data
    model, shots = model_of(data), (data.get("config") or {}).get("num_fewshot")
    records, mixed = [], []
    for task, metrics in data["results"].items():
        target, language = target_and_language(data, task, words)
        parts = [part for part in parts_of(data, task) if part in data["results"]]
        if parts and len({_split(data, part) for part in parts}) > 1:
            mixed.append(task)
            continue
        for key, value in metrics.items():
            if not is_number(value) or "_stderr" in key or key == "sample_len":
                continue
            metric, scale = metric_and_scale(task, key)
            records.append(
                Record(
                    score=float(value), pointer=f"/results/{task}/{key}", model=model, target=target,
                    language=language, metric=metric, scale=scale, split=_split(data, task),
                    study=_study(data, task, shots), n_items=_items(data, task), remark=_shots(data, task, shots),
                    spread=_error(metrics, key), more=AGGREGATE if parts else {},
                )
            )  # fmt: skip
    notes = ["accuracies and other fractions × 100, as lm-eval writes fractions of 1"]
    if any(record.more for record in records):
        notes.append("groups of tasks are marked as derived: no analysis averages them beside their tasks")
    if mixed:
        notes.append(f"left out, for they are means over several splits: {', '.join(mixed)}")
    return ImportedFile(tuple(records), tuple(notes), higher=_directions(data))


def _directions(data: Mapping[str, Any]) -> dict[str, bool]:
    """Metric → whether more is better, where all tasks of the file agree."""
    stated: dict[str, set[bool]] = {}
    for metrics in (data.get("higher_is_better") or {}).values():
        for metric, better in (metrics or {}).items():
            if isinstance(better, bool):
                stated.setdefault(metric, set()).add(better)
    return {metric: next(iter(found)) for metric, found in stated.items() if len(found) == 1}


def _error(metrics: Mapping[str, Any], key: str) -> Spread | None:
    """The standard error of a metric: "acc_stderr,none" for "acc,none"."""
    name, comma, chain = key.partition(",")
    return stated_error(metrics, f"{name}_stderr{comma}{chain}")


def model_of(data: Mapping[str, Any]) -> str | None:
    """The pretrained model in the arguments of the run, "name@revision+adapter", None where they name none."""
    config = data.get("config") or {}
    arguments = config.get("model_args")
    if isinstance(arguments, str):
        pairs = (part.partition("=") for part in arguments.split(","))
        arguments = {key.strip(): value.strip() for key, _, value in pairs}
    named = arguments if isinstance(arguments, dict) else {}
    found = named.get("pretrained") or named.get("model") or data.get("model_name")
    if not found:
        return None
    revision, adapter = named.get("revision") or config.get("model_revision"), named.get("peft") or named.get("delta")
    return f"{found}{f'@{revision}' if revision not in {None, '', 'main'} else ''}{f'+{adapter}' if adapter else ''}"


def metric_and_scale(task: str, key: str) -> tuple[str, float | None]:
    """Name and factor to points of a metric's key, "acc,none" or "exact_match,strict-match"."""
    name, _, chain = key.partition(",")
    points = POINTS_BY_TASK.match(task) and name in {"f1", "exact", "exact_match", "em"}
    scale = 1.0 if points else scale_of(name)
    return (name if chain in {"", "none"} else f"{name} ({chain})"), scale


def _split(data: Mapping[str, Any], task: str) -> str | None:
    """The split of a task; of a group the one of all its tasks."""
    config = (data.get("configs") or {}).get(task) or {}
    stated = config.get("test_split") or config.get("validation_split")
    inside = {_split(data, part) for part in parts_of(data, task)}
    return stated or (inside.pop() if len(inside) == 1 else None)


def _items(data: Mapping[str, Any], task: str) -> int | None:
    counts = (data.get("n-samples") or {}).get(task) or {}
    return counts.get("effective")


def _study(data: Mapping[str, Any], task: str, default: object) -> str:
    """Runs with other numbers of examples in the prompt are not compared with each other."""
    shots = _shots(data, task, default)
    return NAME if shots in {"", "0-shot"} else f"{NAME}, {shots}"


def _shots(data: Mapping[str, Any], task: str, default: object) -> str:
    shots = (data.get("n-shot") or {}).get(task, default)
    return "" if shots is None else f"{shots}-shot"
