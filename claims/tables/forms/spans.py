"""Ends of a change: "improves X from 52.0 to 56.0", "from 60.0 to 69.0 when going from 2 to 16 layers"."""

from __future__ import annotations

from dataclasses import replace

from claims.tables.assertion import And, Compare, Relation, Scope, Selection, Stated
from claims.tables.choosing import axis_of
from claims.tables.clause import Clause
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.story import of_mention
from claims.tables.table import OTHER


def with_ends(part: Part, clause: Clause) -> Part:
    """A comparison together with its two numbers: the rival's, where the change began, and the subject's."""
    compared = part.formula
    if clause.span is None or not isinstance(compared, Compare) or compared.right.others:
        return unread(clause, "whose numbers “from … to …” gives is not said")
    start, end = clause.span
    stated = (Stated(compared.left, end, compared.scope), Stated(compared.right, start, compared.scope))
    return replace(part, formula=And((compared, *stated)))


def climb(clause: Clause, own: Selection, relation: Relation) -> Part | None:
    """The part of “X rises from line A to line B”, where both lines cross X's; their numbers are added as ends."""
    axis = axis_of(own)
    places = [mention for mention, _ in clause.names.get("place", []) if axis and mention.on(OTHER[axis])]
    if not {"from", "to"} <= clause.words or len(places) != 2 or axis is None:
        return None
    first, second = (of_mention(mention) for mention in places)
    if axis_of(first) != OTHER[axis] or axis_of(second) != OTHER[axis]:
        return None
    return said(clause, Compare(relation, second, first, Scope(own)), "compare", min(own.sure, first.sure, second.sure))
