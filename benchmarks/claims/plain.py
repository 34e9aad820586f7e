"""Judges plain sentences about the study's own table with `verify --results`.

```
python benchmarks/claims/plain.py [--show]
```
"""

from __future__ import annotations

import argparse
import json
import shlex
from pathlib import Path

from door import PROGRAM, ask_report, print_judged
from plain_scores import RESULTS

PLAIN = Path(__file__).with_name("plain.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=RESULTS, help="the study's table in our layout")
    parser.add_argument("--show", action="store_true", help="print every sentence with its verdict")
    parser.add_argument("--program", default=shlex.join(PROGRAM), help="the command that is claimgauge")
    given = parser.parse_args()
    plains = [json.loads(line) for line in PLAIN.read_text(encoding="utf-8").splitlines()]
    claims, program = [plain["claim"] for plain in plains], shlex.split(given.program)
    verdicts = ask_report(claims, [given.results], program, cites="arXiv:2005.13013v1")
    print_judged(list(zip(plains, verdicts, strict=True)), every=given.show)


if __name__ == "__main__":
    main()
