"""Overhead of a node beside its own work, and the share of a laboratory run that makes its data.

python benchmarks/training/grid.py overhead [--nodes 40]
python benchmarks/training/grid.py data
python benchmarks/training/grid.py engine [--workers 1,2,4] [--nodes 8] [--steps 60]

overhead: a grid of nodes that train nothing and embed a few sentences, one worker. Overhead is the
wall time of the whole command less the seconds the nodes say they worked, per node; the forkserver's
start is told apart as the time before the first node ends.
data: one node of every kind of `lab`, in one process; the processor time within `World.draw` over
that of all nodes, each weighed by how often the plan runs its like. Pretraining is run on an eighth
of its sentences and counted eight times.
engine: nodes that train and evaluate a small model for some seconds each, on a Dask cluster of this
machine (`pip install claimgauge[dask]`): wall time from the end of the pretraining to the end of the
last node, for several numbers of worker processes; and the local engine with as many. Efficiency
is the speed-up over one worker, over the number of workers or of cores, whichever is less; with more
workers than cores it says what crowding costs. Overhead is the wall time of one worker less the
seconds its nodes worked.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

PLAN = """
name = "short"
source_language = "lab-a"
seeds = [{seeds}]
data = {{ source = "world" }}
pretraining = {{ sentences = 40 }}
recipes = {recipes}
intermediates = [{{ runs = ["none"], languages = ["lab-a"] }}]
targets = [{{ tasks = ["{task}"], languages = ["lab-a1"], select_on = "none" }}]
[model]
name = "lab-xlmr"
kind = "random"
tokenizer = "world"
config = {{ layers = {layers}, width = {width}, heads = {heads}, mlp_width = {mlp_width}, positions = 130 }}
"""
IDLE = {
    "recipes": "{ default = { steps = 1, batch_size = 32 } }",
    "task": "lab-retrieval", "layers": 1, "width": 16, "heads": 2, "mlp_width": 32,
}  # fmt: skip
"""A node embeds a few sentences."""
WORKING = {
    "recipes": "{{ default = {{ steps = {steps}, batch_size = 32, max_length = 64 }}, pretraining = {{ steps = 1 }} }}",
    "task": "lab-nli", "layers": 2, "width": 128, "heads": 4, "mlp_width": 512,
}  # fmt: skip
"""A node trains and evaluates for some seconds."""

QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="asked", required=True)
    commands.add_parser("overhead").add_argument("--nodes", type=int, default=40)
    commands.add_parser("data")
    engines = commands.add_parser("engine")
    engines.add_argument("--workers", default="1,2,4")
    engines.add_argument("--nodes", type=int, default=8)
    engines.add_argument("--steps", type=int, default=60)
    chosen = parser.parse_args()
    if chosen.asked == "engine":
        engine([int(n) for n in chosen.workers.split(",")], chosen.nodes, chosen.steps)
    else:
        print(overhead(chosen.nodes) if chosen.asked == "overhead" else data())


def plan(nodes: int, settings: Mapping[str, Any]) -> str:
    """A plan of so many nodes, in TOML."""
    return PLAN.format(seeds=", ".join(map(str, range(1, nodes + 1))), **settings)


def overhead(nodes: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "nothing.toml").write_text(plan(nodes, IDLE))
        command = [sys.executable, "-m", "claimgauge", "run", "nothing.toml", "--out", "runs", "--workers", "1"]
        begun = time.time()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        wall = time.time() - begun
        found = [json.loads(p.read_text()) for p in Path(folder).glob("runs/nodes/*/record.json")]
        ends = sorted(p.stat().st_mtime for p in Path(folder).glob("runs/nodes/*/record.json"))
    work = [record["seconds"] for record in found if record["kind"] == "retrieval"]
    between = ends[-1] - ends[0]
    return (
        f"{len(work)} nodes, {wall:.1f} s; before the first ended {ends[0] - begun:.1f} s; a node worked "
        f"{sum(work) / len(work):.3f} s and cost {(between - sum(work)) / len(work):.3f} s besides; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )


def engine(counts: list[int], nodes: int, steps: int) -> None:
    cores = len(os.sched_getaffinity(0))
    print("| engine | workers | wall, s | a node worked, s | overhead a node, s | speed-up | efficiency |")
    print("|---|---|---|---|---|---|---|")
    written = plan(nodes, {**WORKING, "recipes": WORKING["recipes"].format(steps=steps)})
    for name in ("local", "dask"):
        alone = 0.0
        for count in counts:
            wall, worked = on_cluster(written, count) if name == "dask" else ran(written, ["--workers", str(count)])
            alone = alone or wall * counts[0]
            at_once = min(count, cores)
            besides = f"{(wall - sum(worked)) / nodes:.2f}" if count == 1 else "–"
            print(
                f"| {name} | {count} | {wall:.1f} | {sum(worked) / nodes:.2f} | {besides} "
                f"| {alone / wall:.2f} | {alone / wall / at_once:.0%} |",
                flush=True,
            )
    print(f"\nload {os.getloadavg()[0]:.1f} on {cores} cores")


def ran(plan: str, options: list[str]) -> tuple[float, list[float]]:
    """Seconds from the end of the pretraining to the end of the last node, and those that each node worked."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "working.toml").write_text(plan)
        command = [sys.executable, "-m", "claimgauge", "run", "working.toml", "--out", "runs", *options]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=alone_on_a_core())
        records = list(Path(folder).glob("runs/nodes/*/record.json"))
        ends = sorted(path.stat().st_mtime for path in records)
        found = [json.loads(path.read_text()) for path in records]
    return ends[-1] - ends[0], [one["seconds"] for one in found if one["kind"] == "target"]


