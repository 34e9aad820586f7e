"""Exceptions of a clause: "on all sets except X", "apart from English, A is the best"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claims.assertion import Formula, Not, Whole
from claims.domains.table.axes import AXES, Axis, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.phrase import Group
from claims.language.chart import ParseNode


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The exception of a clause.

    Attributes:
        groups: its phrases, in each way of binding them. denies: True if the clause does not hold of it.
    """

    groups: tuple[Group, ...] = ((),)
    denies: bool = False


Made = Callable[[frozenset[int], tuple[int, ...], bool], Iterator[Formula]]
"""Rivals, crossing lines, True if these are the exception → the assertions of a rank."""


def left_out(context: ClauseContext, tails: Sequence[ParseNode]) -> LeftOut | None:
    """The exception of "except C" or "leaving C out"; None where it names no line or there are several exceptions."""
    leaving = [tail for tail in tails if tail.first("except", "leaving") is not None]
    if not leaving:
        return LeftOut()
    groups = context.binder.groups(leaving[0].first("np"))
    named = tuple(group for group in groups if all(p.named and not p.quantifier for p in group))
    if len(leaving) > 1 or not named:
        return None
    return LeftOut(named, denies=leaving[0].first("except") is not None)


def but_for(
    spared: Group, order: tuple[Axis, frozenset[int], tuple[int, ...]], made: Made, *, denies: bool
) -> Iterator[Formula]:
    """A rank that holds but for some lines: rivals that are ahead, or lines on which another leads.

    Args:
        spared: the phrases of the exception.
        order: the axis of the winner, the rivals with the winner, and the lines that cross.
        made: the assertions of the rank.
        denies: True if the rank does not hold with the exception.
    """
    axis, pool, lines = order
    for side in AXES:
        found = [phrase.lines_on(side) for phrase in spared if not phrase.on(other_axis(side))]
        if len(found) != len(spared) or any(one is None for one in found):
            continue
        gone = frozenset().union(*(one for one in found if one is not None))
        if side == axis and gone < pool and len(pool - gone) > 1:
            rest, whole = made(pool - gone, lines, False), list(made(pool, lines, False))
        elif side != axis and gone < set(lines):
            rest = made(pool, tuple(i for i in lines if i not in gone), False)
            whole = [one for i in sorted(gone) for one in made(pool, (i,), True)]
        else:
            continue
        for one in rest:
            yield Whole((one, *map(Not, whole))) if denies else one
