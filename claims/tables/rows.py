"""Cells of a table by others as rows of the results table, where its headers say all that a row needs.

A row needs a model, a known target task, a split and a metric; what the headers and the caption do not
say is not guessed: such cells are left out, and it is said why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.importers.labels import SPLITS, Place, best_role, place_of
from analysis.importers.table import without_repetitions
from analysis.results import empty, validate
from analysis.vocabulary import BASELINE, Vocabulary, vocabulary
from claims.tables.pieces import words_of
from claims.tables.table import Cell, Line, Table

NO_INTERMEDIATE = "no intermediate task is named: taken as none"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What a table holds in the terms of the results table.

    Attributes:
        table: the rows (see `analysis.results`), provenance "imported", each with its file and cell.
        left_out: why cells are no rows, each reason with its number of cells.
        notes: what was taken for granted.
    """

    table: pd.DataFrame
    left_out: dict[str, int]
    notes: tuple[str, ...] = ()


def rows_of_table(table: Table, words: Vocabulary | None = None) -> Rows:
    """The cells of a table whose names the vocabulary knows, as rows of the results table.

    Models keep their own names, which the results table allows; a target, a metric, a language or
    an intermediate task that the vocabulary does not know leaves its cells out.

    Args:
        table: by others.
        words: the vocabulary; the built-in one by default.
    """
    words = words or vocabulary()
    left_out: Counter[str] = Counter()
    found: list[dict[str, Any]] = []
    for cell in table.cells.values():
        try:
            found += _rows(table, cell, words)
        except ValueError as error:
            left_out[str(error)] += 1
    scores: dict[tuple[str, ...], set[float]] = {}
    for row in found:
        scores.setdefault(_key(row), set()).add(row["score"])
    clear = [row for row in found if len(scores[_key(row)]) == 1]
    if len(clear) < len(found):
        left_out["stands twice with different scores"] += len(found) - len(clear)
    kept, _, _ = without_repetitions(clear)
    if not kept:
        return Rows(empty(), dict(left_out))
    notes = () if any(row["intermediate"] != BASELINE for row in kept) else (NO_INTERMEDIATE,)
    return Rows(validate(pd.DataFrame(kept), table.source or "table", words=words), dict(left_out), notes)


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name)) for name in ("model", "intermediate", "target", "language", "split", "metric"))


def _rows(table: Table, cell: Cell, words: Vocabulary) -> Iterator[dict[str, Any]]:
    """One row per number of a cell.

    Raises:
        ValueError: with what the table does not say of it.
    """
    row, column = table.rows[cell.row], table.columns[cell.column]
    place = _place(table.rows, row, words).over(_place(table.columns, column, words))
    if place.model is None:
        raise ValueError("the model is not named")
    target = words.find("target", place.target or "") or words.find("benchmark", place.target or "")
    if target is None:
        raise ValueError("the target task is not known here")
    split = place.split or _split_of(table.caption)
    if split is None:
        raise ValueError("neither header nor caption says dev or test")
    metrics = place.metrics or tuple(target.facts.get("metrics", ()))
    if len(metrics) != len(cell.values):
        raise ValueError(f"{len(cell.values)} numbers in a cell of {len(metrics)} metrics")
    if not all(words.find("metric", metric) for metric in metrics):
        raise ValueError("the metric is not known here")
    for metric, value in zip(metrics, cell.values, strict=True):
        if abs(value.number) <= 1 and value.unit != "%":
            raise ValueError("may be a fraction of 1 or a score in points")
        yield {
            "study": table.source.partition(".")[0] or "table",
            "model": place.model,
            "intermediate": place.intermediate or BASELINE,
            "target": target.id,
            "language": place.language or "mean",
            "split": split,
            "metric": metric,
            "score": value.number,
            "decimals": value.decimals,
            "provenance": "imported",
            "source": f"{table.source or 'table'}#row {row.number} column {column.number} sha256:{table.sha256}",
        }


def _place(lines: Sequence[Line], line: Line, words: Vocabulary) -> Place:
    """What the header of a line says of its cells; an unknown row name is a model's.

    Raises:
        ValueError: a header piece is not known.
    """
    role = best_role([part.text for other in lines for part in other.path], words)
    if role is None and line.axis == "row":
        return replace(Place(), model=line.name)
    return place_of([part.text for part in line.path], role, words, None)


def _split_of(caption: str) -> str | None:
    """The split a caption speaks of; None where it names none or several."""
    named = {SPLITS[word] for word in words_of(caption) if word in SPLITS}
    return named.pop() if len(named) == 1 else None
