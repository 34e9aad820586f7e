"""Outcomes for others' sentences: a verdict, named cells that are missing, or sentences that would be read.

```
python benchmarks/claims/next_step.py ../shared/reports
python benchmarks/claims/next_step.py ../shared/reports ../shared/claims/mmsci_dev.jsonl --claims 100
```

Folders hold reports; of a labelled set (see `labelled.py`) the half that may be looked at is taken, over its tables, or
with `--half scored` the other. Counts only are printed.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from labelled import read_set

from analysis.errors import ClaimgaugeError
from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge
from claims.checking.registry_suggestions import NAMELESS
from claims.domains.table.names_offered import NONE
from claims.setup import ReportChecker, Setup
from claims.verdict import Verdict

KINDS = (
    "decided",
    "read, not decided",
    "waits for named cells",
    "a rewording",
    "choices",
    "true sentences on its names",
    "none of its names, examples",
    "examples",
    "nothing",
)
SILENT = KINDS[3:]
STEPS = KINDS[:7]
"""Kinds that lead on: of a sentence that names nothing of the evidence its words are shown, and examples are."""

SHOWN = re.compile("“[^”]+”")
"""Words of the sentence in a reason."""
IN_THE_WAY = "of the silent, word in the way shown"


def kind(verdict: Verdict) -> str:
    if verdict.verdict in ("supported", "refuted", "mixed"):
        return "decided"
    if verdict.settle is not None:
        return "waits for named cells"
    if verdict.assertion is not None:
        return "read, not decided"
    unnamed = verdict.examples if NONE in verdict.reason or NAMELESS in verdict.reason else ()
    offered = (verdict.rewording, verdict.rewordings, verdict.suggestions, unnamed, verdict.examples, "nothing")
    return next(name for name, there in zip(SILENT, offered, strict=True) if there)


def shows_word(verdict: Verdict) -> bool:
    """True if a silent verdict shows which words stand in the way: in its reason, or as left out or replaced."""
    changed = any(one.left_out or one.replaced for one in verdict.rewordings)
    return kind(verdict) in SILENT and (changed or bool(SHOWN.search(verdict.reason)))


def of_reports(folder: Path) -> Iterator[tuple[str, Verdict]]:
    checker = ReportChecker(Setup(seconds=60))
    for path in sorted(folder.rglob("*.txt")):
        for claim in checker.checked(path).claims:
            yield path.parent.name, claim.verdict


def of_set(path: Path, claims: int, half: str) -> Iterator[tuple[str, Verdict | None]]:
    for one in [c for c in read_set(path) if c.half == half][:claims]:
        columns, rows, caption = (one.table.get(name, "") for name in ("columns", "rows", "caption"))
        try:
            tables = table_of_grid([str(c) for c in columns], [[str(c) for c in r] for r in rows], caption=str(caption))
            yield path.stem, TableJudge(tables).verdict(one.claim.lstrip("("))
        except ClaimgaugeError:
            yield path.stem, None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="+", type=Path)
    parser.add_argument("--claims", type=int, default=100, help="of each set")
    parser.add_argument("--half", choices=("seen", "scored"), default="seen", help="of each set")
    given = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    for place in given.places:
        for name, found in of_reports(place) if place.is_dir() else of_set(place, given.claims, given.half):
            counted = counts.setdefault(name, Counter())
            counted[kind(found) if found else "nothing"] += 1
            counted[IN_THE_WAY] += found is not None and shows_word(found)
    columns = (*KINDS, IN_THE_WAY)
    print(f"| | claims | with a next step | {' | '.join(columns)} |")
    print("|---" * (len(columns) + 3) + "|")
    for name, counted in counts.items():
        total = sum(counted[one] for one in KINDS)
        steps = sum(counted[one] for one in STEPS)
        print(f"| {name} | {total} | {steps} | {' | '.join(str(counted[one]) for one in columns)} |")


if __name__ == "__main__":
    main()
