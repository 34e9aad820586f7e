"""What else a sentence that was read may mean, by what it leaves unsaid: all that it may mean must agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.assertion import (
    And,
    At,
    Compare,
    Domain,
    Formula,
    Node,
    Quantified,
    Quantifier,
    Ranked,
    StatedNumber,
    Whole,
)
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.context import ClauseContext
from claims.domains.table.selection import result_lines
from claims.rewriting import nodes, transform

LIMITS = ("human", "bound")
"""Kinds of line that count among those compared, or not."""
OTHERWISE: dict[Quantifier, Quantifier] = {"any": "all", "each": "any"}
"""What a number that is said of several places may be said of as well."""


def also_meant(context: ClauseContext, formula: Formula) -> Iterator[Formula]:
    """Other assertions that the sentence behind one may make as well."""
    yield from _extreme_of_all(formula)
    for axis in AXES:
        yield from _with_limits(context, axis, formula)


def _extreme_of_all(formula: Formula) -> Iterator[Formula]:
    """Of a line that is lowest in each place, "the lowest F1, 50.9" is the number of one of the places, or of each."""
    ranked = any(isinstance(node, Quantified) and isinstance(node.body, Ranked) for node in nodes(formula))
    if ranked and any(isinstance(node, And | Whole) for node in nodes(formula)):
        whole = transform(formula, _of_each_place)
        if whole != formula:
            yield whole


def _of_each_place(node: Node) -> Node | None:
    if isinstance(node, Quantified) and node.quantifier in OTHERWISE and isinstance(node.body, Compare):
        stated = node.body.relation == "=" and isinstance(node.body.right, StatedNumber)
        return replace(node, quantifier=OTHERWISE[node.quantifier]) if stated else None
    return None


def _with_limits(context: ClauseContext, axis: Axis, formula: Formula) -> Iterator[Formula]:
    """The same with people and bounds among the lines compared, where it speaks of all others."""
    limits = [context.name(axis, line.index) for line in lines_along(context.lines.table, axis) if line.kind in LIMITS]
    if not limits:
        return
    every = tuple(context.name(axis, i) for i in result_lines(context.lines, axis))
    said = {name for node in nodes(formula) if isinstance(node, At | Ranked) for name in _names(node, axis)}

    def widened(domain: Domain) -> Domain:
        members = domain.names or tuple(name for name in every if name not in domain.without)
        more = [name for name in limits if name not in said and name not in members]
        complete = domain.base == f"{axis}s" and said.union(members).issuperset(every)
        return Domain(domain.base, (*members, *more)) if complete and more else domain

    def change(node: Node) -> Node | None:
        if isinstance(node, Domain):
            return widened(node)
        if isinstance(node, Quantified) and node.quantifier == "count=" and widened(node.domain) != node.domain:
            wide = widened(node.domain)
            held = len(node.domain.names or [name for name in every if name not in node.domain.without])
            number = None if node.number is None else node.number + len(wide.names) - held
            return replace(node, domain=wide, number=number)
        return None

    whole = transform(formula, change)
    if whole != formula:
        yield whole


def _names(node: At | Ranked, axis: Axis) -> tuple[str, ...]:
    """The lines that a node names."""
    if isinstance(node, Ranked):
        return tuple(name for name in node.names if isinstance(name, str))
    return (node.row if axis == "row" else node.column,)
