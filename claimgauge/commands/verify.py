"""`claimgauge verify`: the main job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.errors import ClaimgaugeError, InputError, UsageError
from claimgauge import __version__
from claimgauge.terminal import progress, summary_of
from claims.definitions import default_definitions, load_definitions
from claims.readers import ReadOptions, read_report
from claims.report import Report
from claims.truncation import complete, load_sources
from claims.verdict import VERDICTS, verdict_list
from claims.verify import CheckedReport, ResultsFile, Verifier, gather_evidence, gather_tables, load_corrections

if TYPE_CHECKING:
    from reports.matrix import TransferMatrix


@click.command()
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--results",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Results table (CSV, TSV, Parquet); may be given several times.",
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Table by others (CSV, TSV, Markdown, LaTeX, HTML, JSON) for claims that no evidence here decides.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="Least certainty of a reading over --table.  [default: as fitted]",
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
    help="Source texts that may complete claims which are cut off.",
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
@click.option("--strict", is_flag=True, help="A report whose stated counts differ from what was read is an error.")
@click.option("--keep-going", is_flag=True, help="Report unreadable files and go on with the others.")
@click.option("--dry-run", is_flag=True, help="Show what was read, check nothing.")
@click.option("--max-mb", default=10.0, show_default=True, help="Refuse larger reports.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON instead of a summary.")
def command(
    reports: tuple[Path, ...],
    results: tuple[Path, ...],
    tables: tuple[Path, ...],
    threshold: float | None,
    out: Path | None,
    sources: tuple[Path, ...],
    assertions: Path | None,
    definitions: Path | None,
    columns: tuple[str, ...],
    no_built_in: bool,
    fail_on: str,
    strict: bool,
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
    """
    failing = verdict_list(fail_on)
    options = ReadOptions(columns=_columns(columns), most_bytes=int(max_mb * 1_000_000))
    texts = load_sources(sources) if sources else {}
    reader = _Reading(reports, options, texts, strict, keep_going)
    if dry_run:
        return _show_reading(reader, as_json)
    evidence, files = gather_evidence(results, built_in=not no_built_in)
    by_others, table_files = gather_tables(tables)
    words = load_definitions(definitions) if definitions else default_definitions()
    verifier = Verifier(evidence, words, results=files, tables=by_others, threshold=threshold)
    if assertions is not None:
        verifier.corrections = load_corrections(assertions, verifier.words)
    seen = _check(reader, verifier, table_files, out, as_json=as_json, built_in=not no_built_in)
    if reader.failed:
        return 3
    return 1 if failing & seen else 0


class _Reading:
    """Reads the reports one by one; remembers whether one could not be read."""

    def __init__(
        self,
        paths: tuple[Path, ...],
        options: ReadOptions,
        texts: dict[str, str],
        strict: bool,
        keep_going: bool,
    ) -> None:
        self.paths, self.options, self.texts, self.strict, self.keep_going = (
            paths,
            options,
            texts,
            strict,
            keep_going,
        )
        self.failed = False

    def __iter__(self) -> Iterator[Report]:
        for path in progress(self.paths, "checking"):
            try:
                yield self._one(path)
            except ClaimgaugeError as error:
                if not self.keep_going:
                    raise
                self.failed = True
                click.echo(f"claimgauge: {error}", err=True)

    def _one(self, path: Path) -> Report:
        from dataclasses import replace

        report = read_report(path, options=self.options)
        if self.texts:
            report = replace(report, claims=tuple(complete(report.claims, self.texts)))
        if self.strict:
            _check_counts(report)
        return report


def _check_counts(report: Report) -> None:
    verified = sum(claim.mark == "yes" for claim in report.claims)
    faults = []
    if report.stated.claims not in {None, len(report.claims)}:
        faults.append(f"states {report.stated.claims} claims, but {len(report.claims)} were read")
    if report.stated.verified not in {None, verified}:
        faults.append(f"states {report.stated.verified} verified claims, but {verified} are marked so")
    if faults:
        raise InputError(report.path, faults)


def _check(
    reader: _Reading,
    verifier: Verifier,
    tables: tuple[ResultsFile, ...],
    out: Path | None,
    *,
    as_json: bool,
    built_in: bool,
) -> set[str]:
    from reports.bundle import Bundle, Tool
    from reports.verdicts_json import document, report_record

    versions = (__version__, verifier.definitions.version, verifier.lexicon_version)
    tool = Tool("claimgauge", *versions, (*verifier.results, *tables), built_in)
    seen: set[str] = set()

    def noted(checked: CheckedReport) -> CheckedReport:
        seen.update(claim.verdict.verdict for claim in checked.claims)
        if not as_json:
            click.echo(summary_of(checked, brief=len(reader.paths) > MANY))
        return checked

    checked = map(noted, verifier.check_all(iter(reader)))
    records: list[dict[str, object]] = []
    if out is None:
        records = [record for one in checked if (record := report_record(one) if as_json else None)]
    else:
        with Bundle(out, tool=tool, matrices=_gains_in(verifier.results)) as bundle:
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


def _gains_in(results: tuple[ResultsFile, ...]) -> Sequence[TransferMatrix]:
    """The gains of intermediate training in the results given, for the page; drawn with a fixed seed."""
    if not results:
        return ()
    import numpy as np

    from analysis.results import concat, load_results
    from reports.matrix import transfer_matrices

    table = concat([load_results(Path(file.path)) for file in results])
    return transfer_matrices(table, rng=np.random.default_rng(0))


MANY = 20
"""Above this many reports the summary prints one line each."""


def _show_reading(reader: _Reading, as_json: bool) -> int:
    import json

    for report in reader:
        if as_json:
            from dataclasses import asdict

            click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
            continue
        click.echo(f"{report.path}: {report.layout}, {len(report.claims)} claims, {len(report.references)} references")
        for claim in report.claims:
            cut = " [cut]" if claim.cut != "no" else ""
            click.echo(f"  {claim.id} {claim.mark_raw or '-':>3} {claim.confidence_raw or '-':>6}  {claim.text}{cut}")
    return 3 if reader.failed else 0


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or name not in {"claim", "mark", "confidence"}:
            raise UsageError(f"--map {pair!r}: write claim=COLUMN, mark=COLUMN or confidence=COLUMN")
        mapping[name] = column
    return mapping
