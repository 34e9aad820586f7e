"""Clauses that say how many times the other side a side is: "has twice as many layers as B", "half the size of B"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from analysis.numbers import Number as Written
from claims.domains.table.comparison import Comparison
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, given_ways, speaks_of_performance
from claims.domains.table.sides import comparison_formulas
from claims.domains.table.stated import TIMES, TURNED
from claims.language.chart import Edge, ParseNode

HALF_WIDTH = Decimal("0.5")


def multiples(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that one side is a multiple of the other; shares of it are taken the other way round."""
    tails = list(node.find("tail"))
    number, turned = _number(node.first("times"))
    if number is None or any(tail.first("scope") is None for tail in tails):
        return
    adjective = node.first("rel")
    about = adjective.value.get("about") if adjective is not None else None
    bare = adjective.value.get("bare") if adjective is not None else None
    if adjective is not None and adjective.value["relation"] == "<":
        turned = not turned
    for given in given_ways(context, node, tails):
        phrases = (*given.left, *given.right, *(p for group in (*given.scope, *given.after) for p in group))
        if speaks_of_performance(context, given) or any(p.mean or p.denied or p.quantifier for p in phrases):
            continue
        if adjective is None and not any(p.measured or context.binder.speaks_of_a_measure(p) for p in phrases):
            continue
        case = Comparison(context, given, ">", about or bare, times=number, turned=turned)
        yield from (TableAssertion(formula, given.score) for formula in comparison_formulas(case))


def _number(times: Edge | ParseNode | None) -> tuple[Written | None, bool]:
    """How many times, and whether it is of the other side: "half of B" is what B is twice."""
    word = times.first("folds", "num") if isinstance(times, ParseNode) else times
    if word is None:
        return None, False
    if word.symbol == "NUM":
        return (word.value, False) if word.value.unit == TIMES else (None, False)
    said: dict[str, Any] = word.value
    share, relation = said.get("share", False), said.get("relation", "=")
    relation = TURNED.get(relation, relation) if share else relation
    return Written(Decimal(said["times"]), HALF_WIDTH, relation, near=said.get("near", False)), share
