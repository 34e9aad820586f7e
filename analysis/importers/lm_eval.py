"""Results of EleutherAI's lm-evaluation-harness, old layout ("acc") and new ("acc,none").

The split that was scored stands only in the new layout (`configs`): the test split where a task has
one, else the validation split. A metric's `_stderr` is kept as its standard error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.importers.documents import SourceFile
from analysis.importers.record import AGGREGATE, Given, ImportedFile, Record
from analysis.importers.units import is_number, scale_of, stated_error
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import MEAN
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


CODES = {"jp": "ja"}
"""Codes in task names that are no ISO 639 codes."""

CODE = r"[a-z]{2,3}(?:[_-][A-Z][a-z]{3})?"
SUBSET = re.compile(rf"({CODE})(?:-({CODE}))?")
"""The name of a data set's part that may be a language, or a pair of them."""


def target_and_language(data: Mapping[str, Any], task: str, registry: Vocabulary) -> tuple[str, str | None]:
    """Target and language: "xnli_sw" is XNLI in Swahili; a group of one task in several languages is a mean.

    A code that the vocabulary lacks counts where it stands with a script, or where the task is there in a
    language of the vocabulary, too: "law" and "is" are codes of languages as well.
    """
    if parts_of(data, task):
        return task, MEAN
    return _by_data_set(data, task, registry) or _by_name(data, task, registry)


def parts_of(data: Mapping[str, Any], task: str) -> list[str]:
    """The tasks that a group is the mean of; of a task none."""
    return [part for part in (data.get("group_subtasks") or {}).get(task) or () if part != task]


def _by_data_set(data: Mapping[str, Any], task: str, registry: Vocabulary) -> tuple[str, str] | None:
    """Place by the data set's part, where the task is named after it."""
    configs = data.get("configs") or {}
    config = configs.get(task) or {}
    name = str(config.get("dataset_name") or "")
    languages = _languages(name, registry)
    if not languages or (target := _without(task, name)) is None:
        return None
    alike = (
        other.get("dataset_name")
        for other in configs.values()
        if isinstance(other, Mapping) and other.get("dataset_path") == config.get("dataset_path")
    )
    sure = any(_is_sure(each, registry) for each in (name, *alike))
    return (target, "-".join(languages)) if sure else None


def _languages(name: object, words: Vocabulary) -> list[str]:
    match = SUBSET.fullmatch(name) if isinstance(name, str) else None
    found = [words.any_language(code) for code in (match.groups() if match else ()) if code]
    return [] if None in found else [entry.id for entry in found if entry is not None]


def _is_sure(name: object, registry: Vocabulary) -> bool:
    """True if a part of a data set is a language and nothing else: each code is known well or has a script."""
    match = SUBSET.fullmatch(name) if isinstance(name, str) else None
    codes = [code for code in match.groups() if code] if match else []
    return bool(codes) and all(registry.language(code) is not None or re.search("[_-]", code) for code in codes)


def _without(task: str, name: str) -> str | None:
    """The task's name without its language, with or without the script, None where it does not hold it."""
    spellings = "|".join(map(re.escape, (name, name.partition("_")[0])))
    found = re.search(rf"[_:](?:{spellings})(?=$|[_:])", task)
    return None if found is None else task[: found.start()] + task[found.end() :]


def _by_name(data: Mapping[str, Any], task: str, registry: Vocabulary) -> tuple[str, str | None]:
    inside = re.search(r"_([a-z]{2,3}_[A-Z][a-z]{3})(?=_)", task)
    if inside is not None and registry.any_language(inside[1]) is not None:
        return task[: inside.start()] + task[inside.end() :], inside[1]
    for start, code, script in _suffixes(task):
        tag = f"{code}-{script}" if script else code
        if registry.language(code) is not None or (script and registry.any_language(tag) is not None):
            return task[:start], tag
        if registry.any_language(code) is not None and any(
            task[:start] == other[:place] and registry.language(known) is not None
            for other in data["results"]
            for place, known, _ in _suffixes(other)
        ):
            return task[:start], code
    return task, None


def _suffixes(task: str) -> Iterator[tuple[int, str, str]]:
    """Possible languages at the end of a task's name: where each begins, code and script."""
    for suffix in re.finditer(r"_(?=([a-z]{2,3})(?:_([A-Z][a-z]{3}))?$)", task):
        yield suffix.start(), CODES.get(suffix[1], suffix[1]), suffix[2] or ""
