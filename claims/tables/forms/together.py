"""Correlations: "X correlates with Y", "the correlation between X and Y is negative"."""

from __future__ import annotations

from dataclasses import replace

from claims.phrases import each_word
from claims.tables.assertion import Correlated, Selection
from claims.tables.choosing import axis_of
from claims.tables.clause import Clause
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.story import of_mention
from claims.tables.selecting import selection

FALLING = each_word("negatively negative inversely inverse anti")
RISING = each_word("positively positive")
STRONG = each_word("strongly strong highly high closely well")


def together(clause: Clause, own: Selection) -> Part:
    """The part of a clause that says two lines of numbers go together, or against each other."""
    left, right = own, selection(clause, "rival")
    between = [mention for mention, _ in clause.names.get("rival", [])]
    if own.empty and len(between) == 2:
        left, right = (of_mention(mention) for mention in between)
    if left.empty or right.empty or axis_of(left) is None or axis_of(left) != axis_of(right):
        return unread(clause, "which two lines are correlated is not said")
    if clause.negated or clause.names.get("place") or clause.words & {"weakly", "weak", "perfectly", "perfect"}:
        return unread(clause, "a correlation that is denied, weak, perfect or in one place only is not weighed")
    degree = "clear" if clause.words & STRONG or clause.degree == "clear" else ""
    formula = Correlated("fall" if clause.words & FALLING else "rise", left, right, degree)
    part = said(clause, formula, "correlation", min(left.sure, right.sure))
    return replace(part, unread=tuple(word for word in part.unread if word.casefold() not in FALLING | RISING | STRONG))
