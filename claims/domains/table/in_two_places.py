"""Every line in one place against itself in another: "all models perform better on X than on Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.assertion import Formula
from claims.domains.table.axes import AXES, other_axis
from claims.domains.table.comparison import Comparison
from claims.domains.table.counting import counted
from claims.domains.table.phrase import Phrase
from claims.domains.table.relating import related
from claims.domains.table.roles import role_of
from claims.domains.table.selection import constraints_of, result_lines, selection
from claims.language.chart import ParseNode


def each_in_two_places(
    case: Comparison, left: Phrase, places: Sequence[Phrase], counting: Phrase | None, amount: ParseNode | None
) -> Iterator[Formula]:
    """The lines a phrase counts, each compared with itself between two lines that cross.

    Args:
        case: the comparison.
        left: the phrase that counts lines.
        places: where the first side is.
        counting: a phrase that counts places, with which nothing is said.
        amount: by how much.
    """
    if len(case.given.right) != 1 or case.negated or case.degree or counting is not None or case.mean or left.other:
        return
    right = case.given.right[0]
    if case.given.after or right.quantifier or case.exception or case.only:
        return
    one, two = selection(constraints_of((tuple(places),))), selection(right.constraints)
    if one is None or two is None:
        return
    for axis in AXES:
        cross = other_axis(axis)
        first, second = one.on(cross), two.on(cross)
        if one.on(axis) is not None or two.on(axis) is not None or role_of(case.context.lines, axis) != "system":
            continue
        if first is None or second is None or len(first) != 1 or len(second) != 1 or first == second:
            continue
        if not case.may_vary(cross, (*first, *second)) or {"place", "measure"} & set(left.nouns):
            continue
        here, there = (case.context.at(axis, "$o", case.context.name(cross, line)) for line in (*first, *second))
        members = result_lines(case.context.lines, axis)
        for body in related(case, here, there, amount):
            whole = counted(case.context, axis, members, left, "$o", body)
            if whole is not None:
                yield whole
