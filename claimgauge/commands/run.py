"""`claimgauge run`: an experiment plan, node by node, into the results table."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from analysis.errors import ClaimgaugeError, MissingDataError, UsageError
from runners.grid import Node
from runners.plan import Plan


@click.command()
@click.argument("plan")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the grid and its results.")
@click.option("--dry-run", is_flag=True, help="Print the grid with its FLOPs, hours and disk; run nothing.")
@click.option("--only", multiple=True, metavar="NAME=VALUE", help="Only nodes with this label, such as target=xnli.")
@click.option("--max-flops", type=float, help="Refuse a grid that costs more training FLOPs than this.")
@click.option("--workers", default=0, help="Nodes at once; 0: one per GPU, or cores over the plan's threads.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Of a Dask cluster whose workers see the folder.")
@click.option("--data", "folder", type=click.Path(path_type=Path), help="Folder of local data, instead of the plan's.")
@click.option("--offline", is_flag=True, help="Never ask the Hugging Face hub.")
@click.option("--json", "as_json", is_flag=True, help="Print the grid or the summary as JSON.")
def command(
    plan: str,
    out: Path | None,
    dry_run: bool,
    only: tuple[str, ...],
    max_flops: float | None,
    workers: int,
    engine: str,
    scheduler: str,
    folder: Path | None,
    offline: bool,
    as_json: bool,
) -> int:
    """Run PLAN, a ready plan by name or a TOML file, into --out.

    What is finished is kept: the same command goes on where a killed one stopped. The results
    table is DIR/results.parquet.

    \b
    Examples:
      claimgauge run lab --out lab
      claimgauge run xstilts --dry-run
      claimgauge run my_plan.toml --out runs --only target=xnli --only seed=1
    """
    from claimgauge.experiments import prepare

    if engine == "dask" and not scheduler:
        raise UsageError("--engine dask needs --scheduler ADDRESS")
    if not dry_run and out is None:
        raise UsageError("say where the runs are kept: --out DIR (or --dry-run to see what they cost)")
    grid = prepare(plan, dry_run=dry_run, folder=folder, offline=offline, only=only)
    if dry_run:
        click.echo(json.dumps(grid.as_json(), indent=2) if as_json else grid.as_text())
        return 0
    if max_flops is not None and grid.cost.flops > max_flops:
        raise UsageError(f"the grid costs {grid.cost.flops:.2e} training FLOPs, more than --max-flops {max_flops:.2e}")
    assert out is not None
    return _run(grid.plan, grid.nodes, out, engine, scheduler, workers, as_json)


def _run(plan: Plan, nodes: Sequence[Node], out: Path, engine: str, scheduler: str, workers: int, as_json: bool) -> int:
    from analysis.results import write_results
    from runners.collect import RESULTS, results_of
    from runners.engine import run_grid
    from runners.store import Store

    store = Store(out)
    for said in store.set_aside_unreadable(node.key for node in nodes):
        click.echo(f"claimgauge: {said}", err=True)
    summary = run_grid(nodes, store, _workers(plan, out, engine, scheduler, workers), _Progress(len(nodes)))
    table = results_of(store, [node.key for node in nodes])
    write_results(table, out / RESULTS)
    told = {
        "results": str(out / RESULTS),
        "rows": len(table),
        "kept": len(summary.kept),
        "finished": len(summary.finished),
        "failed": summary.failed,
        "blocked": list(summary.blocked),
    }
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        click.echo(f"{out / RESULTS}: {len(table)} scores; {len(summary.finished)} nodes run, {len(summary.kept)} kept")
    if summary.failed:
        faults = "\n".join(f"  - {key}: {why}" for key, why in summary.failed.items())
        raise ClaimgaugeError(f"{len(summary.failed)} nodes failed, {len(summary.blocked)} wait for them:\n{faults}")
    return 0


def _workers(plan: Plan, out: Path, engine: str, scheduler: str, workers: int):  # type: ignore[no-untyped-def]
    from runners.devices import gpus, local_capacity

    found = () if plan.device == "cpu" else gpus()
    if engine == "dask":
        from runners.dask_workers import DaskWorkers

        return DaskWorkers(out, scheduler, gpu=plan.device == "cuda")
    from runners.local_workers import LocalWorkers

    return LocalWorkers(out, workers or local_capacity(plan.threads, found), found)


class _Progress:
    """One line on stderr per node that ends."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.ended = 0
        self.began = time.monotonic()

    def __call__(self, event: str, node: Node, why: str) -> None:
        if event == "started":
            return
        self.ended += 1
        if event == "kept":
            return
        passed = time.monotonic() - self.began
        sign = {"finished": "done", "failed": "FAILED", "blocked": "blocked"}[event]
        more = f": {why}" if why else ""
        click.echo(f"[{self.ended}/{self.total}] {passed:6.0f} s  {sign}  {node.title}{more}", err=True)
        sys.stderr.flush()


def need_run_extra() -> None:
    """Says in one sentence how to install what experiments need.

    Raises:
        MissingDataError: torch or transformers is not installed.
    """
    from importlib.util import find_spec

    absent = [name for name in ("torch", "transformers") if find_spec(name) is None]
    if absent:
        raise MissingDataError(f"experiments need {' and '.join(absent)}: pip install 'claimgauge[run]'")
