"""Scores the reader on claims in the wording of papers over invented tables, alone and in minimal pairs.

```
python benchmarks/claims/prose.py              the wrong verdicts of the half that is looked at are named
python benchmarks/claims/prose.py --record     adds a row a half to history.csv
```

The set is written by prose_source.py. A pair is a supported claim and a minimal change of it that the table refutes;
it is right where both are judged as labelled, and covered where both get a verdict. Halves, rates and the door are
those of labelled.py: sentences of the half "scored" are never printed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from labelled import Labelled, intervals, judged, rates, read_set, record
from prose_source import WRITTEN

Judged = tuple[str, str, str]


def pairs(names: Sequence[str], rows: Sequence[Judged]) -> tuple[int, int, int]:
    """Numbers of minimal pairs, of those with two verdicts, and of those with both right."""
    members: dict[str, list[Judged]] = defaultdict(list)
    for name, row in zip(names, rows, strict=True):
        members[name].append(row)
    made = [(kept[0], changed) for name, kept in members.items() if name for changed in kept[1:]]
    covered = [pair for pair in made if all(row[2] for row in pair)]
    return len(made), len(covered), sum(all(row[1] == row[2] for row in pair) for pair in covered)


def wrong(claims: Sequence[Labelled], rows: Sequence[Judged]) -> list[str]:
    """Verdicts that contradict the label, each with its sentence."""
    return [
        f"{row[2]}, labelled {row[1]}: {claim.claim}"
        for claim, row in zip(claims, rows, strict=True)
        if row[2] and row[2] != row[1]
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="append to history.csv")
    given = parser.parse_args()
    claims = read_set(WRITTEN)
    names = [json.loads(line)["pair"] for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    rows = judged(claims)
    print(
        "| half | tables | claims | coverage | right of the given | given, cannot be decided | pairs, covered, right |"
    )
    print("|---|---|---|---|---|---|---|")
    for half in ("seen", "scored"):
        kept = [i for i, claim in enumerate(claims) if claim.half == half]
        part = [rows[i] for i in kept]
        coverage, right = rates(part)
        (cl, ch), (rl, rh) = intervals(part, np.random.default_rng(0))
        said = Counter(label for _, label, verdict in part if verdict)
        print(
            f"| {half} | {len({row[0] for row in part})} | {len(part)} | {coverage:.1%} [{cl:.1%}, {ch:.1%}] "
            f"| {right:.1%} [{rl:.1%}, {rh:.1%}] of {said.total()} | {said['not enough info']} "
            f"| {', '.join(map(str, pairs([names[i] for i in kept], part)))} |"
        )
        if given.record:
            record(WRITTEN.stem, half, part)
    kept = [i for i, claim in enumerate(claims) if claim.half == "seen"]
    print(*wrong([claims[i] for i in kept], [rows[i] for i in kept]), sep="\n")


if __name__ == "__main__":
    main()
