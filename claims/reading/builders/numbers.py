"""Stated numbers paired with the cells they are said of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from claims.assertion import (
    BASELINE_RUN,
    Compare,
    Difference,
    Fold,
    Formula,
    Number,
    Relation,
    Run,
    Scope,
    Score,
)  # fmt: skip
from claims.reading.builders.terms import Cell, Parts, Wrap, cells
from claims.reading.parsing import Item
from claims.reading.roles import limit_of
from claims.rewriting import conjunction

FLIPPED: dict[Relation, Relation] = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
"""Losing more than 2 points is gaining less than −2."""

LEAST_LEVEL = 30
"""A number without a unit below this may be a gain as well as a score, and is not read as a score."""

STATED = frozenset({"", "=", ">", "<", ">=", "<=", "about", "up to"})
SAID = {"to": "", "at": "", "by": ""}
"""What may stand before a number that states a change."""


def stated(parts: Parts, quantities: Sequence[Item], wrap: Wrap) -> Formula | None:
    """Each named member with its number, in the order of the sentence; None if they do not match up."""
    numbers = [number_of(item) for item in quantities]
    units = {n.unit for n, item in zip(numbers, quantities, strict=True) if item.of("UNIT")}
    if len(units) == 1:
        unit = units.pop()
        numbers = [replace(n, unit=unit) for n in numbers]
    statements = cells(parts)
    if len(numbers) == 1:
        numbers *= len(statements)
    limits = {SAID.get(limit_of(item), limit_of(item)) for item in quantities}
    if len(numbers) != len(statements) or len(limits) != 1 or not limits <= STATED or all_the_same(parts, limits):
        return None
    limit = limits.pop()
    formulas = [_equation(cell, n, parts.falling, limit) for cell, n in zip(statements, numbers, strict=True)]
    return conjunction([wrap(f) for f in formulas if f is not None]) if all(formulas) else None


def all_the_same(parts: Parts, limits: set[str]) -> bool:
    """Whether every one of many is said to gain the very same number, which only "each" would say."""
    many = [those for those in (parts.runs, parts.targets) if those is not None and those.quantifier is not None]
    literal = all(those.word.split()[0:1] in (["each"], ["every"], ["both"]) for those in many)
    return bool(many) and limits <= {"", "="} and not literal


def levels(parts: Parts, quantities: Sequence[Item], wrap: Wrap) -> Formula | None:
    """As in "raises XNLI from 79.0 to 80.0": the scores before and after."""
    statements = cells(replace(parts, measure="score"))
    before = [number_of(item) for item in quantities if limit_of(item) == "from"]
    after = [number_of(item) for item in quantities if limit_of(item) != "from"]
    terms = [cell.term for cell in statements if isinstance(cell.term, Score)]
    if len(terms) != len(statements) or len(after) != len(terms) or len(before) not in {0, len(terms)}:
        return None
    if any(number.value < LEAST_LEVEL for number in (*before, *after)):
        return None
    formulas: list[Formula] = [wrap(Compare("=", term, number)) for term, number in zip(terms, after, strict=True)]
    if before:
        plain = [replace(term, run=Run(BASELINE_RUN)) for term in terms]
        formulas += [wrap(Compare("=", term, number)) for term, number in zip(plain, before, strict=True)]
    return conjunction(formulas)


def number_of(item: Item) -> Number:
    """The stated number of a quantity, with its unit: points (no mark) or percent."""
    (terminal,) = item.of("NUMBER")
    unit = next((t.value for t in item.of("UNIT")), "")
    assert terminal.token.number is not None
    return replace(terminal.token.number, unit="%" if unit == "%" else "")


def _equation(cell: Cell, number: Number, falling: bool, limit: str) -> Formula | None:
    term = cell.term
    if number.unit == "%":
        if isinstance(term, Fold) or cell.run.task == "i":
            return None
        scope: Scope = getattr(term, "scope", Scope())
        baseline = Score(Run(BASELINE_RUN), cell.target, scope)
        term = Difference(Score(cell.run, cell.target, scope), baseline, "%")
    signed = replace(number, value=-number.value if falling else number.value, unit="")
    if limit == "up to":
        return Compare("=", replace(term, how="max"), signed) if isinstance(term, Fold) and not falling else None
    relation = cast("Relation", limit or "=")
    return Compare(FLIPPED.get(relation, relation) if falling else relation, term, signed)
