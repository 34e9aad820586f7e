"""Reports checked one by one or by other processes, shown as they are found, kept where a run is interrupted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import click

from analysis.errors import ClaimgaugeError
from analysis.files.escapes import escaped, escaped_lines
from analysis.wording import counted
from claimgauge.config import configured
from claimgauge.guard import HOME
from claimgauge.progress import ShownProgress
from claimgauge.terminal import summary_of

if TYPE_CHECKING:
    from analysis.registry.vocabulary import Vocabulary
    from claims.checking.evidence import Evidence
    from claims.setup import ReportChecker, Setup
    from claims.verify import CheckedReport
    from reports.bundle import Bundle, Tool
    from reports.journal import Journal
    from reports.matrix import TransferMatrix
    from reports.rendered import Rendered
    from reports.workers import Pool

Thing = TypeVar("Thing")

MANY = 20
"""Above this many reports the summary prints one line each."""


def parted(paths: Sequence[Path], assume: Sequence[str]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Files of results and tables by others, told apart by their columns; what is a table is said.

    Raises:
        InputError: see `analysis.importers.apart.told_apart`. UsageError: `assume` means nothing.
    """
    if assume:
        from analysis.importers.opening import assumed

        assumed(assume)
    if not paths:
        return (), ()
    from analysis.importers.apart import told_apart

    apart = told_apart(paths, assume)
    for note in apart.notes:
        click.echo(f"note: {escaped(note)}", err=True)
    return apart.results, apart.tables


def checker_of(setup: Setup) -> ReportChecker:
    """With the evidence; how files of others were read is said."""
    from claims.setup import ReportChecker

    with ShownProgress("reading the evidence"):
        checker = ReportChecker(setup)
    for remark in (remark for file in checker.files for remark in file.remarks):
        click.echo(f"note: {escaped(remark)}", err=True)
    return checker


def check_all(
    files: ReportFiles,
    checker: ReportChecker,
    out: Path | None,
    *,
    export: Path | None,
    as_json: bool,
    workers: int,
    scheduler: str,
) -> set[str]:
    """Checks all files, by so many processes; says where an interrupted run lies."""
    from claims.setup import collected_seldom

    with ExitStack() as stack:
        stack.enter_context(collected_seldom())
        pool = _pool(stack, workers, scheduler)
        try:
            return _check(files, checker, pool, out, export=export, as_json=as_json)
        except KeyboardInterrupt:
            if out is not None:
                click.echo(f"interrupted; what was found lies in {out / 'unfinished'}: run again to go on", err=True)
            raise


class ReportFiles:
    """The files to check.

    Attributes:
        status: exit code of the worst that happened to one of them; 0 where nothing did.
        tell: prints a line on stderr.
    """

    def __init__(self, paths: tuple[Path, ...], keep_going: bool) -> None:
        self.paths, self.keep_going = paths, keep_going
        self.status = 0
        self.tell: Callable[[str], None] = partial(click.echo, err=True)

    def good(self, outcomes: Iterable[Thing | ClaimgaugeError]) -> Iterator[Thing]:
        """The outcomes without those that failed, each of which is told, or ends the run."""
        for outcome in outcomes:
            if not isinstance(outcome, ClaimgaugeError):
                yield outcome
                continue
            if not self.keep_going:
                raise outcome
            self.status = max(self.status, outcome.exit_code)
            self.tell(f"claimgauge: {escaped_lines(str(outcome))}")

    def note_faults(self, checked: CheckedReport) -> None:
        """Tells of claims on which this program failed."""
        for one in checked.claims:
            if "failed" in one.verdict.flags:
                self.status = 5
                place = escaped(f"{checked.report.path}#{one.claim.id}")
                self.tell(f"claimgauge: {place}: {escaped(one.verdict.reason)}")


def _pool(stack: ExitStack, workers: int, scheduler: str) -> Pool | None:
    """Other processes that check reports; None where this one does."""
    if workers == 1 and not scheduler:
        return None
    from reports.workers import dask_processes, local_processes

    return stack.enter_context(dask_processes(scheduler) if scheduler else local_processes(workers))


def _outcomes(
    checker: ReportChecker, pool: Pool | None, paths: Iterable[Path], formats: tuple[str, ...]
) -> Iterator[Rendered | ClaimgaugeError]:
    """Each report checked and rendered, here or by other processes, in the order of the paths."""
    from reports.rendered import rendered

    if pool is None:
        yield from (_or_fault(lambda p: rendered(checker.checked(p), formats), path) for path in paths)
        return
    from reports.workers import checked_in_order

    yield from checked_in_order(pool, checker.setup, paths, formats)


def _or_fault(act: Callable[[Path], Thing], path: Path) -> Thing | ClaimgaugeError:
    try:
        return act(path)
    except ClaimgaugeError as error:
        return error


