"""A long run of `verify`, killed in the middle and run again: what lies on disk when, memory, and the same bytes.

Writes N synthetic reports of ten claims (those of `verify_throughput`), starts `claimgauge verify --out`, kills it
(SIGKILL) when half of them are on disk, runs the same command again to its end, and counts that verdicts.json holds
each report once. A run that nobody killed must write the same bytes (not with --quick); of it resident memory is
printed as reports come to lie on disk.

    python benchmarks/interrupted.py              # 5,000 reports
    python benchmarks/interrupted.py 400 --quick  # without the run that nobody killed
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from verify_throughput import HERE, write_report


def started(folder: Path, out: str) -> subprocess.Popen[bytes]:
    reports = sorted(path.name for path in folder.glob("r*.md"))
    call = [sys.executable, "-P", "-m", "claimgauge", "--no-config", "verify", *reports, "--out", out]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    with (folder / f"{out}.txt").open("ab") as said:
        return subprocess.Popen(call, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=said)


def on_disk(folder: Path, out: str) -> int:
    lines = folder / out / "unfinished" / "reports.jsonl"
    return lines.read_bytes().count(b"\n") - 1 if lines.exists() else 0


def memory(process: subprocess.Popen[bytes]) -> float:
    text = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmRSS"))


def watched(run: subprocess.Popen[bytes], folder: Path, out: str, marks: list[int]) -> None:
    """Prints seconds and resident memory when so many reports are on disk."""
    began = time.perf_counter()
    for mark in marks:
        while on_disk(folder, out) < mark:
            if run.poll() is not None:
                raise SystemExit(f"ended early, status {run.returncode}")
            time.sleep(0.05)
        print(f"{mark:5d} on disk after {time.perf_counter() - began:6.1f} s, {memory(run):4.0f} MiB", flush=True)


def ended(run: subprocess.Popen[bytes], what: str) -> None:
    """Waits for a run and prints how long that took, its peak memory and its exit status."""
    began = time.perf_counter()
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    print(f"{what} {seconds:.1f} s, peak {usage.ru_maxrss / 1024:.0f} MiB, status {run.returncode}", flush=True)


def each_once(folder: Path, out: str, reports: int) -> bool:
    """True if verdicts.json holds every report once."""
    held = json.loads((folder / out / "verdicts.json").read_text(encoding="utf-8"))["reports"]
    return sorted(report["path"] for report in held) == [f"r{i:05d}.md" for i in range(reports)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="?", type=int, default=5000)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    rng = random.Random(20260101)
    marks = [1, *(given.reports // part for part in (10, 5, 2))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for i in range(given.reports):
            write_report(folder / f"r{i:05d}.md", rng)
        run = started(folder, "out")
        watched(run, folder, "out", marks)
        run.send_signal(signal.SIGKILL)
        run.wait()
        left = sorted(path.name for path in (folder / "out").iterdir())
        print(f"killed; the folder holds {', '.join(left)}", flush=True)
        ended(started(folder, "out"), "again:")
        print((folder / "out.txt").read_text(encoding="utf-8").strip(), flush=True)
        good = each_once(folder, "out", given.reports)
        print(f"verdicts.json holds each report once: {good}", flush=True)
        if not given.quick:
            run = started(folder, "whole")
            watched(run, folder, "whole", [*marks, given.reports])
            ended(run, "from there to its end:")
            files = sorted(path.name for path in (folder / "whole").iterdir())
            same = all((folder / "out" / f).read_bytes() == (folder / "whole" / f).read_bytes() for f in files)
            print(f"the same bytes as a run that nobody killed: {same}")
            good &= same
        sys.exit(not good)


if __name__ == "__main__":
    main()
