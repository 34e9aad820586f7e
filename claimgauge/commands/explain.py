"""`claimgauge explain`: one claim, opened down to the cell."""

from __future__ import annotations

from pathlib import Path

import click

from claimgauge.moved import moved

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("claim")
@click.option(
    "--results",
    multiple=True,
    type=FILE,
    help="Results, or a table by others; told apart by their columns; may be repeated.",
)
@click.option(
    "--assume",
    multiple=True,
    metavar="NAME=VALUE",
    help="What a file in --results does not say: split=test …",
)
@moved("--table", "tables", multiple=True, type=FILE, now="is now --results: its columns tell what a file is")
@moved("--definitions", type=FILE)
@moved("--no-built-in", is_flag=True)
@moved("--time-limit", type=click.FloatRange(0), default=60.0, metavar="SECONDS")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    claim: str,
    results: tuple[Path, ...],
    assume: tuple[str, ...],
    tables: tuple[Path, ...],
    definitions: Path | None,
    no_built_in: bool,
    time_limit: float,
    as_json: bool,
) -> int:
    """Show how CLAIM is read, checked and decided.

    CLAIM is a sentence, an assertion in parentheses, or REPORT#ID for a claim of a report.

    \b
    Examples:
      claimgauge explain "MNLI has 392,702 training examples" --json
      claimgauge explain "(> (gain best_per_target tydiqa) 5)"
      claimgauge explain report.md#C07 --results runs.csv --assume split=test
    """
    from analysis.files.escapes import json_text
    from claimgauge.config import config_record
    from claimgauge.explaining import explanation
    from claimgauge.progress import ShownProgress
    from claimgauge.verifying import parted
    from claims.setup import ReportChecker, Setup

    given, by_others = parted(results, assume)
    setup = Setup(
        given,
        (*by_others, *tables),
        definitions=definitions,
        built_in=not no_built_in,
        assume=assume,
        seconds=time_limit or None,
    )
    with ShownProgress("explaining"):
        checker = ReportChecker(setup)
        checker.verifier.evidence.specifications = True
        text, record = explanation(claim, checker.verifier)
    click.echo(json_text({**record, **config_record()}) if as_json else text)
    return 0
