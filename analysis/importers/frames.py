"""Data frames in memory, opened as a file of the same columns would be."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.importers.opening import OpenedFile, open_results
from analysis.results.columns import as_categories, mapped

if TYPE_CHECKING:
    import pandas as pd

    from analysis.importers.record import Given
    from analysis.registry.vocabulary import Vocabulary

OPTION = re.compile(r"--assume (\w+=(?:…|[\w|]+)(?:,\w+=…)*)")
"""Actions that a remark on a file asks for."""
FLAG = re.compile(r"--(published|across-studies|dry-run)\b")
PLAIN = re.compile(r"--(max-flops|workers|data)\b(?!-)")


def name_of(number: int) -> str:
    """The name of a data frame: "data frame", the second "data frame 2"."""
    return "data frame" if number == 1 else f"data frame {number}"


def with_row_names(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its index in front as columns, unless that has no name and only counts rows."""
    counts = frame.index.nlevels == 1 and frame.index.name is None and frame.index.inferred_type in {"integer", "empty"}
    return frame if counts else frame.reset_index(names=["" if n is None else str(n) for n in frame.index.names])


@contextmanager
def as_file(frame: pd.DataFrame, number: int) -> Iterator[Path]:
    """A CSV file of the frame, named after it, for as long as the context lasts."""
    with TemporaryDirectory(prefix="claimgauge-") as folder:
        path = Path(folder) / f"{name_of(number).replace(' ', '_')}.csv"
        with_row_names(frame).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
        yield path


def of_python(remark: str) -> str:
    """A remark that asks for an option of the command line, asking for the argument of the same meaning."""
    said = OPTION.sub(_argument, remark).replace(", as the file is named", "")
    said = PLAIN.sub(lambda option: option[1].replace("-", "_"), said)
    return FLAG.sub(lambda flag: f"{flag[1].replace('-', '_')}=True", said)


def _argument(option: re.Match[str]) -> str:
    pairs = (pair.split("=") for pair in option[1].split(","))
    arguments = ", ".join(f'"{name}": "{value}"' for name, value in pairs)
    return f"assume={{{arguments}}}"


@dataclass(frozen=True, slots=True, eq=False)
class OpenedFrame:
    """A data frame as a results table.

    Attributes:
        name: what it is called in messages and as the source of its scores.
        sha256: of the frame as CSV. opened: see `OpenedFile`.
    """

    name: str
    sha256: str
    opened: OpenedFile


def open_frame(
    frame: pd.DataFrame,
    number: int = 1,
    *,
    given: Given | None = None,
    registry: Vocabulary | None = None,
    leaderboard: bool = False,
) -> OpenedFrame:
    """Opens a data frame: a results table, or scores in any layout that `claimgauge import` reads from CSV.

    A score counts as printed with the digits it has: 65.1 stands for 65.05 to 65.15, unless the frame has a
    column `decimals`.

    Args:
        frame: any columns; the index too, unless it only counts rows.
        number: of several frames, from 1; part of the name.
        given: see `open_results`.
        registry: likewise.
        leaderboard: likewise.

    Raises:
        InputError: see `open_results`.
    """
    name = name_of(number)
    with as_file(frame, number) as path:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            opened = open_results(path, given=given, registry=registry, leaderboard=leaderboard)
        except InputError as error:
            raise InputError(name, [of_python(fault.replace(str(path), name)) for fault in error.faults]) from None
    sources = mapped(as_categories(opened.table["source"]), lambda source: source.replace(str(path), name))
    table = opened.table.assign(source=sources)
    notes = tuple(of_python(note.replace(path.name, name)) for note in opened.notes)
    return OpenedFrame(name, digest, OpenedFile(table, opened.words, opened.unknown, notes))
