"""Data frames in memory, opened as a file of the same columns would be."""

from __future__ import annotations

import hashlib
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


def name_of(number: int) -> str:
    """The name of a data frame: "data frame", the second "data frame 2"."""
    return "data frame" if number == 1 else f"data frame {number}"


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
        frame: any columns; the index is left out.
        number: of several frames, from 1; part of the name.
        given: see `open_results`.
        registry: likewise.
        leaderboard: likewise.

    Raises:
        InputError: see `open_results`.
    """
    name = name_of(number)
    text = frame.to_csv(index=False, lineterminator="\n")
    with TemporaryDirectory(prefix="claimgauge-") as folder:
        path = Path(folder) / f"{name.replace(' ', '_')}.csv"
        path.write_text(text, encoding="utf-8")
        try:
            opened = open_results(path, given=given, registry=registry, leaderboard=leaderboard)
        except InputError as error:
            raise InputError(name, [fault.replace(str(path), name) for fault in error.faults]) from None
    sources = mapped(as_categories(opened.table["source"]), lambda source: source.replace(str(path), name))
    table = opened.table.assign(source=sources)
    notes = tuple(note.replace(path.name, name) for note in opened.notes)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return OpenedFrame(name, digest, OpenedFile(table, opened.words, opened.unknown, notes))
