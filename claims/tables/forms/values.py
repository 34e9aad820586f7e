"""Stated scores: "A achieves 70.5 % on X", "A (70.5 %)"."""

from __future__ import annotations

from claims.tables.assertion import And, Formula, Scope, Selection, Stated
from claims.tables.choosing import axis_of
from claims.tables.clause import Clause
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.story import Story, of_mention
from claims.tables.selecting import selection


def valued(clause: Clause, own: Selection, story: Story) -> Part:
    """The part of a clause without a relation that states numbers of what it names."""
    subject = story.subject if own.empty else own
    if not clause.numbers or subject.empty or clause.unread:
        return unread(
            clause,
            "states nothing of the table's numbers",
            states=bool(clause.numbers),
        )
    scope = story.scope(clause, axis_of(subject))
    parts: list[Formula] = [Stated(subject, quantity, scope) for quantity, _ in clause.numbers]
    return said(clause, parts[0] if len(parts) == 1 else And(tuple(parts)), "value", subject.sure)


def beside_names(clause: Clause) -> tuple[Stated, ...]:
    """The scores that stand in brackets behind a name."""
    scope = Scope(selection(clause, "place"))
    return tuple(Stated(of_mention(mention), quantity, scope) for mention, quantity in clause.stated)
