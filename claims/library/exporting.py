"""Cells of tables as records of Every Eval Ever (schema 0.3.0): one record for each row of each table.

A row's label stands as the model, those over the columns as what was evaluated, as most papers lay tables out;
both are in the details of every cell. What a printed table does not state is said to be unknown, not guessed: who
evaluated, with which library, how a model is deployed. `lower_is_better` is required there; where nothing states a
direction it is false and the details of the metric say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analysis.exporters.every_eval_ever import Record, envelope
from analysis.tables import Measure, Table, TableLine, Value
from analysis.tables.markup import plain
from claims.library.evidence import source_of, typed
from claims.library.model import PaperTable
from claims.library.store import Document, KeptTable


def records(kept: Iterable[KeptTable], at: str, made_by: str) -> Iterator[Record]:
    """The records of whole tables.

    Args:
        kept: tables without doubts.
        at: the time of the export, in seconds since 1970.
        made_by: name and version of this program.

    Raises:
        InputError: a table is too large, or a column contradicts itself.
    """
    for one in kept:
        source = source_of(one.document, one.table)
        for number, table in enumerate(typed(one.table, source, one.document.sha256), 1):
            places = _places(one.table, table)
            for row in table.rows:
                cells = ((column, table.values.get((row.index, column.index))) for column in table.columns)
                results = [_result(table, row, column, value, places) for column, value in cells if value is not None]
                if results:
                    name = _name(row) or f"row {row.index + 1}"
                    record_id = f"{source}, part {number}/{name} (row {row.index + 1})/{at}"
                    yield _record(one, record_id, name, at, made_by, results)


def _name(line: TableLine) -> str:
    return " / ".join(filter(None, line.labels))


def _places(paper: PaperTable, table: Table) -> Mapping[int, int]:
    """Row of a typed table → the line of the paper it stands on, where its label and first number find it."""
    found: dict[int, int] = {}
    grid = [[plain(cell, paper.grid.latex) for cell in row] for row in paper.grid.rows]
    start = 0
    for row in table.rows:
        value = next((v for c in table.columns if (v := table.values.get((row.index, c.index)))), None)
        for n in range(start, len(grid)):
            if row.own in grid[n] and (value is None or any(value.number.text.strip() in cell for cell in grid[n])):
                start = n + 1
                found[row.index] = paper.lines[n] if n < len(paper.lines) else 0
                break
    return found


def _result(table: Table, row: TableLine, column: TableLine, value: Value, places: Mapping[int, int]) -> Record:
    name = _name(column) or f"column {column.index + 1}"
    measure = column.measure or row.measure or table.measure
    details = {
        "printed": value.number.text, "row": _name(row), "column": _name(column),
        "row_number": str(row.index + 1), "column_number": str(column.index + 1),
    }  # fmt: skip
    if place := places.get(row.index):
        details["line"] = str(place)
    if value.number.plus_minus is not None:
        details["plus_minus"] = str(value.number.plus_minus)
        details["plus_minus_means"] = "not stated"
    if value.second is not None:
        details["second_number"] = value.second.text
    if value.number.relation != "=":
        details["relation"] = value.number.relation
    if value.marks:
        details["marks"] = " ".join(sorted(value.marks))
    return {
        "evaluation_result_id": f"{row.index + 1}:{column.index + 1}",
        "evaluation_name": name,
        "source_data": {"dataset_name": name, "source_type": "other"},
        "metric_config": _metric(measure, value.number.unit),
        "score_details": {"score": float(value.number.value), "details": details},
    }


def _metric(measure: Measure | None, unit: str) -> Record:
    direction = measure.direction if measure else None
    config: Record = {
        "lower_is_better": direction == "lower",
        "additional_details": {"direction": "stated" if direction else "not stated"},
    }
    if measure:
        config["metric_name"] = measure.name
    if unit or (measure and measure.unit):
        config["metric_unit"] = unit or (measure.unit if measure else "")
    return config


def _record(one: KeptTable, record_id: str, name: str, at: str, made_by: str, results: list[Record]) -> Record:
    source = {
        "source_name": one.document.title or one.document.name,
        "source_type": "documentation",
        "additional_details": _source_details(one.document, one.table),
    }
    return envelope(record_id, name, at, made_by, source, results)


def _source_details(document: Document, table: PaperTable) -> dict[str, str]:
    told = {
        "file": document.name, "sha256": document.sha256, "arxiv": document.arxiv, "doi": document.doi,
        "version": document.version, "table": table.label, "caption": plain(table.caption, table.grid.latex),
        "page": str(table.page) if table.page else "",
    }  # fmt: skip
    return {name: text for name, text in told.items() if text}
