"""The results that reports are checked against: files and data frames, opened and compared with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError, UnknownNameError
from analysis.published.studies import Studies, own_studies, shipped_studies, studies_beside
from analysis.published.study_names import strange_names
from analysis.registry.vocabulary import vocabulary
from analysis.results.table_names import with_table_names
from claims.checking.evidence import Evidence

if TYPE_CHECKING:
    import pandas as pd

    from analysis.importers.opening import OpenedFile
    from analysis.tables import Table


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """A results file, or a file of tables by others, that claims were checked against; its rows in all.

    Attributes:
        remarks: notes on its format and on its unknown names.
    """

    path: str
    sha256: str
    rows: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """Results as they were given.

    Attributes:
        name: of the file or data frame. sha256: of its bytes.
        opened: its table. studies: the studies declared beside it.
        as_printed: see `printed_tables`.
    """

    name: str
    sha256: str
    opened: OpenedFile
    studies: Studies
    as_printed: tuple[Table, ...] = ()


def gather_evidence(
    paths: Sequence[Path],
    *,
    built_in: bool = True,
    assume: Sequence[str] = (),
    strict: bool = False,
    frames: Sequence[pd.DataFrame] = (),
) -> tuple[Evidence, tuple[ResultsFile, ...]]:
    """The evidence of results files and, unless it is turned off, of the built-in scores.

    Args:
        paths: results tables, or files of others that `import` reads.
        built_in: True if the built-in scores count.
        assume: NAME=VALUE, facts missing from files of others.
        strict: True to make unknown names an error.
        frames: results in memory.

    Raises:
        InputError: a file cannot be read or is inconsistent.
        UnknownNameError: names are unknown, where that matters.
    """
    files_of_results = [_from_file(path, assume) for path in paths]
    files_of_results += [_from_memory(frame, number, assume) for number, frame in enumerate(frames, 1)]
    tables = [one.opened for one in files_of_results]
    _check_repeated(files_of_results)
    names = with_table_names(vocabulary(), [(one.table, one.words) for one in tables])
    evidence = Evidence(shipped_studies().extended(one.studies for one in files_of_results), words=names)
    files = []
    for one in files_of_results:
        opened = one.opened
        strange = strange_names(one.studies, opened.table, evidence.studies, opened.words)
        if strict and (opened.unknown or strange):
            raise UnknownNameError(one.name, [*map(str, opened.unknown), *strange])
        evidence.add(opened.table, "given")
        evidence.as_printed += one.as_printed
        beside = [f"{studies_beside(Path(one.name)).name}: {'; '.join(strange)}"] if strange else []
        files.append(ResultsFile(one.name, one.sha256, len(opened.table), (*opened.remarks(Path(one.name)), *beside)))
    if built_in:
        evidence.add_published()
    for one in files_of_results:
        _check_cited(one, evidence)
    return evidence, tuple(files)


def _check_repeated(files_of_results: Sequence[_Given]) -> None:
    """No two files may contradict each other on a cell."""
    if len(files_of_results) < 2:
        return
    from analysis.results.repeated import across_files

    if faults := across_files({one.name: one.opened.table for one in files_of_results}):
        raise InputError("results", faults)


def _from_file(path: Path, assume: Sequence[str]) -> _Given:
    from analysis.importers.opening import assumed, open_results, sha256_of
    from claims.checking.printed_results import printed_tables

    opened = open_results(path, given=assumed(assume), whole=True)
    printed = printed_tables(path, opened.table, opened.words)
    return _Given(str(path), sha256_of(path), opened, own_studies(path, opened.words), printed)


def _from_memory(frame: pd.DataFrame, number: int, assume: Sequence[str]) -> _Given:
    from analysis.importers.frames import as_file, open_frame
    from analysis.importers.opening import assumed
    from claims.checking.printed_results import printed_tables

    found = open_frame(frame, number, given=assumed(assume))
    with as_file(frame, number) as path:
        read = printed_tables(path, found.opened.table, found.opened.words)
    printed = tuple(replace(table, source=table.source.replace(path.name, found.name)) for table in read)
    return _Given(found.name, found.sha256, found.opened, Studies({}, {}), printed)


def _check_cited(given: _Given, evidence: Evidence) -> None:
    """Every study that the file beside a table cites must be one."""
    known = {*evidence.studies.known, *(setting.study for setting in evidence.settings)}
    faults = [
        f"[{study.id}] cites {cited!r}, and no study at hand is called so; see `claimgauge ls studies`"
        for study in given.studies.known.values()
        for cited in study.cites
        if evidence.studies.place(cited, "")[0] not in known
    ]
    if faults:
        raise InputError(str(studies_beside(Path(given.name))), faults)
