"""Scores that stand beside a statement: "HellaSwag (78.0) edges out MNLI (77.7)", "best on XNLI, at 80.3"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.assertion import Compare, Formula
from claims.reading.builders.numbers import LEAST_LEVEL, number_of
from claims.reading.builders.terms import Parts, Statement, cells
from claims.reading.parsing import Item
from claims.reading.roles import Bag, limit_of
from claims.rewriting import conjunction

if TYPE_CHECKING:
    from claims.reading.builders.comparisons import Sides


def is_level(item: Item) -> bool:
    """Whether a number can only be a score: no unit, no word of difference before it, too high for a gain."""
    plain = item.rule == "quantity" and not item.of("UNIT") and limit_of(item) in {"", "at", "to"}
    return plain and number_of(item).value >= LEAST_LEVEL


def take_levels(bag: Bag, left: Sequence[Item], right: Sequence[Item], pivot: Item) -> list[Item]:
    """The two scores of a comparison, first side first; one per side, or both at the end."""
    found = [i for i in bag.items if is_level(i)]
    if len(found) != 2 or pivot.rule == "compared":
        return []
    each_side = any(i is found[0] for i in left) and any(i is found[1] for i in right)
    at_the_end = all(any(i is level for i in right) for level in found) and all(
        i.place < found[0].place for i in bag.items if i.rule in {"run", "multi", "model", "baseline"}
    )
    if not each_side and not at_the_end:
        return []
    between = [i for i in bag.items if i.rule in {"compared", "than"} and found[0].place < i.place < found[1].place]
    bag.use([*found, *between])
    return found


def take_baseline_level(bag: Bag) -> Item | None:
    """As in "the baseline of 65.0", "the 65.0 baseline"."""
    baseline = bag.first("baseline")
    found = [
        i
        for i in bag.items
        if baseline is not None and is_level(i) and limit_of(i) == "" and abs(i.place - baseline.place) == 1
    ]
    if len(found) != 1:
        return None
    bag.use(found)
    return found[0]


def with_levels(statement: Statement, sides: Sides, levels: Sequence[Item]) -> Statement | None:
    """A comparison together with the score of either side."""
    first = with_level(statement, sides.first, levels[0])
    return None if first is None else with_level(first, sides.second, levels[1])


def with_level(statement: Statement, parts: Parts, level: Item) -> Statement | None:
    """A statement together with the score of one cell."""
    formula = level_of_parts(parts, level)
    return None if formula is None else replace(statement, formula=conjunction([statement.formula, formula]))


def level_of_parts(parts: Parts, level: Item) -> Formula | None:
    """The score stated of a single cell (or of a mean over targets); None where there are several."""
    roles = (parts.runs, parts.targets, parts.languages, parts.models)
    if any(those is not None and (those.quantifier is not None or len(those.members) > 1) for those in roles):
        return None
    (cell,) = cells(replace(parts, measure="score"))
    return Compare("=", cell.term, number_of(level))
