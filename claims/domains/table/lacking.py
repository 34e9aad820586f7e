"""A subject without one of its parts: in "without attention, A beats B" it is the line that lacks attention."""

from __future__ import annotations

from collections.abc import Sequence

from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.context import ClauseContext
from claims.domains.table.phrase import Group
from claims.domains.table.word_lists import word_lists
from claims.language.chart import ParseNode


def lacking_a_part(
    context: ClauseContext, subject: Group, places: Sequence[Group], nodes: Sequence[ParseNode]
) -> tuple[Group, tuple[Group, ...]]:
    """The subject and its places; the subject is the line without a part of it where the sentence begins so.

    Args:
        context: of the sentence.
        subject: its phrases.
        places: phrases of the places, among them perhaps "without attention".
        nodes: the phrases of the places.
    """
    kept = tuple(places)
    if len(subject) != 1 or subject[0].quantifier or subject[0].other:
        return subject, kept
    for i, (group, node) in enumerate(zip(kept, nodes, strict=True)):
        if node.rule != "removed_first" or len(group) != 1 or not _lacks(context, node):
            continue
        for axis in AXES:
            whole, part = subject[0].lines_on(axis), group[0].lines_on(axis)
            if whole is None or part is None or len(whole) != 1 or len(part) != 1 or whole == part:
                continue
            if lines_along(context.lines.table, axis)[next(iter(part))].base in whole:
                return group, (*kept[:i], *kept[i + 1 :])
    return subject, kept


def _lacks(context: ClauseContext, node: ParseNode) -> bool:
    """True if a phrase takes something away rather than adding it."""
    first = next(edge.start for _, edge in node.leaves())
    return context.binder.tokens[first].folded in word_lists().lacking
