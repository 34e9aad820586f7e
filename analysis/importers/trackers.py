"""Runs exported from Weights & Biases or MLflow as CSV: one line per run, one column per metric.

A column is a score where its last part is a metric of the vocabulary, or named with `--assume only=…`:
"eval/accuracy", "metrics.test_f1", "eval/xnli/sw/accuracy". Settings of the run ("seed",
"params.model") fill the columns of the results table that they are named after. Neither format
states whether a score is a fraction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.errors import InputError
from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.registry.vocabulary import Vocabulary, fold
from analysis.results.result_names import surely_language

NAME = "tracker"

SPLITS = {"eval": "dev", "dev": "dev", "val": "dev", "valid": "dev", "validation": "dev", "test": "test",
          "predict": "test", "train": "train"}  # fmt: skip
SETTINGS = {
    "model": "model", "modelname": "model", "modelnameorpath": "model", "intermediate": "intermediate",
    "intermediatetask": "intermediate", "target": "target", "task": "target", "taskname": "target",
    "dataset": "target", "language": "language", "lang": "language", "split": "split", "seed": "seed",
    "method": "method", "study": "study",
}  # fmt: skip
"""Settings of a run (folded) and the column each fills."""

FINISHED = frozenset({"finished", ""})


def matches(document: SourceFile) -> bool:
    """True if a file has the columns of a W&B table or of an MLflow run search."""
    names = document.header()
    return names >= {"Name", "State"} or names >= {"run_id", "experiment_id"}


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:
    """One record per finished run and score column.

    Raises:
        InputError: no column is a score, or a score is no number.
    """
    rows = document.records()
    wanted = {fold(name) for name in given.only}
    places = {name: place for name in rows[0] if (place := _place(name, words, wanted))} if rows else {}
    if not places:
        known = ", ".join(rows[0]) if rows else "no line"
        raise InputError(str(document.path), f"no column is a known metric ({known}); name one with --assume only=…")
    records: list[Record] = []
    unfinished = []
    for i, row in enumerate(rows, start=1):
        if row.get("State", row.get("status", "")).lower() not in FINISHED:
            unfinished.append(i)
            continue
        records += _records(document, i, row, places)
    aside = [name for name in rows[0] if name not in places and _setting(name) not in SETTINGS]
    notes = [f"columns that are no scores: {', '.join(aside)}"] if aside else []
    if unfinished:
        notes.append(f"{len(unfinished)} unfinished runs were left out (rows {', '.join(map(str, unfinished))})")
    return ImportedFile(tuple(records), tuple(notes))


def _records(document: SourceFile, i: int, row: Mapping[str, str], places: Mapping[str, Record]) -> list[Record]:
    settings = {SETTINGS[_setting(name)]: cell for name, cell in row.items() if _setting(name) in SETTINGS and cell}
    seed = settings.pop("seed", None)
    if seed is not None and not re.fullmatch(r"\d+(\.0+)?", seed):
        raise InputError(str(document.path), f"seed {seed!r} in row {i} is no whole number")
    found = []
    for name, place in places.items():
        if not row[name]:
            continue
        try:
            score = float(row[name])
        except ValueError:
            raise InputError(str(document.path), f"{name} {row[name]!r} in row {i} is not a number") from None
        stated: dict[str, Any] = {key: value for key, value in settings.items() if getattr(place, key) is None}
        run = row.get("Name") or row.get("tags.mlflow.runName") or row.get("run_id") or ""
        found.append(
            replace(place, score=score, pointer=f"row {i} column {name}", remark=f"run {run}".strip(),
                    seed=None if seed is None else int(float(seed)), **stated)
        )  # fmt: skip
    return found


def _setting(name: str) -> str:
    return fold(re.sub(r"^(params|tags|config)[./]", "", name))


def place_of_column(name: str, registry: Vocabulary, only: Sequence[str] = ()) -> Record | None:
    """Place that the name of a metric in W&B or MLflow stands for, None where it is no score."""
    return _place(name, registry, {fold(each) for each in only})


def _place(name: str, registry: Vocabulary, wanted: set[str]) -> Record | None:
    """Place that a column's name stands for, None where it is no score column."""
    bare = re.sub(r"^metrics\.", "", name)
    parts: Sequence[str] = [part for part in re.split(r"[/.]", bare) if part]
    first, _, rest = parts[0].partition("_")
    if len(parts) == 1 and first.lower() in SPLITS and rest:
        parts = [first, rest]
    metric = parts[-1] if parts else ""
    if _setting(name) in SETTINGS or not ({fold(metric), fold(name)} & wanted or registry.find("metric", metric)):
        return None
    place = Record(score=float("nan"), pointer="", metric=metric, study=NAME)
    for part in parts[:-1]:
        if part.lower() in SPLITS:
            place = replace(place, split=SPLITS[part.lower()])
        elif registry.find("target", part) is not None:
            place = replace(place, target=part)
        elif surely_language(registry, part):
            place = replace(place, language=part)
        else:
            return None if not ({fold(metric), fold(name)} & wanted) else place
    return place
