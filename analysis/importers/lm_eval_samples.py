"""The samples that lm-eval logs (samples_TASK_TIME.jsonl): one line per item and filter, with the item's metrics.

Scores are means over items, with the standard error of such a mean. Model, task and split are in no line: they are
taken from the results file of the same run beside it (results_TIME.json), else asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

from analysis.errors import InputError
from analysis.importers import lm_eval
from analysis.importers.documents import SourceFile, read_document
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import scale_of
from analysis.registry.vocabulary import Vocabulary
from analysis.results.spreads import Spread

NAME = "lm-eval-samples"
KEYS = frozenset({"doc_id", "doc", "target", "resps"})


def matches(document: SourceFile) -> bool:
    """True if every line is a logged item."""
    data = document.data if isinstance(document.data, list) else [document.data]
    return bool(data) and all(isinstance(each, dict) and each.keys() >= KEYS for each in data)


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:
    """One record per metric and filter, over all items.

    Raises:
        InputError: no metric of an item is a number.
    """
    lines = document.data if isinstance(document.data, list) else [document.data]
    records = list(_means(lines))
    if not records:
        raise InputError(str(document.path), "holds items without a metric that is a number")
    beside, notes = _run(document, given, words)
    found = tuple(_with_run(record, beside) for record in records)
    return ImportedFile(found, (*notes, f"scores are means over {len({line['doc_id'] for line in lines})} items"))


def _name(line: Mapping[str, Any], metric: str) -> str:
    chain = line.get("filter") or "none"
    return metric if chain == "none" else f"{metric} ({chain})"


def _means(lines: Sequence[Mapping[str, Any]]) -> Iterator[Record]:
    values: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for line in lines:
        for metric in line.get("metrics") or [key for key in ("acc", "exact_match") if key in line]:
            value = line.get(metric)
            if isinstance(value, int | float):
                values.setdefault((_name(line, metric), metric), []).append((str(line["doc_id"]), float(value)))
    for (name, metric), items in values.items():
        scores = [value for _, value in items]
        error = stdev(scores) / len(scores) ** 0.5 if len(scores) > 1 else None
        yield Record(
            score=fmean(scores), pointer=f"mean of {name}", metric=name, scale=scale_of(metric), n_items=len(scores),
            spread=None if error is None else Spread(se=error), study=lm_eval.NAME,
            items=tuple(items),
        )  # fmt: skip


def _run(document: SourceFile, given: Given, registry: Vocabulary) -> tuple[Record | None, tuple[str, ...]]:
    """Metadata of these items' task from the results file of the same run: named alike, and in the same folder."""
    path = document.path
    for results in sorted(path.parent.glob("results_*.json")):
        time = results.stem.removeprefix("results_")
        if not path.stem.endswith(time):
            continue
        task = path.stem.removesuffix(f"_{time}").removeprefix("samples_")
        found = _of_task(results, task, given, registry)
        if found is not None:
            return found, (f"model, task and split are those of {task} in {results.name} beside the file",)
    return None, ()


def _of_task(results: Path, task: str, given: Given, registry: Vocabulary) -> Record | None:
    try:
        document = read_document(results)
        if not lm_eval.matches(document) or task not in document.data["results"]:
            return None
        records = lm_eval.read(document, given, registry).records
    except (InputError, json.JSONDecodeError):
        return None
    return next((record for record in records if record.pointer.startswith(f"/results/{task}/")), None)


def _with_run(record: Record, beside: Record | None) -> Record:
    if beside is None:
        return record
    return replace(
        record, model=beside.model, target=beside.target, language=beside.language, split=beside.split,
        study=beside.study, remark=beside.remark,
    )  # fmt: skip
