"""Target and language of a task of lm-eval: from its data set where the file states it, else from its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import MEAN

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
