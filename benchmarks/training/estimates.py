"""FLOPs of nodes by the dry run, beside those of their records.

python benchmarks/training/estimates.py PLAN RECORDS [--data FOLDER]

PLAN as in `claimgauge run`, RECORDS the records.parquet of its grid (a part of it will do). Ratios of estimated to
recorded FLOPs, of training and of training with evaluation, for each sort of node: of their sums, and of the single
node that is farthest off. Run where the plan's model and data are found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimgauge.experiments import PlannedGrid, prepare
from runners.execute.collect import read_records
from runners.plan.grid import GridNode

Pair = tuple[float, float]
"""Estimated and recorded FLOPs."""


def costs(grid: PlannedGrid, records: Path) -> dict[str, list[tuple[Pair, Pair]]]:
    """Sort of node → of each finished node of the grid, training alone and with evaluation."""
    known = {node.key: node for node in grid.nodes}
    found: dict[str, list[tuple[Pair, Pair]]] = {}
    for node, record in read_records(records):
        if node.key in known:
            told = grid.cost.costs[node.key]
            training, whole = recorded(record)
            if node.config.get("trained_by"):  # its record repeats the training of the node it starts from
                whole, training = whole - training, 0.0
            pairs = (told.flops, training), (told.flops + told.evaluation, whole)
            found.setdefault(sort_of(node), []).append(pairs)
    return found


def recorded(record: Mapping[str, Any]) -> Pair:
    """FLOPs of training, and with looks at the development split and final scores, by a record."""
    spent = record["flops"]
    training = float(spent.get("training", 0.0))
    return training, training + float(spent.get("evaluation", 0.0)) + float(spent.get("scoring", 0.0))


def sort_of(node: GridNode) -> str:
    """A target by its name, an intermediate stage by its run."""
    return str(node.labels.get("target") or node.labels.get("intermediate", node.kind))


def line(name: str, pairs: list[tuple[Pair, Pair]]) -> str:
    """One sort of node."""
    cells = []
    for number in (0, 1):
        told, spent = (sum(pair[number][side] for pair in pairs) for side in (0, 1))
        single = [pair[number][0] / pair[number][1] for pair in pairs if pair[number][1]]
        farthest = max(single, key=lambda ratio: abs(ratio - 1), default=float("nan"))
        cells.append(f"{told / spent:9.3f} {farthest:9.3f}" if spent else f"{'-':>9} {'-':>9}")
    return f"{name:<32} {len(pairs):5d} {cells[0]}  {cells[1]}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("plan")
    parser.add_argument("records", type=Path)
    parser.add_argument("--data", type=Path)
    args = parser.parse_args()
    found = costs(prepare(args.plan, dry_run=True, folder=args.data), args.records)
    if not any(told for pairs in found.values() for pair in pairs for told, _ in pair):
        sys.exit(f"{args.plan}: nothing is estimated here: run where the plan's model is found")
    lines = [
        f"{'':<32} {'':5}  training             with evaluation",
        f"{'':<32} nodes       sum  farthest        sum  farthest",
    ]
    lines += [line(name, pairs) for name, pairs in sorted(found.items())]
    lines.append(line("all", [pair for pairs in found.values() for pair in pairs]))
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
