"""How fast `verify` goes over many reports, and that its memory stays flat.

Writes N generated reports of ten claims each (names, numbers, quantifiers and voice drawn at random
from a seed, marked synthetic), checks them with the command line in a process of its own, and
prints seconds, claims per second and peak memory for growing N.

    python benchmarks/verify_throughput.py            # 250, 500, 1000, 2000 reports
    python benchmarks/verify_throughput.py 100 200
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from analysis.vocabulary import vocabulary

WORDS = vocabulary()
RUNS = [e.name for e in WORDS["intermediate"].values()]
TARGETS = [WORDS["target"][t].name for t in WORDS.targets_of("xtreme")]
SHAPES = (
    "Intermediate-task training on {run} improves {target} by {points} points on the development set.",
    "{target} gains {points} points from {run}.",
    "An improvement of {points} points on {target} is seen after training on {run}.",
    "{run} outperforms {other} on {target}.",
    "{other} is outperformed by {run} on {target} by {points} points.",
    "{run} is the best intermediate task for {target}.",
    "{quantifier} intermediate tasks improve {target}.",
    "On average, {run} improves the target tasks by {points} points.",
    "{target} does not benefit from {run}.",
    "{run} contains {count} training examples.",
    "Intermediate training yields large gains on {target} and {second}.",
    "{run} and {other} perform comparably on {target}, whereas {second} loses {points} points with {run}.",
)


def claim(rng: random.Random) -> str:
    run, other = rng.sample(RUNS, 2)
    target, second = rng.sample(TARGETS, 2)
    return rng.choice(SHAPES).format(
        run=run, other=other, target=target, second=second, points=f"{rng.uniform(0.1, 9.9):.1f}",
        count=f"{rng.randrange(1_000, 2_000_000):,}",
        quantifier=rng.choice(["All", "Most", "Almost all", "Many", "Five"]),
    )  # fmt: skip


def write_report(path: Path, rng: random.Random) -> None:
    rows = [f"| {claim(rng)} | {rng.choice('✓×')} | {rng.random():.2f} |" for _ in range(10)]
    head = [
        "# A synthetic report",
        "",
        "## Extracted Claims",
        "",
        "| Claim | Verified | Confidence |",
        "|---|---|---|",
    ]
    path.write_text("\n".join([*head, *rows, ""]), encoding="utf-8")


def run_once(folder: Path, count: int) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of one `claimgauge verify` over `count` reports."""
    reports = [str(folder / f"r{i:05d}.md") for i in range(count)]
    out = folder / f"out{count}"
    started = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "claimgauge", "verify", *reports, "--out", str(out)],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"verify failed with status {status}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main(sizes: list[int]) -> None:
    rng = random.Random(20260101)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for i in range(max(sizes)):
            write_report(folder / f"r{i:05d}.md", rng)
        print("reports  claims  seconds  claims/s  peak MiB")
        for size in sizes:
            seconds, memory = run_once(folder, size)
            print(f"{size:7d} {size * 10:7d} {seconds:8.1f} {size * 10 / seconds:9.0f} {memory:9.0f}")


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [250, 500, 1000, 2000])
