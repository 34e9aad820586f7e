"""Scores the reader on labelled sets of claims, the half that is looked at and the half that is only scored.

```
python benchmarks/claims/labelled.py ../shared/claims/mmsci_dev.jsonl ../shared/claims/scitab_dev.json
python benchmarks/claims/labelled.py --record ../shared/claims/mmsci_dev.jsonl     adds a row a half to history.csv
```

Tables fall into halves by a hash, so that all claims of a table stay together. The door is `claimgauge check --batch`
only. Sentences of the half "scored" are never printed.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from door import Question, ask

HISTORY = Path(__file__).with_name("history.csv")
COLUMNS = ("commit", "set", "half", "claims", "decidable", "given", "right")
SAYS = {"supported": "supports", "refuted": "refutes"}
MARKUP = re.compile(r"\[(?:BOLD|ITALIC|EMPTY)\]\s*")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with its label, "supports", "refutes" or "not enough info", and its table."""

    claim: str
    label: str
    table: dict[str, Any]

    @property
    def key(self) -> str:
        """Tells the table from others."""
        return hashlib.sha256(json.dumps(self.table, sort_keys=True).encode()).hexdigest()

    @property
    def half(self) -> str:
        """The half its table falls into: "seen" or "scored"."""
        return "scored" if int(self.key, 16) % 2 else "seen"


def read_set(path: Path) -> list[Labelled]:
    """A set as JSON lines {claim, label, table}, or SciTab's list."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        records = [json.loads(line) for line in text.splitlines() if line.strip()]
        return [Labelled(r["claim"], r["label"], r["table"]) for r in records]
    return [Labelled(r["claim"], r["label"], _scitab_table(r)) for r in json.loads(text)]


def _scitab_table(record: dict[str, Any]) -> dict[str, Any]:
    columns, rows = (_literal(record[name]) for name in ("table_column_names", "table_content_values"))
    return {
        "caption": MARKUP.sub("", record["table_caption"]),
        "columns": [MARKUP.sub("", str(c)) for c in columns],
        "rows": [[MARKUP.sub("", str(c)) for c in row] for row in rows],
    }


def _literal(value: Any) -> Any:
    return ast.literal_eval(value) if isinstance(value, str) else value


def judged(claims: Sequence[Labelled]) -> list[tuple[str, str, str]]:
    """(table, label, what the verdict says: "supports", "refutes" or "") of each claim."""
    verdicts = ask([Question(str(i), c.claim, c.table) for i, c in enumerate(claims)])
    return [(c.key, c.label, SAYS.get(verdicts[str(i)], "")) for i, c in enumerate(claims)]


def rates(rows: Sequence[tuple[str, str, str]]) -> tuple[float, float]:
    """Coverage of decidable claims, and the share of given verdicts that are right."""
    decidable = [r for r in rows if r[1] in SAYS.values()]
    given = [r for r in rows if r[2]]
    return (
        sum(bool(r[2]) for r in decidable) / max(len(decidable), 1),
        sum(r[1] == r[2] for r in given) / max(len(given), 1),
    )


def intervals(rows: Sequence[tuple[str, str, str]], rng: np.random.Generator, size: int = 1000) -> np.ndarray:
    """Bootstrap over tables: 95 % intervals of both rates, shape (2, 2)."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        groups.setdefault(row[0], []).append(row)
    every = list(groups.values())
    draws = [rates([row for k in rng.integers(len(every), size=len(every)) for row in every[k]]) for _ in range(size)]
    return np.quantile(np.array(draws), [0.025, 0.975], axis=0).T


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--record", action="store_true", help="append to history.csv")
    given = parser.parse_args()
    print("| set | half | claims | coverage | right of the given |")
    print("|---|---|---|---|---|")
    for path in given.sets:
        claims = read_set(path)
        rows = judged(claims)
        for half in ("seen", "scored"):
            part = [r for r, c in zip(rows, claims, strict=True) if c.half == half]
            coverage, right = rates(part)
            (cl, ch), (rl, rh) = intervals(part, np.random.default_rng(0))
            n = sum(bool(r[2]) for r in part)
            agreed = f"{right:.1%} [{rl:.1%}, {rh:.1%}] of {n}" if n else "–"
            print(f"| {path.stem} | {half} | {len(part)} | {coverage:.1%} [{cl:.1%}, {ch:.1%}] | {agreed} |")
            if given.record:
                record(path.stem, half, part)


def record(name: str, half: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Adds a row to history.csv."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    new = not HISTORY.exists()
    with HISTORY.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(COLUMNS)
        decidable = sum(r[1] in SAYS.values() for r in rows)
        right = sum(bool(r[2]) and r[1] == r[2] for r in rows)
        writer.writerow([commit.stdout.strip(), name, half, len(rows), decidable, sum(bool(r[2]) for r in rows), right])


if __name__ == "__main__":
    main()
