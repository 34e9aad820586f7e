"""Settings of a comparison that hold of the next one of the same subject.

"Beats B in the zero-shot setting on X but trails on Y": the setting is of both, as Y stands against X alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.domains.table.axes import Axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.joining import combined
from claims.language.chart import ParseNode


def with_settings(context: ClauseContext, clauses: Sequence[ParseNode]) -> list[tuple[ParseNode, ...]]:
    """The clauses in each way of filling in the places that later ones leave out.

    A place that the clause before has on another label level is kept where another of its places stands against one of
    the later clause. Otherwise, and in a sentence of its own or for a measure, both ways are made, kept and not kept.
    """
    ways = [_ways(context, clauses[i - 1] if i else None, clause) for i, clause in enumerate(clauses)]
    return list(combined(*ways))


def _ways(context: ClauseContext, before: ParseNode | None, clause: ParseNode) -> list[ParseNode]:
    first, second = (one.first("compare") if one is not None else None for one in (before, clause))
    if first is None or second is None or not _share_subject(first, second):
        return [clause]
    if any(body.first("only", "always", "mean") is not None for body in (first, second)):
        return [clause]
    ours, theirs = _places(first), _places(second)
    said = {level for place in theirs for level in _levels(context, place)}
    kept = [place for place in ours if (found := _levels(context, place)) and found.isdisjoint(said)]
    if not kept or not theirs:
        return [clause]
    tails = (("tail", ParseNode("tail", (("scope", place),))) for place in kept)
    placed = ParseNode(clause.rule, (("compare", ParseNode(second.rule, (*second.parts, *tails))),))
    against = any(_levels(context, place) & said for place in ours) and not _ends_between(context, first, second)
    return [placed] if against and not any(_is_measure(context, place) for place in kept) else [clause, placed]


def _ends_between(context: ClauseContext, first: ParseNode, second: ParseNode) -> bool:
    """True if a sentence ends between what two clauses say of their subject."""
    start, end = (body.first("beat", "rel", "where", "same") for body in (first, second))
    return start is None or end is None or any(t.text == "." for t in context.binder.tokens[start.end : end.start])


def _share_subject(first: ParseNode, second: ParseNode) -> bool:
    """True if the subject of a comparison is that of the one before, and not said again."""
    lefts = [body.first("left") for body in (first, second)]
    if any(left is None for left in lefts):
        return False
    starts = [min((edge.start for _, edge in left.leaves()), default=None) for left in lefts]
    return starts[0] is not None and starts[0] == starts[1]


def _places(body: ParseNode) -> list[ParseNode]:
    """The phrases of a comparison's places."""
    return [*body.find("scope"), *(tail.first("scope") for tail in body.find("tail") if tail.first("scope"))]


def _levels(context: ClauseContext, place: ParseNode) -> set[tuple[Axis, int]]:
    """The levels of labels that a place may name."""
    return {(c.axis, c.level) for group in context.binder.groups(place) for p in group for c in p.constraints}


def _is_measure(context: ClauseContext, place: ParseNode) -> bool:
    return any(context.binder.speaks_of_a_measure(p) for group in context.binder.groups(place) for p in group)
