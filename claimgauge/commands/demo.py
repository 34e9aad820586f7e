"""`claimgauge demo`: the whole loop, from an experiment to verdicts, on this machine."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from analysis.wording import counted
from claimgauge.outputs import OUTPUT_FOLDER

PLAN = "lab"


@click.command()
@click.option(
    "--out",
    default="claimgauge-demo",
    show_default=True,
    type=OUTPUT_FOLDER,
    help="Folder of the experiment and the report.",
)
@click.option("--plan", default=PLAN, show_default=True, help="Another plan, by name or file.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
@click.pass_context
def command(ctx: click.Context, out: Path, plan: str, as_json: bool) -> int:
    """Run a small experiment in a synthetic world, then check the example report with it.

    The experiment takes minutes on two processor cores and is kept: a second call takes seconds.
    Its results are synthetic and stand beside the verdicts as such; they decide none.

    \b
    Examples:
      claimgauge demo --out demo
      claimgauge demo --out demo --plan my_plan.toml --json
    """
    from claimgauge.commands import verify
    from claimgauge.experiments import prepare
    from claimgauge.running import run_nodes

    grid = prepare(plan, dry_run=False)
    nodes = counted(len(grid.nodes), "node")
    click.echo(f"1/2  the experiment {grid.plan.name}: {nodes}, kept in {out / 'runs'}", err=True)
    ran = run_nodes(grid.plan, grid.nodes, out / "runs")
    click.echo(ran.as_text(), err=True)
    ran.raise_failures()
    click.echo("2/2  the example report against published scores, with the experiment beside them", err=True)
    status: int = ctx.invoke(
        verify.command, reports=(example_report(),), results=(ran.results,), out=out / "report", as_json=as_json
    )
    click.echo(f"Open {out / 'report' / 'report.html'}. Measured here: {ran.results} (synthetic).", err=as_json)
    return status


def example_report() -> Path:
    """The example report: of the package, or of the source folder it was installed from."""
    packaged = Path(str(files("claimgauge") / "example" / "report.md"))
    return packaged if packaged.is_file() else Path(__file__).parents[2] / "examples" / "report.md"
