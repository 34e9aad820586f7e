"""Comparisons: "A outperforms B on X", "A is 2 points better than B", "A performs similarly to B"."""

from __future__ import annotations

from dataclasses import replace

from claims.tables.ablations import reference_of
from claims.tables.assertion import (
    ALL,
    NOTHING,
    And,
    Compare,
    Formula,
    Not,
    Quantity,
    Relation,
    Scope,
    Selection,
    Share,
    Stated,
)
from claims.tables.choosing import axis_of, selected
from claims.tables.clause import Clause
from claims.tables.forms.between import drop_between
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.story import Story, of_mention, systems_axis
from claims.tables.forms.superlatives import nobody
from claims.tables.metrics import direction
from claims.tables.selecting import selection
from claims.tables.table import OTHER, Axis

RELATION_OF: dict[str, Relation] = {
    "better-than": "better", "worse-than": "worse", "better": "better", "worse": "worse", "higher": "higher",
    "lower": "lower", "easier": "better", "harder": "worse", "faster": "better", "slower": "worse", "same": "same",
    "helps": "better", "hurts": "worse",
}  # fmt: skip
"""Relation words of the lexicon → relation."""


def comparison(clause: Clause, own: Selection, story: Story) -> Part:
    """The part of a clause whose relation compares."""
    assert clause.relation is not None
    if "between" in clause.words and (drop := drop_between(clause)) is not None:
        return drop
    if clause.nobody:
        return nobody(clause, story)
    if clause.names.get("versus"):
        return of_two_places(clause, own)
    before = story.before
    subject = _subject(clause, own, story)
    if subject.empty:
        return unread(clause, "no name in the table for what is compared")
    axis = axis_of(subject) or systems_axis(story.table)
    rival, rest = _rival(clause, subject, axis, before, story)
    if rival.empty and clause.numbers and not clause.negated and not clause.than:
        return _higher_score(clause, subject, axis, story)
    if rival.empty:
        return unread(clause, "against what is not said")
    story.rival = rival
    return _part(clause, subject, rival, _scope(clause, axis, rest, story))


def of_two_places(clause: Clause, own: Selection) -> Part:
    """The part of “A scores higher on X than on Y”: X compared with Y, where A stands."""
    assert clause.relation is not None
    here, there = selection(clause, "place"), selection(clause, "versus")
    axis = axis_of(here)
    if "gap" in clause.kinds or axis is None or axis_of(there) != axis or clause.strangers.get("versus"):
        return unread(clause, "what is compared on one axis is not said")
    if (own.empty and clause.names.get("subject")) or axis_of(own) not in (None, OTHER[axis]):
        return unread(clause, "who is compared on the two has no name in the table")
    if own.empty and clause.groups.get("subject") and "all" not in clause.kinds:
        return unread(clause, "which of them are compared is not said")
    by = clause.by[0] if len(clause.by) == 1 else None
    scope = Scope(own, selection(clause, "except", OTHER[axis]), clause.share)
    formula = Compare(RELATION_OF[clause.relation.kind], here, there, scope, by, clause.degree)
    return said(clause, formula, "difference" if by else "compare", min(here.sure, there.sure, own.sure))


def _higher_score(clause: Clause, subject: Selection, axis: Axis, story: Story) -> Part:
    """The part of "a higher accuracy of 75.5 %", which states a score and compares it with nothing."""
    scope = story.scope(clause, axis)
    stated = tuple(Stated(subject, quantity, scope) for quantity, _ in clause.numbers)
    return said(clause, stated[0] if len(stated) == 1 else And(stated), "value", subject.sure)


def _subject(clause: Clause, own: Selection, story: Story) -> Selection:
    for found in (own, story.all_but_rival(clause) if own.empty else own):
        if not found.empty:
            return found
    subject = story.subject_of(clause, own)
    return story.told_by_number(clause) if subject.empty else subject


def _rival(
    clause: Clause, subject: Selection, axis: Axis, before: Selection, story: Story
) -> tuple[Selection, Selection]:
    """Whom the subject is compared with, and what its words say of the place."""
    assert clause.relation is not None
    kind = clause.relation.kind
    rival = selection(clause, "rival", axis)
    if rival.empty and clause.pronoun and kind in ("better-than", "worse-than"):
        rival = before
    if rival.empty and not clause.than and _swapped(subject, story.rival):
        rival = before
    if rival.empty and not clause.than and clause.pronoun and kind in ("better", "worse", "higher", "lower"):
        rival = story.rival
    if rival.empty and kind == "same" and "rival" not in clause.groups and not clause.unread:
        rival = story.rival
    return _parted(rival, axis) if not rival.empty else (_unnamed_rival(clause, subject, axis, story), NOTHING)


def _swapped(subject: Selection, rival: Selection) -> bool:
    """Whether the subject is whom the clause before compared with ("A is better on X, but B on Y")."""
    named = subject.rows is not None or subject.columns is not None
    return named and (subject.rows, subject.columns) == (rival.rows, rival.columns)


