"""A plan made ready: checked, expanded and priced, before anything is trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.errors import UsageError
from analysis.vocabulary import vocabulary
from runners.allowed_code import standing
from runners.check import check
from runners.estimate import MATRIX_RATE, UTILISATIONS, Estimate, estimate, table_of
from runners.grid import Node, expand
from runners.inventory import Nothing, inventory_of
from runners.plan import Plan, load_plan, read_plan


@dataclass(frozen=True, slots=True)
class Grid:
    """A plan's nodes and what they cost."""

    plan: Plan
    nodes: tuple[Node, ...]
    cost: Estimate

    @property
    def code(self) -> tuple[str, ...]:
        """The functions that the plan names and a run would call, each with whether it may be."""
        if self.plan.model.kind != "frozen":
            return ()
        path = self.plan.model.encoder
        return (f"{path} ({standing(path) or f'not allowed: --allow-code {path}'})",)

    def as_text(self) -> str:
        """For people."""
        lines = [f"{self.plan.name}: {len(self.nodes)} nodes, model {self.plan.model.name}"]
        for kind, number, flops in table_of(self.nodes, self.cost.costs):
            lines.append(f"  {kind:<13} {number:5d} nodes   {_flops(flops)}")
        hours = ", ".join(f"{self.cost.hours(share):,.1f} h at {share:.0%}" for share in UTILISATIONS)
        lines.append(f"training    {_flops(self.cost.flops)}")
        lines.append(f"one GPU     {hours} of {MATRIX_RATE / 1e12:.0f} TFLOP/s (bf16 matrix rate seen on an H200)")
        lines.append(f"disk        {self.cost.stored / 1e9:,.1f} GB of weights")
        lines += [f"code        {said}" for said in self.code]
        reasons = dict.fromkeys(self.cost.costs[key].because for key in self.cost.unknown)
        lines += [f"not counted {reason}" for reason in reasons]
        lines += [f"assumed     {said}" for said in self.cost.assumptions]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "schema": "claimgauge.grid/1",
            "plan": self.plan.name,
            "flops": self.cost.flops,
            "gpu_hours": {f"{share:.2f}": self.cost.hours(share) for share in UTILISATIONS},
            "bytes": self.cost.stored,
            "assumptions": list(self.cost.assumptions),
            "code": list(self.code),
            "nodes": [
                {
                    "key": node.key,
                    "kind": node.kind,
                    "title": node.title,
                    "parents": list(node.parents),
                    "flops": self.cost.costs[node.key].flops,
                    "not_counted": self.cost.costs[node.key].because,
                }
                for node in self.nodes
            ],
        }


def prepare(
    name: str, *, dry_run: bool, folder: Path | None = None, offline: bool = False, only: Sequence[str] = ()
) -> Grid:
    """A plan by name or file, without faults, expanded and priced.

    Raises:
        InputError: the plan's faults, all at once.
        MissingDataError: the run extra is not installed.
    """
    plan = load_plan(name)
    if folder is not None:
        plan = replace(plan, data=replace(plan.data, source="folder", folder=str(folder.resolve())))
    if offline:
        plan = replace(plan, data=replace(plan.data, offline=True))
    words = vocabulary()
    gpu = False
    if not dry_run:
        from claimgauge.running import need_run_extra
        from runners.devices import gpus

        need_run_extra()
        gpu = plan.device != "cpu" and bool(gpus())
    if dry_run and plan.data.source != "world":
        check(replace(plan, device="auto", data=replace(plan.data, source="hub")), name, words, None, gpu=gpu)
        inventory = Nothing() if folder is None else inventory_of(plan.data, needed=False)
    else:
        check(plan, name, words, None, gpu=gpu or dry_run)
        inventory = inventory_of(plan.data, needed=True)
        check(plan, name, words, inventory.missing, gpu=gpu or dry_run)
    nodes = _chosen(expand(plan, words, inventory.fingerprint), only)
    return Grid(plan, nodes, estimate(nodes, plan.model, words, inventory.size))


def price(text: str, where: str) -> Grid:
    """A plan given as text, expanded and priced with published sizes; no data is looked at.

    Raises:
        InputError: the plan's faults, all at once.
    """
    plan, words, inventory = read_plan(text, where), vocabulary(), Nothing()
    nodes = expand(plan, words, inventory.fingerprint)
    return Grid(plan, nodes, estimate(nodes, plan.model, words, inventory.size))


def _chosen(nodes: tuple[Node, ...], only: Sequence[str]) -> tuple[Node, ...]:
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


def _flops(value: float) -> str:
    return f"{value:.2e} FLOPs" if value else "not counted"
