"""Results files of any kind as results tables: the project's own are loaded, those of others are imported."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError, UsageError
from analysis.importers.own_tables import is_results_table, prints_spreads
from analysis.importers.record import COUNTS, Given
from analysis.importers.stated_spreads import with_widest_spread
from analysis.registry.own_names import Entries, Unknown, in_one_line, with_own_names
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.results.repeated import without_restated
from analysis.results.result_names import UNVERSIONED, unknown_names
from analysis.results.table import load_results

if TYPE_CHECKING:
    import pandas as pd

    from analysis.importers.imported import Imported


@dataclass(frozen=True, slots=True, eq=False)
class OpenedFile:
    """A results file as a table.

    Attributes:
        table: see `analysis.results.table`.
        words: the vocabulary with the names in the file beside it.
        unknown: names in the table that nobody knows.
        notes: what was assumed or left out; of the project's own tables, means that stood beside their seeds.
    """

    table: pd.DataFrame
    words: Vocabulary
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...] = ()

    def remarks(self, path: Path) -> list[str]:
        """Remarks for the user: one line on how it was read, one on its names."""
        read = f"{path.name}: {'; '.join(self.notes)}" if self.notes else ""
        return [line for line in (read, in_one_line(self.unknown)) if line]


def open_results(
    path: Path,
    *,
    given: Given | None = None,
    registry: Vocabulary | None = None,
    leaderboard: bool = False,
    whole: bool = False,
) -> OpenedFile:
    """Opens a results table, or a file that `claimgauge import` reads.

    Args:
        path: the file, or a folder that `import` reads.
        given: what a file of others does not say.
        registry: the vocabulary; the built-in one by default. The names beside the file are added.
        leaderboard: read a table that leaves something open as a leaderboard (`analysis.importers.leaderboards`).
        whole: refuse a folder whose files contradict each other, rather than leave out and name what they disagree in.

    Raises:
        InputError: the file is unreadable, inconsistent or leaves something open: all of it at once, with
            the `--assume` that says it.
    """
    registry = with_own_names(path, registry or vocabulary())
    if is_results_table(path) and not prints_spreads(path):
        loaded = load_results(path, registry=registry)
        unsaid = loaded.attrs.pop(UNVERSIONED, ())
        table, restated = without_restated(loaded)
        return OpenedFile(table, registry, unknown_names(table, registry), (*unsaid, *restated))
    from analysis.importers.importing import import_results

    try:
        done = import_results([path], given=given, registry=registry, whole=whole)
    except InputError as asked:
        if not leaderboard or path.is_dir():
            raise
        try:
            done = import_results([path], given=given, registry=registry, format_name=LEADERBOARD)
        except InputError:
            raise asked from None
    remarks = [note.removeprefix(f"{path.name}: ") for note in done.notes]
    table = done.table
    if leaderboard and (given is None or given.spread is None):
        table, remarks = with_widest_spread(table, remarks)
    notes = (f"read as {', '.join(dict.fromkeys(done.formats.values()))}", *remarks)
    return OpenedFile(table, registry.extended(_directions(done)), done.unknown, notes)


LEADERBOARD = "leaderboard"
"""The format of tables whose open places are filled as a leaderboard usually means them."""


def _directions(done: Imported) -> Entries:
    """The metrics of which a file states, or its reader assumes, whether more is better."""
    metrics = done.own.get("metric", {})
    return {"metric": {name: entry for name, entry in metrics.items() if entry.facts}}


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits; of a folder that of its files' names and hashes."""
    if not path.is_dir():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    files = sorted(file for file in path.rglob("*") if file.is_file())
    lines = [f"{file.relative_to(path).as_posix()} {sha256_of(file)}" for file in files]
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


NAMES = tuple(f.name for f in fields(Given) if f.name != "gold")
NEXT = re.compile(rf",\s*(?=(?:{'|'.join(NAMES)})\s*=)")
"""Between two pairs of one text; a comma inside a value is none."""


def assumed(texts: Sequence[str]) -> Given:
    """Parses `NAME=VALUE` pairs, several of which a comma may join, that complete the files of others.

    Raises:
        UsageError: a name means nothing or is said twice, or a count is no number.
    """
    known = set(NAMES)
    values: dict[str, Any] = {}
    for pair in (pair for text in texts for pair in NEXT.split(text)):
        name, sign, value = pair.partition("=")
        name = name.strip().removeprefix("--").replace("-", "_")
        if not sign or name not in known:
            raise UsageError(f"--assume {pair!r}: write NAME=VALUE, NAME one of {', '.join(sorted(known))}")
        if name in values:
            raise UsageError(f"--assume {pair!r}: {name} is said twice")
        values[name] = _value(name, value.strip(), pair)
    return Given(**values)


def _value(name: str, text: str, pair: str) -> object:
    if name == "only":
        return tuple(text.split(","))
    if name not in {*COUNTS, "scale", "n_seeds"}:
        return text
    try:
        return float(text) if name == "scale" else int(text)
    except ValueError:
        raise UsageError(f"--assume {pair!r}: {text!r} is not a number") from None
