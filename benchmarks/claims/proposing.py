"""What keeps a reader's proposals from counting: `python benchmarks/claims/proposing.py DIR`.

DIR holds scitab_dev.json. No model is asked. Three proposers stand in for one: chance (assertions
drawn from the grammar of each table), our own reader (its decided readings, put to the same check as
a model's), and our own reader turned around (the same readings with better and worse exchanged).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from analysis.errors import InputError
from claims.tables.agreement import disagreements
from claims.tables.assertion import SWAPPED, Compare, Formula
from claims.tables.check import check_table
from claims.tables.files import grid_of_json
from claims.tables.layout import laid_out
from claims.tables.linking import linked
from claims.tables.notation import parse_notation
from claims.tables.table import Table
from claims.tables.vocabulary import NOTHING_READ, vocabulary_of

DRAWS = 30
"""Assertions drawn per claim."""
SAID = {"true": "supports", "false": "refutes"}


def drawn(table: Table, draw: random.Random) -> Iterator[str]:
    vocabulary = vocabulary_of(table)

    def sample(symbol: str) -> str:
        alternatives = vocabulary.grammar.get(symbol)
        return symbol if alternatives is None else "".join(map(sample, draw.choice(alternatives)))

    yield from (text for text in (sample(vocabulary.start) for _ in range(DRAWS)) if text != NOTHING_READ)


def by_chance(claim: str, table: Table, draw: random.Random) -> Iterator[str]:
    """How far each drawn assertion comes."""
    for text in drawn(table, draw):
        yield "drawn"
        parsed = parse_notation(text)
        try:
            formula = linked(parsed, table)
        except InputError:
            continue
        yield "linked"
        if not disagreements(formula, claim, table):
            yield "counts"


def turned(formula: Formula) -> Formula | None:
    """A comparison turned around; None for other forms and where turning changes nothing."""
    if not isinstance(formula, Compare) or formula.relation == "same":
        return None
    return replace(formula, relation=SWAPPED[formula.relation])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    entries = json.loads((args.folder / "scitab_dev.json").read_text(encoding="utf-8"))
    draw, chance, own, around = random.Random(args.seed), Counter(), Counter(), Counter()
    for entry in entries:
        claim, table = entry["claim"], laid_out(grid_of_json(entry))
        chance.update(by_chance(claim, table, draw))
        checked = check_table(claim, table)
        formula = checked.reading.formula
        if formula is None or checked.truth not in SAID:
            continue
        right = "right" if SAID[checked.truth] == entry["label"] else "wrong"
        own[right, not disagreements(formula, claim, table)] += 1
        if (other := turned(formula)) is not None and right == "right":
            around[not disagreements(other, claim, table)] += 1
    print(
        f"drawn from the grammars: {chance['drawn']}; of the right type: {chance['linked']}; count: {chance['counts']}"
    )
    for right in ("right", "wrong"):
        print(f"our own {right} readings: {own[right, True] + own[right, False]}; would count: {own[right, True]}")
    print(f"our right comparisons turned around: {around.total()}; would count: {around[True]}")


if __name__ == "__main__":
    main()
