"""Superlatives: "A is best on X", "the highest score is achieved by A", "accuracy peaks at layer 1"."""

from __future__ import annotations

from claims.tables.assertion import Place, Selection, Superlative
from claims.tables.choosing import axis_of
from claims.tables.clause import Clause
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.story import Story
from claims.tables.selecting import selection

PLACE_OF: dict[str, Place] = {
    "best": "best", "worst": "worst", "highest": "highest", "lowest": "lowest", "peaks": "highest",
}  # fmt: skip
"""Superlatives of the lexicon → place."""


def superlative(clause: Clause, own: Selection, story: Story) -> Part:
    """The part of a clause that gives someone the extreme place."""
    place = PLACE_OF[clause.relation.kind] if clause.relation is not None else "best"
    subject = story.subject_of(clause, own)
    if subject.empty:
        return unread(clause, "no name in the table for what is called best")
    scope = story.scope(clause, axis_of(subject))
    formula = Superlative(place, subject, scope, clause.rank or 1)
    return said(clause, formula, "superlative", min(subject.sure, scope.where.sure))


UNBEATEN: dict[str, Place] = {
    "better-than": "best", "better": "best", "worse-than": "worst", "worse": "worst", "higher": "highest",
    "lower": "lowest",
}  # fmt: skip
"""Relation that nobody has to the subject → the subject's place."""


def nobody(clause: Clause, story: Story) -> Part:
    """The part of "no other system outperforms A": A is best."""
    subject = selection(clause, "rival")
    if subject.empty or clause.relation is None or clause.relation.kind not in UNBEATEN:
        return unread(clause, "whom nobody is compared with has no name in the table")
    scope = story.scope(clause, axis_of(subject))
    place = UNBEATEN[clause.relation.kind]
    return said(clause, Superlative(place, subject, scope), "superlative", min(subject.sure, scope.where.sure))
