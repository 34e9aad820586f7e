"""Experiments from Python: `run`."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from claimgauge.api.arguments import checked
from claimgauge.running import RunSummary, carried_out

if TYPE_CHECKING:
    from analysis.design import Amount, Count
    from claimgauge.experiments import PlannedGrid


@checked
def run(
    plan: str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    dry_run: bool = False,
    only: Sequence[str] = (),
    workers: Count = 0,
    data: str | PathLike[str] | None = None,
    offline: bool = False,
    max_flops: Amount | None = None,
    vocabulary: str | PathLike[str] | None = None,
    allow_code: Sequence[str] = (),
    verify: bool = False,
    records: str | PathLike[str] | None = None,
) -> PlannedGrid | RunSummary:
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
        verify: read the weights that a finished node kept, too, when its record is checked.
        records: the records.parquet of another grid, whose finished nodes are not run again.

    Returns:
        The priced grid of a dry run, else what became of it; `RunSummary.results` is the table's path.

    Raises:
        UsageError: no folder is given, or the grid costs too much. InputError: the plan's faults, all at once, or a
            folder that cannot be written.
        MissingDataError: torch or transformers is not installed. ClaimgaugeError: some node failed.
    """
    done = carried_out(
        str(plan),
        None if out is None else Path(out),
        dry_run=dry_run,
        only=only,
        workers=workers,
        data=None if data is None else Path(data),
        offline=offline,
        max_flops=max_flops,
        vocabulary=None if vocabulary is None else Path(vocabulary),
        allow_code=allow_code,
        verify=verify,
        records=None if records is None else Path(records),
    )
    if isinstance(done, RunSummary):
        done.raise_failures()
    return done
