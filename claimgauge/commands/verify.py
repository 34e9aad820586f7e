"""`claimgauge verify`: the main job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from analysis.errors import ClaimgaugeError, UsageError
from claimgauge import __version__
from claimgauge.own_vocabulary import with_vocabulary
from claimgauge.terminal import BAR, fits_shown, progress, summary_of
from claims.verdict import VERDICTS, verdict_list

if TYPE_CHECKING:
    from claims.setup import Checker
    from claims.verify import CheckedReport, ResultsFile
    from reports.matrix import TransferMatrix

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
    "--sources",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File of sources (`claimgauge sources add`) whose tables are evidence, or texts that complete cut-off claims.",
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
@click.option("--max-mb", default=10.0, show_default=True, help="Refuse larger reports.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON instead of a summary.")
def command(
    reports: tuple[Path, ...],
    results: tuple[Path, ...],
    assume: tuple[str, ...],
    tables: tuple[Path, ...],
    out: Path | None,
    sources: tuple[Path, ...],
    assertions: Path | None,
    definitions: Path | None,
    columns: tuple[str, ...],
    no_built_in: bool,
    fail_on: str,
    strict: bool,
    workers: int,
    engine: str,
    scheduler: str,
    keep_going: bool,
    dry_run: bool,
    max_mb: float,
    as_json: bool,
) -> int:
    """Check REPORTS against published and measured results.

    \b
    Examples:
      claimgauge verify report.md --out out
      claimgauge verify reports/*.txt --results my_runs.csv --fail-on refuted,mixed
      claimgauge verify report.md --table leaderboard.csv --table paper.tex
      claimgauge verify report.md --sources sources.db
    """
    failing = verdict_list(fail_on)
    if (engine == "dask") != bool(scheduler):
        raise UsageError("--engine dask and --scheduler ADDRESS belong together")
    from claims.setup import Checker, Setup

    setup = Setup(
        results, tables, sources, definitions, assertions, not no_built_in, _columns(columns),
        int(max_mb * 1_000_000), strict, assume,
    )  # fmt: skip
    checker = Checker(setup)
    for remark in (remark for file in checker.verifier.results for remark in file.remarks):
        click.echo(f"note: {remark}", err=True)
    files = _Files(reports, keep_going)
    if dry_run:
        return _show_reading(files, checker, as_json)
    with ExitStack() as stack:
        if len(reports) < BAR:
            stack.enter_context(fits_shown())
        outcomes = _outcomes(stack, checker, progress(reports, "checking"), workers, scheduler)
        seen = _check(files.good(outcomes), checker, out, brief=len(reports) > MANY, as_json=as_json)
    if files.failed:
        return 3
    return 1 if failing & seen else 0


class _Files:
    """The files to check; remembers whether one could not be read."""

    def __init__(self, paths: tuple[Path, ...], keep_going: bool) -> None:
        self.paths, self.keep_going = paths, keep_going
        self.failed = False

    def good(self, outcomes: Iterable[Thing | ClaimgaugeError]) -> Iterator[Thing]:
        """The outcomes without those that failed, each of which is told, or ends the run."""
        for outcome in outcomes:
            if not isinstance(outcome, ClaimgaugeError):
                yield outcome
                continue
            if not self.keep_going:
                raise outcome
            self.failed = True
            click.echo(f"claimgauge: {outcome}", err=True)


def _outcomes(
    stack: ExitStack, checker: Checker, paths: Iterable[Path], workers: int, scheduler: str
) -> Iterator[CheckedReport | ClaimgaugeError]:
    """Each report checked, here or by other processes, in the order of the paths."""
    if workers == 1 and not scheduler:
        yield from (_or_fault(checker.check, path) for path in paths)
        return
    from claims.verify import CheckedReport
    from claims.workers import checked_in_order, dask_processes, local_processes

    executor, count = stack.enter_context(dask_processes(scheduler) if scheduler else local_processes(workers))
    for outcome in checked_in_order(executor, count, checker.setup, paths):
        if isinstance(outcome, CheckedReport):
            checker.verifier.across.add(outcome.report, outcome.claims, outcome.findings)
        yield outcome


def _or_fault(act: Callable[[Path], Thing], path: Path) -> Thing | ClaimgaugeError:
    try:
        return act(path)
    except ClaimgaugeError as error:
        return error


def _check(
    reports: Iterator[CheckedReport], checker: Checker, out: Path | None, *, brief: bool, as_json: bool
) -> set[str]:
    from reports.bundle import Bundle, Tool
    from reports.verdicts_json import document, report_record

    verifier = checker.verifier
    versions = (__version__, verifier.definitions.version, verifier.lexicon_version)
    tool = Tool("claimgauge", *versions, checker.files, checker.setup.built_in)
    seen: set[str] = set()

    def noted(checked: CheckedReport) -> CheckedReport:
        seen.update(claim.verdict.verdict for claim in checked.claims)
        if not as_json:
            click.echo(summary_of(checked, brief=brief))
        return checked

    checked = map(noted, reports)
    records: list[dict[str, object]] = []
    if out is None:
        records = [record for one in checked if (record := report_record(one) if as_json else None)]
    else:
        with Bundle(out, tool=tool, matrices=_gains_in(verifier.results, checker.setup.assume)) as bundle:
            for one in checked:
                bundle.add(one)
                if as_json:
                    records.append(report_record(one))
            bundle.finish(verifier.across.findings())
        click.echo(f"Wrote {out / 'report.html'}, verdicts.json, report.md, junit.xml, verdicts.sarif", err=True)
    across = verifier.across.findings()
    if as_json:
        click.echo(document(tool, records, across))
    else:
        for finding in across:
            click.echo(f"across  {finding.message}")
    return seen


def _gains_in(results: tuple[ResultsFile, ...], assume: Sequence[str]) -> Sequence[TransferMatrix]:
    """The gains of intermediate training in the results given, for the page; drawn with a fixed seed."""
    if not results:
        return ()
    import numpy as np

    from analysis.importers.opening import assumed, open_results
    from analysis.results import concat
    from analysis.vocabulary import vocabulary
    from reports.matrix import transfer_matrices

    given, words, parts = assumed(assume), vocabulary(), []
    for file in results:
        opened = open_results(Path(file.path), given=given, words=words)
        words = opened.words
        parts.append(opened.table)
    return transfer_matrices(concat(parts), rng=np.random.default_rng(0), words=words)


MANY = 20
"""Above this many reports the summary prints one line each."""


def _show_reading(files: _Files, checker: Checker, as_json: bool) -> int:
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
    return 3 if files.failed else 0


def _columns(pairs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    mapping = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or name not in {"claim", "mark", "confidence"}:
            raise UsageError(f"--map {pair!r}: write claim=COLUMN, mark=COLUMN or confidence=COLUMN")
        mapping[name] = column
    return tuple(mapping.items())
