"""Tables of papers and spreadsheets, as LaTeX, CSV or TSV.

Rows and columns are recognised by the vocabulary: header cells that name a target, a metric, a
language, a split; row labels that name an intermediate task, a model, a language or a target. Where
too little is recognised, `--rows` and `--columns` say what they are. A column headed like a column
of the results table ("model", "seed", "score") fills that column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.errors import InputError
from analysis.importers.cells import MISSING, looks_numeric, read_cell, with_points
from analysis.importers.documents import Document
from analysis.importers.labels import PERCENT, TEXTS, Place, best_role, fields_of, place_of
from analysis.importers.latex import ENVIRONMENT, grids
from analysis.importers.long_tables import Long, others_of
from analysis.importers.record import COUNTS, Given, Reading, Record
from analysis.vocabulary import Vocabulary

NAME = "table"

EMPHASIS = re.compile(r"^(\*\*|__|\*|_)(.+)\1$")
"""Bold and italics of Markdown around a whole cell."""


def matches(document: Document) -> bool:
    """Whether a file holds a LaTeX table, or delimited lines of equal length with a number in them."""
    if document.data is not None:
        return False
    if ENVIRONMENT.search(document.text):
        return True
    rows = document.rows()
    return (
        len(rows) > 1
        and len(rows[0]) > 1
        and {len(row) for row in rows} == {len(rows[0])}
        and any(looks_numeric(cell) for row in rows[1:] for cell in row)
    )


def read(document: Document, given: Given, words: Vocabulary) -> Reading:
    """One record per number in a cell.

    Raises:
        InputError: a cell is no score, a header names fewer metrics than a cell has numbers, or
            neither vocabulary nor options say what the rows or columns are.
    """
    latex = ENVIRONMENT.search(document.text) is not None
    tables = grids(document.text) if latex else [document.rows()]
    if not latex and document.delimiter == ";":
        tables = [with_points(rows) for rows in tables]
    records: list[Record] = []
    notes: list[str] = []
    for number, rows in enumerate(tables, start=1):
        where = f"table {number} " if len(tables) > 1 else ""
        try:
            found, said = _read_grid(rows, where, given, words)
        except ValueError as error:
            raise InputError(str(document.path), str(error)) from None
        records += found
        notes += said
    return Reading(tuple(records), tuple(dict.fromkeys(notes)))


def _read_grid(
    rows: Sequence[Sequence[str]], where: str, given: Given, words: Vocabulary
) -> tuple[list[Record], list[str]]:
    width = max(map(len, rows), default=0)
    grid = [[EMPHASIS.sub(r"\2", cell) for cell in [*row, *[""] * (width - len(row))]] for row in rows]
    depth = next((i for i, row in enumerate(grid) if any(map(looks_numeric, row))), len(grid))
    head, body = grid[:depth], grid[depth:]
    if not head or not body:
        raise ValueError(f"{where}has no header above its numbers")
    fields = fields_of(head[-1], [[row[j] for row in body] for j in range(width)], words)
    labels = [j for j in range(width) if j not in fields and _is_label_column(j, [row[j] for row in body])]
    numeric = [j for j in range(width) if j not in fields and j not in labels]
    scores = [j for j, name in fields.items() if name == "score"]
    notes: list[str] = []
    telling: list[int] = []
    if scores:
        telling, labels = others_of(Long(head[-1], body, fields, labels, numeric), given, words, notes), []
    row_role = given.rows or best_role([row[j] for row in body for j in labels], words)
    taken = {"intermediate"} & {*fields.values(), row_role}
    column_role = given.columns or _column_role([_pieces(head, j) for j in numeric], taken, words)
    scores = scores or numeric
    columns = {j: place_of(_pieces(head, j) if j in numeric else [], column_role, words, notes, taken) for j in scores}
    records: list[Record] = []
    for i, row in enumerate(body, start=depth + 1):
        base = _row_place(row, i, labels, fields, row_role, words)
        if telling:
            base = replace(base, method=" · ".join(row[j] for j in telling))
        for j in scores:
            found = _cell(row[j], f"{where}row {i} column {j + 1}", base.over(columns[j]), notes)
            records += [replace(r, scale=1.0) for r in found] if PERCENT.search(head[-1][j]) else found
    return records, notes


def _column_role(headings: Sequence[Sequence[str]], taken: Collection[str | None], words: Vocabulary) -> str | None:
    """What the columns are: the tasks over a table whose rows are intermediate tasks are targets."""
    role = best_role([label for pieces in headings for label in pieces], words)
    if role == "intermediate" and role in taken:
        return "target"
    return role


def _is_label_column(j: int, cells: Sequence[str]) -> bool:
    """Whether a column holds words; the first may hold "None" alone, any other then only lacks its scores."""
    words = [cell for cell in cells if cell and (j == 0 or cell.casefold() not in MISSING)]
    return bool(words) and not any(map(looks_numeric, cells))


def _pieces(head: Iterable[Sequence[str]], j: int) -> list[str]:
    return list(dict.fromkeys(row[j] for row in head if row[j]))


def _row_place(
    row: Sequence[str],
    number: int,
    labels: Sequence[int],
    fields: Mapping[int, str],
    role: str | None,
    words: Vocabulary,
) -> Place:
    """What a row says of all its scores."""
    texts = [row[j] for j in labels if row[j]]
    if not labels and not any(name in TEXTS for name in fields.values()) and role is not None:
        texts = [f"row {number}"]
    place = place_of(texts, role, words, None)
    stated: dict[str, Any] = {}
    for j, name in fields.items():
        if name != "score" and row[j]:
            stated["metrics" if name == "metric" else name] = _stated(name, row[j], number)
    return replace(place, **stated)


def _stated(name: str, text: str, number: int) -> object:
    if name == "metric":
        return (text,)
    if name not in COUNTS:
        return text
    try:
        return int(float(text))
    except ValueError:
        raise ValueError(f"{name} {text!r} in row {number} is not a number") from None


def _cell(text: str, pointer: str, place: Place, notes: list[str]) -> list[Record]:
    try:
        cell = read_cell(text)
    except ValueError as error:
        raise ValueError(f"{pointer}: {error}") from None
    if cell.spread:
        notes.append("spreads after ± were left out: the results table has no column for them")
    metrics: Sequence[str | None] = place.metrics or (None,)
    if cell.numbers and len(metrics) != len(cell.numbers):
        named = " and ".join(map(str, place.metrics)) or "no metric"
        raise ValueError(f"{pointer}: {text!r} has {len(cell.numbers)} numbers, its header names {named}")
    return [
        Record(
            score=number.value, pointer=pointer, decimals=number.decimals, metric=metric,
            scale=1.0 if number.percent else None, model=place.model, target=place.target, language=place.language,
            split=place.split, intermediate=place.intermediate, method=place.method, study=place.study, seed=place.seed,
            n_items=place.n_items, target_examples=place.target_examples,
            intermediate_examples=place.intermediate_examples, intermediate_language=place.intermediate_language,
        )
        for number, metric in zip(cell.numbers, metrics, strict=bool(cell.numbers))
    ]  # fmt: skip
