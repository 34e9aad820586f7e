"""Files and folders of any format into one results table, file by file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.importers import leaderboards, lm_eval, tables, xtreme
from analysis.importers.documents import read_document
from analysis.importers.imported import Imported
from analysis.importers.item_rows import items_of
from analysis.importers.mixed_units import told_units
from analysis.importers.naming import Resolver, UnknownNamesError
from analysis.importers.record import Given, ImportedFile, misplaced
from analysis.importers.sniff import recognise
from analysis.importers.table import rows_of, without_repetitions
from analysis.registry.vocabulary import Vocabulary
from analysis.results.repeated import without_restated
from analysis.results.result_names import MEAN
from analysis.results.spreads import KINDS
from analysis.results.table import validate


def read_files(
    paths: Sequence[Path],
    given: Given,
    resolve: Resolver,
    format_name: str | None,
    *,
    strict: bool,
    whole: bool,
) -> Imported:
    """The scores of files and folders in one results table (see `import_results`).

    Raises:
        InputError: a file is unreadable, says too little or contradicts itself or another.
        UnknownNamesError: names are unknown and `strict`; all are listed.
        UsageError: the format is unknown, or gold labels are needed.
    """
    rows: list[dict[str, Any]] = []
    notes: dict[str, list[str]] = {}
    faults: list[str] = []
    formats: dict[str, str] = {}
    unread: dict[str, tuple[str, ...]] = {}
    for path, folder in _files(paths):
        local, known = _checked(resolve.names.given_for(path, given)), resolve.known()
        try:
            reading, source, defaults, format_read = _read(
                path, path.name if folder is None else str(path.relative_to(folder)), local, resolve.words, format_name
            )
            own = list(reading.notes)
            found, wrong = rows_of(reading.records, local, resolve, source, defaults, own)
        except (InputError, MissingDataError) as error:
            if folder is None:
                raise
            unread[str(path.relative_to(folder))] = getattr(error, "faults", (str(error),))
            continue
        if wrong and folder is not None:
            unread[str(path.relative_to(folder))] = tuple(wrong)
            resolve.forget(known)
            continue
        formats[str(path)] = format_read
        resolve.directed(reading.higher)
        rows += found
        for note in own:
            notes.setdefault(note, []).append(path.name)
        faults += wrong if len(paths) == 1 else [f"{path.name}: {fault}" for fault in wrong]
    read = _Read(rows, notes, faults, formats, unread)
    whole = whole or not any(path.is_dir() for path in paths)
    return _imported(_where(paths), read, resolve, strict=strict, whole=whole)


@dataclass(frozen=True, slots=True)
class _Read:
    """Records of all files, before they are compared with each other.

    Attributes:
        rows: scores. notes: note → files. faults: what is wrong. formats: file → format.
        unread: file of a folder → why it was not read.
    """

    rows: list[dict[str, Any]]
    notes: dict[str, list[str]]
    faults: list[str]
    formats: dict[str, str]
    unread: dict[str, tuple[str, ...]]


def _imported(where: str, read: _Read, resolve: Resolver, *, strict: bool, whole: bool) -> Imported:
    unknown = resolve.unknown
    if unknown and strict:
        raise UnknownNamesError(where, [*map(str, unknown), *read.faults])
    items = items_of(read.rows)
    kept, repeated, contradictions = without_repetitions(read.rows)
    if read.faults or (contradictions and (whole or not kept)):
        raise InputError(where, [*read.faults, *contradictions])
    own_names = resolve.own()
    if not kept:
        raise InputError(where, [_nothing(read.formats or read.unread), *_left_unread(read.unread)])
    table = validate(pd.DataFrame(kept), where, registry=resolve.words.extended(own_names))
    table, restated = without_restated(table)
    said_of_all = (
        *_by_file(read.notes),
        *resolve.unversioned,
        *repeated,
        *restated,
        *_left_out(contradictions),
        *_left_unread(read.unread),
    )
    return Imported(table, unknown, said_of_all, read.formats, own_names, items)


def _nothing(files: Mapping[str, object]) -> str:
    return "holds no score" if files else "holds no files of results, and is not of XTREME predictions"


def _checked(given: Given) -> Given:
    """The user's values, where they can be meant.

    Raises:
        UsageError: a scale or a kind of spread that there is not.
    """
    if given.scale not in {None, 1, 100}:
        raise UsageError(f"scale {given.scale:g}: give 100 for fractions of 1, or 1 for points")
    if given.spread not in {None, *KINDS}:
        raise UsageError(f"spread {given.spread!r}: give one of {', '.join(KINDS)}")
    return given


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, Path | None]]:
    """Files and folders of predictions as they are; of any other folder its files, each with the folder."""
    for path in paths:
        if not path.is_dir() or xtreme.is_folder(path):
            yield path, None
            continue
        files = (file for file in sorted(path.rglob("*")) if file.is_file())
        yield from ((file, path) for file in files if not _aside(file.relative_to(path)))


def _aside(file: Path) -> bool:
    """True if a file in a folder is hidden, or holds no results by its kind."""
    hidden = any(part.startswith(".") and part != EVAL_RESULTS for part in file.parts)
    return hidden or file.suffix in NO_RESULTS or file.name in NO_RESULTS


MIXED = "some columns have no number above 1 and others have: the scale is that of the former, the latter are points"
EVAL_RESULTS = ".eval_results"
"""The hidden folder of a model repository that holds scores."""
NO_RESULTS = frozenset(
    {"LICENSE", "model_meta.json", ".py", ".sh", ".png", ".pdf", ".bin", ".safetensors", ".pt", ".log", ".toml"}
)
"""Names and endings that a folder may have beside results; nothing is said of them."""


def _left_out(contradictions: Sequence[str]) -> list[str]:
    """One sentence per cell of a folder that two files score differently."""
    return [f"cell left out: {sentence}" for sentence in contradictions]


def _left_unread(unread: Mapping[str, Sequence[str]]) -> list[str]:
    """One sentence per file of a folder that was not read."""
    return [f"not read: {file}: {'; '.join(faults)}" for file, faults in unread.items()]


def _read(
    path: Path, called: str, given: Given, registry: Vocabulary, format_name: str | None
) -> tuple[ImportedFile, dict[str, str], Given, str]:
    """A file's reading, its sources by file inside it, its defaults, and its format."""
    if path.is_dir():
        reading = xtreme.read(path, given)
        sources = {name: f"{_braced(name)}#{{}} sha256:{digest}" for name, digest in reading.files.items()}
        return reading, sources, Given(study=xtreme.NAME), xtreme.NAME
    document = read_document(path)
    importer = recognise(document, format_name)
    try:
        reading = importer.read(document, given, registry)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        odd = f"{type(error).__name__}: {error}"
        raise InputError(str(path), f"has the keys of {importer.name}, but not its layout ({odd})") from error
    if wrong := misplaced(reading.records):
        raise InputError(str(path), wrong)
    defaults = Given(study=path.stem, language=MEAN)
    notes = [*document.notes, *reading.notes]
    if importer.name == lm_eval.NAME:
        defaults = replace(defaults, model=path.stem)
    if importer.name in {tables.NAME, leaderboards.NAME}:
        in_points, mixed = told_units(reading.records)
        reading = replace(reading, records=in_points)
        scale, note = (None, "") if mixed else _unit(reading)
        notes += [MIXED] if mixed else []
        defaults = replace(defaults, model=path.stem, metric="score", scale=scale)
        notes += [note] if note and given.scale is None else []
    origin = f"{_braced(called)}#{{}} sha256:{document.sha256}"
    if importer.made_by:
        notes.append(f"read as {importer.name} by a plugin, {importer.made_by}")
        origin += f" read by {_braced(importer.made_by)}"
    source = {"": origin}
    return replace(reading, notes=tuple(notes)), source, defaults, importer.name


def _unit(reading: ImportedFile) -> tuple[float, str]:
    """Factor to points of a table's numbers that bear no percent sign, and the note that says so."""
    bare = [abs(record.score) for record in reading.records if record.scale is None and not math.isnan(record.score)]
    if not bare:
        return 1.0, ""
    if max(bare) > 1:
        return 1.0, "read as points, 0 to 100"
    return 100.0, "no number is above 1: read as fractions, × 100 (--assume scale=1 says otherwise)"


def _braced(name: str) -> str:
    return name.replace("{", "{{").replace("}", "}}")


def _by_file(notes: Mapping[str, Sequence[str]]) -> list[str]:
    """Every note with its file, or with the number of its files."""
    return [f"{files[0] if len(files) == 1 else f'{len(files)} files'}: {note}" for note, files in notes.items()]


def _where(paths: Sequence[Path]) -> str:
    return str(paths[0]) if len(paths) == 1 else f"{len(paths)} files"
