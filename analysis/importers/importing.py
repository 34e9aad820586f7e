"""Files of others into one results table: each read in its own words, then resolved, made rows and validated."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import InputError, UsageError
from analysis.importers import lm_eval, tables, xtreme
from analysis.importers.documents import read_document
from analysis.importers.naming import Names, Resolver, UnknownNamesError
from analysis.importers.plain_tables import read_plain
from analysis.importers.record import Given, Reading, misplaced
from analysis.importers.sniff import recognise
from analysis.importers.table import rows_of, without_repetitions
from analysis.own_names import Entries, Unknown, with_own_names
from analysis.repeated import without_restated
from analysis.result_names import MEAN
from analysis.results import validate
from analysis.spreads import KINDS
from analysis.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """What was read from files of others.

    Attributes:
        table: the results table (see `analysis.results`).
        unknown: names outside the vocabulary that stand in the table as they are.
        notes: "file: what was left out, converted or assumed".
        formats: file → the format it was recognised as.
        own: entries the table may have beside the vocabulary, for the file beside it, where facts can be added.
    """

    table: pd.DataFrame
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...]
    formats: dict[str, str]
    own: Entries


def import_results(
    paths: Sequence[Path],
    *,
    given: Given | None = None,
    names: Names | None = None,
    keep_unknown: bool = True,
    format_name: str | None = None,
    words: Vocabulary | None = None,
) -> Imported:
    """Reads files (and XTREME prediction folders) into one results table.

    Args:
        paths: the files.
        given: what they do not say.
        names: the user's own list of names.
        keep_unknown: let unknown names stand for themselves; otherwise they are an error.
        format_name: one of `FORMATS`, to read every file so; recognised by content by default.
        words: the vocabulary; the built-in one by default.

    Raises:
        InputError: a file is unreadable, says too little or contradicts itself or another.
        UnknownNamesError: names are unknown and `keep_unknown` is false; all are listed.
        UsageError: the format is unknown, or gold labels are needed.
    """
    names = names or Names()
    words = words or vocabulary()
    for path in paths:
        words = with_own_names(path, words)
    resolve = Resolver(words, names)
    if done := _plainly(paths, given or Given(), Resolver(words, names), format_name, strict=not keep_unknown):
        return done
    rows: list[dict[str, Any]] = []
    notes: dict[str, list[str]] = {}
    faults: list[str] = []
    formats: dict[str, str] = {}
    for path in paths:
        said = names.given_for(path, given or Given())
        if said.scale not in {None, 1, 100}:
            raise UsageError(f"scale {said.scale:g}: give 100 for fractions of 1, or 1 for points")
        if said.spread not in {None, *KINDS}:
            raise UsageError(f"spread {said.spread!r}: give one of {', '.join(KINDS)}")
        reading, source, defaults, formats[str(path)] = _read(path, said, resolve.words, format_name)
        own = list(reading.notes)
        found, wrong = rows_of(reading.records, said, resolve, source, defaults, own)
        rows += found
        for note in own:
            notes.setdefault(note, []).append(path.name)
        faults += wrong if len(paths) == 1 else [f"{path.name}: {fault}" for fault in wrong]
    unknown = resolve.unknown
    if unknown and not keep_unknown:
        raise UnknownNamesError(_where(paths), [*map(str, unknown), *faults])
    kept, repeated, contradictions = without_repetitions(rows)
    if faults or contradictions:
        raise InputError(_where(paths), [*faults, *contradictions])
    own_names = resolve.own()
    table = validate(pd.DataFrame(kept), _where(paths), words=resolve.words.extended(own_names)) if kept else None
    if table is None:
        raise InputError(_where(paths), "holds no score")
    table, restated = without_restated(table)
    return Imported(table, unknown, (*_by_file(notes), *repeated, *restated), formats, own_names)


def _plainly(
    paths: Sequence[Path], given: Given, resolve: Resolver, format_name: str | None, *, strict: bool
) -> Imported | None:
    """What one table in our own columns holds; None for other files."""
    if len(paths) != 1 or format_name not in {None, tables.NAME}:
        return None
    path = paths[0]
    plain = read_plain(path, resolve.names.given_for(path, given), resolve)
    if plain is None:
        return None
    if resolve.unknown and strict:
        raise UnknownNamesError(str(path), [*map(str, resolve.unknown)])
    table, restated = without_restated(plain.validated(str(path), resolve))
    notes = (*(f"{path.name}: {note}" for note in plain.notes), *restated)
    return Imported(table, resolve.unknown, notes, {str(path): tables.NAME}, resolve.own())


def _read(
    path: Path, given: Given, words: Vocabulary, format_name: str | None
) -> tuple[Reading, dict[str, str], Given, str]:
    """A file's reading, its sources by file inside it, its defaults, and its format."""
    if path.is_dir():
        if not xtreme.is_folder(path):
            raise InputError(str(path), "is a folder, but not of XTREME predictions (TASK/test-LANGUAGE.tsv)")
        reading = xtreme.read(path, given)
        sources = {name: f"{_braced(name)}#{{}} sha256:{digest}" for name, digest in reading.files.items()}
        return reading, sources, Given(study=xtreme.NAME), xtreme.NAME
    document = read_document(path)
    importer = recognise(document, format_name)
    try:
        reading = importer.read(document, given, words)
    except (AttributeError, KeyError, TypeError) as error:
        odd = f"{type(error).__name__}: {error}"
        raise InputError(str(path), f"has the keys of {importer.NAME}, but not its layout ({odd})") from error
    if wrong := misplaced(reading.records):
        raise InputError(str(path), wrong)
    defaults = Given(study=path.stem, language=MEAN)
    notes = [*document.notes, *reading.notes]
    if importer.NAME == lm_eval.NAME:
        defaults = replace(defaults, model=path.stem)
    if importer.NAME == tables.NAME:
        scale, said = _unit(reading)
        defaults = replace(defaults, model=path.stem, metric="score", scale=scale)
        notes += [said] if said and given.scale is None else []
    source = {"": f"{_braced(path.name)}#{{}} sha256:{document.sha256}"}
    return Reading(reading.records, tuple(notes)), source, defaults, importer.NAME


def _unit(reading: Reading) -> tuple[float, str]:
    """Factor to points of a table's numbers that bear no percent sign, and the note that says so."""
    bare = [abs(record.score) for record in reading.records if record.scale is None and not math.isnan(record.score)]
    if not bare:
        return 1.0, ""
    if max(bare) > 1:
        return 1.0, "read as points, 0 to 100"
    return 100.0, "no number is above 1: read as fractions, × 100 (--scale 1 says otherwise)"


def _braced(name: str) -> str:
    return name.replace("{", "{{").replace("}", "}}")


def _by_file(notes: Mapping[str, Sequence[str]]) -> list[str]:
    """Every note with its file, or with the number of its files."""
    return [f"{files[0] if len(files) == 1 else f'{len(files)} files'}: {note}" for note, files in notes.items()]


def _where(paths: Sequence[Path]) -> str:
    return str(paths[0]) if len(paths) == 1 else f"{len(paths)} files"
