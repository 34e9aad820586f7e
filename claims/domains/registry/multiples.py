"""How many times the number of another task or benchmark one has: "MNLI has four times as many examples as SQuAD"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from claims.assertion import Attribute, Compare, Difference, Formula
from claims.domains.amounts import times_stated
from claims.domains.registry.amounts import said
from claims.language.chart import ParseNode

ATTRIBUTES = {"timessize": "train_examples", "timeslangs": "n_languages"}
"""Rule of the grammar → what is counted."""
CLOSE = Decimal("0.05")
"""Half a unit of "twice" where it is meant closely: between that and what rounds to it nothing is decided."""


def multiples(node: ParseNode, left: Sequence[str], right: Sequence[str]) -> Iterator[Formula]:
    """Every assertion that one number of the registry is so many times another.

    Args:
        node: the clause.
        left: ids of its left side.
        right: ids of its right side.
    """
    number, turned = times_stated(node.first("times"))
    far = node.first("far")
    if number is None or number.reached or number.upper is not None or number.plus_minus is not None:
        return
    if len(left) != 1 or len(right) != 1 or left == right or (far is not None and far.value.get("bare") != "size"):
        return
    one, two = (Attribute(side[0], ATTRIBUTES[node.rule]) for side in ((right, left) if turned else (left, right)))
    ratio = Difference(one, two, "/")
    loose = said(ratio, number)
    yield loose
    if number.relation == "=" and number.half_width > CLOSE:
        close = said(ratio, replace(number, value=number.value.quantize(2 * CLOSE), half_width=CLOSE))
        yield replace(close, relation="about") if isinstance(close, Compare) else close
