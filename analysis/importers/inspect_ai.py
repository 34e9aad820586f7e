"""Logs of inspect_ai, JSON or .eval: one task, one model, scorers with metrics; a failed run has no scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.errors import InputError
from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import scale_of
from analysis.registry.vocabulary import Vocabulary
from analysis.results.spreads import Spread

NAME = "inspect-ai"
STDERR = "stderr"
CENTRES = ("accuracy", "mean")
"""The metrics whose error `stderr` is."""
NO_SCORES = frozenset({STDERR, "std", "var", "bootstrap_stderr"})


def matches(document: SourceFile) -> bool:
    """True if a file has a log's parts."""
    data = document.data
    return isinstance(data, dict) and {"status", "eval", "plan"} <= data.keys() and isinstance(data["eval"], dict)


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per scorer and metric.

    Raises:
        InputError: the run failed or was stopped.
    """
    data = document.data
    if data["status"] != "success" or not data.get("results"):
        raise InputError(str(document.path), f"is the log of a run whose status is {data['status']!r}: no scores")
    records = tuple(_records(data, words))
    return ImportedFile(records, ("accuracies × 100, as inspect_ai writes fractions of 1",))


def _records(data: Mapping[str, Any], registry: Vocabulary) -> Iterator[Record]:
    run, results = data["eval"], data["results"]
    arguments = {**(run.get("task_args") or {}), **(run.get("task_args_passed") or {})}
    named = arguments.get("language") or arguments.get("lang")
    language = registry.any_language(str(named).replace("_", "-")) if isinstance(named, str) else None
    split = arguments.get("split")
    several = len({score.get("name") for score in results["scores"]}) > 1
    for i, score in enumerate(results["scores"]):
        metrics = score["metrics"]
        error = (metrics.get(STDERR) or {}).get("value")
        for key, metric in metrics.items():
            if key in NO_SCORES:
                continue
            yield Record(
                score=float(metric["value"]), pointer=f"/results/scores/{i}/metrics/{key}", model=run.get("model"),
                target=run["task"].rpartition("/")[2], language=language.id if language else None,
                metric=f"{key} ({score['name']})" if several else key, scale=scale_of(key),
                split=split if isinstance(split, str) else None, study=NAME,
                n_items=score.get("scored_samples") or results.get("completed_samples"),
                spread=Spread(se=float(error)) if key in CENTRES and error is not None else None,
                remark=f"data set {(run.get('dataset') or {}).get('name')}",
            )  # fmt: skip
