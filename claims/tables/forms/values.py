"""Stated scores: "A achieves 70.5 % on X", "A (70.5 %)"."""

from __future__ import annotations

from dataclasses import replace

from claims.tables.assertion import And, Formula, Scope, Selection, Stated
from claims.tables.choosing import axis_of
from claims.tables.clause import Clause
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.story import Story, all_systems, line_of, of_mention, systems_axis
from claims.tables.selecting import selection


def valued(clause: Clause, own: Selection, story: Story) -> Part:
    """The part of a clause without a relation that states numbers of what it names."""
    if own.empty and clause.numbers and all_systems(clause) and "all" in clause.kinds:
        return _of_all(clause, story)
    subject = story.subject if own.empty else own
    if not clause.numbers or subject.empty or clause.unread:
        return unread(
            clause,
            "states nothing of the table's numbers",
            states=bool(clause.numbers),
        )
    scope = story.scope(clause, axis_of(subject))
    if len(clause.numbers) > 1 and (each := _each_with_its_number(clause, subject, scope)):
        return said(clause, And(each), "value", subject.sure)
    if len(clause.numbers) > 1 and "respectively" in clause.words:
        return unread(clause, "which number belongs to which name is not said")
    parts: list[Formula] = [Stated(subject, quantity, scope) for quantity, _ in clause.numbers]
    return said(clause, parts[0] if len(parts) == 1 else And(tuple(parts)), "value", subject.sure)


def _of_all(clause: Clause, story: Story) -> Part:
    """The part of “all models score above 39 on X”, said of each line that is compared."""
    axis = systems_axis(story.table)
    scope = story.scope(clause, axis)
    if scope.where.empty or clause.unread:
        return unread(clause, "where all of them score so is not said")
    each = [line_of(axis, line) for line in story.table.lines(axis)]
    scope = replace(scope, share=None)
    parts = tuple(Stated(one, quantity, scope) for one in each for quantity, _ in clause.numbers)
    return said(clause, And(parts), "value", scope.where.sure)


def _each_with_its_number(clause: Clause, subject: Selection, scope: Scope) -> tuple[Stated, ...]:
    """Each of several numbers with its own name, where as many names stand side by side; empty where not."""
    for role in ("place", "subject"):
        names = clause.names.get(role, [])
        if len(names) != len(clause.numbers):
            continue
        each = [
            (of_mention(mention), quantity) for (mention, _), (quantity, _) in zip(names, clause.numbers, strict=True)
        ]
        if role == "place":
            return tuple(Stated(subject, quantity, replace(scope, where=one)) for one, quantity in each)
        return tuple(Stated(one, quantity, scope) for one, quantity in each)
    return ()


def beside_names(clause: Clause) -> tuple[Stated, ...]:
    """The scores that stand in brackets behind a name."""
    scope = Scope(selection(clause, "place"))
    return tuple(Stated(of_mention(mention), quantity, scope) for mention, quantity in clause.stated)
