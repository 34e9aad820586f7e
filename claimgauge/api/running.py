"""Experiments from Python: `run`."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import UsageError

if TYPE_CHECKING:
    from claimgauge.experiments import Grid
    from claimgauge.running import Ran


def run(
    plan: str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    dry_run: bool = False,
    only: Sequence[str] = (),
    workers: int = 0,
    data: str | PathLike[str] | None = None,
    offline: bool = False,
    max_flops: float | None = None,
    vocabulary: str | PathLike[str] | None = None,
    allow_code: Sequence[str] = (),
) -> Grid | Ran:
    """Runs a plan, node by node, into `out/results.parquet`, as `claimgauge run` does; goes on where it stopped.

    Args:
        plan: name of a ready plan, or a TOML file.
        out: folder of the grid and its results.
        dry_run: only say what the grid costs.
        only: NAME=VALUE labels of the nodes to run.
        workers: nodes at once; 0: one per GPU, or cores over threads.
        data: folder of local data in place of the plan's.
        offline: never ask the Hugging Face hub.
        max_flops: refuse a grid that costs more training FLOPs.
        vocabulary: TOML file of tasks and languages of your own.
        allow_code: encoders, MODULE:FUNCTION, that the plan may call although no installed package registers them.

    Returns:
        The priced grid of a dry run, else what became of it; `Ran.results` is the table's path.

    Raises:
        UsageError: no folder is given, or the grid costs too much. InputError: the plan's faults, all at once.
        MissingDataError: torch or transformers is not installed. ClaimgaugeError: some node failed.
    """
    from claimgauge.experiments import prepare

    if not dry_run and out is None:
        raise UsageError("say where the runs are kept: run(plan, out=FOLDER), or dry_run=True to see what they cost")
    from runners.allowed_code import allow, check_allowed

    allow(allow_code)
    folder, own = (None if path is None else Path(path) for path in (data, vocabulary))
    grid = prepare(str(plan), dry_run=dry_run, folder=folder, offline=offline, only=only, own=own)
    if max_flops is not None and grid.cost.flops > max_flops:
        raise UsageError(f"the grid costs {grid.cost.flops:.2e} training FLOPs, more than max_flops {max_flops:.2e}")
    if dry_run or out is None:
        return grid
    from analysis.vocabulary import speaking
    from claimgauge.running import run_nodes

    if grid.plan.model.kind == "frozen":
        check_allowed(grid.plan.model.encoder)
    with speaking(grid.words):
        ran = run_nodes(grid.plan, grid.nodes, Path(out), workers=workers)
    ran.raise_failures()
    return ran
