"""A long run of `verify`, killed in the middle and run again: what lies on disk when, memory, and the same bytes.

Writes N synthetic reports of ten claims (those of `verify_throughput`), starts `claimgauge verify --out`, kills it
(SIGKILL) when half of them are on disk, runs the same command again to its end, and holds the outputs against those
of a run that nobody killed (not with --quick).

    python benchmarks/interrupted.py              # 5,000 reports
    python benchmarks/interrupted.py 400 --quick  # without the run that nobody killed
"""

from __future__ import annotations

import argparse
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="?", type=int, default=5000)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    rng = random.Random(20260101)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for i in range(given.reports):
            write_report(folder / f"r{i:05d}.md", rng)
        began = time.perf_counter()
        run = started(folder, "out")
        marks = [1, given.reports // 10, given.reports // 2]
        for mark in marks:
            while on_disk(folder, "out") < mark:
                if run.poll() is not None:
                    raise SystemExit(f"ended early, status {run.returncode}")
                time.sleep(0.2)
            print(f"{mark:5d} on disk after {time.perf_counter() - began:6.1f} s, {memory(run):4.0f} MiB", flush=True)
        run.send_signal(signal.SIGKILL)
        run.wait()
        left = sorted(path.name for path in (folder / "out").iterdir())
        print(f"killed; the folder holds {', '.join(left)}", flush=True)
        began = time.perf_counter()
        run = started(folder, "out")
        _, status, usage = os.wait4(run.pid, 0)
        print(f"again: {time.perf_counter() - began:.1f} s, peak {usage.ru_maxrss / 1024:.0f} MiB, status {status}")
        print((folder / "out.txt").read_text(encoding="utf-8").strip(), flush=True)
        if not given.quick:
            started(folder, "whole").wait()
            files = sorted(path.name for path in (folder / "whole").iterdir())
            same = all((folder / "out" / f).read_bytes() == (folder / "whole" / f).read_bytes() for f in files)
            print(f"the same bytes as a run that nobody killed: {same}")
            sys.exit(not same)


if __name__ == "__main__":
    main()
