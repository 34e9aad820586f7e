"""From the names of a role to lines of the table."""

from __future__ import annotations

from collections.abc import Sequence

from claims.tables.assertion import NOTHING, Selection
from claims.tables.clause import Clause
from claims.tables.mentions import Mention, Option
from claims.tables.table import Axis


def selection(clause: Clause, role: str, prefer: Axis | None = None) -> Selection:
    """The lines a role's names choose: names side by side narrow each other, "and" puts their lines together.

    In "A on X and Y" the second half takes over from the first what it leaves unsaid.
    """
    mentions = clause.names.get(role, [])
    if not mentions:
        return NOTHING
    halves = [_chosen(half, prefer) for half in _conjuncts(mentions)]
    if not all(halves):
        return NOTHING
    rows, columns = _together(halves, "row"), _together(halves, "column")
    if (rows is not None and not rows) or (columns is not None and not columns):
        return NOTHING
    words = ", ".join(dict.fromkeys(mention.text for mention, _ in mentions))
    levels = frozenset((o.axis, o.level) for half in halves for o in half)
    return Selection(rows, columns, words, levels, False, min(o.score for half in halves for o in half))


def _conjuncts(mentions: Sequence[tuple[Mention, bool]]) -> list[list[Mention]]:
    """The mentions parted where "and" or its like joins two."""
    halves: list[list[Mention]] = []
    for mention, joined in mentions:
        if joined or not halves:
            halves.append([])
        halves[-1].append(mention)
    return halves


def _chosen(mentions: Sequence[Mention], prefer: Axis | None) -> list[Option]:
    """One option per mention, such that all of them leave lines; none where that cannot be."""
    options: list[Option] = []
    for mention in mentions:
        ranked = sorted(
            mention.options, key=lambda o: (o.axis != _axis_beside(mention, mentions, options, prefer), -o.score)
        )
        fitting = next((o for o in ranked if _leaves([*options, o])), None)
        if fitting is None:
            return []
        options.append(fitting)
    return options


def _axis_beside(
    mention: Mention, mentions: Sequence[Mention], options: Sequence[Option], prefer: Axis | None
) -> Axis | None:
    """The axis of the name right before a mention ("2 Bio"), else the preferred one, else that of its surest option."""
    before = mentions[len(options) - 1] if options else None
    if before is not None and before.end == mention.start:
        return options[-1].axis
    return prefer or mention.best.axis


def _leaves(options: Sequence[Option]) -> bool:
    """Whether names that narrow each other leave lines on every axis they name."""
    for axis in ("row", "column"):
        own = [o.lines for o in options if o.axis == axis]
        if own and not frozenset.intersection(*own):
            return False
    return True


def _together(halves: Sequence[Sequence[Option]], axis: Axis) -> frozenset[int] | None:
    """The lines of an axis that any half names, each half with the levels it leaves unsaid taken from the others."""
    own = [[o for o in half if o.axis == axis] for half in halves]
    if not any(own):
        return None
    lines: set[int] = set()
    for k, half in enumerate(own):
        levels = {o.level for o in half}
        nearest = sorted((j for j in range(len(own)) if j != k), key=lambda j: abs(j - k))
        taken = list(half)
        for j in nearest:
            more = [o for o in own[j] if o.level not in levels]
            if half and _leaves([*taken, *more]):
                taken += more
                levels |= {o.level for o in more}
        if taken:
            lines |= frozenset.intersection(*(o.lines for o in taken))
    return frozenset(lines)
