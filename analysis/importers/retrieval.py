"""Retrieval: the text that trec_eval prints for all queries, and BEIR's measures as JSON. Both write fractions of 1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import scale_of
from analysis.registry.vocabulary import Vocabulary

NAME = "retrieval"
ROW = re.compile(r"^(?P<measure>[A-Za-z][\w.@]*)\s+(?P<query>\S+)\s+(?P<value>\S+)\s*$")
ALL = "all"
MEASURE = re.compile(r"^(?:ndcg|map|recall|precision|p|mrr|r_cap|hole|accuracy|top_k_accuracy)@\d+$", re.IGNORECASE)


def matches(document: SourceFile) -> bool:
    """True if every line is a measure, a query and a value, or the JSON holds measures at cut-offs."""
    data = document.data
    if data is None:
        rows = [ROW.match(line) for line in document.text.splitlines() if line.strip()]
        return bool(rows) and all(rows) and any(row is not None and row["query"] == ALL for row in rows)
    if not isinstance(data, dict) or not data:
        return False
    inner = [each for each in data.values() if isinstance(each, dict) and each]
    return len(inner) == len(data) and all(MEASURE.match(key) for each in inner for key in each)


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per measure that is a score, over all queries."""
    aside: list[str] = []
    records = tuple(_of_text(document, aside) if document.data is None else _of_json(document))
    notes = [f"left out, for they are no scores: {', '.join(aside)}"] if aside else []
    return ImportedFile(records, (*notes, "fractions of 1 × 100"))


def _of_text(document: SourceFile, aside: list[str]) -> Iterator[Record]:
    rows = [(i, row) for i, line in enumerate(document.text.splitlines(), 1) if (row := ROW.match(line))]
    queries = next((row["value"] for _, row in rows if row["measure"] == "num_q" and row["query"] == ALL), None)
    for number, row in rows:
        if row["query"] != ALL:
            continue
        measure, scale = row["measure"], scale_of(row["measure"])
        if scale is None:
            aside.append(measure)
            continue
        yield Record(
            score=float(row["value"]), pointer=f"line {number}", metric=measure, scale=scale,
            decimals=len(row["value"].partition(".")[2]), n_items=None if queries is None else int(queries),
        )  # fmt: skip


def _of_json(document: SourceFile) -> Iterator[Record]:
    for group, measures in document.data.items():
        for measure, value in measures.items():
            yield Record(score=float(value), pointer=f"/{group}/{measure}", metric=measure, scale=100.0)
