"""Judges sentences about the names of a user's own tables with `verify --results`, in reports that cite nothing.

```
python benchmarks/claims/brought.py [--show]
```

Truths that are "none" must not be decided: the table leaves them open, two readings differ, or they are about
something that it does not hold.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from brought_scores import FOLDER
from door import ask_report, print_judged

BROUGHT = Path(__file__).with_name("brought.jsonl")


def main() -> None:
    """Print how many sentences are decided, and how many of them rightly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print every sentence with its verdict")
    given = parser.parse_args()
    asked = [json.loads(line) for line in BROUGHT.read_text(encoding="utf-8").splitlines()]
    judged = []
    for table in dict.fromkeys(one["table"] for one in asked):
        ours = [one for one in asked if one["table"] == table]
        verdicts = ask_report([one["claim"] for one in ours], [FOLDER / f"{table}.csv"])
        judged += list(zip(ours, verdicts, strict=True))
    print_judged(judged, every=given.show)


if __name__ == "__main__":
    main()
