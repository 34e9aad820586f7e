"""Results of lighteval: tasks as "belebele:swh|0" or "lighteval|gsm8k|5", with the number of examples at the end.

Its row `all` is a mean over every task of the run and is left out; `TASK:_average|0` is a mean over a task's parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.importers.documents import SourceFile
from analysis.importers.record import AGGREGATE, Given, ImportedFile, Record
from analysis.importers.units import is_number, scale_of, stated_error
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import MEAN

NAME = "lighteval"
ALL = "all"
AVERAGE = "_average"
SUITE = re.compile(r"^[a-z_]+\|")
SHOTS = re.compile(r"[|:](\d+)(?:\|\d)?$")
FORMULATIONS = ("_mcf", "_cf", "_hybrid")
"""Ways to put a task to the model; these stand behind the language in a task's name."""


def matches(document: SourceFile) -> bool:
    """True if a file has lighteval's `config_general` beside `results`."""
    data = document.data
    return isinstance(data, dict) and isinstance(data.get("results"), dict) and "config_general" in data


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per task and metric."""
    data = document.data
    general = data["config_general"]
    model = general.get("model_name") or (general.get("model_config") or {}).get("model_name")
    records = []
    for task, metrics in data["results"].items():
        if task == ALL:
            continue
        bare, shots = _parted(task)
        config = (data.get("config_tasks") or {}).get(bare) or {}
        target, language = _target(bare, config, words)
        splits = list(config.get("evaluation_splits") or ())
        for metric, value in metrics.items():
            if metric.endswith("_stderr") or not is_number(value):
                continue
            records.append(
                Record(
                    score=float(value), pointer=f"/results/{task}/{metric}", model=model, target=target,
                    language=language, metric=metric, split=splits[0] if len(splits) == 1 else None,
                    scale=scale_of(metric), study=NAME if shots in {"", "0"} else f"{NAME}, {shots}-shot",
                    remark=f"{shots}-shot" if shots else "", spread=stated_error(metrics, f"{metric}_stderr"),
                    more=AGGREGATE if AVERAGE in bare else {},
                )
            )  # fmt: skip
    notes = ["accuracies and other fractions × 100, as lighteval writes fractions of 1"]
    if ALL in data["results"]:
        notes.append("the row 'all', a mean over every task of the run, was left out")
    return ImportedFile(tuple(records), tuple(notes))


def _parted(task: str) -> tuple[str, str]:
    """A task without its suite, and the number of examples in its prompt."""
    shots = SHOTS.search(task)
    return SUITE.sub("", task[: shots.start()] if shots else task), shots[1] if shots else ""


def _target(task: str, config: Mapping[str, Any], registry: Vocabulary) -> tuple[str, str | None]:
    """Target and language: "xnli_swa_mcf" is XNLI in Swahili, "belebele:_average" a mean."""
    form = next((form for form in FORMULATIONS if task.endswith(form)), "")
    name, colon, subset = task.removesuffix(form).partition(":")
    if subset == AVERAGE:
        return name + form, MEAN
    for code in filter(None, (subset, config.get("hf_subset"))):
        if _known(str(code), registry) and (colon or f"_{code}" in name):
            return name.replace(f"_{code}", "") + form, str(code)
    start = re.search(r"_([a-z]{2,3}(?:_[A-Z][a-z]{3})?)$", name)
    if start and not colon and _known(start[1], registry):
        return name[: start.start()] + form, start[1]
    return task, None


def _known(code: str, words: Vocabulary) -> bool:
    """True if a code is surely one of a language: a bare one that of the vocabulary, any other one with its script."""
    return words.language(code) is not None or ("_" in code and words.any_language(code) is not None)
