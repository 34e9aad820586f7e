"""A plan made ready: checked, expanded and priced, before anything is trained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.errors import UsageError
from analysis.registry.vocabulary import Vocabulary, speaking, vocabulary
from analysis.wording import counted
from runners.model.allowed_code import standing
from runners.plan.check import check
from runners.plan.estimate import MATRIX_RATE, UTILISATIONS, CostEstimate, estimate, table_of
from runners.plan.grid import GridNode, expand
from runners.plan.inventory import AtHand, Inventory, Nothing, inventory_of
from runners.plan.memory import Memory, NoMemory
from runners.plan.own_tables import joined, read_vocabulary
from runners.plan.own_tasks import extended
from runners.plan.plan import Plan, load_plan, read_plan
from runners.plan.text_lengths import Lengths


@dataclass(frozen=True, slots=True)
class PlannedGrid:
    """A plan's nodes and what they cost.

    Attributes:
        max_flops: training FLOPs above which a run is refused; None: no limit.
    """

    plan: Plan
    nodes: tuple[GridNode, ...]
    cost: CostEstimate
    words: Vocabulary
    max_flops: float | None = None

    @property
    def refused(self) -> str:
        """Why the limit refuses a run, or ""."""
        if self.max_flops is None or self.cost.flops <= self.max_flops:
            return ""
        limit = f"{self.max_flops:.2e} that --max-flops allows"
        return f"the grid costs {self.cost.flops:.2e} training FLOPs, more than the {limit}"

    @property
    def beyond_limit(self) -> str:
        """The sentence for nodes that the limit does not cover, as their cost is not known, or ""."""
        if self.max_flops is None or not self.cost.unknown:
            return ""
        return f"--max-flops does not limit {counted(len(self.cost.unknown), 'node')} whose cost is not known"

    @property
    def code(self) -> tuple[str, ...]:
        """The functions that the plan names and a run would call, each with whether it may be."""
        if self.plan.model.kind != "frozen":
            return ()
        path = self.plan.model.encoder
        return (f"{path} ({standing(path) or f'not allowed: --allow-code {path}'})",)

    def as_text(self) -> str:
        """For people."""
        lines = [f"{self.plan.name}: {counted(len(self.nodes), 'node')}, model {self.plan.model.name}"]
        for kind, number, flops, evaluation in table_of(self.nodes, self.cost.costs):
            nodes = f"{number:5d} {'node' if number == 1 else 'nodes':<5}"
            lines.append(f"  {kind:<13} {nodes}   {_flops(flops)}, evaluation {_flops(evaluation)}")
        known = len(self.cost.unknown) < len(self.nodes)
        hours = ", ".join(f"{_duration(self.cost.hours(share))} at {share:.0%}" for share in UTILISATIONS)
        rate = f"{hours} of {MATRIX_RATE / 1e12:.0f} TFLOP/s (bf16 matrix rate seen on an H200)"
        lines.append(f"training    {_flops(self.cost.flops)}")
        lines.append(f"evaluation  {_flops(self.cost.evaluation)}")
        lines.append(f"one GPU     {rate if known else 'not counted'}")
        stored, passing = self.cost.stored / 1e9, self.cost.passing / 1e9
        disk = f"{stored:,.1f} GB of weights, {passing:,.1f} GB more for each node in training"
        lines.append(f"disk        {disk if passing else 'not counted'}")
        lines += [f"code        {said}" for said in self.code]
        lines += [f"refused     {self.refused}: a run would not start"] if self.refused else []
        lines += [f"unlimited   {self.beyond_limit}"] if self.beyond_limit else []
        reasons = dict.fromkeys(self.cost.costs[key].because for key in self.cost.unknown)
        lines += [f"not counted {reason}" for reason in reasons]
        lines += [f"assumed     {said}" for said in self.cost.assumptions]
        lines += [f"left out    {name}: {why}" for name, why in self.plan.left_out.items()]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "schema": "claimgauge.grid/1",
            "plan": self.plan.name,
            "flops": self.cost.flops,
            "flops_evaluation": self.cost.evaluation,
            "gpu_hours": {f"{share:.2f}": self.cost.hours(share) for share in UTILISATIONS},
            "bytes": self.cost.stored,
            "bytes_in_training": self.cost.passing,
            "refused": self.refused,
            "assumptions": list(self.cost.assumptions),
            "code": list(self.code),
            "left_out": dict(self.plan.left_out),
            "nodes": [
                {
                    "key": node.key,
                    "kind": node.kind,
                    "title": node.title,
                    "parents": list(node.parents),
                    "flops": self.cost.costs[node.key].flops,
                    "flops_evaluation": self.cost.costs[node.key].evaluation,
                    "not_counted": self.cost.costs[node.key].because,
                }
                for node in self.nodes
            ],
        }


def prepare(
    name: str,
    *,
    dry_run: bool,
    folder: Path | None = None,
    offline: bool = False,
    only: Sequence[str] = (),
    own: Path | None = None,
    sampled: Callable[[str], None] | None = None,
) -> PlannedGrid:
    """A plan by name or file, without faults, expanded and priced.

    Args:
        name: of a ready plan, or its file.
        dry_run: nothing is to be run: data may be elsewhere.
        folder: of local data, instead of the plan's.
        offline: never ask the hub.
        only: NAME=VALUE, labels of the nodes wanted.
        own: vocabulary file of tasks and languages of one's own.
        sampled: told of every data set of which a few rows are loaded first; None: none is.

    Raises:
        InputError: the plan's faults, all at once. UsageError: it takes no folder of data, or has no such label.
        MissingDataError: the run extra is not installed.
    """
    shared = {} if own is None else read_vocabulary(own)
    with speaking(extended(vocabulary(), shared, str(own))):
        plan = load_plan(name)
    plan = replace(plan, own=joined(shared, plan.own) if shared or plan.own else {})
    if folder is not None:
        if plan.data.source == "world":
            raise UsageError(f"--data {folder} cannot be used: {plan.name} makes its data itself; leave it out")
        plan = replace(plan, data=replace(plan.data, source="folder", folder=str(folder.resolve())))
    if offline:
        plan = replace(plan, data=replace(plan.data, offline=True))
    with speaking(extended(vocabulary(), plan.own, name)):
        return _grid(plan, name, dry_run=dry_run, at_hand=folder is not None, only=only, sampled=sampled)


def _grid(
    plan: Plan, name: str, *, dry_run: bool, at_hand: bool, only: Sequence[str], sampled: Callable[[str], None] | None
) -> PlannedGrid:
    words = vocabulary()
    memory = Memory((plan.data.world, plan.model)) if dry_run and plan.data.source == "world" else NoMemory()
    gpu = False
    if not dry_run:
        from claimgauge.running import need_run_extra
        from runners.execute.devices import gpus

        need_run_extra()
        gpu = plan.device != "cpu" and bool(gpus())
    if sampled is not None:
        from runners.plan.sampling import check_data

        check(replace(plan, device="auto"), name, words, None, gpu=gpu)
        check_data(plan, name, words, sampled)
    if dry_run and plan.data.source != "world":
        check(replace(plan, device="auto", data=replace(plan.data, source="hub")), name, words, None, gpu=gpu)
        inventory = _seen(plan, at_hand)
    else:
        check(plan, name, words, None, gpu=gpu or dry_run)
        inventory = inventory_of(plan.data, needed=True, memory=memory)
        check(plan, name, words, inventory.missing, gpu=gpu or dry_run)
    nodes = _chosen(expand(plan, words, inventory.fingerprint), only)
    cost = estimate(nodes, plan.model, Lengths(inventory, plan.data, plan.model, words, memory))
    memory.keep()
    return PlannedGrid(plan, nodes, cost, words)


def _seen(plan: Plan, at_hand: bool) -> Inventory | Nothing:
    """The data a dry run without the laboratory looks at: its folder, else what lies here of own tasks."""
    if at_hand or _countable(plan):
        return inventory_of(plan.data, needed=False)
    return AtHand(plan.data) if plan.own.get("data") else Nothing()


def _countable(plan: Plan) -> bool:
    """True if the plan's own folder is here and its texts decide what a run costs."""
    return plan.data.source == "folder" and plan.model.kind != "frozen" and Path(plan.data.folder).is_dir()


