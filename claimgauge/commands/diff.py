"""`claimgauge diff`: what changed between two runs."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(before: Path, after: Path, as_json: bool) -> int:
    """Compare two verdicts.json files: which verdicts changed from BEFORE to AFTER.

    \b
    Examples:
      claimgauge diff out/verdicts.json out-with-my-runs/verdicts.json
      claimgauge diff before/verdicts.json after/verdicts.json --json
    """
    from reports.diff import changes, rendered
    from reports.verdicts_read import load_verdicts

    found = changes(load_verdicts(before), load_verdicts(after))
    if as_json:
        from dataclasses import asdict

        click.echo(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=2))
    else:
        click.echo(rendered(found))
    return 0
