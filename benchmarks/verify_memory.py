"""Memory of `verify` over many reports: resident memory, and the types of objects whose number grew.

python benchmarks/verify_memory.py        # 2,000 generated reports of ten claims each
python benchmarks/verify_memory.py 5000
"""

from __future__ import annotations

import argparse
import gc
import random
import tempfile
from collections import Counter
from pathlib import Path

from verify_throughput import write_report

from claimgauge.tool import tool_of
from claims.setup import ReportChecker, Setup
from reports.bundle import FORMATS, Bundle
from reports.rendered import rendered

MARKS = (200, 500)
"""Reports after which memory is looked at, besides every `EVERY`."""
EVERY = 500


def resident() -> float:
    text = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmRSS"))


def kinds() -> Counter[str]:
    gc.collect()
    return Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="?", type=int, default=2000)
    count = parser.parse_args().reports
    rng, checker = random.Random(20260101), ReportChecker(Setup())
    before: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, Bundle(Path(name, "out"), tool=tool_of(checker, None)) as bundle:
        for i in range(1, count + 1):
            path = Path(name, f"r{i:05d}.md")
            write_report(path, rng)
            one = rendered(checker.checked(path), tuple(FORMATS))
            bundle.take(one)
            checker.verifier.across.add(one.slim.report, one.slim.claims, one.slim.findings)
            if i in MARKS or i % EVERY == 0:
                now = kinds()
                grown = ", ".join(f"{kind} {more:,}" for kind, more in (now - before).most_common(5)) if before else ""
                print(f"{i:6d} reports  {resident():5.0f} MiB  {grown}".rstrip(), flush=True)
                before = now
        bundle.finish(checker.verifier.across.findings())


if __name__ == "__main__":
    main()