def on_cluster(plan: str, count: int) -> tuple[float, list[float]]:
    """As `ran`, on a Dask cluster of so many worker processes, which all are there before the plan starts."""
    from distributed import Client

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{one.getsockname()[1]}"
    dask = [sys.executable, "-m", "dask"]
    worker = [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    commands = [[*dask, "scheduler", "--host", address, "--no-dashboard"], *[worker] * count]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        for command in commands:
            process = stack.enter_context(subprocess.Popen(command, cwd=folder, env=alone_on_a_core(), **QUIET))
            stack.callback(process.kill)
        with Client(address, timeout="60s") as client:
            client.wait_for_workers(count, timeout=60)
        return ran(plan, ["--engine", "dask", "--scheduler", address])


def alone_on_a_core() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": root}


def data() -> str:
    from analysis.registry.vocabulary import vocabulary
    from runners.execute.stages import run
    from runners.plan.grid import expand
    from runners.plan.inventory import Inventory
    from runners.plan.plan import load_plan
    from runners.world.world import World

    plan = load_plan("lab")
    nodes = expand(plan, vocabulary(), Inventory(plan.data).fingerprint)
    spent = {"drawing": 0.0}
    draw = World.draw

    def timed(*given: Any, **named: Any) -> Any:
        begun = time.process_time()
        try:
            return draw(*given, **named)
        finally:
            spent["drawing"] += time.process_time() - begun

    World.draw = timed  # type: ignore[method-assign]
    like = Counter(_like(node) for node in nodes)
    lines, total, drawing = [], 0.0, 0.0
    folders: dict[str, Path] = {}
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as root:
        for node in nodes:
            name, folder = _like(node), Path(root) / node.key
            if name in seen:
                continue
            seen.add(name)
            part = 8 if node.kind == "pretraining" else 1
            if part > 1:
                node = replace(
                    node, config={**node.config, "sentences": node.config["sentences"] // part, "threads": 1}
                )
            folder.mkdir()
            spent["drawing"], begun = 0.0, time.process_time()
            run(node, folder, [folders[key] for key in node.parents])
            whole = time.process_time() - begun
            folders[node.key] = folder
            times = part * like[name]
            total, drawing = total + whole * times, drawing + spent["drawing"] * times
            lines.append(f"{name}: {times} x {whole:.2f} s, drawing {spent['drawing'] / whole:.1%}")
    return "\n".join([*lines, f"whole plan: {total:.0f} s of processor time, drawing {drawing / total:.1%}"])


def _like(node: Any) -> str:
    """Nodes that do the same work: one kind, one task."""
    config = node.config
    return f"{node.kind} {config.get('task') or '+'.join(config.get('tasks', ()))}".strip()


if __name__ == "__main__":
    main()
