"""Separates results tables from tables by others; reads a data frame as a table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.errors import InputError
from analysis.files.escapes import escaped
from claimgauge.api.given import Given, files_and_frames
from claimgauge.verifying import parted

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class GivenApart:
    """Results and tables by others, in files and in memory.

    Attributes:
        files, frames: of results. table_files, tables: by others.
    """

    files: tuple[Path, ...]
    frames: tuple[pd.DataFrame, ...]
    table_files: tuple[Path, ...]
    tables: tuple[Table, ...]


def results_apart(given: Given | Iterable[Given] | None, assume: Sequence[str]) -> GivenApart:
    """Results and tables by others, told apart by their columns as `claimgauge verify --results` does.

    Args:
        given: files and data frames.
        assume: NAME=VALUE, what they do not say.

    Raises:
        InputError: a file or frame is neither, or a slip away from results. UsageError: `assume` means nothing.
    """
    files, frames = files_and_frames(given)
    of_results, by_others = parted(files, assume)
    kept: list[pd.DataFrame] = []
    tables: list[Table] = []
    for number, frame in enumerate(frames, 1):
        found = _by_others(frame, number, assume)
        tables += found
        if not found:
            kept.append(frame)
    return GivenApart(of_results, tuple(kept), by_others, tuple(tables))


def _by_others(frame: pd.DataFrame, number: int, assume: Sequence[str]) -> list[Table]:
    """The tables of a frame that cannot be read as results; none where it can, or is meant so."""
    from analysis.importers.apart import why_no_results
    from analysis.importers.frames import as_file, name_of, of_python
    from analysis.importers.opening import assumed

    with as_file(frame, number) as path:
        fault = of_python(why_no_results(path, assumed(assume)))
    if not fault:
        return []
    click.echo(f"note: {name_of(number)} is read as a table by others; for results: {escaped(fault)}", err=True)
    return tables_of_frame(frame, number)


def tables_of_frame(frame: pd.DataFrame, number: int) -> list[Table]:
    """The typed tables of a data frame; its index, or else its first column, names the rows.

    Raises:
        InputError: it holds no number.
    """
    from analysis.importers.frames import name_of, with_row_names
    from analysis.tables import table_of_grid

    name = name_of(number)
    frame = with_row_names(frame)
    texts = frame.astype("object").where(frame.notna(), "")
    rows = [[str(cell) for cell in row] for row in texts.itertuples(index=False, name=None)]
    head = [str(column) for column in frame.columns]
    digest = hashlib.sha256(repr((head, rows)).encode("utf-8", "backslashreplace")).hexdigest()
    found = [replace(t, sha256=digest) for t in table_of_grid(head, rows, source=name) if t.values]
    if not found:
        raise InputError(name, "holds no number; give the names of its rows in the first column")
    return found