def price(text: str, where: str) -> PlannedGrid:
    """A plan given as text, expanded and priced with published sizes; no data is looked at.

    Raises:
        InputError: the plan's faults, all at once.
    """
    plan, words, inventory = read_plan(text, where), vocabulary(), Nothing()
    nodes = expand(plan, words, inventory.fingerprint)
    return PlannedGrid(
        plan, nodes, estimate(nodes, plan.model, Lengths(inventory, plan.data, plan.model, words)), words
    )


def _chosen(nodes: tuple[GridNode, ...], only: Sequence[str]) -> tuple[GridNode, ...]:
    """The nodes that carry all labels asked for, and everything they start from."""
    wanted: dict[str, set[str]] = {}
    for item in only:
        name, sign, value = item.partition("=")
        labels = sorted({label for node in nodes for label in node.labels})
        if not sign or name not in labels:
            raise UsageError(f"--only {item!r} must be NAME=VALUE with a NAME of {', '.join(labels)}")
        wanted.setdefault(name, set()).add(value)
    by_key = {node.key: node for node in nodes}
    kept: set[str] = set()
    queue = [n.key for n in nodes if all(str(n.labels.get(name)) in values for name, values in wanted.items())]
    if not queue:
        raise UsageError(f"--only {' '.join(only)} leaves nothing to run")
    while queue:
        key = queue.pop()
        if key not in kept:
            kept.add(key)
            queue += by_key[key].parents
    return tuple(node for node in nodes if node.key in kept)


def _duration(hours: float) -> str:
    return f"{hours:,.1f} h" if hours >= 0.1 else f"{3600 * hours:,.1f} s"


def _flops(value: float) -> str:
    return f"{value:.2e} FLOPs" if value else "not counted"
