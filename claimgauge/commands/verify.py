"""`claimgauge verify`: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.errors import UsageError
from claimgauge.moved import moved
from claimgauge.outputs import OUTPUT_FOLDER
from claimgauge.own_vocabulary import FILE as VOCABULARY_FILE
from claimgauge.own_vocabulary import speak
from claims.verdict import VERDICTS, verdict_list

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("reports", nargs=-1, required=True, type=FILE)
@click.option(
    "--results",
    multiple=True,
    type=FILE,
    help="Results table, a file that `claimgauge import` reads, or a table by others (CSV, TSV, Markdown, LaTeX, HTML,"
    " JSON), told apart by their columns; may be given several times.",
)
@click.option(
    "--assume", multiple=True, metavar="NAME=VALUE", help="What a file in --results does not say: split=test …"
)
@click.option(
    "--sources",
    multiple=True,
    type=FILE,
    help="File of sources (`claimgauge sources add`): its tables are evidence, and each claim is held against what it"
    " cites. Or texts that complete cut-off claims.",
)
@click.option(
    "--out", type=OUTPUT_FOLDER, help="Folder for report.html, verdicts.json, report.md, junit.xml, verdicts.sarif."
)
@click.option(
    "--fail-on",
    default="",
    metavar="LIST",
    help=f"Exit with 1 if a claim gets one of these verdicts ({', '.join(VERDICTS)}).",
)
@click.option("--dry-run", is_flag=True, help="Show what was read, check nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a report or what it is checked against changes.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON instead of a summary.")
@moved("--table", "tables", multiple=True, type=FILE, now="is now --results: its columns tell what a file is")
@moved("--export", type=OUTPUT_FOLDER)
@moved("--assertions", type=FILE)
@moved("--definitions", type=FILE)
@moved("--map", "columns", multiple=True, metavar="FIELD=COLUMN")
@moved("--prose", is_flag=True)
@moved("--no-built-in", is_flag=True)
@moved("--strict", is_flag=True)
@moved("--workers", default=1, type=click.IntRange(1))
@moved("--engine", type=click.Choice(["local", "dask"]), default="local")
@moved("--scheduler", default="", metavar="ADDRESS")
@moved("--keep-going", is_flag=True)
@moved("--vocabulary", type=VOCABULARY_FILE, expose_value=False, callback=speak, is_eager=True)
@moved("--max-mb", default=10.0)
@moved("--time-limit", type=click.FloatRange(0), default=60.0, metavar="SECONDS")
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

    Further settings stand in claimgauge.toml: definitions, assertions, columns, workers, limits (docs/config.md).

    \b
    Examples:
      claimgauge verify report.md --out out
      claimgauge verify reports/*.txt --results my_runs.csv --fail-on refuted,mixed
      claimgauge verify report.md --results leaderboard.csv --results paper.tex
      claimgauge verify report.md --results scores.csv --assume model=xlm-r-large,split=test
      claimgauge verify report.md --sources sources.db
      claimgauge verify report.md --results runs.csv --out out --watch
    """
    failing = verdict_list(fail_on)
    if (engine == "dask") != bool(scheduler):
        raise UsageError("--engine dask and --scheduler ADDRESS belong together")
    if workers > 1 and not scheduler:
        from claimgauge.preloading import start_preloading

        start_preloading()
    from claimgauge.verifying import ReportFiles, check_all, checker_of, parted, show_reading
    from claims.setup import Setup

    given, by_others = parted(results, assume)
    setup = Setup(
        given, (*by_others, *tables), sources, definitions, assertions, not no_built_in, _columns(columns),
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
            raise UsageError(f"map {pair!r}: write claim=COLUMN, mark=COLUMN or confidence=COLUMN")
        mapping[name] = column
    return tuple(mapping.items())
