"""A comparison with the best of all rivals: "beats the strongest baseline by 2 points", "… the runner-up"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.assertion import At, Compare, Difference, Fold, Formula, Whole
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.called import OURS
from claims.domains.table.cell_values import directions_of
from claims.domains.table.comparison import Comparison
from claims.domains.table.counting import counted
from claims.domains.table.naming import APART
from claims.domains.table.phrase import Constraint, Phrase
from claims.domains.table.ranked_lines import kinds_at
from claims.domains.table.roles import role_of
from claims.domains.table.selection import inherit, result_lines, selection
from claims.domains.table.stated import fits_unit, stated
from claims.domains.table.unsure_changes import unsure_line
from claims.language.chart import ParseNode

LOOSE = ("<", "<=")
"""Relations of a gap that would also hold of the line that is behind."""


def against_the_best(
    case: Comparison,
    lefts: tuple[Constraint, ...],
    here: tuple[Constraint, ...],
    counting: Phrase | None,
    amount: ParseNode | None,
) -> Iterator[Formula]:
    """The left side against the best of all others on its axis, where it is known which way is better.

    Args:
        case: the comparison.
        lefts: constraints of the left side and its places.
        here: constraints of a place behind both sides.
        counting: the phrase that counts places.
        amount: the stated difference.
    """
    constraints = inherit(lefts, here)
    one = selection(constraints) if constraints is not None else None
    plain = case.relation == "better" and not (case.negated or case.degree or case.exception or case.mean or case.only)
    if one is None or not plain or case.about is not None:
        return
    for axis in AXES:
        mine = one.on(axis)
        if mine is None or len(mine) != 1 or role_of(case.context.lines, axis) != "system":
            continue
        pool = _others(case, axis, mine[0])
        crossing = case.context.crossing(axis, one, None)
        if len(pool) < 2 or not crossing or not case.may_vary(axis, (*mine, *pool)):
            continue
        yield from _beaten(case, (axis, mine[0]), (pool, crossing), counting, amount)


def _others(case: Comparison, axis: Axis, mine: int) -> Sequence[int]:
    """The rivals of a line; none if another is of the same authors, a variant of it, people, or may be a change."""
    along = lines_along(case.context.lines.table, axis)
    others = [i for i in result_lines(case.context.lines, axis) if i != mine]
    varied = any(along[i].base == mine or along[mine].base == i for i in others)
    apart = kinds_at(case.context, axis, others) & set(APART)
    ours = any(OURS.intersection(along[i].marks) for i in others)
    return () if varied or apart or ours or unsure_line(case.context.lines, axis) else others


def _beaten(
    case: Comparison,
    own: tuple[Axis, int],
    places: tuple[Sequence[int], Sequence[int]],
    counting: Phrase | None,
    amount: ParseNode | None,
) -> Iterator[Formula]:
    (axis, mine), (pool, crossing) = own, places
    context, cross = case.context, other_axis(axis)
    rows, columns = ((mine, *pool), crossing) if axis == "row" else (crossing, (mine, *pool))
    way = directions_of(context, rows, columns)
    single = len(crossing) == 1 and counting is None
    if way not in ({1}, {-1}):
        return
    variable = context.name(cross, crossing[0]) if single else "$c"
    ours = context.at(axis, context.name(axis, mine), variable)
    best = Fold("max" if way == {1} else "min", context.at(axis, "$o", variable), "$o", context.domain(axis, pool))
    for said in _said(case, ours, best, amount, rises=way == {1}):
        whole = said if single else counted(context, cross, tuple(crossing), counting, "$c", said)
        if whole is not None:
            yield whole


def _said(case: Comparison, ours: At, best: Fold, amount: ParseNode | None, *, rises: bool) -> Iterator[Formula]:
    """The assertions that a line is better than the best of the others, by the amount if one is stated."""
    ahead = Compare(">" if rises else "<", ours, best)
    if amount is None:
        yield ahead
        return
    gap = Difference(ours, best) if rises else Difference(best, ours)
    for said in stated(gap, amount) if fits_unit(amount, case.context.lines, ours) else ():
        loose = not isinstance(said, Compare) or said.relation in LOOSE
        yield Whole((ahead, said)) if loose else said
