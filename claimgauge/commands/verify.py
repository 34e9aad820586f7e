"""`claimgauge verify`: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.errors import UsageError
from claimgauge.own_vocabulary import with_vocabulary
from claims.verdict import VERDICTS, verdict_list


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
    if workers > 1 and not scheduler:
        from claimgauge.preloading import start_preloading

        start_preloading()
    from claimgauge.verifying import ReportFiles, check_all, checker_of, show_reading
    from claims.setup import Setup

    setup = Setup(
        results, tables, sources, definitions, assertions, not no_built_in, _columns(columns),
        int(max_mb * 1_000_000), strict, assume, seconds=time_limit or None, prose=prose,
    )  # fmt: skip

    def checked() -> int:
        files = ReportFiles(reports, keep_going)
        checker = checker_of(setup)
        if dry_run:
            return show_reading(files, checker, as_json)
        seen = check_all(files, checker, out, export=export, as_json=as_json, workers=workers, scheduler=scheduler)
        return files.status or (1 if failing & seen else 0)

    if not watch:
        return checked()
    from claimgauge.watching import watched

    beside = [path for path in (definitions, assertions) if path is not None]
    return watched(checked, [*reports, *results, *tables, *sources, *beside])


def _columns(pairs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    mapping = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or name not in {"claim", "mark", "confidence"}:
            raise UsageError(f"--map {pair!r}: write claim=COLUMN, mark=COLUMN or confidence=COLUMN")
        mapping[name] = column
    return tuple(mapping.items())
