"""Time of one claim over a large table, side by side with an earlier release.

Tables are drawn from a seed and written as CSV. Each case runs in a process of its own, by turns with the release (a
clone of it given by --old) and with this checkout. A process imports everything, decides a claim over a tiny table so
that lexicons are read, and then times one load and one decision, in processor seconds.

    python benchmarks/claims/tables_speed.py --old ../old
    python benchmarks/claims/tables_speed.py --old ../old --times 5
    python benchmarks/claims/tables_speed.py --case prose
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parents[2]
Rows = list[list[str]]

WARM = "claim,accuracy\nA,71.2\nB,70.1\n"
OLD = """
from claims.tables.files import load_tables
from claims.tables.opening import open_claim
load = load_tables
decide = lambda claim, tables: open_claim(claim, tables, None).verdict.verdict
"""
NEW = """
from analysis.tables import read_tables
from claims.checking.over_tables import TableJudge
load = read_tables
decide = lambda claim, tables: TableJudge(tables).verdict(claim, hint=False).verdict
"""
TIMED = """
import json, sys, time
from pathlib import Path
warm, path, claim = sys.argv[1:]
decide("A outperforms B.", load(Path(warm)))
start = time.process_time()
tables = load(Path(path))
loaded = time.process_time()
verdict = decide(claim, tables)
ended = time.process_time()
print(json.dumps({"load": loaded - start, "decide": ended - loaded, "verdict": verdict}))
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A table and a claim over it.

    Attributes:
        name: of the case. make: the table's rows, header first. claim: a sentence.
        asked: the ratio to the release that is asked.
    """

    name: str
    make: Callable[[random.Random], Rows]
    claim: str
    asked: int


def wide(rng: random.Random) -> Rows:
    """10,000 systems named by a number, 20 columns of accuracy."""
    head = ["System", *(f"Task {j} accuracy" for j in range(1, 21))]
    return [head, *([f"System {i}", *_scores(rng, 20)] for i in range(1, 10_001))]


def worded(rng: random.Random) -> Rows:
    """10,000 systems whose names have several words, 20 columns of accuracy."""
    sizes, ways = ("small", "base", "large", "huge"), ("frozen", "tuned", "distilled", "pruned", "quantised")
    head = ["System", *(f"Task {j} accuracy" for j in range(1, 21))]
    names = (
        f"Birch {i} {rng.choice(sizes)} {rng.choice(ways)} with {rng.choice(ways)} encoder" for i in range(1, 10_001)
    )
    return [head, *([name, *_scores(rng, 20)] for name in names)]


def prose(rng: random.Random) -> Rows:
    """Ten systems, each with 240 words of prose beside its name, and one column of scores."""
    head = ["System", "Description", "Task 3 accuracy"]
    return [head, *([f"System {i}", _prose(rng), *_scores(rng, 1)] for i in range(1, 11))]


def all_prose(rng: random.Random) -> Rows:
    """Ten rows whose names and cells all have 240 words of prose."""
    head = ["System", "Task 3 accuracy", "Task 4 accuracy", "Notes"]
    return [head, *([_prose(rng), *_scores(rng, 2), _prose(rng)] for _ in range(10))]


def tiny(rng: random.Random) -> Rows:
    """Three systems and two columns."""
    return [["System", "Task 3", "Task 4"], *([f"System {i}", *_scores(rng, 2)] for i in range(1, 4))]


def _prose(rng: random.Random) -> str:
    words = ("model", "training", "the", "of", "corpus", "with", "larger", "language", "scores", "and", "results", "we")
    return " ".join(rng.choice(words) for _ in range(240))


def _scores(rng: random.Random, count: int) -> list[str]:
    return [f"{rng.uniform(40, 95):.1f}" for _ in range(count)]


COMPARISON = "System 17 has a higher Task 3 accuracy than System 23."
CASES = (
    Case("10,000 × 20, one comparison", wide, COMPARISON, 20),
    Case("10,000 × 20, all systems on all tasks", wide, "System 12 outperforms all other systems on all tasks.", 50),
    Case("10,000 × 20, names of several words", worded, COMPARISON.replace("System", "Birch"), 20),
    Case("10 rows, 240 words of prose beside each name", prose, COMPARISON.replace("17", "7").replace("23", "3"), 50),
    Case("10 rows, 240 words of prose in every cell", all_prose, COMPARISON, 50),
    Case("a sentence of 10,000 words", tiny, "System 1 " + "outperforms " * 9_998, 1),
    Case("a sentence of 10,000 numbers", tiny, "System 1 has " + "71.2 " * 9_997, 1),
)


def once(root: Path, code: str, files: tuple[Path, Path], claim: str) -> dict[str, float | str]:
    """Processor seconds to load and to decide, and the verdict, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-P", "-c", code + TIMED, *map(str, files), claim]
    ran = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"{root}: {ran.stderr.strip().splitlines()[-1]}")
    found: dict[str, float | str] = json.loads(ran.stdout)
    return found


def measured(case: Case, folder: Path, old: Path | None, times: int) -> Iterator[str]:
    """The line of a case: medians of seconds by turns, and their ratio."""
    table, warm = folder / "table.csv", folder / "warm.csv"
    warm.write_text(WARM, encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(case.make(random.Random(20)))
    sides = [(HERE, NEW), *([(old, OLD)] if old else [])]
    runs: list[list[dict[str, float | str]]] = [[] for _ in sides]
    for _ in range(times):
        for side, (root, code) in enumerate(sides):
            runs[side].append(once(root, code, (warm, table), case.claim))
    seconds = [[float(r["load"]) + float(r["decide"]) for r in side] for side in runs]
    ours = f"{median(seconds[0]):.3f} ({median(float(r['load']) for r in runs[0]):.3f} to load)"
    theirs = f"{median(seconds[1]):.2f}" if old else "–"
    ratio = f"{median(seconds[1]) / median(seconds[0]):.0f}" if old else "–"
    verdicts = ", ".join(str(side[0]["verdict"]) for side in runs)
    yield f"| {case.name} | {ours} | {theirs} | {ratio} | {case.asked} | {verdicts} |"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--old", type=Path, help="clone of the release to compare with")
    parser.add_argument("--times", type=int, default=3, help="runs of each side; the median counts")
    parser.add_argument("--case", default="", help="only cases whose name holds this")
    asked = parser.parse_args()
    print("| case | ours, s | release, s | ratio | asked | verdicts |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            if asked.case in case.name:
                for line in measured(case, Path(folder), asked.old and asked.old.resolve(), asked.times):
                    print(line, flush=True)


if __name__ == "__main__":
    main()
