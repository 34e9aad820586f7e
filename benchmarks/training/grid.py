"""What a node costs beside its own work, and what share of a laboratory run makes its data.

python benchmarks/training/grid.py overhead [--nodes 40]
python benchmarks/training/grid.py data

overhead: a grid of nodes that train nothing and embed a few sentences, one worker. Overhead is the
wall time of the whole command less the seconds the nodes say they worked, per node; the forkserver's
start is told apart as the time before the first node ends.
data: one node of every kind of `lab`, in one process; the processor time within `World.draw` over
that of all nodes, each weighed by how often the plan runs its like. Pretraining is run on an eighth
of its sentences and counted eight times.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

PLAN = """
name = "nothing"
source_language = "lab-a"
seeds = [{seeds}]
data = {{ source = "world" }}
pretraining = {{ sentences = 40 }}
recipes = {{ default = {{ steps = 1, batch_size = 32 }} }}
intermediates = [{{ runs = ["none"], languages = ["lab-a"] }}]
targets = [{{ tasks = ["lab-retrieval"], languages = ["lab-a1"] }}]
[model]
name = "lab-xlmr"
kind = "random"
tokenizer = "world"
config = {{ layers = 1, width = 16, heads = 2, mlp_width = 32, positions = 130 }}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="asked", required=True)
    commands.add_parser("overhead").add_argument("--nodes", type=int, default=40)
    commands.add_parser("data")
    chosen = parser.parse_args()
    print(overhead(chosen.nodes) if chosen.asked == "overhead" else data())


def overhead(nodes: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "nothing.toml").write_text(PLAN.format(seeds=", ".join(map(str, range(1, nodes + 1)))))
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


def data() -> str:
    from analysis.vocabulary import vocabulary
    from runners.grid import expand
    from runners.inventory import Inventory
    from runners.plan import load_plan
    from runners.stages import run
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