def _check(
    files: ReportFiles,
    checker: ReportChecker,
    pool: Pool | None,
    out: Path | None,
    *,
    export: Path | None,
    as_json: bool,
) -> set[str]:
    """Checks all files; verdicts are shown as they are found, and lie on disk when the run is interrupted."""
    from claimgauge.tool import tool_of
    from reports.bundle import FORMATS, Bundle

    verifier = checker.verifier
    tool = tool_of(checker, configured())
    seen: set[str] = set()

    def noted(slim: CheckedReport) -> None:
        verifier.across.add(slim.report, slim.claims, slim.findings)
        seen.update(one.verdict.verdict for one in slim.claims)
        files.note_faults(slim)
        if not as_json:
            shown.say(summary_of(slim, brief=len(files.paths) > MANY))

    with ExitStack() as stack:
        shown = stack.enter_context(ShownProgress("checking reports", len(files.paths)))
        files.tell = partial(shown.say, err=True)
        folder = out or Path(stack.enter_context(TemporaryDirectory()))
        formats = FORMATS if out is not None else (("json",) if as_json or export is not None else ())
        journal = _journal(checker, tool) if out is not None else None
        matrices = _gains_in(verifier.evidence, verifier.words) if out is not None else ()
        with Bundle(folder, tool=tool, formats=formats, matrices=matrices, journal=journal) as bundle:
            left = _taken_up(bundle, files.paths, noted)
            shown.reach(len(files.paths) - len(left), len(files.paths))
            for one in files.good(shown.over(_outcomes(checker, pool, left, formats))):
                bundle.take(one)
                noted(one.slim)
            across = verifier.across.findings()
            bundle.finish(across)
        if out is not None:
            files.tell(f"Wrote {out / 'report.html'}, verdicts.json, report.md, junit.xml, verdicts.sarif")
        if export is not None:
            _export(folder / "verdicts.json", export, verifier.words)
        if as_json:
            with (folder / "verdicts.json").open(encoding="utf-8") as written:
                for line in written:
                    click.echo(line, nl=False)
            return seen
    for finding in across:
        click.echo(f"across  {escaped(finding.message)}")
    if tool.config is not None and tool.config.evidence:
        click.echo(f"config  {escaped(str(tool.config))}")
    return seen


def _export(verdicts: Path, folder: Path, registry: Vocabulary) -> None:
    from reports.print_tables import write_verdicts
    from reports.verdicts_read import load_verdicts

    written = write_verdicts(load_verdicts(verdicts), folder, registry)
    click.echo(f"Wrote {', '.join(str(path) for path in written)}", err=True)


def _journal(checker: ReportChecker, tool: Tool) -> Journal:
    """The journal to resume from, if an earlier run with the same evidence, options and program was interrupted."""
    from claims.setup import fingerprint
    from reports.journal import Journal

    return Journal(fingerprint(checker, repr(tool), HOME), checker.verifier.words)


def _taken_up(bundle: Bundle, paths: tuple[Path, ...], noted: Callable[[CheckedReport], None]) -> list[Path]:
    """Takes up what an interrupted run has left; the paths that are still to be checked."""
    left = list(paths)
    for slim in bundle.take_up([str(path) for path in paths], map(_digest, paths)):
        left.remove(Path(slim.report.path))
        noted(slim)
    if len(left) < len(paths):
        done = len(paths) - len(left)
        click.echo(f"note: {done:,} of {len(paths):,} reports were checked by an interrupted run; going on", err=True)
    return left


def _digest(path: Path) -> str:
    """SHA-256 of a file's bytes; "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _gains_in(evidence: Evidence, registry: Vocabulary) -> Sequence[TransferMatrix]:
    """The gains of intermediate training in the results given, for the page; drawn with a fixed seed."""
    if "given" not in evidence.tables:
        return ()
    import numpy as np

    from reports.matrix import transfer_matrices

    return transfer_matrices(evidence.table("given"), rng=np.random.default_rng(0), registry=registry)


def show_reading(files: ReportFiles, checker: ReportChecker, as_json: bool) -> int:
    """Prints what was read of each report; the exit code."""
    import json

    for report in files.good(_or_fault(checker.read, path) for path in files.paths):
        if as_json:
            from dataclasses import asdict

            click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
            continue
        references = counted(len(report.references), "reference")
        click.echo(f"{report.path}: {report.layout}, {counted(len(report.claims), 'claim')}, {references}")
        for claim in report.claims:
            cut = " [cut]" if claim.cut != "no" else ""
            click.echo(f"  {claim.id} {claim.mark_raw or '-':>3} {claim.confidence_raw or '-':>6}  {claim.text}{cut}")
    return files.status
