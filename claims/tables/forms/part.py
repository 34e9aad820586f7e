"""One clause as read: its assertion, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from claims.phrases import each_word
from claims.tables.assertion import Formula, Not
from claims.tables.clause import Clause


@dataclass(frozen=True, slots=True)
class Part:
    """One clause: what it says, or why nothing was read.

    Attributes:
        formula: None where nothing was read.
        form: "compare", "difference", "superlative", "value", "change", "trend", "gap", "ablation",
            "effect", "correlation" or "none".
        sure: least certainty of its names. unread: words nothing explains. why: of what was not read.
        states: whether the clause states something of results at all.
    """

    formula: Formula | None
    form: str
    sure: float = 1.0
    unread: tuple[str, ...] = ()
    why: str = ""
    states: bool = True


def said(clause: Clause, formula: Formula, form: str, sure: float) -> Part:
    """A clause that says a formula, or denies it."""
    return Part(Not(formula) if clause.negated else formula, form, sure, tuple(clause.unread))


def unread(clause: Clause, why: str, *, states: bool = True) -> Part:
    """A clause that was not read; one without a name or number of the table states nothing of it."""
    named = any(clause.names.values()) or bool(clause.by) or bool(clause.numbers) or bool(clause.stated)
    return Part(None, "none", 0.0, tuple(clause.unread), why, states and named and not clause.words & SUPPOSING)


SUPPOSING = each_word("despite assume assumes whether if might would could should hypothesis")
"""Words of clauses that suppose or concede something rather than state it."""
