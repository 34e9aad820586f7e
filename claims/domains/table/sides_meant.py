"""The sides of a comparison as they can be meant; none where denied places or "the others" leave them open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from analysis.tables import TableLine
from claims.domains.table.axes import lines_along
from claims.domains.table.comparison import Comparison
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import BoundPhrases
from claims.domains.table.phrase import Constraint, Group, Phrase
from claims.domains.table.words import key_of
from claims.language.chart import Edge, ParseNode
from claims.language.places import says


def sides_meant(case: Comparison, node: ParseNode, places: Sequence[Phrase]) -> BoundPhrases | None:
    """The phrases of a comparison, a counterpart as that of its own family; None where several things may be meant.

    Args:
        case: the comparison.
        node: its clause.
        places: phrases of its places.
    """
    given, edges = case.given, [edge for _, edge in node.leaves()]
    if _is_denied_in_every_place(given, places, edges) or _is_one_of_those_named(given) or _goes_on(case, edges):
        return None
    if not any(says(edge, "alike") for edge in edges if edge.symbol == "noun"):
        return given
    right = _counterparts(case.context, given)
    return replace(given, right=right) if right is not None else None


def _is_denied_in_every_place(given: BoundPhrases, places: Sequence[Phrase], edges: Sequence[Edge]) -> bool:
    """True if "neither A nor B" stands beside "both X and Y", "all", "always": in none of them, or not in every one."""
    denied = any(p.denied for p in (*given.left, *given.right))
    always = any(edge.symbol == "always" or says(edge, "always") for edge in edges)
    return denied and (always or any(p.strict or p.quantifier for p in places))


def _is_one_of_those_named(given: BoundPhrases) -> bool:
    """True if rivals are "the other" or "the others" of several that the subject names: perhaps of those only."""
    return len(given.left) > 1 and any(p.other and not p.named for p in given.right)


def _goes_on(case: Comparison, edges: Sequence[Edge]) -> bool:
    """True if harm by removal is stated of lines that may each remove a part from the line before."""
    if not any(edge.symbol.startswith("harming") for edge in edges):
        return False
    sides = [c for p in (*case.given.left, *case.given.right) for c in p.constraints]
    lines = [lines_along(case.context.lines.table, c.axis)[i] for c in sides for i in c.lines]
    return any(line.kind == "ablation" and line.base is None for line in lines)


def _counterparts(context: ClauseContext, given: BoundPhrases) -> Group | None:
    """The right side with counterparts of the left one only; None where a line has none.

    Args:
        context: of the sentence.
        given: the sides; a left side of several lines and a rival called by its whole name stay as they are.
    """
    made = [_of_one_family(context, given, phrase) for phrase in given.right]
    return None if None in made else tuple(phrase for phrase in made if phrase is not None)


def _of_one_family(context: ClauseContext, given: BoundPhrases, phrase: Phrase) -> Phrase | None:
    kept: list[Constraint] = []
    for c in phrase.constraints:
        ours = given.left[0].lines_on(c.axis) if len(given.left) == 1 else None
        if c.whole or ours is None or len(ours) != 1:
            kept.append(c)
            continue
        lines = lines_along(context.lines.table, c.axis)
        (mine,) = ours
        alike = frozenset(i for i in c.lines if i != mine and _are_alike(lines[mine], lines[i]))
        if not alike:
            return None
        kept.append(replace(c, lines=alike))
    return replace(phrase, constraints=tuple(kept))


def _are_alike(one: TableLine, other: TableLine) -> bool:
    """True if labels share a word and differ in one at most."""
    ours, theirs = (Counter(word for label in line.labels for word in key_of(label)) for line in (one, other))
    return bool(ours & theirs) and max((ours - theirs).total(), (theirs - ours).total()) <= 1
