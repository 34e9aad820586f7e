"""Scores that a repository on the Hugging Face hub states: `model-index` of its card, and `.eval_results/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.errors import InputError, MissingDataError
from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import is_number
from analysis.registry.vocabulary import Vocabulary

NAME = "model-card"
FRONT = re.compile(r"\A\s*---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
INDEX = re.compile(r"^model-index\s*:", re.MULTILINE)
RESULT = re.compile(r"^\s*-?\s*dataset\s*:", re.MULTILINE)
VALUE = re.compile(r"^\s*-?\s*value\s*:", re.MULTILINE)


def matches(document: SourceFile) -> bool:
    """True if a text begins with a card's data that hold `model-index`, or is a list of data sets with values."""
    if document.data is not None:
        return False
    front = FRONT.match(document.text)
    if front is not None:
        return INDEX.search(front[1]) is not None
    text = document.text.lstrip()
    return text.startswith(("-", "#")) and bool(RESULT.search(text) and VALUE.search(text))


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:
    """One record per metric of a card, or per value of a list of results.

    Raises:
        InputError: the YAML is broken.
        MissingDataError: PyYAML is not installed.
    """
    front = FRONT.match(document.text)
    data = _yaml(document, front[1] if front else document.text)
    if front is None:
        return ImportedFile(tuple(_results(document, data)), ("a list of results names no metric: called 'score'",))
    records, aside = [], []
    languages = _strings(data.get("language"))
    for i, model in enumerate(data["model-index"] or ()):
        for j, result in enumerate(model.get("results") or ()):
            language = _language(result.get("dataset") or {}, languages, words)
            for k, metric in enumerate(result.get("metrics") or ()):
                pointer = f"/model-index/{i}/results/{j}/metrics/{k}"
                number = metric.get("value")
                if not is_number(number):
                    aside.append(pointer)
                    continue
                records.append(_record(model, result, metric, language, pointer))
    notes = [f"left out, for they are no numbers: {', '.join(aside)}"] if aside else []
    unit = _unit(records)
    return ImportedFile(tuple(_scaled(record, unit, given) for record in records), tuple(notes))


def _record(
    model: Mapping[str, Any], result: Mapping[str, Any], metric: Mapping[str, Any], language: str | None, pointer: str
) -> Record:
    data = result.get("dataset") or {}
    return Record(
        score=float(metric["value"]), pointer=pointer, model=model.get("name"),
        target=data.get("name") or data.get("type"), language=language, split=data.get("split"),
        metric=metric.get("type") or metric.get("name"), study="model card",
    )  # fmt: skip


def _unit(records: list[Record]) -> float | None:
    """Points where a number is above 1; a card never states its unit, and small numbers alone do not tell it."""
    return 1.0 if any(abs(record.score) > 1 for record in records) else None


def _scaled(record: Record, unit: float | None, given: Given) -> Record:
    from dataclasses import replace

    return record if unit is None or given.scale is not None else replace(record, scale=unit)


def _language(data: Mapping[str, Any], languages: list[str], registry: Vocabulary) -> str | None:
    """The language a data set's part is named after, else the only one of the card."""
    config = data.get("config")
    if isinstance(config, str) and (config in languages or registry.language(config) or _tagged(config, registry)):
        return config
    return languages[0] if len(languages) == 1 and registry.any_language(languages[0]) else None


def _tagged(config: str, registry: Vocabulary) -> bool:
    return ("-" in config or "_" in config) and registry.any_language(config) is not None


def _results(document: SourceFile, data: object) -> Iterator[Record]:
    """The entries of `.eval_results/*.yaml`; whose model that is, no file states."""
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise InputError(str(document.path), "is no list of results, each with a dataset and a value")
    for i, each in enumerate(data):
        stated = each["dataset"]
        target = stated["id"] if not stated.get("task_id") else f"{stated['id']} {stated['task_id']}"
        yield Record(
            score=float(each["value"]), pointer=f"/{i}/value", target=target, split=stated.get("split"),
            metric="score", study=str((each.get("source") or {}).get("name") or "eval results"),
            remark=f"config {stated['config']}" if stated.get("config") else "",
        )  # fmt: skip


def _strings(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value] if isinstance(value, list) else []


def _yaml(document: SourceFile, text: str) -> Any:
    try:
        import yaml
    except ImportError:
        message = f'{document.path}: reading YAML needs PyYAML; install it: pip install "claimgauge[yaml]"'
        raise MissingDataError(message) from None
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(str(document.path), f"is broken YAML ({str(error).splitlines()[0]})") from None
