"""Setup of a check in plain values, so that any process can set itself up alike."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.wording import counted
from claims.corrections import load_corrections
from claims.definitions import default_definitions, load_definitions
from claims.gathering import ResultsFile, gather_evidence
from claims.guarding import guarded_file
from claims.report import Report
from claims.verify import (
    CheckedReport,
    Verifier,
    gather_libraries,
    gather_tables,
)

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Table


@dataclass(frozen=True, slots=True)
class Setup:
    """Evidence and settings that reports are checked with.

    Attributes:
        results, tables: files. sources: texts, or files of sources whose tables count.
        definitions, assertions: files; None for the shipped ones and for none.
        built_in: True if the published scores count.
        columns: (role, column) pairs; most_bytes: see `ReadOptions`, whose default None stands for.
        strict: True to refuse a report whose stated counts differ from those read, and results with unknown names.
        assume: NAME=VALUE, facts missing from results files of others.
        frames: results in memory, beside those in files. typed: tables by others in memory.
        prose: True if sentences of prose are claims beside those that are listed.
        seconds: time limit for reading a file, and for checking one claim; None for no limit.
    """

    results: tuple[Path, ...] = ()
    tables: tuple[Path, ...] = ()
    sources: tuple[Path, ...] = ()
    definitions: Path | None = None
    assertions: Path | None = None
    built_in: bool = True
    columns: tuple[tuple[str, str], ...] = ()
    most_bytes: int | None = None
    strict: bool = False
    assume: tuple[str, ...] = ()
    frames: tuple[pd.DataFrame, ...] = ()
    typed: tuple[Table, ...] = ()
    prose: bool = False
    seconds: float | None = None


def collect_seldom() -> None:
    """Makes Python's garbage collection rare, and exempts existing objects: a check creates hardly any cycles."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@contextmanager
def collected_seldom() -> Iterator[None]:
    """A block in which `collect_seldom` holds."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class ReportChecker:
    """Reads and checks report files.

    Attributes:
        setup: its settings. verifier: with its evidence. tables: the files of tables by others.

    Raises:
        InputError, MissingDataError: a file of the setup cannot be read.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        libraries, texts = _parted(setup.sources)
        self._texts = _source_texts(texts)
        evidence, files = gather_evidence(
            setup.results, built_in=setup.built_in, assume=setup.assume, strict=setup.strict, frames=setup.frames
        )
        by_others, self.tables = gather_tables(setup.tables)
        by_others += setup.typed
        self.tables += tuple(ResultsFile(t.source, t.sha256, len(t.rows)) for t in setup.typed)
        of_papers, of_libraries = gather_libraries(libraries)
        self.tables += of_libraries
        words = load_definitions(setup.definitions) if setup.definitions else default_definitions()
        self.verifier = Verifier(evidence, words, evidence.words, results=files, tables=(*by_others, *of_papers))
        self.verifier.seconds = setup.seconds
        if libraries:
            from claims.attribution.attributor import Attributor

            self.verifier.sources = Attributor(libraries, self.verifier.words, evidence.studies)
        if setup.assertions is not None:
            self.verifier.corrections = load_corrections(setup.assertions, self.verifier.words)

    @property
    def files(self) -> tuple[ResultsFile, ...]:
        """The files of results and of tables that reports are checked against."""
        return (*self.verifier.results, *self.tables)

    def read(self, path: Path) -> Report:
        """One report, its cut claims completed from the sources.

        Raises:
            InputError, MissingDataError: see `read_report`; the counts it states are wrong, where that matters;
                it took too long.
            ClaimgaugeError: this program failed on it.
        """
        return guarded_file(lambda: self._read(path), path, self.setup.seconds)

    def _read(self, path: Path) -> Report:
        from claims.readers import ReadOptions, read_report

        given = {} if self.setup.most_bytes is None else {"most_bytes": self.setup.most_bytes}
        options = ReadOptions(dict(self.setup.columns), prose="beside" if self.setup.prose else "last", **given)
        report = read_report(path, options=options)
        if self._texts:
            from claims.truncation import complete

            report = replace(report, claims=tuple(complete(report.claims, self._texts)))
        if self.setup.strict:
            _check_counts(report)
        return report

    def check(self, path: Path) -> CheckedReport:
        """One report with its verdicts; errors as of `read`."""
        checked = self.checked(path)
        self.verifier.across.add(checked.report, checked.claims, checked.findings)
        return checked

    def checked(self, path: Path) -> CheckedReport:
        """The same, which does not count across reports."""
        report = self.read(path)
        return guarded_file(lambda: self.verifier.checked(report), path)


def fingerprint(checker: ReportChecker, tool: str, code: Path) -> str:
    """A digest of everything that the verdicts on a report depend on.

    Args:
        checker: its setup and evidence.
        tool: name and version of the program, in words.
        code: the folder of the program; its files count by when they were changed.
    """
    setup = checker.setup
    given = [*setup.sources, *(path for path in (setup.definitions, setup.assertions) if path is not None)]
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in given]
    ours = [file for name in PACKAGES for file in (code / name).rglob("*") if file.suffix in CODE]
    changed = max(file.stat().st_mtime_ns for file in ours)
    said = repr((replace(setup, seconds=None), tool, checker.files, contents, len(ours), changed))
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()


PACKAGES = ("analysis", "claims", "reports", "claimgauge")
CODE = frozenset((".py", ".toml", ".txt", ".csv", ".json", ".html", ".css", ".js"))


def _parted(sources: tuple[Path, ...]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Files of sources, and texts."""
    if not sources:
        return (), ()
    from claims.library.store import is_store

    libraries = tuple(path for path in sources if is_store(path))
    return libraries, tuple(path for path in sources if path not in libraries)


def _source_texts(paths: tuple[Path, ...]) -> Mapping[str, str]:
    if not paths:
        return {}
    from claims.truncation import load_sources

    return load_sources(paths)


def _check_counts(report: Report) -> None:
    verified = sum(claim.mark == "yes" for claim in report.claims)
    faults = []
    if report.stated.claims not in {None, len(report.claims)}:
        faults.append(f"states {counted(report.stated.claims, 'claim')}, but {len(report.claims)} were read")
    if report.stated.verified not in {None, verified}:
        faults.append(f"states {report.stated.verified} verified claims, but {verified} are marked so")
    if faults:
        raise InputError(report.path, faults)
