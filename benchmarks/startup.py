"""Cost of a start: seconds and modules per command, size of the wheel, weight of an installation.

    python benchmarks/startup.py             # commands
    python benchmarks/startup.py --install   # also the wheel, and a fresh environment (needs a package index)
    python benchmarks/startup.py --before DIR   # also the build in another checkout, in turn, and the ratio

Each command runs in a process of its own, once before it is measured. Wall time needs a quiet machine; seconds of
processor time and modules do not, and neither do ratios of two builds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "examples" / "report.md")
COUNT = "import atexit, sys; atexit.register(lambda: sys.stderr.write(f'\\nmodules {len(sys.modules)}'))"
START = f"{COUNT}; from claimgauge.guard import main; main()"
BYTECODE = str(Path(tempfile.gettempdir()) / "claimgauge-startup")
"""Folder of compiled files: with them a second start is measured, as users have it."""
CALLS = {
    "--help": ["--help"],
    "verify --help": ["verify", "--help"],
    "ls tasks": ["ls", "tasks"],
    "check, one table": ["check", "Alpha beats Beta by 2.1 points on NUS.", "--table", "{table}"],
    "run lab --dry-run": ["run", "lab", "--dry-run"],
    "explain, one claim": ["explain", "MNLI has 392,702 training examples."],
    "verify, two claims": ["verify", "{report}"],
    "verify, the example report": ["verify", EXAMPLE],
    "verify, all outputs": ["verify", EXAMPLE, "--out", "{out}"],
}


def run(arguments: list[str], build: Path = ROOT) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and modules of one call."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings = {
        **kept,
        "PYTHONPATH": str(build),
        "PYTHONPYCACHEPREFIX": tempfile.gettempdir() + "/startup-bytecode",
    }
    began, spent = time.perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, "-c", START, *arguments],
        cwd=build,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    after = os.times()
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    processor = after.children_user + after.children_system - spent.children_user - spent.children_system
    return time.perf_counter() - began, processor, int(done.stderr.rpartition("modules ")[2])


def commands(repeats: int, before: Path | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "t.csv"
        table.write_text("Model,NUS\nAlpha,60.5\nBeta,58.4\n", encoding="utf-8")
        report = Path(name) / "report.md"
        report.write_text(
            "# Report\n\n- MNLI improves XNLI.\n- MNLI has 392,702 training examples.\n", encoding="utf-8"
        )
        more = "" if before is None else " before: wall, s | processor, s | modules | ratio of processor |"
        print(f"medians of {repeats}\n\n| command | wall, s | processor, s | modules |{more}")
        print("|---" * (4 if before is None else 8) + "|")
        for what, arguments in CALLS.items():
            call = [argument.format(table=table, report=report, out=Path(name) / "out") for argument in arguments]
            builds = [ROOT] if before is None else [ROOT, before]
            times: dict[Path, list[tuple[float, float, int]]] = {build: [] for build in builds}
            for repeat in range(repeats + 1):
                for build in builds:
                    found = run(call, build)
                    times[build] += [found] if repeat else []
            cells = [f"{wall:.2f} | {spent:.2f} | {n}" for wall, spent, n in map(medians, times.values())]
            if before is not None:
                cells.append(f"{medians(times[ROOT])[1] / medians(times[before])[1]:.2f}")
            print(f"| {what} | {' | '.join(cells)} |", flush=True)


def medians(calls: list[tuple[float, float, int]]) -> tuple[float, float, int]:
    wall, processor, modules = zip(*calls, strict=True)
    return statistics.median(wall), statistics.median(processor), max(modules)


def installed() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
        subprocess.run(pip, check=True)
        wheel = next(folder.glob("claimgauge-*.whl"))
        print(f"\nwheel: {wheel.stat().st_size / 1e6:.2f} MB")
        venv.create(folder / "env", with_pip=True)
        before = weight(folder / "env")
        began = time.perf_counter()
        subprocess.run([folder / "env" / "bin" / "pip", "install", "-q", "--no-cache-dir", wheel], check=True)
        seconds = time.perf_counter() - began
        grown = (weight(folder / "env") - before) / 1e6
        print(f"pip install of the core in a fresh environment: {grown:.0f} MB on disk, {seconds:.0f} s")
        packages = folder / "env" / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
        sizes = sorted(((weight(path), path.name) for path in packages.iterdir() if path.is_dir()), reverse=True)
        print("heaviest: " + ", ".join(f"{name} {size / 1e6:.0f} MB" for size, name in sizes[:6]))


def weight(folder: Path) -> int:
    """Bytes of the files below a folder, compiled ones left out."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink() and p.suffix != ".pyc")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--before", type=Path, help="checkout of an earlier build, measured beside this one")
    given = parser.parse_args()
    commands(given.repeats, given.before)
    if given.install:
        installed()


if __name__ == "__main__":
    main()
