"""Throughput of `verify` over many reports, and its memory, which must stay flat.

Writes N generated reports of ten claims each (names, numbers, quantifiers and voice drawn at random
from a seed, marked synthetic), checks them with the command line in a process of its own, and
prints seconds, claims per second, processor seconds of that process and of those it started (which tell more than
seconds where other work shares the machine), and peak memory for growing N.

    python benchmarks/verify_throughput.py                 # 250, 500, 1000, 2000 reports
    python benchmarks/verify_throughput.py 100 200
    python benchmarks/verify_throughput.py 10000 --workers 2
    python benchmarks/verify_throughput.py 500 --dask 2    # a cluster of two workers on loopback
    python benchmarks/verify_throughput.py 1000 --old DIR  # and the same with another checkout, alternately
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from analysis.registry.vocabulary import vocabulary

HERE = Path(__file__).resolve().parent
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


def run_once(
    folder: Path, count: int, options: list[str], checkout: Path | None = None
) -> tuple[float, float, float, float]:
    """Seconds, processor seconds of the process and of those it started, peak memory (MiB) of one `claimgauge verify`.

    The memory is that of the process that writes, or of a process that it started where that took more. The code is
    that of a checkout, of this one by default.
    """
    reports = [str(folder / f"r{i:05d}.md") for i in range(count)]
    out = folder / f"out{count}"
    code = str((checkout or HERE.parent).resolve())
    started = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-P", "-m", "claimgauge", "verify", *reports, "--out", str(out), *options],
        {**os.environ, "PYTHONPATH": code},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    seconds = time.perf_counter() - started
    own, others = _processor_seconds(process)
    _, status, usage = os.wait4(process, 0)
    others += 0.0 if options[:1] == ["--engine"] else _of_orphans()
    if status:
        raise SystemExit(f"verify failed with status {status}")
    return seconds, own, others, usage.ru_maxrss / 1024


def _processor_seconds(process: int) -> tuple[float, float]:
    """Processor seconds of a process that has ended and is not waited for, and of those that it waited for."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    user, system, users, systems = (int(ticks) / os.sysconf("SC_CLK_TCK") for ticks in stat[11:15])
    return user + system, users + systems


def _adopt_orphans() -> None:
    """Makes this process the parent of those that outlive their own: the server that workers are forked from."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def _of_orphans() -> float:
    """Processor seconds of adopted processes, and of those that they waited for; waits for their end."""
    seconds = 0.0
    with suppress(ChildProcessError):
        while True:
            usage = os.wait4(-1, 0)[2]
            seconds += usage.ru_utime + usage.ru_stime
    return seconds


@contextmanager
def cluster(workers: int) -> Iterator[list[str]]:
    """The options for a Dask cluster of so many worker processes on loopback; none for no worker."""
    if not workers:
        yield []
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    worker = ["worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60"]
    commands = [["scheduler", "--host", address, "--no-dashboard"], *[worker] * workers]
    with ExitStack() as stack:
        for command in commands:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = stack.enter_context(subprocess.Popen([sys.executable, "-m", "dask", *command], **quiet))
            stack.callback(process.kill)
        yield ["--engine", "dask", "--scheduler", address]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", type=int, default=[250, 500, 1000, 2000])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--dask", type=int, default=0, metavar="WORKERS")
    parser.add_argument("--old", type=Path, metavar="DIR", help="another checkout to compare with")
    given = parser.parse_args()
    rng = random.Random(20260101)
    if not given.dask:
        _adopt_orphans()
    with tempfile.TemporaryDirectory() as name, cluster(given.dask) as options:
        folder = Path(name)
        for i in range(max(given.reports)):
            write_report(folder / f"r{i:05d}.md", rng)
        print("reports  claims  seconds  claims/s  cpu s  of others  peak MiB")
        for size in given.reports:
            for checkout in (None, given.old) if given.old else (None,):
                seconds, own, others, memory = run_once(
                    folder, size, options or ["--workers", str(given.workers)], checkout
                )
                speed = f"{size:7d} {size * 10:7d} {seconds:8.1f} {size * 10 / seconds:9.0f}"
                row = f"{speed} {own:6.1f} {others:10.1f} {memory:9.0f}"
                print(f"{row}  {checkout or ''}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
