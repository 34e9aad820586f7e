"""The phrases of a clause in one way of binding them, and the assertions made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.assertion import Formula, Relation
from claims.domains.table.context import ClauseContext
from claims.domains.table.joining import combined
from claims.domains.table.lacking import lacking_a_part
from claims.domains.table.phrase import Group, shared
from claims.language.chart import Edge, ParseNode
from claims.language.places import says

OF_NUMBERS: dict[Relation, Relation] = {">": "better", "<": "worse"}
"""Relation of numbers → relation of "performance", of which more is better in whichever direction the numbers run."""
OF_POINTS: dict[Relation, Relation] = {"better": ">", "worse": "<"}
"""Relation of performance → relation of numbers that may be meant: "gains 2 points in WER" may be 2 points more."""


@dataclass(frozen=True, slots=True)
class TableAssertion:
    """One assertion of a clause and the fit of its names (`score`)."""

    formula: Formula
    score: float


@dataclass(frozen=True, slots=True)
class BoundPhrases:
    """The phrases of a clause in one way of binding them.

    Attributes:
        left: the left side. scope: its places and measures. right: the right side. after: places behind both sides.
        score: fit of the names. contrast: True if places stand against each other ("than on Y").
    """

    left: Group
    scope: tuple[Group, ...]
    right: Group
    after: tuple[Group, ...]
    score: float
    contrast: bool = False


def given_ways(context: ClauseContext, node: ParseNode, tails: Sequence[ParseNode]) -> Iterator[BoundPhrases]:
    """Every way of binding the phrases of a comparison with one side or two."""
    right = node.first("right")
    sides = [node.first("left"), *([right] if right is not None else [])]
    before = [*node.find("measure", "scope", "object"), *found_in(tails, "measure")]
    after = found_in(tails, "scope")
    contrast = right is not None and right.first("np", "top") is None
    count = len(sides)
    who_may = [side_groups(context, side, node) for side in sides]
    for way in combined(*who_may, *(context.binder.groups(n) for n in (*before, *after))):
        who, where = way[:count], way[count : count + len(before)]
        subject, late = lacking_a_part(context, who[0], way[count + len(before) :], after)
        for left, other in _sides(node, subject, who[1]) if count > 1 else [(subject, ())]:
            yield BoundPhrases(left, where, other, late, score_of(way), contrast)


def side_groups(context: ClauseContext, side: ParseNode, *clause: ParseNode) -> list[Group]:
    """The bindings of a side, as sources where the clause is about these: "A transfers better", "a better source".

    Args:
        context: of the sentence.
        side: the phrase.
        clause: the nodes with the clause's verb and its kind of thing.
    """
    groups, named = context.binder.groups(side), side.first("np", "unit") is not None
    return context.binder.sources(groups) if named and any(map(_speaks_of_sources, clause)) else groups


def says_how_it_transfers(node: ParseNode) -> bool:
    """True if the verb of a clause is "transfer"."""
    return any(isinstance(part, Edge) and part.symbol.startswith("transfer") for _, part in node.parts)


def _speaks_of_sources(node: ParseNode) -> bool:
    """True if a clause is about sources of transfer: by its verb, or by its kind of thing, "a source"."""
    kind = node.first("kind")
    named = kind is not None and any(says(edge, "source") for _, edge in kind.leaves())
    return named or says_how_it_transfers(node)


def _sides(node: ParseNode, left: Group, right: Group) -> Iterator[tuple[Group, Group]]:
    """Both sides; where "and" joins them, also with names that only one of them has: "between old and new BERT"."""
    joined = any(isinstance(part, Edge) and part.symbol == "and" for _, part in node.parts)
    if not joined or len(left) != 1 or len(right) != 1:
        yield left, right
        return
    for one, other in shared((left[0], right[0])):
        yield (one,), (other,)


def speaks_of_performance(context: ClauseContext, given: BoundPhrases) -> bool:
    """True if "performance" is compared, and no measure named: "a higher performance on X", "the performance of A"."""
    told = [p for group in (given.left, *given.scope) for p in group if p.oriented]
    return any(not p.named or not context.binder.speaks_of_a_measure(p) for p in told)


def relations_meant(word: Edge | None, relation: Relation) -> tuple[Relation, ...]:
    """The relations that a word may state, a relation first; "gains", "loses" and "adds" may be of numbers alone."""
    meant = OF_POINTS.get(relation) if says(word, "points") else None
    return (relation,) if meant is None else (relation, meant)


def found_in(tails: Iterable[ParseNode], *labels: str) -> list[ParseNode]:
    """Parts of the tails of a clause with some labels."""
    return [part for tail in tails for part in tail.find(*labels)]


def has_any(tails: Iterable[ParseNode], *labels: str) -> bool:
    """True if a tail has a part with one of some labels."""
    return any(tail.first(*labels) is not None for tail in tails)


def score_of(groups: Iterable[Group]) -> float:
    """The sum of the phrases' scores: the fit of all their names."""
    return sum(phrase.score for group in groups for phrase in group)


def speaks_of_a_mean(groups: Iterable[Group]) -> bool:
    """True if a phrase says "the average …"."""
    return any(phrase.mean for group in groups for phrase in group)
