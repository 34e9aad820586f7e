"""`claimgauge run`: an experiment plan, node by node, into the results table."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import click

from analysis.errors import UsageError
from claimgauge.outputs import OUTPUT_FOLDER
from claimgauge.own_vocabulary import vocabulary_file


@click.command()
@click.argument("plan")
@click.option("--out", type=OUTPUT_FOLDER, help="Folder of the grid and its results.")
@click.option("--dry-run", is_flag=True, help="Print the grid with its FLOPs, hours and disk; run nothing.")
@click.option("--only", multiple=True, metavar="NAME=VALUE", help="Only nodes with this label, such as target=xnli.")
@click.option("--max-flops", type=float, help="Refuse a grid that costs more training FLOPs than this.")
@click.option("--workers", default=0, help="Nodes at once; 0: one per GPU, or cores over threads. More share the GPUs.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Of a Dask cluster whose workers see the folder.")
@click.option("--data", "folder", type=click.Path(path_type=Path), help="Folder of local data, instead of the plan's.")
@click.option(
    "--check-data", is_flag=True, help="First load a few rows of every data set, and tell all that is wrong at once."
)
@vocabulary_file
@click.option("--offline", is_flag=True, help="Never ask the Hugging Face hub.")
@click.option("--collect", is_flag=True, help="Run nothing; write the results of what is finished.")
@click.option("--verify", is_flag=True, help="Compare weights, too, with the checksums of finished nodes' records.")
@click.option(
    "--allow-code",
    multiple=True,
    metavar="MODULE:FUNCTION",
    help="Encoder that PLAN may call although no installed package registers it; may be given several times.",
)
@click.option(
    "--log",
    multiple=True,
    metavar="KIND:WHERE",
    help="Also give finished nodes to tensorboard:FOLDER, wandb:PROJECT or mlflow:URI; with --collect, all of them.",
)
@click.option(
    "--records",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What was finished elsewhere (the records.parquet of another DIR): only what is missing there runs.",
)
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
    check_data: bool,
    vocabulary: Path | None,
    offline: bool,
    collect: bool,
    verify: bool,
    allow_code: tuple[str, ...],
    log: tuple[str, ...],
    records: Path | None,
    as_json: bool,
) -> int:
    """Run PLAN, a ready plan by name or a TOML file, into --out.

    What is finished is kept: the same command goes on where a killed one stopped. Files that are
    not as their record says are named and made again (--collect refuses them). The results table is
    DIR/results.parquet.

    \b
    Examples:
      claimgauge run lab --out lab
      claimgauge run xstilts --dry-run --json
      claimgauge run hub --check-data --dry-run
      claimgauge run my_plan.toml --out runs --only target=xnli --only seed=1
      claimgauge run my_plan.toml --out runs --data xtreme --offline --workers 4 --max-flops 1e18
      claimgauge run my_plan.toml --out runs --collect --verify --log mlflow
    """
    from claimgauge.running import RunSummary, carried_out

    if engine == "dask" and not scheduler:
        raise UsageError("--engine dask needs --scheduler ADDRESS")
    done = carried_out(
        plan,
        out,
        dry_run=dry_run,
        only=only,
        workers=workers,
        data=folder,
        offline=offline,
        max_flops=max_flops,
        vocabulary=vocabulary,
        allow_code=allow_code,
        verify=verify,
        collect=collect,
        engine=engine,
        scheduler=scheduler,
        log=log,
        records=records,
        sampled=partial(click.echo, err=True) if check_data else None,
    )
    click.echo(json.dumps(done.as_json(), indent=2, ensure_ascii=False) if as_json else done.as_text())
    if isinstance(done, RunSummary):
        done.raise_failures()
    return 0
