"""Metrics over training: trainer_state.json, a metric's file of MLflow, scalars downloaded from TensorBoard.

One evaluation counts: the last. Which checkpoint was kept, such a file does not say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from analysis.errors import InputError
from analysis.importers import trainer
from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import is_number, scale_of
from analysis.registry.vocabulary import Vocabulary

NAME = "history"
MLFLOW = re.compile(r"^\d{12,}\s+(?P<value>\S+)\s+(?P<step>\d+)\s*$")
SENTENCE_TRANSFORMERS = "epoch,steps,"
"""First columns of the CSV files of its evaluators: a row per evaluation, a column per metric."""
TENSORBOARD = ("Wall time", "Step", "Value")


def matches(document: SourceFile) -> bool:
    """True if a file is a log of evaluations, or a list of times, steps and values."""
    data = document.data
    if isinstance(data, dict):
        return isinstance(data.get("log_history"), list)
    if isinstance(data, list):
        return bool(data) and all(isinstance(row, list) and len(row) == 3 and all(map(is_number, row)) for row in data)
    lines = [line for line in document.text.splitlines() if line.strip()]
    if all(MLFLOW.match(line) for line in lines):
        return True
    if lines[0].startswith(SENTENCE_TRANSFORMERS):
        return True
    return lines[0].count(",") == 2 and tuple(cell.strip().strip('"') for cell in lines[0].split(",")) == TENSORBOARD


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:
    """The last evaluation: its metrics, or the one value.

    Raises:
        InputError: there is none.
    """
    if isinstance(document.data, dict):
        return _trainer_state(document, words)
    if document.data is None and document.text.startswith(SENTENCE_TRANSFORMERS):
        return _sentence_transformers(document)
    points = _points(document)
    if not points:
        raise InputError(str(document.path), "holds no value")
    step, value, pointer = max(points, key=lambda point: point[0])
    record = Record(score=value, pointer=pointer, metric=given.metric, remark=f"step {step:g}")
    return ImportedFile((record,), (f"of {len(points)} values the last, at step {step:g}, was taken",))


def _sentence_transformers(document: SourceFile) -> ImportedFile:
    """The last row: measures of retrieval are fractions of 1."""
    rows = document.records()
    last = rows[-1] if rows else {}
    records = tuple(
        Record(
            score=float(cell), pointer=f"row {len(rows)} column {name}", metric=name, scale=scale_of(bare),
            decimals=len(cell.partition(".")[2]),
        )
        for name, cell in last.items()
        if name not in {"epoch", "steps"} and cell
        for bare in [name.rpartition("-")[2]]
    )  # fmt: skip
    return ImportedFile(records, (f"of {len(rows)} evaluations the last was taken", "fractions of 1 × 100"))


def _points(document: SourceFile) -> list[tuple[float, float, str]]:
    if document.data is not None:
        return [(float(step), float(value), f"/{i}") for i, (_, step, value) in enumerate(document.data)]
    lines = document.text.splitlines()
    found = [(i, match) for i, line in enumerate(lines, 1) if (match := MLFLOW.match(line))]
    if found:
        return [(float(match["step"]), float(match["value"]), f"line {i}") for i, match in found]
    rows = document.records()
    return [(float(row["Step"]), float(row["Value"]), f"row {i}") for i, row in enumerate(rows, 1)]


def _trainer_state(document: SourceFile, registry: Vocabulary) -> ImportedFile:
    """The last entry of each evaluated metric in `log_history`."""
    data: dict[str, Any] = document.data
    found: dict[str, Record] = {}
    steps = set()
    for i, entry in enumerate(data["log_history"]):
        for record in trainer.scores_of(entry, registry):
            steps.add(entry.get("step"))
            place = f"/log_history/{i}{record.pointer}"
            found[record.pointer] = replace(record, pointer=place, remark=f"step {entry.get('step')}")
    if not found:
        raise InputError(str(document.path), "is a Trainer's state without an evaluation")
    notes = [f"of {len(steps)} evaluations the last was taken"]
    if data.get("best_model_checkpoint"):
        notes.append(f"the best checkpoint was {data['best_model_checkpoint']} ({data.get('best_metric')})")
    return ImportedFile(tuple(found.values()), tuple(notes))
