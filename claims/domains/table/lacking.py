"""A subject without one of its parts: "without attention, A beats B" is said of the line that lacks it."""

from __future__ import annotations

from collections.abc import Sequence

from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.lines import Lines
from claims.domains.table.phrase import Group


def lacking_a_part(lines: Lines, subject: Group, places: Sequence[Group]) -> tuple[Group, tuple[Group, ...]]:
    """The subject and the places, the line of a place for the subject where it is what the subject is without a part.

    Args:
        lines: of the table.
        subject: who.
        places: where, among them perhaps "without attention".
    """
    kept = tuple(places)
    if len(subject) != 1 or subject[0].quantifier or subject[0].other:
        return subject, kept
    for axis in AXES:
        whole = subject[0].lines_on(axis)
        for i, group in enumerate(kept):
            part = group[0].lines_on(axis) if len(group) == 1 and not group[0].quantifier else None
            if whole is None or part is None or len(whole) != 1 or len(part) != 1 or whole == part:
                continue
            found = lines_along(lines.table, axis)[next(iter(part))]
            if found.base in whole:
                return group, (*kept[:i], *kept[i + 1 :])
    return subject, kept
