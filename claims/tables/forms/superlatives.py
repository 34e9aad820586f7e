"""Superlatives: "A is best on X", "the highest score is achieved by A", "accuracy peaks at layer 1"."""

from __future__ import annotations

from claims.tables.assertion import Place, Selection, Superlative
from claims.tables.choosing import axis_of
from claims.tables.clause import Clause
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.story import Story

PLACE_OF: dict[str, Place] = {
    "best": "best", "worst": "worst", "highest": "highest", "lowest": "lowest", "peaks": "highest",
}  # fmt: skip
"""Superlatives of the lexicon → place."""


def superlative(clause: Clause, own: Selection, story: Story) -> Part:
    """The part of a clause that gives someone the extreme place."""
    assert clause.relation is not None
    subject = story.subject_of(clause, own)
    if subject.empty:
        return unread(clause, "no name in the table for what is called best")
    scope = story.scope(clause, axis_of(subject))
    formula = Superlative(PLACE_OF[clause.relation.kind], subject, scope)
    return said(clause, formula, "superlative", min(subject.sure, scope.where.sure))
