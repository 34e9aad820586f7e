"""The summary that OpenCompass writes as CSV: a row per data set and metric, a column per model, scores in points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.importers.documents import SourceFile
from analysis.importers.record import AGGREGATE, Given, ImportedFile, Record
from analysis.registry.vocabulary import Vocabulary

NAME = "opencompass"
COLUMNS = ("dataset", "version", "metric", "mode")
AVERAGES = re.compile(r"(?:naive|weighted)_average")
SUFFIX = re.compile(r"_([a-z]{2,3})$")


def matches(document: SourceFile) -> bool:
    """True if a file has OpenCompass's four columns, in their order."""
    if document.data is not None or not document.text.lstrip().lower().startswith("dataset"):
        return False
    return tuple(document.rows()[0][:4]) == COLUMNS


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per data set and model; averages over several data sets are marked as such."""
    records = tuple(_records(document, words))
    marked = "averages over data sets are marked as derived: no analysis averages them again"
    return ImportedFile(records, (marked,) if any(record.more for record in records) else ())


def _records(document: SourceFile, registry: Vocabulary) -> Iterator[Record]:
    head, *rows = document.rows()
    models = head[len(COLUMNS) :]
    for number, row in enumerate(rows, start=2):
        name, _, metric, mode, *cells = row
        suffix = SUFFIX.search(name)
        language = suffix[1] if suffix and registry.language(suffix[1]) else None
        for model, cell in zip(models, cells, strict=False):
            if not re.fullmatch(r"-?\d+(?:\.\d+)?", cell):
                continue
            yield Record(
                score=float(cell), pointer=f"row {number} column {model}", model=model,
                target=name[: suffix.start()] if suffix and language else name, language=language, metric=metric,
                scale=1.0, decimals=len(cell.partition(".")[2]), remark=mode, study=NAME,
                more=AGGREGATE if AVERAGES.fullmatch(metric) else {},
            )  # fmt: skip
