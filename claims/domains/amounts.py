"""Amounts of a sentence as numbers with their unit and written precision, whatever domain they belong to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, getcontext, localcontext
from typing import Any

from analysis.numbers import Number as Written
from analysis.numbers import Relation
from claims.assertion import Compare, Formula, Or, StatedNumber, Term
from claims.assertion import Relation as Related
from claims.language.chart import Edge, ParseNode

TIMES = "x"
"""The unit of a number of times."""
HALF_WIDTH = Decimal("0.5")
"""Rounding half-width of a multiple in words, such as "twice"."""
RELATIONS: dict[Relation, Related] = {"=": "=", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "~": "about"}
"""Relation of a number in the text → relation of an assertion."""
TURNED: dict[Relation, Relation] = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
"""The relation of one side to a number → that of the other side to its inverse."""


def written(amount: ParseNode, unsaid: str = "") -> tuple[Written, str]:
    """The number of an amount and its unit, which may stand in the number, beside it, or with the number it pairs."""
    number = next(part.value for _, part in amount.parts if isinstance(part, Edge) and part.symbol == "NUM")
    unit = amount.first("unit")
    return number, unit.value["unit"] if unit is not None else number.unit or unsaid


def as_bound(number: Written, term: Term, value: StatedNumber, *, oriented: bool = True) -> Formula:
    """The comparison of a term with a stated number; "better than 80" and "80 or better" follow its better side.

    Args:
        number: as written, with its relation.
        term: the measured quantity.
        value: the same number as a term of the assertion.
        oriented: True if the term has a better side.
    """
    if not oriented or not number.oriented:
        return Compare(RELATIONS[number.relation], term, value)
    beyond = Compare("better" if number.oriented == "better" else "worse", term, value)
    return beyond if number.relation in ("<", ">") else Or((beyond, Compare("=", term, value)))


def bounded(amount: ParseNode, relation: Relation) -> ParseNode:
    """The amount with its number turned into a bound of the given relation."""
    parts = (
        (label, Edge(part.start, part.end, part.symbol, replace(part.value, relation=relation)))
        if isinstance(part, Edge) and part.symbol == "NUM"
        else (label, part)
        for label, part in amount.parts
    )
    return ParseNode(amount.rule, tuple(parts))


def times_stated(times: Edge | ParseNode | None) -> tuple[Written | None, bool]:
    """The multiple of "3x" or "twice", None without one; and True if it is a share, as in "half of B"."""
    word = times.first("folds", "num") if isinstance(times, ParseNode) else times
    if word is None or word.symbol == "NUM":
        number = None if word is None or word.value.unit != TIMES else word.value
        return number, False
    said: dict[str, Any] = word.value
    share, relation = said.get("share", False), said.get("relation", "=")
    relation = TURNED.get(relation, relation) if share else relation
    return Written(Decimal(said["times"]), HALF_WIDTH, relation, near=said.get("near", False)), share


def exact(value: Decimal, number: Written) -> Decimal:
    """The value with its written precision in the exponent."""
    places = (number.half_width * 2).adjusted() if number.half_width else None
    if places is None:
        return value
    step = Decimal(1).scaleb(places)
    with localcontext(prec=max(getcontext().prec, value.adjusted() - places + 2)):
        return value if value % step else (value / step).to_integral_value() * step
