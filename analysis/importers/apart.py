"""Results told apart from tables by others, by their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError
from analysis.importers import tables
from analysis.importers.documents import read_document
from analysis.importers.opening import assumed
from analysis.importers.own_tables import NEARLY, columns_of, is_results_table
from analysis.importers.record import Given
from analysis.importers.sniff import recognise
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import REQUIRED

WITHOUT_TASK = "no name in it is a task; say with --assume target=… which one was scored"

SEPARATORS = frozenset(";|\t")
LARGE = 20_000_000
"""Bytes from which a file is one of results: no publication prints a table of that size."""


@dataclass(frozen=True, slots=True)
class FilesApart:
    """Files as what they are.

    Attributes:
        results: results tables and files that `import` reads. tables: tables by others.
        notes: for each of these tables, one sentence on why it is none of results.
    """

    results: tuple[Path, ...]
    tables: tuple[Path, ...]
    notes: tuple[str, ...]


def told_apart(paths: Sequence[Path], assume: Sequence[str] = ()) -> FilesApart:
    """Results and tables by others, in the order they were given.

    A results table by its columns, a folder, a file of a tool and a large file are results. Any other table is one of
    results where `import` understands its rows and columns, with what is assumed, and else a table by others.

    Args:
        paths: files and folders.
        assume: NAME=VALUE, what files of others do not say.

    Raises:
        InputError: a file cannot be read as either; the faults are those of the import.
        UsageError: as `assumed`.
    """
    given = assumed(assume)
    results: list[Path] = []
    by_others: list[Path] = []
    notes: list[str] = []
    for path in paths:
        fault = why_no_results(path, given)
        if fault:
            by_others.append(path)
            notes.append(f"{path.name} is read as a table by others; for results: {fault}")
        else:
            results.append(path)
    return FilesApart(tuple(results), tuple(by_others), tuple(notes))


def why_no_results(path: Path, given: Given) -> str:
    """The first thing that keeps a table by others from being read as results; "" for what is meant as results.

    A table none of whose names is a task is by others, unless the user says which task was scored.
    """
    from analysis.tables.files import READERS

    if path.suffix.lower() not in READERS or not path.is_file() or path.stat().st_size > LARGE:
        return ""
    if is_results_table(path):
        return ""
    if len(set(REQUIRED) & set(columns_of(path))) >= NEARLY:
        return ""
    try:
        document = read_document(path)
        importer = recognise(document)
        if importer.name == tables.NAME:
            read = importer.read(document, given, vocabulary())
            if given.target is None and all(record.target is None for record in read.records) and _is_table(path):
                return WITHOUT_TASK
    except InputError as error:
        return error.faults[0].partition("\n")[0] if _is_table(path) else ""
    return ""


def _is_table(path: Path) -> bool:
    """True if a file holds a table whose numbers have names: one column of a delimited file has none beside it."""
    from analysis.tables import read_tables

    columns = tuple(columns_of(path))
    if len(columns) == 1 and not SEPARATORS & set(columns[0]):
        return False
    try:
        read_tables(path)
    except InputError:
        return False
    return True
