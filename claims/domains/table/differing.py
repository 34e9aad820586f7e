"""Clauses on a difference between the two groups of a table: "there was no significant difference in age"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.domains.table.axes import AXES, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, score_of
from claims.domains.table.joining import combined
from claims.domains.table.phrase import Phrase
from claims.domains.table.relating import differing
from claims.domains.table.selection import constraints_of, result_lines, selection
from claims.language.chart import ParseNode

PAIR = 2


def differences(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that the two lines of an axis differ, or do not, on one that crosses them."""
    degree, measure = node.first("deg"), node.first("inmeasure")
    measured = measure.first("np") if measure is not None else node.first("measured")
    parts = (node.first("groups"), measured, *node.find("scope"))
    for groups, *way in combined(*(context.binder.groups(part) for part in parts)):
        chosen = selection(constraints_of(way))
        odd = any(len(group) != 1 or group[0].quantifier or group[0].mean or group[0].denied for group in way)
        for axis in AXES if chosen is not None and not odd and len(groups) == 1 else ():
            assert chosen is not None
            lines, crossing = result_lines(context.lines, axis), chosen.on(other_axis(axis))
            if len(lines) != PAIR or chosen.on(axis) is not None or crossing is None or len(crossing) != 1:
                continue
            if not _counts_both(groups[0]):
                continue
            at = context.name(other_axis(axis), crossing[0])
            first, second = (context.at(axis, context.name(axis, line), at) for line in lines)
            word, denied = degree.value["degree"] if degree is not None else "", node.first("neg") is not None
            for said in differing(context, first, second, word, denied=denied):
                yield TableAssertion(said, score_of((groups, *way)))


def _counts_both(groups: Phrase) -> bool:
    """True if a phrase is both of the groups, arms or the like that a table compares."""
    plain = not (groups.named or groups.other or groups.caption or groups.kinds)
    return plain and bool(groups.nouns) and "measure" not in groups.nouns and groups.n in (None, PAIR)
