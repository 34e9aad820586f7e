"""Clauses that say how many times the other side a side is: "has twice as many layers as B", "half the size of B"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.domains.amounts import times_stated
from claims.domains.table.comparison import Comparison
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, given_ways, speaks_of_performance
from claims.domains.table.sides import comparison_formulas
from claims.language.chart import ParseNode


def multiples(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that one side is a multiple of the other; shares of it are taken the other way round."""
    tails = list(node.find("tail"))
    number, turned = times_stated(node.first("times"))
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
