"""`claimgauge audit`: where a published study contradicts itself."""

from __future__ import annotations

import json

import click

SCHEMA = "claimgauge.audit/1"


@click.command()
@click.argument("study")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(study: str, as_json: bool) -> int:
    """Hold the printed table of STUDY, written published:STUDY, against itself and against what its text states.

    Averages are computed again from the entries of their rows, stated numbers from the entries they
    speak of. See docs/audit.md for the codes.

    \b
    Examples:
      claimgauge audit published:phang2020-v1
      claimgauge audit published:phang2020-v1 --json
    """
    from analysis.published import PREFIX
    from claims.audit_study import audit_study

    found = audit_study(study.removeprefix(PREFIX))
    if as_json:
        record = {"schema": SCHEMA, "study": study.removeprefix(PREFIX)}
        findings = [{"code": f.code, "message": f.message} for f in found]
        click.echo(json.dumps(record | {"findings": findings}, ensure_ascii=False, indent=2))
        return 0
    for finding in found:
        click.echo(f"{finding.code:22}  {finding.message}")
    if not found:
        click.echo("The table and the statements at hand agree.")
    return 0
