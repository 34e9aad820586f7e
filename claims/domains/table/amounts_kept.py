"""Checks that an assertion holds every amount of its clause, so that no stated number is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal

from claims.assertion import Formula, Node, Quantified, StatedNumber
from claims.domains.amounts import written
from claims.language.chart import ParseNode

AMOUNTS = ("amount", "number")
"""Rules of the grammar for stated numbers."""


def keeps_amounts(clause: ParseNode, formula: Formula) -> bool:
    """True if each number of a clause's amounts stands in its formula, whatever its sign there.

    Args:
        clause: a node of the parse.
        formula: its assertion.
    """
    wanted = {abs(number) for node in clause.below() if node.rule in AMOUNTS for number in _numbers(node)}
    return not wanted or wanted <= {abs(number) for number in _stated(formula)}


def _numbers(amount: ParseNode) -> Iterator[Decimal]:
    number, _ = written(amount)
    yield number.value
    if number.upper is not None:
        yield number.upper


def _stated(part: object) -> Iterator[Decimal]:
    """The numbers below a part of an assertion."""
    if isinstance(part, StatedNumber):
        yield part.value
    elif isinstance(part, Quantified) and part.number is not None:
        yield part.number
        yield from _stated(part.body)
    elif isinstance(part, Node):
        for field in fields(part):  # type: ignore[arg-type]
            yield from _stated(getattr(part, field.name))
    elif isinstance(part, tuple):
        for one in part:
            yield from _stated(one)
