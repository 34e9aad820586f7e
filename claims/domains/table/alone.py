"""A number that one line alone reaches: "only A exceeds 90 on T", "A is the only model above 90 on T"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.assertion import Formula, Quantified, Whole
from claims.domains.table.axes import AXES, other_axis
from claims.domains.table.cell_values import said_of, stated_of
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, found_in, has_any, score_of
from claims.domains.table.joining import combined
from claims.domains.table.manner import Manner, manner_of
from claims.domains.table.phrase import Group
from claims.domains.table.roles import role_of
from claims.domains.table.selection import constraints_of, result_lines, selection
from claims.language.chart import ParseNode


def alone(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that a number holds of the subject and of no other line of its axis."""
    kind, tails = node.first("kind"), list(node.find("tail"))
    if has_any(tails, "mean") or (kind is not None and not context.binder.names_a_kind(kind)):
        return
    parts = (node.first("left"), *node.find("measure", "scope"), *found_in(tails, "scope"))
    manner, amount = manner_of(node, node.first("beat")), node.first("amount")
    for way in combined(*(context.binder.groups(n) for n in parts)):
        if any(p.quantifier or p.mean or p.denied for group in way for p in group):
            continue
        for formula in stated_of(context, way, amount, manner):
            for others in _no_other(context, way, amount, manner):
                yield TableAssertion(Whole((formula, others)), score_of(way))


def _no_other(context: ClauseContext, way: tuple[Group, ...], amount: ParseNode, manner: Manner) -> Iterator[Formula]:
    """The number holds of no other line than the subject's."""
    places = selection(constraints_of(way[1:]))
    for axis in AXES if places is not None else ():
        assert places is not None
        fixed, cross = places.on(other_axis(axis)), other_axis(axis)
        named = (phrase.lines_on(axis) for phrase in way[0])
        own = frozenset().union(*(lines for lines in named if lines is not None))
        if not own or fixed is None or len(fixed) != 1 or places.on(axis) is not None:
            continue
        if role_of(context.lines, axis) == "measure":
            continue
        rest = tuple(i for i in result_lines(context.lines, axis) if i not in own)
        cell = context.at(axis, "$o", context.name(cross, fixed[0]))
        for body in said_of(cell, amount, manner) if rest else ():
            yield Quantified("none", "$o", context.domain(axis, rest), body)
