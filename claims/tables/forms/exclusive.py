"""What "only" adds: it holds for the subject, and for none of the other lines of its axis."""

from __future__ import annotations

from dataclasses import replace

from claims.tables.assertion import And, Compare, Formula, Not, Stated
from claims.tables.choosing import BOUNDS, axis_of, selected
from claims.tables.clause import Clause
from claims.tables.forms.part import Part, unread
from claims.tables.forms.story import line_of
from claims.tables.table import Axis, Line, Table


def exclusive(clause: Clause, part: Part, table: Table) -> Part:
    """The part of a clause with "only": what it says of its subject, denied of every other line."""
    said = part.formula
    if said is None:
        return part
    axis = axis_of(said.left) if isinstance(said, Compare | Stated) else None
    if not isinstance(said, Compare | Stated) or clause.exclusive != "subject" or axis is None:
        return unread(clause, "“only”: whether all others are as it implies is not weighed")
    others = _others(table, axis, said)
    if not others:
        return unread(clause, "“only”: the table has no other line")
    denied: list[Formula] = [Not(replace(said, left=line_of(axis, line))) for line in others]
    return replace(part, formula=And((said, *denied)))


def _others(table: Table, axis: Axis, said: Compare | Stated) -> list[Line]:
    """The lines of an axis but the subject's, the rival's and those that are no competitor."""
    taken = {line.index for line in selected(table, axis, said.left)}
    if isinstance(said, Compare):
        taken |= {line.index for line in selected(table, axis, said.right)}
    return [x for x in table.lines(axis) if x.index not in taken and not set(x.name.casefold().split()) & BOUNDS]
