"""From the names of a role to lines of the table."""

from __future__ import annotations

from claims.tables.assertion import NOTHING, Selection
from claims.tables.clause import Clause
from claims.tables.mentions import Mention, Option
from claims.tables.table import Axis


def selection(clause: Clause, role: str, prefer: Axis | None = None) -> Selection:
    """The lines a role's names choose: joined names of one level together, others narrowing each other."""
    mentions = clause.names.get(role, [])
    if not mentions:
        return NOTHING
    chosen: dict[Axis, list[set[int]]] = {}
    levels: set[tuple[str, int]] = set()
    sure = 1.0
    last: Option | None = None
    for mention, joined in mentions:
        option = _option(mention, prefer, last if joined else None)
        levels.add((option.axis, option.level))
        sure = min(sure, option.score)
        groups = chosen.setdefault(option.axis, [])
        if joined and last is not None and last.axis == option.axis and groups:
            groups[-1] |= option.lines
        else:
            groups.append(set(option.lines))
        last = option
    rows, columns = (_meet(chosen.get(axis)) for axis in ("row", "column"))
    words = ", ".join(dict.fromkeys(m.text for m, _ in mentions))
    return Selection(rows, columns, words, frozenset(levels), False, sure)


def _option(mention: Mention, prefer: Axis | None, beside: Option | None) -> Option:
    """The meaning of a mention: one on the axis of the name it is joined to, or on the preferred one."""
    for axis in (beside.axis if beside else None, prefer):
        if axis is not None and (option := mention.on(axis)) is not None:
            return option
    return mention.best


def _meet(groups: list[set[int]] | None) -> frozenset[int] | None:
    if not groups:
        return None
    met = set.intersection(*groups)
    return frozenset(met or set.union(*groups))
