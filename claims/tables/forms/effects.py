"""Effects: "adding X improves Y", "removing X hurts", "accuracy drops", "time increases with d"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from claims.tables.ablations import reference_of
from claims.tables.assertion import Change, Compare, Relation, Scope, Selection, Trend
from claims.tables.choosing import axis_of
from claims.tables.clause import Clause
from claims.tables.forms.between import drop_between
from claims.tables.forms.comparisons import comparison
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.spans import climb
from claims.tables.forms.story import Story, all_systems, on_axis
from claims.tables.table import OTHER, Axis, Table

EFFECT_OF: dict[str, Relation] = {"helps": "better", "hurts": "worse", "rises": "higher", "falls": "lower"}
"""Words of change → the relation of the line with the thing to the line without it."""

REMOVING = re.compile(r"\b(?:remov|ablat|without|exclud|leaving out)", re.IGNORECASE)


def effect(clause: Clause, own: Selection, story: Story) -> Part:
    """The part of a clause that says what something does to the numbers."""
    assert clause.relation is not None
    kind = clause.relation.kind
    if "between" in clause.words and (drop := drop_between(clause)) is not None:
        return drop
    if kind in ("rises", "falls") and (climbed := climb(clause, own, EFFECT_OF[kind])) is not None:
        return climbed
    if (trend := _trend(clause, own, story.table)) is not None:
        return trend
    if kind in ("rises", "falls"):
        _owner_as_rival(clause, own)
    if kind in ("rises", "falls") and clause.names.get("rival") and not clause.by:
        return unread(clause, "no form for this sentence")
    if clause.names.get("rival") or (own.empty and all_systems(clause) and kind in ("helps", "hurts")):
        fewer_errors = kind == "falls" and any(by.sense == "error" for by in clause.by)
        clause.relation = replace(clause.relation, kind="better" if fewer_errors else EFFECT_OF[kind])
        return comparison(clause, own, story)
    subject = story.subject_of(clause, own)
    if subject.empty:
        return unread(clause, "what changes has no name in the table")
    return _of_subject(clause, subject, story)


def _owner_as_rival(clause: Clause, own: Selection) -> None:
    """In “A reduces the error of B” B is whom A is compared with: B's line runs along A's."""
    axis = axis_of(own)
    places = clause.names.get("place", [])
    beside = [pair for pair in places[1:] if axis and pair[0].best.axis == axis]
    owned = bool(beside) and axis is not None and places[0][0].best.axis == OTHER[axis] and "of" in clause.words
    if owned and not clause.names.get("rival"):
        clause.names["place"] = [pair for pair in clause.names["place"] if pair not in beside]
        clause.names["rival"] = beside


def _of_subject(clause: Clause, subject: Selection, story: Story) -> Part:
    """A thing beside its absence, where the table has both; else a printed change; else beside the other lines."""
    assert clause.relation is not None
    axis = axis_of(subject)
    scope = story.scope(clause, axis)
    prints = _prints_change(story.table)
    if prints and clause.changed != "removing" and REMOVING.search(story.table.caption):
        return unread(clause, "the table prints what removing does")
    reference = reference_of(subject, axis, story.table) if axis else None
    if reference is not None:
        return _beside_absence(clause, subject, reference, scope)
    if clause.relation.kind in ("helps", "hurts") or not (scope.where.empty or axis is None or prints):
        return _beside_others(clause, subject, scope, axis)
    return said(clause, Change(_direction(clause), subject, scope), "change", subject.sure)


def _direction(clause: Clause) -> Literal["rise", "fall"]:
    assert clause.relation is not None
    return "rise" if clause.relation.kind == "rises" else "fall"


def _beside_absence(clause: Clause, subject: Selection, reference: Selection, scope: Scope) -> Part:
    assert clause.relation is not None
    left, right = subject, reference
    if reference.words == "full" and clause.changed != "removing":
        left, right = reference, subject
    by = clause.by[0] if clause.by else None
    formula = Compare(EFFECT_OF[clause.relation.kind], left, right, scope, by, clause.degree)
    return said(clause, formula, "ablation", subject.sure)


def _beside_others(clause: Clause, subject: Selection, scope: Scope, axis: Axis | None) -> Part:
    """The part of “A reduces X” where no ablation and no baseline is named: A beside every other line of its axis."""
    assert clause.relation is not None
    if axis is None or clause.changed or scope.where.empty or clause.unread:
        return unread(clause, "against what is not said")
    formula = Compare(EFFECT_OF[clause.relation.kind], subject, Selection(others=True), scope, None, clause.degree)
    return said(clause, formula, "effect", min(subject.sure, scope.where.sure))


def _trend(clause: Clause, own: Selection, table: Table) -> Part | None:
    """The part of “X increases with d”: along the lines whose headers are values of d."""
    assert clause.relation is not None
    axis = clause.along
    if clause.relation.kind not in ("rises", "falls") or axis is None or axis_of(own) != OTHER[axis]:
        return None
    along = on_axis(axis, frozenset(line.index for line in table.lines(axis)))
    return said(clause, Trend(_direction(clause), along, Scope(own)), "trend", own.sure)


def _prints_change(table: Table) -> bool:
    """Whether cells print changes: with a sign, or under a heading that says so."""
    if any(value.signed for cell in table.cells.values() for value in cell.values):
        return True
    return any("δ" in line.name.casefold() or "diff" in line.name.casefold() for line in table.all_lines())
