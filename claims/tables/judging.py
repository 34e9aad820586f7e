"""Whether an assertion holds in a table: each form is decided in a file of its own."""

from __future__ import annotations

from claims.tables.assertion import And, Change, Compare, Correlated, Formula, Gap, Not, Stated, Superlative, Trend
from claims.tables.comparing import compared
from claims.tables.correlating import correlated
from claims.tables.findings import Found, denied, joined
from claims.tables.ranking import ranked
from claims.tables.stating import changed, stated
from claims.tables.table import Table
from claims.tables.trending import gap_compared, trended


def judge(formula: Formula, table: Table) -> Found:
    """Whether a formula holds in a table."""
    match formula:
        case Not(part):
            return denied(judge(part, table))
        case And(parts):
            return joined([judge(part, table) for part in parts])
        case Compare():
            return compared(formula, table)
        case Superlative():
            return ranked(formula, table)
        case Stated():
            return stated(formula, table)
        case Change():
            return changed(formula, table)
        case Trend():
            return trended(formula, table)
        case Gap():
            return gap_compared(formula, table)
        case Correlated():
            return correlated(formula, table)
