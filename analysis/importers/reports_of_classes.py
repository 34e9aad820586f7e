"""Classification reports of scikit-learn and seqeval, as text or as a dictionary: means over classes, and accuracy.

The rows of single classes are no scores of the task and are left out, with a note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.registry.vocabulary import Vocabulary

NAME = "class-report"
HEAD = re.compile(r"^\s*precision\s+recall\s+f1-score\s+support\s*$", re.MULTILINE)
ROW = re.compile(r"^\s*(?P<name>\S.*?)\s{2,}(?P<cells>(?:\d[\d.]*\s+)*\d[\d.]*)\s*$")
MEANS = {"micro avg": "micro", "macro avg": "macro", "weighted avg": "weighted", "samples avg": "samples"}
MEASURES = ("precision", "recall", "f1-score", "support")


def matches(document: SourceFile) -> bool:
    """True if a text has the report's header, or a mapping its rows of means."""
    if document.data is None:
        return HEAD.search(document.text) is not None
    data = document.data
    if not isinstance(data, dict):
        return False
    return any(isinstance(row := data.get(name), dict) and set(MEASURES) <= row.keys() for name in MEANS)


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per mean and measure, and the accuracy; fractions × 100."""
    rows = _rows_of_text(document.text) if document.data is None else _rows_of_data(document.data)
    classes = [name for name in rows if name not in {*MEANS, "accuracy"}]
    support = next((row["support"] for name, row in rows.items() if name in MEANS), None)
    items = None if support is None else int(float(support[0]))
    tokens = "micro avg" in rows
    records = []
    for name, row in rows.items():
        for measure, (text, pointer) in row.items():
            if name in classes or measure == "support":
                continue
            metric = "accuracy" if name == "accuracy" else f"{MEANS[name]} {measure.removesuffix('-score')}"
            records.append(
                Record(
                    score=float(text), pointer=pointer, metric="f1" if tokens and metric == "micro f1" else metric,
                    scale=100.0, n_items=None if tokens else items,
                    decimals=len(text.partition(".")[2]) if document.data is None else None,
                )
            )  # fmt: skip
    notes = [f"rows of single classes were left out: {', '.join(classes)}"] if classes else []
    return ImportedFile(tuple(records), (*notes, "fractions of 1 × 100"))


Rows = dict[str, dict[str, tuple[str, str]]]
"""Row → measure → its text and place."""


def _rows_of_text(text: str) -> Rows:
    rows: Rows = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if (match := ROW.match(line)) is None:
            continue
        cells = match["cells"].split()
        names = MEASURES if len(cells) == len(MEASURES) else ("accuracy", "support")
        if len(cells) == len(names):
            place = f"line {number} {match['name']}"
            rows[match["name"]] = {name: (cell, f"{place} {name}") for name, cell in zip(names, cells, strict=True)}
    return rows


def _rows_of_data(data: Mapping[str, Any]) -> Rows:
    rows: Rows = {}
    for name, row in data.items():
        if isinstance(row, dict):
            rows[name] = {key: (repr(value), f"/{name}/{key}") for key, value in row.items() if key in MEASURES}
        elif isinstance(row, int | float):
            rows[name] = {name: (repr(row), f"/{name}")}
    return rows
