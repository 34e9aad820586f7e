"""Clauses of one line that holds two extremes: "the model with the most layers has the highest F1"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claims.assertion import Compare, Domain, Formula, Not, Or, Quantified, Relation, Whole
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, score_of
from claims.domains.table.joining import combined
from claims.domains.table.phrase import Group
from claims.domains.table.selection import constraints_of, selection
from claims.language.chart import ParseNode

ENDS: dict[str, Relation] = {"highest": ">=", "lowest": "<="}
"""End of an order → the relation of its holder to all others."""


class _Extreme(NamedTuple):
    """One end of an order: the relation to all others, the crossing line, and the axis of those in the order."""

    relation: Relation
    axis: Axis
    crossing: int


def holders(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that one line holds two extremes."""
    holder, sups = node.first("holder"), list(node.first("sups").find("one"))
    if len(sups) != 1 or sups[0].first("valued", "kind") is not None or sups[0].first("measure") is None:
        return
    heads = context.binder.groups(holder.first("head"))
    if any(p.named or p.quantifier or p.other for group in heads for p in group):
        return
    first, second = ([context.binder.groups(n) for n in one.find("measure", "scope")] for one in (holder, sups[0]))
    for head, *places in combined(heads, *first, *second):
        ends = (_extreme(holder, places[: len(first)]), _extreme(sups[0], places[len(first) :]))
        if None in ends or len(head) != 1:
            continue
        one, two = (end for end in ends if end is not None)
        if one.axis == two.axis and one.crossing != two.crossing and _may_hold(context, head, one.axis):
            for said in _both(context, one, two):
                yield TableAssertion(said, score_of((head, *places)))


def _extreme(node: ParseNode, places: list[Group]) -> _Extreme | None:
    """The end of an order that a superlative with its measure and places names; None where it names no single one."""
    word, ranked = node.first("sup").first("sup").value, node.first("sup").first("rankword")
    relation = ENDS.get(word["place"])
    odd = any(len(group) > 1 or group[0].quantifier or group[0].mean or group[0].oriented for group in places)
    chosen = selection(constraints_of(places))
    if relation is None or ranked is not None or word.get("about") or odd or chosen is None:
        return None
    for axis in AXES:
        crossing = chosen.on(other_axis(axis))
        if chosen.on(axis) is None and crossing is not None and len(crossing) == 1:
            return _Extreme(relation, axis, crossing[0])
    return None


def _may_hold(context: ClauseContext, head: Group, axis: Axis) -> bool:
    """True if an axis lists a kind of thing: under its header, or as systems where these are compared."""
    kinds = {kind for kind, _ in head[0].kinds}
    if kinds:
        return axis in kinds
    systems = any(line.kind == "system" for line in lines_along(context.lines.table, axis))
    if "system" in head[0].nouns:
        return systems
    headed = (context.lines.table.row_levels if axis == "row" else context.lines.table.column_levels)[-1]
    return "place" in head[0].nouns and not (systems and headed)


def _both(context: ClauseContext, one: _Extreme, two: _Extreme) -> Iterator[Formula]:
    """The assertions that some, or each, holder of the first extreme holds the second: two may share the first."""
    domain = Domain(f"{one.axis}s")
    first, second = _holds(context, one, domain), _holds(context, two, domain)
    yield Quantified("any", "$s", domain, Whole((first, second)))
    yield Quantified("all", "$s", domain, Or((Not(first), second)))


def _holds(context: ClauseContext, end: _Extreme, domain: Domain) -> Formula:
    crossing = context.name(other_axis(end.axis), end.crossing)
    ours, theirs = (context.at(end.axis, variable, crossing) for variable in ("$s", "$r"))
    return Quantified("all", "$r", domain, Compare(end.relation, ours, theirs))
