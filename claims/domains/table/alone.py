"""Statements that hold of one line alone: "only A exceeds 90 on T", "A is the only model that beats B on T"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.assertion import At, Compare, Formula, Quantified, Whole
from claims.domains.table.axes import AXES, Axis, other_axis
from claims.domains.table.cell_values import stated_of
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, found_in, has_any, score_of
from claims.domains.table.joining import combined
from claims.domains.table.manner import Manner, manner_of
from claims.domains.table.number_said import said_of
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
    """The assertions that the number holds of no line but the subject's."""
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


def nobody_else(context: ClauseContext, formula: Formula) -> Formula | None:
    """The assertion that no third line compares as the first does; None where it is not one cell against one."""
    if not isinstance(formula, Compare) or not isinstance(formula.left, At) or not isinstance(formula.right, At):
        return None
    sides = (formula.left, formula.right)
    varied = [axis for axis in AXES if len({_line(cell, axis) for cell in sides}) > 1]
    if len(varied) != 1 or any(_line(cell, axis).startswith("$") for cell in sides for axis in AXES):
        return None
    axis, cross = varied[0], other_axis(varied[0])
    ours = {_line(cell, axis) for cell in sides}
    rest = tuple(i for i in result_lines(context.lines, axis) if context.name(axis, i) not in ours)
    if not rest or role_of(context.lines, axis) == "measure":
        return None
    other = context.at(axis, "$o", _line(formula.left, cross))
    return Quantified("none", "$o", context.domain(axis, rest), replace(formula, left=other))


def _line(cell: At, axis: Axis) -> str:
    """The line of a cell along an axis."""
    return cell.row if axis == "row" else cell.column
