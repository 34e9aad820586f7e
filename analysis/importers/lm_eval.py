"""Results of EleutherAI's lm-evaluation-harness, old layout ("acc") and new ("acc,none").

The split that was scored stands only in the new layout (`configs`): the test split where a task has
one, else the validation split. A metric's `_stderr` is kept as its standard error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from analysis.importers.documents import Document
from analysis.importers.record import Given, Reading, Record
from analysis.spreads import Spread
from analysis.vocabulary import Vocabulary

NAME = "lm-eval"

FRACTIONS = frozenset(
    {"acc", "acc_norm", "acc_mutual_info", "acc_bytes", "exact_match", "em", "f1", "mcc", "mc1", "mc2",
     "pct_stereotype", "pass@1", "pass_at_1", "contains", "multi_choice_acc"}
)  # fmt: skip
AS_THEY_ARE = frozenset(
    {"ppl", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "likelihood_diff",
     "likelihood_difference", "bleu", "chrf", "ter"}
)  # fmt: skip
"""How lm-eval writes its metrics: fractions of 1, or numbers with a unit of their own."""

POINTS_BY_TASK = re.compile(r"^squad")
"""Tasks whose F1 and exact match come from SQuAD's script, in points."""

CODES = {"jp": "ja"}
"""Codes in task names that are no ISO 639 codes."""


def matches(document: Document) -> bool:
    """Whether a file is lm-eval's: a mapping `results` of tasks to metrics, and `versions` or `configs`."""
    data = document.data
    return (
        isinstance(data, dict)
        and isinstance(data.get("results"), dict)
        and all(isinstance(task, dict) for task in data["results"].values())
        and bool({"versions", "configs", "config", "n-samples"} & data.keys())
    )


def read(document: Document, given: Given, words: Vocabulary) -> Reading:  # noqa: ARG001
    """One record per task and metric."""
    data = document.data
    model, shots = model_of(data), (data.get("config") or {}).get("num_fewshot")
    records = []
    for task, metrics in data["results"].items():
        target, language = _task(data, task, words)
        for key, value in metrics.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or "_stderr" in key or key == "sample_len":
                continue
            metric, scale = _metric(task, key)
            records.append(
                Record(
                    score=float(value), pointer=f"/results/{task}/{key}", model=model, target=target,
                    language=language, metric=metric, scale=scale, split=_split(data, task),
                    study=_study(data, task, shots), n_items=_items(data, task), remark=_shots(data, task, shots),
                    spread=_error(metrics, key),
                )
            )  # fmt: skip
    return Reading(tuple(records), ("accuracies and other fractions × 100, as lm-eval writes fractions of 1",))


def _error(metrics: Mapping[str, Any], key: str) -> Spread | None:
    """The standard error of a metric: "acc_stderr,none" for "acc,none"; "N/A" is none."""
    name, comma, chain = key.partition(",")
    value = metrics.get(f"{name}_stderr{comma}{chain}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return Spread(se=float(value))


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
    revision, adapter = named.get("revision"), named.get("peft")
    return f"{found}{f'@{revision}' if revision not in {None, 'main'} else ''}{f'+{adapter}' if adapter else ''}"


def _task(data: Mapping[str, Any], task: str, words: Vocabulary) -> tuple[str, str | None]:
    """Target and language of a task's name: "xnli_sw" is XNLI in Swahili; a group is a mean.

    A code that the vocabulary lacks counts where it stands with a script, or where the task is there in a
    language of the vocabulary, too: "law" and "is" are codes of languages as well.
    """
    if (data.get("group_subtasks") or {}).get(task):
        return task, "mean"
    for start, code, script in _suffixes(task):
        tag = f"{code}-{script}" if script else code
        if words.language(code) is not None or (script and words.any_language(tag) is not None):
            return task[:start], tag
        if words.any_language(code) is not None and any(
            task[:start] == other[:place] and words.language(known) is not None
            for other in data["results"]
            for place, known, _ in _suffixes(other)
        ):
            return task[:start], code
    return task, None


def _suffixes(task: str) -> list[tuple[int, str, str]]:
    """What may be a language at the end of a task's name: where it begins, code and script."""
    found = re.finditer(r"_(?=([a-z]{2,3})(?:_([A-Z][a-z]{3}))?$)", task)
    return [(suffix.start(), CODES.get(suffix[1], suffix[1]), suffix[2] or "") for suffix in found]


def _metric(task: str, key: str) -> tuple[str, float | None]:
    """Name and factor to points of a metric's key, "acc,none" or "exact_match,strict-match"."""
    name, _, chain = key.partition(",")
    scale: float | None
    if name in AS_THEY_ARE or (POINTS_BY_TASK.match(task) and name in {"f1", "exact", "exact_match", "em"}):
        scale = 1.0
    else:
        scale = 100.0 if name in FRACTIONS else None
    return (name if chain in {"", "none"} else f"{name} ({chain})"), scale


def _split(data: Mapping[str, Any], task: str) -> str | None:
    """The split of a task; of a group the one of all its tasks."""
    config = (data.get("configs") or {}).get(task) or {}
    stated = config.get("test_split") or config.get("validation_split")
    inside = {_split(data, part) for part in (data.get("group_subtasks") or {}).get(task) or () if part != task}
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
