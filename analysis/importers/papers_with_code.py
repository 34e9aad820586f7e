"""Records of Papers with Code (and its sota-extractor): tasks, data sets, leaderboard rows.

Numbers are strings as often as not. Neither language nor split nor unit is stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.importers.cells import read_cell
from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import is_number
from analysis.registry.vocabulary import Vocabulary
from analysis.results.spreads import Spread

NAME = "papers-with-code"
STUDY = "Papers with Code"


def matches(document: SourceFile) -> bool:
    """True if a file holds tasks with data sets, or data sets with leaderboards."""
    entries = document.data if isinstance(document.data, list) else [document.data]
    return bool(entries) and all(isinstance(e, dict) and ({"datasets", "sota", "subtasks"} & e.keys()) for e in entries)


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per leaderboard row and metric; a value that is no number is left out and named."""
    entries = document.data if isinstance(document.data, list) else [document.data]
    records: list[Record] = []
    notes: list[str] = []
    for i, entry in enumerate(entries):
        place = f"/{i}" if isinstance(document.data, list) else ""
        for target, where, row in _rows(entry, "", place):
            for metric, value in (row.get("metrics") or {}).items():
                pointer = f"{where}/metrics/{metric}"
                record = _record(row, target, metric, value, pointer)
                if record is None:
                    notes.append(f"left out: {value!r} at {pointer} is no score")
                else:
                    records.append(record)
    return ImportedFile(tuple(records), tuple(notes))


def _record(row: Mapping[str, Any], target: str, metric: str, value: object, pointer: str) -> Record | None:
    if is_number(value):
        value = repr(value)
    try:
        numbers = read_cell(str(value)).numbers
    except ValueError:
        return None
    if len(numbers) != 1:
        return None
    return Record(
        score=numbers[0].value, pointer=pointer, model=row.get("model_name") or row.get("model"), target=target,
        metric=metric, decimals=numbers[0].decimals, scale=1.0 if numbers[0].percent else None,
        spread=None if numbers[0].plus_minus is None else Spread(plus_minus=numbers[0].plus_minus),
        study=row.get("paper_title") or row.get("paper_url") or STUDY,
    )  # fmt: skip


def _rows(entry: Mapping[str, Any], above: str, place: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Data set, place and leaderboard row, through sub-tasks and parts of data sets."""
    own = entry.get("subdataset") or entry.get("dataset")
    target = " / ".join(part for part in (above, own) if part)
    for i, row in enumerate((entry.get("sota") or {}).get("rows") or ()):
        yield target, f"{place}/sota/rows/{i}", row
    below: Sequence[tuple[str, str]] = (("datasets", ""), ("subdatasets", target), ("subtasks", ""))
    for key, name in below:
        for i, inner in enumerate(entry.get(key) or ()):
            yield from _rows(inner, name, f"{place}/{key}/{i}")
