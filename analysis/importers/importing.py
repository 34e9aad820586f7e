"""Files of others into one results table: each read in its own words, then resolved, made rows and validated."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.importers.imported import Imported
from analysis.importers.item_rows import items_of
from analysis.importers.naming import Names, Resolver, UnknownNamesError
from analysis.importers.own_tables import TABLE
from analysis.importers.plain_tables import read_plain
from analysis.importers.record import Given
from analysis.registry.own_names import with_own_names
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.results.repeated import without_restated


def import_results(
    paths: Sequence[Path],
    *,
    given: Given | None = None,
    names: Names | None = None,
    keep_unknown: bool = True,
    format_name: str | None = None,
    registry: Vocabulary | None = None,
    whole: bool = False,
) -> Imported:
    """Reads files, folders of files and XTREME prediction folders into one results table.

    A file of a folder that cannot be read, or leaves something open, is named in the notes, as is a cell that two
    files of it score differently; the rest goes on.

    Args:
        paths: the files and folders.
        given: what they do not say.
        names: the user's own list of names.
        keep_unknown: let unknown names stand for themselves; otherwise they are an error.
        format_name: one of `formats()`, to read every file so; recognised by content by default.
        registry: the vocabulary; the built-in one by default.
        whole: refuse a folder whose files contradict each other.

    Raises:
        InputError: a file is unreadable, says too little or contradicts itself or another.
        UnknownNamesError: names are unknown and `keep_unknown` is false; all are listed.
        UsageError: the format is unknown, or gold labels are needed.
    """
    names = names or Names()
    registry = registry or vocabulary()
    for path in paths:
        registry = with_own_names(path, registry)
    resolve = Resolver(registry, names)
    if done := _plainly(paths, given or Given(), Resolver(registry, names), format_name, strict=not keep_unknown):
        return done
    from analysis.importers.reading_files import read_files

    return read_files(paths, given or Given(), resolve, format_name, strict=not keep_unknown, whole=whole)


def _plainly(
    paths: Sequence[Path], given: Given, resolve: Resolver, format_name: str | None, *, strict: bool
) -> Imported | None:
    """Reads one table in our own columns; None for other files."""
    if len(paths) != 1 or format_name not in {None, TABLE}:
        return None
    path = paths[0]
    plain = read_plain(path, resolve.names.given_for(path, given), resolve)
    if plain is None:
        return None
    if resolve.unknown and strict:
        raise UnknownNamesError(str(path), [*map(str, resolve.unknown)])
    table, restated = without_restated(plain.validated(str(path), resolve))
    notes = (*(f"{path.name}: {note}" for note in plain.notes), *restated)
    return Imported(table, resolve.unknown, notes, {str(path): TABLE}, resolve.own(), items_of([]))