def _parted(rival: Selection, axis: Axis) -> tuple[Selection, Selection]:
    """A rival's lines on the compared axis, and what it says of the other; nothing where it is on the other only."""
    if rival.others:
        return rival, NOTHING
    own = rival.rows if axis == "row" else rival.columns
    other = rival.columns if axis == "row" else rival.rows
    if own is None:
        return NOTHING, NOTHING
    if axis == "row":
        return replace(rival, columns=None), (replace(rival, rows=None) if other is not None else NOTHING)
    return replace(rival, rows=None), (replace(rival, columns=None) if other is not None else NOTHING)


def _unnamed_rival(clause: Clause, subject: Selection, axis: Axis, story: Story) -> Selection:
    """Who is meant by "the baselines", "others", or where nothing is said."""
    assert clause.relation is not None
    kind = clause.relation.kind
    told = kind in ("better-than", "worse-than") or clause.than
    if "rival" in clause.groups:
        measured = any(direction(line) is not None for line in selected(story.table, axis, subject))
        systems = any(token.kind == "systems" for token in clause.groups["rival"])
        return NOTHING if systems and measured else Selection(others=True)
    if told and clause.unread:
        return NOTHING
    if not told and (kind in ("better", "worse") or clause.names.get("place")) and _one_of_two(subject, axis, story):
        return Selection(others=True)
    if kind in ("higher", "lower") and not told:
        return NOTHING
    return reference_of(subject, axis, story.table) or NOTHING


def _one_of_two(subject: Selection, axis: Axis, story: Story) -> bool:
    """Whether the subject is one of just two names at its level of the header."""
    levels = {level for a, level in subject.levels if a == axis}
    if len(levels) != 1:
        return False
    level = levels.pop()
    return len({name.text for name in story.names if name.axis == axis and name.level == level}) == 2


def _scope(clause: Clause, axis: Axis, rest: Selection, story: Story) -> Scope:
    scope = story.scope(clause, axis)
    if not rest.empty and scope.where.empty:
        scope = replace(scope, where=rest)
    if not scope.but.empty and scope.share is None:
        scope = replace(scope, share=ALL)
    everywhere = scope.share is not None and scope.share.kind == "all"
    of_rivals = everywhere and "rival" in clause.groups and not clause.all_anywhere
    return replace(scope, share=None) if of_rivals and scope.where.empty else scope


def _neither(clause: Clause, compared: Compare) -> Formula:
    """Each of the names after "neither" denied on its own."""
    each = [of_mention(mention) for mention, _ in clause.names.get(clause.neither, [])]
    if clause.neither == "subject":
        return And(tuple(Not(replace(compared, left=one)) for one in each))
    if clause.neither == "rival":
        return And(tuple(Not(replace(compared, right=one)) for one in each))
    return And(tuple(Not(replace(compared, scope=replace(compared.scope, where=one))) for one in each))


def each_with_its_number(clause: Clause, whole: Compare) -> tuple[Compare, ...] | None:
    """The comparison once for each of several numbers, with the name it belongs to.

    Empty where the sentence does not part them ("by 0.4/0.3"), None where it does ("respectively") and
    no names match them in number.
    """
    for role, place in (("place", True), ("rival", False)):
        names = clause.names.get(role, [])
        if len(names) == len(clause.by):
            each = [(of_mention(mention), by) for (mention, _), by in zip(names, clause.by, strict=True)]
            if place:
                return tuple(replace(whole, scope=replace(whole.scope, where=one), by=by) for one, by in each)
            return tuple(replace(whole, right=one, by=by) for one, by in each)
    return None if "respectively" in clause.words else ()


def _part(clause: Clause, subject: Selection, rival: Selection, scope: Scope) -> Part:
    assert clause.relation is not None
    relation = RELATION_OF[clause.relation.kind]
    if clause.share is not None and clause.negated and "any" in clause.words:
        scope = replace(scope, share=Share("any"))
    whole = Compare(relation, subject, rival, scope, None, clause.degree)
    compared = each_with_its_number(clause, whole) if len(clause.by) > 1 else ()
    if compared is None:
        return unread(clause, "which number belongs to which name is not said")
    sizes: list[Quantity | None] = [*clause.by] or [None]
    compared = compared or tuple(replace(whole, by=by) for by in sizes)
    formula: Formula = compared[0] if len(compared) == 1 else And(compared)
    if clause.neither:
        formula = _neither(clause, compared[0])
    denied = selection(clause, "denied", OTHER[axis_of(subject) or "row"])
    if not denied.empty:
        formula = And((formula, Not(replace(compared[0], scope=replace(scope, where=denied)))))
    form = "difference" if clause.by else "compare"
    sure = min(subject.sure, rival.sure, scope.where.sure)
    if relation == "same" and clause.negated and clause.relation.text.casefold().startswith("as "):
        return Part(replace(compared[0], relation="worse"), form, sure, tuple(clause.unread))
    return said(clause, formula, form, sure)
