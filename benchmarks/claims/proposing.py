"""Wrong rewordings that the gate lets pass: `python benchmarks/claims/proposing.py SET.jsonl`.

SET holds JSON lines {claim, table: {caption, columns, rows}}. No model is asked. Claims that the built-in reader
reads are spoiled at random: words are dropped, exchanged, moved, put in from others, names of the table put in
for one another. Of what is still read, the gate should let pass only what has the verdict of the claim.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import InputError
from analysis.tables import Table, table_of_grid
from claims.checking.over_tables import over_table
from claims.domains.table.reading import TableReader
from claims.proposing.gate import objections

SPOILT = 40
"""Spoilt sentences made of each claim."""
SLIPPED = (
    "not", "no", "better", "worse", "higher", "lower", "than", "by", "and", "the", "a", "on", "in", "of", "all", "most",
    "best", "highest", "lowest", "slightly", "second", "also", "model", "other", "both", "does not", "outperforms", ",",
)  # fmt: skip
"""Words that are put in."""


def spoilt(words: list[str], names: list[str], draw: random.Random) -> list[str]:
    """A sentence with one thing wrong."""
    made = list(words)
    one, other = draw.randrange(len(made)), draw.randrange(len(made))
    match draw.randrange(6):
        case 0:
            del made[one]
        case 1:
            made[one], made[other] = made[other], made[one]
        case 2:
            made.insert(other, made.pop(one))
        case 3:
            made.insert(one, draw.choice(SLIPPED))
        case 4:
            made[one] = draw.choice(SLIPPED)
        case _:
            made[one] = draw.choice(names)
    return made


def variants(claim: str, names: list[str], draw: random.Random) -> Iterator[str]:
    """Spoilt sentences of a claim, with one to three things wrong."""
    for _ in range(SPOILT):
        words = claim.rstrip(".").split()
        for _ in range(draw.randint(1, 3)):
            if len(words) > 2:
                words = spoilt(words, names, draw)
        yield " ".join(words) + "."


def counted(claim: str, table: Table, draw: random.Random, *, shown: bool) -> Counter[str]:
    """Counts of the spoilt sentences of one claim by outcome."""
    reader, counts = TableReader(table), Counter[str]()
    own = over_table(claim, reader)
    if not own.truths:
        return counts
    counts["claims read"] += 1
    names = [line.own for line in (*table.rows, *table.columns) if line.own]
    for text in variants(claim, names, draw):
        counts["spoilt"] += 1
        over = over_table(text, reader)
        if not over.truths or text.split() == claim.split():
            continue
        counts["spoilt, read"] += 1
        if objections(claim, [text], reader):
            continue
        counts["spoilt, read, passed"] += 1
        if over.verdict.verdict != own.verdict.verdict:
            counts["spoilt, read, passed, other verdict"] += 1
            if shown:
                print(f"{claim}\n  {own.verdict.verdict}\n{text}\n  {over.verdict.verdict}\n")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--claims", type=int, help="take the first claims only")
    parser.add_argument("--show", action="store_true", help="print what passed with another verdict")
    args = parser.parse_args()
    draw, counts = random.Random(args.seed), Counter[str]()
    for line in args.file.read_text(encoding="utf-8").splitlines()[: args.claims]:
        entry = json.loads(line)
        shown = entry["table"]
        try:
            tables = table_of_grid(shown["columns"], shown["rows"], caption=shown.get("caption", ""))
        except InputError:
            continue
        if tables:
            counts += counted(entry["claim"], tables[0], draw, shown=args.show)
    for name, count in counts.items():
        print(f"{name}: {count:,}")


if __name__ == "__main__":
    main()
