"""`claimgauge settle`: the experiment that would decide a claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.files.atomic import write_text
from analysis.files.escapes import escaped
from claimgauge.opened import rewording_lines
from claimgauge.outputs import OUTPUT_FILE

if TYPE_CHECKING:
    from claims.verdict import Verdict


@click.command()
@click.argument("claim")
@click.option(
    "--results",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Results table; may be given several times.",
)
@click.option("-o", "--out", type=OUTPUT_FILE, help="Write the plan to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print verdict, plan and cost as JSON.")
def command(claim: str, results: tuple[Path, ...], out: Path | None, as_json: bool) -> int:
    """Write the plan whose results would decide CLAIM, and say what it costs.

    CLAIM is a sentence, an assertion in parentheses, or REPORT#ID for a claim of a report. A claim
    that is decided already needs no plan.

    \b
    Examples:
      claimgauge settle "Multi-task training improves performance by 8.7 points." -o plan.toml
      claimgauge settle report.md#C07
      claimgauge settle report.md#C07 --results runs.csv --json
    """
    import json

    from claimgauge.explaining import explained
    from claims.setup import ReportChecker, Setup

    sentence, _, verdict = explained(claim, ReportChecker(Setup(results)).verifier)
    plan = verdict.settle.plan if verdict.settle is not None else ""
    cost = _cost(plan) if plan else ""
    if plan and out is not None:
        write_text(out, plan)
    if as_json:
        found = {
            "claim": sentence, "verdict": verdict.verdict, "reason": verdict.reason,
            "rewordings": [rewording.text for rewording in verdict.rewordings], "plan": plan, "cost": cost,
        }  # fmt: skip
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    elif not plan:
        click.echo("\n".join([_without_plan(verdict), *rewording_lines(verdict)]))
    elif out is None:
        click.echo(plan, nl=False)
    if plan and not as_json:
        click.echo("\n".join(f"# {line}" for line in cost.splitlines()), err=out is None)
        if out is not None:
            click.echo(f"Wrote {out}; run it with: claimgauge run {out} --out runs", err=True)
    return 0


def _without_plan(verdict: Verdict) -> str:
    """The sentence for a claim that gets no plan: it is decided, was not read, or no run decides it."""
    if verdict.verdict in {"supported", "refuted", "mixed"}:
        why = "no experiment is needed."
    elif not verdict.assertion:
        why = "the sentence was not read, so that no experiment can be named."
    else:
        why = "no experiment that `claimgauge run` can do decides it."
    return f"{verdict.verdict}: {why} {escaped(verdict.reason)}"


def _cost(plan: str) -> str:
    """The plan's grid with its FLOPs and hours, in words."""
    from claimgauge.experiments import price

    return price(plan, "plan").as_text()
