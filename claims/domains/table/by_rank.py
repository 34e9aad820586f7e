"""Rivals on printed ranks: "A beats B" may be of the ranks that a table prints, or of every measure."""

from __future__ import annotations

from collections.abc import Iterator

from claims.assertion import At, Compare, Domain, Formula, Quantified, Ranked
from claims.domains.table.axes import lines_along
from claims.domains.table.context import ClauseContext
from claims.rewriting import transform

PERFORMING = frozenset({"better", "worse", "best", "worst"})
"""Relations and places of performance."""
EVERY = Domain("columns")


def by_rank(context: ClauseContext, formula: Formula) -> Iterator[Formula]:
    """The rival of an assertion on all columns that is on the one column of ranks alone."""
    ranks = [line.index for line in lines_along(context.lines.table, "column") if line.kind == "rank"]
    if len(ranks) != 1:
        return
    column = context.name("column", ranks[0])

    def ranked(node: object) -> Formula | None:
        if not isinstance(node, Quantified) or node.quantifier not in ("each", "all") or node.domain != EVERY:
            return None
        match node.body:
            case Compare(relation, At(row=left), At(row=right)) if relation in PERFORMING:
                return Compare(relation, At(left, column), At(right, column))
            case Ranked(place, names, variable, domain, At(row=row), k) if place in PERFORMING and row == variable:
                return Ranked(place, names, variable, domain, At(row, column), k)
        return None

    whole: Formula = transform(formula, ranked)
    if whole != formula:
        yield whole
