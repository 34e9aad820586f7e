"""Verdicts on the rewordings of unread sentences, against the labels of the sentences.

```
python benchmarks/claims/rewordings.py ../shared/claims/mmsci_dev.jsonl ../shared/claims/scitab_dev.json
```

A rewording says a part of its sentence. The part of a supported sentence holds, so that of its nearest rewording the
verdict should be "supported"; the part of a refuted one may hold or not. Both halves of each set (see `labelled.py`);
counts only are printed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from labelled import SAYS, Labelled, read_set

from analysis.errors import ClaimgaugeError
from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

WORDS = ("supported", "mixed", "refuted", "inconclusive")


def judged(claims: list[Labelled]) -> Iterator[tuple[str, str]]:
    """(label, verdict on the nearest rewording) of the sentences that have one."""
    for one in claims:
        columns, rows, caption = (one.table.get(name, "") for name in ("columns", "rows", "caption"))
        try:
            tables = table_of_grid([str(c) for c in columns], [[str(c) for c in r] for r in rows], caption=str(caption))
        except ClaimgaugeError:
            continue
        judge = TableJudge(tables)
        rewording = judge.verdict(one.claim.lstrip("(")).rewording
        if rewording:
            yield one.label, judge.verdict(rewording, hint=False).verdict


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    given = parser.parse_args()
    print(f"| set | half | sentence | reworded | {' | '.join(WORDS)} |")
    print("|---" * (len(WORDS) + 4) + "|")
    for path in given.sets:
        claims = read_set(path)
        for half in ("seen", "scored"):
            counts = Counter(judged([claim for claim in claims if claim.half == half]))
            for label in SAYS.values():
                found = [counts[label, word] for word in WORDS]
                print(f"| {path.stem} | {half} | {label} | {sum(found)} | {' | '.join(map(str, found))} |")


if __name__ == "__main__":
    main()
