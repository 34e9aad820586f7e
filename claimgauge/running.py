"""A grid on its workers, with progress on stderr, into the results table."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.arguments import checked_value
from analysis.errors import ClaimgaugeError, MissingDataError, UsageError
from analysis.wording import counted
from claimgauge.node_lines import NodeLines
from claimgauge.outputs import check_writable
from claimgauge.progress import ShownProgress
from runners.execute.engine import GridSummary, Workers, run_grid
from runners.execute.store import GridStore, room
from runners.plan.grid import GridNode
from runners.plan.plan import Plan

if TYPE_CHECKING:
    from claimgauge.experiments import PlannedGrid
    from runners.execute.trackers import Tracker


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Result of running a grid.

    Attributes:
        results: the table written. rows: of it. summary: of the nodes.
        titles: key → title of the nodes.
    """

    results: Path
    rows: int
    summary: GridSummary
    titles: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "schema": "claimgauge.run/1",
            "results": str(self.results),
            "rows": self.rows,
            "kept": len(self.summary.kept),
            "finished": len(self.summary.finished),
            "failed": self.summary.failed,
            "blocked": list(self.summary.blocked),
            "titles": {key: self.titles.get(key, key) for key in (*self.summary.failed, *self.summary.blocked)},
        }

    def as_text(self) -> str:
        """For people."""
        return (
            f"{self.results}: {counted(self.rows, 'score')}; {counted(len(self.summary.finished), 'node')} run, "
            f"{len(self.summary.kept)} kept from before"
        )

    def raise_failures(self) -> None:
        """Raises one error that lists every node that failed.

        Raises:
            ClaimgaugeError: some node failed.
        """
        if self.summary.failed:
            faults = "\n".join(
                f"  - {self.titles.get(key, 'node')} ({key}): {why}" for key, why in self.summary.failed.items()
            )
            failed, waiting = counted(len(self.summary.failed), "node"), len(self.summary.blocked)
            blocked = f", {waiting} that would start from them did not run" if waiting else ""
            raise ClaimgaugeError(f"{failed} failed{blocked}; the same command tries again:\n{faults}")


def carried_out(
    plan: str,
    out: Path | None,
    *,
    dry_run: bool = False,
    only: Sequence[str] = (),
    workers: int = 0,
    data: Path | None = None,
    offline: bool = False,
    max_flops: float | None = None,
    vocabulary: Path | None = None,
    allow_code: Sequence[str] = (),
    verify: bool = False,
    collect: bool = False,
    engine: str = "local",
    scheduler: str = "",
    log: Sequence[str] = (),
    records: Path | None = None,
    sampled: Callable[[str], None] | None = None,
) -> PlannedGrid | RunSummary:
    """A plan from its file to its results, or to its price; see `claimgauge run --help` for what each option means.

    Raises:
        UsageError: no folder is given, the grid costs too much, or the plan calls code that nobody allowed.
        InputError: the plan's faults, all at once, or a folder that cannot be written.
        MissingDataError: torch or transformers is not installed.
    """
    from analysis.registry.vocabulary import speaking
    from claimgauge.experiments import prepare
    from runners.execute.trackers import trackers
    from runners.model.allowed_code import allow, check_allowed

    checked_value("--workers", "Count", workers)
    checked_value("--max-flops", "Amount | None", max_flops)
    if not dry_run and out is None:
        raise UsageError("say where the runs are kept: --out DIR (or --dry-run to see what they cost)")
    if out is not None:
        check_writable(out, folder=True)
    allow(allow_code)
    handed = trackers(log)
    grid = prepare(plan, dry_run=dry_run, folder=data, offline=offline, only=only, own=vocabulary, sampled=sampled)
    grid = replace(grid, max_flops=max_flops)
    if dry_run or out is None:
        return grid
    if grid.refused:
        raise UsageError(grid.refused)
    if grid.beyond_limit:
        click.echo(f"note: {grid.beyond_limit}", err=True)
    if grid.plan.model.kind == "frozen" and not collect:
        check_allowed(grid.plan.model.encoder)
    if records is not None:
        _take(records, GridStore(out), grid.nodes)
    with speaking(grid.words):
        if collect:
            return collected(grid.nodes, out, verify=verify, log=handed)
        return run_nodes(
            grid.plan, grid.nodes, out, engine=engine, scheduler=scheduler, workers=workers, verify=verify, log=handed
        )


def _take(records: Path, store: GridStore, nodes: Sequence[GridNode]) -> None:
    """Takes over what was finished elsewhere of these nodes, and says how many of them."""
    from runners.execute.collect import read_records

    wanted = {node.key for node in nodes}
    found = [(node, record) for node, record in read_records(records) if node.key in wanted]
    store.take(found)
    click.echo(f"{records}: {len(found)} of {len(nodes)} nodes are finished there", err=True)


