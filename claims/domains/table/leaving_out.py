"""What a clause leaves out: "on all sets except X", "all models except C"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.domains.table.context import ClauseContext
from claims.domains.table.phrase import Group
from claims.language.chart import ParseNode


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a clause leaves out.

    Attributes:
        groups: the ways of taking the phrases. denies: whether the clause says that the rest does not hold of them.
    """

    groups: tuple[Group, ...] = ((),)
    denies: bool = False


NOTHING_LEFT_OUT = LeftOut()


def left_out(context: ClauseContext, tails: Sequence[ParseNode]) -> LeftOut | None:
    """What "except C" and "leaving C out" name; None where they name nothing or there are several."""
    leaving = [tail for tail in tails if tail.first("except", "leaving") is not None]
    if not leaving:
        return NOTHING_LEFT_OUT
    groups = context.binder.groups(leaving[0].first("np"))
    named = tuple(group for group in groups if all(p.named and not p.quantifier for p in group))
    if len(leaving) > 1 or not named:
        return None
    return LeftOut(named, denies=leaving[0].first("except") is not None)
