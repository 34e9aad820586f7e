"""`claimgauge diff`: what changed between two runs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from analysis.errors import InputError


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(before: Path, after: Path, as_json: bool) -> int:
    """Compare two verdicts.json files: which verdicts changed from BEFORE to AFTER.

    \b
    Example:
      claimgauge diff out/verdicts.json out-with-my-runs/verdicts.json
    """
    from reports.diff import changes, rendered

    found = changes(_loaded(before), _loaded(after))
    if as_json:
        from dataclasses import asdict

        click.echo(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=2))
    else:
        click.echo(rendered(found))
    return 0


def _loaded(path: Path) -> dict[str, object]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(str(path), f"cannot be read as verdicts ({error})") from None
    if not isinstance(data, dict) or data.get("schema") != "claimgauge.verdicts/1":
        raise InputError(str(path), "is not a verdicts.json file (schema claimgauge.verdicts/1)")
    return data