def run_nodes(
    plan: Plan,
    nodes: Sequence[GridNode],
    out: Path,
    *,
    engine: str = "local",
    scheduler: str = "",
    workers: int = 0,
    verify: bool = False,
    log: Sequence[Tracker] = (),
) -> RunSummary:
    """Runs what has no record yet, or files that do not match it, and collects all scores.

    Args:
        plan: that the nodes belong to.
        nodes: parents before children.
        out: folder of the grid.
        engine: local or dask.
        scheduler: address of a Dask scheduler.
        workers: nodes at once; 0: one per GPU, or cores over the plan's threads.
        verify: read the weights of finished nodes, too, and compare them with the records.
        log: trackers that are given the nodes this call finishes.

    Raises:
        UsageError: torchrun started this process.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        raise UsageError(
            "`claimgauge run` starts its own processes, one node per GPU: start it without torchrun "
            "(one training over several GPUs: docs/run.md)"
        )
    store = GridStore(out)
    say_set_aside(store, nodes, weights=verify)
    try:
        summary = _run(plan, nodes, store, engine, scheduler, workers)
        while summary.finished and say_set_aside(store, nodes):
            again = [n for n in nodes if n.key not in summary.failed and n.key not in summary.blocked]
            summary = _joined(nodes, summary, _run(plan, again, store, engine, scheduler, workers))
    except KeyboardInterrupt:
        done = sum((store.folder(node.key) / "record.json").exists() for node in nodes)
        click.echo(
            f"interrupted; {done} of {len(nodes)} nodes are finished and kept in {out}: the same command goes on",
            err=True,
        )
        raise
    _hand_over(log, store, [node for node in nodes if node.key in summary.finished])
    return _written(store, nodes, summary)


def _hand_over(log: Sequence[Tracker], store: GridStore, nodes: Sequence[GridNode]) -> None:
    """Gives trackers the records of finished nodes; one that takes none is named on stderr, and the rest goes on."""
    for tracker in log:
        for node in nodes:
            record = store.record(node.key)
            try:
                tracker.add(node, record or {})
            except Exception as error:  # noqa: BLE001 — whatever a tracker's package raises, the results are written
                name = type(tracker).__name__
                click.echo(f"claimgauge: {name} took no records from {node.title} on: {error}", err=True)
                break


def say_set_aside(store: GridStore, nodes: Sequence[GridNode], *, weights: bool = False) -> bool:
    """Sets aside what does not match its record, says so on stderr, and whether there was any."""
    found = store.set_aside_faulty((node.key for node in nodes), weights=weights)
    for said in found:
        click.echo(f"claimgauge: {said}", err=True)
    return bool(found)


def _run(
    plan: Plan, nodes: Sequence[GridNode], store: GridStore, engine: str, scheduler: str, workers: int
) -> GridSummary:
    with ShownProgress("running nodes", len(nodes), always=True) as shown:
        return run_grid(nodes, store, _workers(plan, store.root, engine, scheduler, workers), NodeLines(shown, store))


def _joined(nodes: Sequence[GridNode], first: GridSummary, then: GridSummary) -> GridSummary:
    """Result of nodes in two runs, the second over those that had finished in the first."""
    ran = {*first.finished, *then.finished}
    finished = tuple(node.key for node in nodes if node.key in ran and node.key not in then.failed)
    kept = tuple(key for key in then.kept if key not in ran)
    return GridSummary(kept, finished, {**first.failed, **then.failed}, (*first.blocked, *then.blocked))


def collected(nodes: Sequence[GridNode], out: Path, *, verify: bool = False, log: Sequence[Tracker] = ()) -> RunSummary:
    """The results of what is finished so far, also while the grid runs.

    Args:
        nodes: wanted.
        out: folder of the grid.
        verify: read weights, too, when files are compared with the records.
        log: trackers that are given every finished node.

    Raises:
        InputError: what lies there does not match the records.
    """
    store = GridStore(out)
    store.confirm((node.key for node in nodes), weights=verify)
    kept = tuple(node.key for node in nodes if store.record(node.key) is not None)
    _hand_over(log, store, [node for node in nodes if node.key in kept])
    return _written(store, nodes, GridSummary(kept, (), {}, ()))


def _written(store: GridStore, nodes: Sequence[GridNode], summary: GridSummary) -> RunSummary:
    from analysis.results.table import write_results
    from runners.execute.collect import RECORDS, RESULTS, results_of, write_records

    keys = [node.key for node in nodes]
    table = results_of(store, keys)
    with room(store.root):
        write_results(table, store.root / RESULTS)
        write_records(store, keys, store.root / RECORDS)
        _write_names(store.root / RESULTS)
    return RunSummary(store.root / RESULTS, len(table), summary, {node.key: node.title for node in nodes})


def _write_names(results: Path) -> None:
    """Writes the facts of tasks and languages of the user's own beside the results, for whatever reads them."""
    from analysis.registry.own_names import names_beside, read_own_names, write_own_names
    from analysis.registry.vocabulary import built_in, vocabulary

    own = {
        category: {name: entry for name, entry in vocabulary()[category].items() if name not in built_in()[category]}
        for category in ("target", "language")
    }
    if not any(own.values()):
        return
    path = names_beside(results)
    before = read_own_names(path) if path.exists() else {}
    write_own_names(path, {**before, **{name: {**before.get(name, {}), **found} for name, found in own.items()}})


def _workers(plan: Plan, out: Path, engine: str, scheduler: str, workers: int) -> Workers:
    from runners.execute.devices import gpus, local_capacity

    if engine == "dask":
        from runners.execute.dask_workers import DaskWorkers

        return DaskWorkers(out, scheduler, gpu=plan.device == "cuda")
    from runners.execute.local_workers import LocalWorkers

    if plan.device == "cpu":
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    found = gpus()
    return LocalWorkers(out, workers or local_capacity(plan.threads, found), found)


def need_run_extra() -> None:
    """Says in one sentence how to install what experiments need.

    Raises:
        MissingDataError: torch or transformers is not installed.
    """
    from importlib.util import find_spec

    absent = [name for name in ("torch", "transformers") if find_spec(name) is None]
    if absent:
        raise MissingDataError(f"experiments need {' and '.join(absent)}: pip install 'claimgauge[run]'")
