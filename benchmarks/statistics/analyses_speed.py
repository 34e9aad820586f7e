"""Time of the analyses and their models, side by side with an earlier build, all in one run.

Every case runs in a process of its own, by turns with this checkout and with the other one, and
gives processor seconds of one thread; what loads code and tables is counted for the commands only.

    git worktree add ../old 67b6dfd
    python benchmarks/statistics/analyses_speed.py --old ../old
    python benchmarks/statistics/analyses_speed.py --old ../old --times 5 --only command
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parents[2]
MEASURED = HERE / "analysis" / "data" / "measured"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

TIMED = """
import json, sys, time
import numpy as np
from analysis.published.measured import measured_scores
from analysis.stats.bootstrap import bootstrap
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.resampling import ResamplingDesign
rng = np.random.default_rng(1)

def crossed(levels, rows, slopes=False):
    labels = [rng.integers(0, k, rows) for k in levels]
    x = rng.normal(size=rows)
    y = 70 + 0.3 * x + sum(rng.normal(size=k)[c] for k, c in zip(levels, labels)) + rng.normal(size=rows)
    factors = [RandomFactor(str(i), c, slopes=x if slopes and not i else None) for i, c in enumerate(labels)]
    return lambda: fit_mixed(mixed_design(np.column_stack([np.ones(rows), x]), factors), y).log_likelihood

def asked(name, plan):
    from importlib import import_module
    module, table = import_module(f"analysis.questions.{name}"), measured_scores(plan)
    return lambda: module.report(module.fit(table, module.DESIGN())).says

def replicates(scheme):
    scores = rng.normal(70, 5, (10, 9, 40, 5))
    return lambda: float(bootstrap(scores, "mean", rng=rng, scheme=scheme, size=10_000).replicates.std())

work = eval(sys.argv[1])
start = time.process_time()
found = work()
seconds = time.process_time() - start
print(json.dumps({"seconds": seconds, "found": found if isinstance(found, str) else round(found, 4)}))
"""

ASSOCIATION = "# A report\n\n## Extracted Claims\n\n| Claim | Verified |\n|---|---|\n| {claim} | ✓ |\n"
CLAIM = "Gains shrink with linguistic distance."
NAMES = ("anli+", "mnli", "qqp", "squad1", "squad2", "hellaswag", "ccg", "cosmosqa", "csqa")


@dataclass(frozen=True, slots=True)
class Case:
    """The timed cases.

    Attributes:
        group: for `--only`. name: in the table.
        work: an expression of `TIMED`, or the arguments of a command; empty: verify one claim.
    """

    group: str
    name: str
    work: str | tuple[str, ...]


CASES = (
    Case("model", "1,040 × 650 crossed levels, 20,000 rows", "crossed((1040, 650), 20_000)"),
    Case("model", "65 × 104 × 20 crossed levels, slopes, 6,760 rows", "crossed((65, 104, 20), 6760, slopes=True)"),
    Case("model", "20,000 levels beside 30, 60,000 rows", "crossed((20_000, 30), 60_000)"),
    Case("question", "sources, the measured table", "asked('sources', 'sources')"),
    Case("question", "distance, the measured table", "asked('distance', 'main')"),
    Case("mean", "mean over runs, 10,000 replicates", "replicates(Scheme('run'))"),
    Case("mean", "mean over runs and languages, 10,000 replicates", "replicates(Scheme('run', tuple(range(40))))"),
    Case("command", "claimgauge analyze sources", ("analyze", "sources", str(MEASURED / "sources.parquet"))),
    Case("command", "claimgauge analyze distance", ("analyze", "distance", str(MEASURED / "main.parquet"))),
    Case("command", f"claimgauge verify, one claim: {CLAIM}", ()),
)


def in_words(checkout: Path, work: str) -> tuple[float, str]:
    """Processor seconds of an expression, and what it gave; seconds are NaN where it cannot be done."""
    run = subprocess.run(
        [sys.executable, "-P", "-c", TIMED, work],
        env=environment(checkout),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        return float("nan"), run.stderr.strip().splitlines()[-1].partition(": ")[2]
    found = json.loads(run.stdout)
    return float(found["seconds"]), str(found["found"])


def as_command(checkout: Path, arguments: tuple[str, ...]) -> tuple[float, str]:
    """Processor seconds of a whole command."""
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-P", "-m", "claimgauge", *arguments],
        environment(checkout),
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    return usage.ru_utime + usage.ru_stime, f"status {os.waitstatus_to_exitcode(status)}"


def environment(checkout: Path) -> dict[str, str]:
    return {**os.environ, **ONE_THREAD, "PYTHONPATH": str(checkout.resolve())}


def claim_over_results(folder: Path) -> tuple[str, ...]:
    """Arguments that verify one claim over the measured scores under other names: to time, not to learn from."""
    import pandas as pd

    table = pd.read_parquet(MEASURED / "main.parquet")
    runs = [name for name in table["intermediate"].astype(str).unique() if name != "none"]
    named = {"none": "none", **dict(zip(runs, NAMES, strict=False))}
    kept = table[table["intermediate"].astype(str).isin(named)]
    kept = kept.assign(
        intermediate=kept["intermediate"].astype(str).map(named),
        model="xlm-r-large",
        intermediate_examples=float("nan"),
    )
    kept.to_parquet(folder / "results.parquet")
    (folder / "report.md").write_text(ASSOCIATION.format(claim=CLAIM), encoding="utf-8")
    return ("verify", str(folder / "report.md"), "--results", str(folder / "results.parquet"), "--out", str(folder))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--old", type=Path, metavar="DIR", help="another checkout to compare with")
    parser.add_argument("--times", type=int, default=3, help="runs of each case; medians are printed")
    parser.add_argument("--only", choices=sorted({case.group for case in CASES}), help="one group of cases")
    given = parser.parse_args()
    checkouts = [HERE, *([given.old] if given.old else [])]
    print(f"load {os.getloadavg()[0]:.1f}\n\n| case | this, s | old, s | ratio | found |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        arguments = claim_over_results(Path(name))
        for case in CASES:
            if given.only not in {None, case.group}:
                continue
            seconds: dict[Path, list[float]] = {checkout: [] for checkout in checkouts}
            found: dict[Path, str] = {}
            for _ in range(given.times):
                for checkout in checkouts:
                    if isinstance(case.work, str):
                        spent, found[checkout] = in_words(checkout, case.work)
                    else:
                        spent, found[checkout] = as_command(checkout, case.work or arguments)
                    seconds[checkout].append(spent)
            ours, *other = (median(seconds[checkout]) for checkout in checkouts)
            old = f"{other[0]:.2f} | {other[0] / ours:.1f}" if other else "– | –"
            said = "; ".join(dict.fromkeys(found.values()))
            print(f"| {case.name} | {ours:.2f} | {old} | {said} |", flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
