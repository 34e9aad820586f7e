"""`claimgauge verify`: the main job."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import click

from analysis.errors import ClaimgaugeError, UsageError
from analysis.files.escapes import escaped, escaped_lines
from claimgauge.config import configured
from claimgauge.guard import HOME
from claimgauge.own_vocabulary import with_vocabulary
from claimgauge.terminal import BAR, fits_shown, progress, summary_of
from claims.verdict import VERDICTS, verdict_list

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


@click.command()
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--results",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Results table (CSV, TSV, Parquet), or a file that `claimgauge import` reads; may be given several times.",
)
@click.option(
    "--assume", multiple=True, metavar="NAME=VALUE", help="What a file in --results does not say: split=test …"
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Table by others (CSV, TSV, Markdown, LaTeX, HTML, JSON) for claims that no evidence here decides.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for report.html, verdicts.json, report.md, junit.xml, verdicts.sarif.",
)
@click.option(
    "--export",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for claims and evidence as CSV and LaTeX (booktabs), and what the evidence comes from as BibTeX.",
)
@click.option(
    "--sources",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File of sources (`claimgauge sources add`): its tables are evidence, and each claim is held against what it"
    " cites. Or texts that complete cut-off claims.",
)
@click.option(
    "--assertions",
    type=click.Path(path_type=Path),
    help="Readings you supply (see `claimgauge template assertions`).",
)
@click.option(
    "--definitions",
    type=click.Path(path_type=Path),
    help="What vague words mean to you (see `claimgauge template definitions`).",
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Column of a table report that holds claim, mark or confidence.",
)
@click.option("--prose", is_flag=True, help="Sentences of prose that state a result are claims beside those listed.")
@click.option("--no-built-in", is_flag=True, help="Leave the built-in published scores out.")
@click.option(
    "--fail-on",
    default="",
    metavar="LIST",
    help=f"Exit with 1 if a claim gets one of these verdicts ({', '.join(VERDICTS)}).",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Stated counts that differ from what was read, and unknown names in --results, are errors.",
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes that check reports.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Of a Dask cluster whose workers see the files.")
@click.option("--keep-going", is_flag=True, help="Report unreadable files and go on with the others.")
@with_vocabulary
@click.option("--dry-run", is_flag=True, help="Show what was read, check nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a report or what it is checked against changes.")
@click.option("--max-mb", default=10.0, show_default=True, help="Refuse larger reports.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Seconds that reading a file, and checking one claim, may take; 0: as long as it takes.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON instead of a summary.")
def command(
    reports: tuple[Path, ...],
    results: tuple[Path, ...],
    assume: tuple[str, ...],
    tables: tuple[Path, ...],
    out: Path | None,
    export: Path | None,
    sources: tuple[Path, ...],
    assertions: Path | None,
    definitions: Path | None,
    columns: tuple[str, ...],
    prose: bool,
    no_built_in: bool,
    fail_on: str,
    strict: bool,
    workers: int,
    engine: str,
    scheduler: str,
    keep_going: bool,
    dry_run: bool,
    watch: bool,
    max_mb: float,
    time_limit: float,
    as_json: bool,
) -> int:
    """Check REPORTS against published and measured results.

    \b
    Examples:
      claimgauge verify report.md --out out
      claimgauge verify reports/*.txt --results my_runs.csv --fail-on refuted,mixed
      claimgauge verify report.md --table leaderboard.csv --table paper.tex
      claimgauge verify report.md --sources sources.db
      claimgauge verify report.md --results runs.csv --out out --watch
    """
    failing = verdict_list(fail_on)
    if (engine == "dask") != bool(scheduler):
        raise UsageError("--engine dask and --scheduler ADDRESS belong together")
    from claims.setup import Setup

    setup = Setup(
        results, tables, sources, definitions, assertions, not no_built_in, _columns(columns),
        int(max_mb * 1_000_000), strict, assume, seconds=time_limit or None, prose=prose,
    )  # fmt: skip

    def checked() -> int:
        files = _Files(reports, keep_going)
        checker = _checker(setup)
        if dry_run:
            return _show_reading(files, checker, as_json)
        seen = _check_all(files, checker, out, export=export, as_json=as_json, workers=workers, scheduler=scheduler)
        return files.status or (1 if failing & seen else 0)

    if not watch:
        return checked()
    from claimgauge.watching import watched

    beside = [path for path in (definitions, assertions) if path is not None]
    return watched(checked, [*reports, *results, *tables, *sources, *beside])


def _checker(setup: Setup) -> ReportChecker:
    """With the evidence; how files of others were read is said."""
    from claims.setup import ReportChecker

    checker = ReportChecker(setup)
    for remark in (remark for file in checker.files for remark in file.remarks):
        click.echo(f"note: {escaped(remark)}", err=True)
    return checker


def _check_all(
    files: _Files,
    checker: ReportChecker,
    out: Path | None,
    *,
    export: Path | None,
    as_json: bool,
    workers: int,
    scheduler: str,
) -> set[str]:
    """Checks all files, by so many processes; says where an interrupted run lies."""
    with ExitStack() as stack:
        if len(files.paths) < BAR:
            stack.enter_context(fits_shown())
        pool = _pool(stack, workers, scheduler)
        try:
            return _check(files, checker, pool, out, export=export, as_json=as_json)
        except KeyboardInterrupt:
            if out is not None:
                click.echo(f"interrupted; what was found lies in {out / 'unfinished'}: run again to go on", err=True)
            raise


class _Files:
    """The files to check.

    Attributes:
        status: exit code of the worst that happened to one of them; 0 where nothing did.
    """

    def __init__(self, paths: tuple[Path, ...], keep_going: bool) -> None:
        self.paths, self.keep_going = paths, keep_going
        self.status = 0

    def good(self, outcomes: Iterable[Thing | ClaimgaugeError]) -> Iterator[Thing]:
        """The outcomes without those that failed, each of which is told, or ends the run."""
        for outcome in outcomes:
            if not isinstance(outcome, ClaimgaugeError):
                yield outcome
                continue
            if not self.keep_going:
                raise outcome
            self.status = max(self.status, outcome.exit_code)
            click.echo(f"claimgauge: {escaped_lines(str(outcome))}", err=True)

    def note_faults(self, checked: CheckedReport) -> None:
        """Tells of claims on which this program failed."""
        for one in checked.claims:
            if "failed" in one.verdict.flags:
                self.status = 5
                place = escaped(f"{checked.report.path}#{one.claim.id}")
                click.echo(f"claimgauge: {place}: {escaped(one.verdict.reason)}", err=True)


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
    files: _Files, checker: ReportChecker, pool: Pool | None, out: Path | None, *, export: Path | None, as_json: bool
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
            click.echo(summary_of(slim, brief=len(files.paths) > MANY))

    with ExitStack() as stack:
        folder = out or Path(stack.enter_context(TemporaryDirectory()))
        formats = tuple(FORMATS) if out is not None else (("json",) if as_json or export is not None else ())
        journal = _journal(checker, tool) if out is not None else None
        matrices = _gains_in(verifier.evidence, verifier.words) if out is not None else ()
        with Bundle(folder, tool=tool, formats=formats, matrices=matrices, journal=journal) as bundle:
            left = _taken_up(bundle, files.paths, noted)
            for one in files.good(_outcomes(checker, pool, progress(left, "checking"), formats)):
                bundle.take(one)
                noted(one.slim)
            across = verifier.across.findings()
            bundle.finish(across)
        if out is not None:
            click.echo(f"Wrote {out / 'report.html'}, verdicts.json, report.md, junit.xml, verdicts.sarif", err=True)
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
    """Where the run goes on, if an earlier one with the same evidence, options and program was interrupted."""
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


MANY = 20
"""Above this many reports the summary prints one line each."""


def _show_reading(files: _Files, checker: ReportChecker, as_json: bool) -> int:
    import json

    for report in files.good(_or_fault(checker.read, path) for path in progress(files.paths, "reading")):
        if as_json:
            from dataclasses import asdict

            click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
            continue
        click.echo(f"{report.path}: {report.layout}, {len(report.claims)} claims, {len(report.references)} references")
        for claim in report.claims:
            cut = " [cut]" if claim.cut != "no" else ""
            click.echo(f"  {claim.id} {claim.mark_raw or '-':>3} {claim.confidence_raw or '-':>6}  {claim.text}{cut}")
    return files.status


def _columns(pairs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    mapping = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or name not in {"claim", "mark", "confidence"}:
            raise UsageError(f"--map {pair!r}: write claim=COLUMN, mark=COLUMN or confidence=COLUMN")
        mapping[name] = column
    return tuple(mapping.items())
