"""Two lines named by "between": "a drop between A and B", "the gap between A and B is smaller for C"."""

from __future__ import annotations

from claims.tables.assertion import Compare, Gap, Relation, Scope
from claims.tables.choosing import axis_of
from claims.tables.clause import Clause
from claims.tables.forms.part import Part, said, unread
from claims.tables.forms.story import of_mention
from claims.tables.mentions import Mention
from claims.tables.selecting import selection
from claims.tables.table import OTHER


def drop_between(clause: Clause) -> Part | None:
    """The part of “a drop between A and B”: B is worse than A."""
    assert clause.relation is not None
    kind = clause.relation.kind
    names = _names(clause, "place", "rival", "subject")
    if len(names) < 2 or kind not in ("rises", "falls", "helps", "hurts"):
        return None
    first, second = (of_mention(mention) for mention in names[:2])
    if axis_of(first) != axis_of(second):
        return None
    relation: Relation = "better" if kind in ("rises", "helps") else "worse"
    formula = Compare(relation, second, first, by=clause.by[0] if clause.by else None, degree=clause.degree)
    return said(clause, formula, "compare", min(first.sure, second.sure))


def gap_between(clause: Clause) -> Part | None:
    """The part of “the gap between A and B is smaller for C”, compared with the other lines of C's axis."""
    if "gap" not in clause.kinds or "between" not in clause.words:
        return None
    size = next((kind for kind in clause.kinds if kind in ("higher", "lower")), None)
    names = _names(clause, "subject", "place", "rival")
    if not names:
        return None
    axis = names[0].best.axis
    pair = [mention for mention in names if mention.best.axis == axis][:2]
    rest = [mention for mention in names if mention not in pair and mention.best.axis == OTHER[axis]]
    if len(pair) < 2:
        return None
    if size is None:
        return _stated_gap(clause, pair, rest)
    if len(rest) != 1:
        return None
    owner = of_mention(rest[0])
    elsewhere = selection(clause, "versus", OTHER[axis])
    if clause.names.get("versus") and axis_of(elsewhere) != OTHER[axis]:
        return unread(clause, "against which other place the gap is held is not in the table")
    sides = of_mention(pair[0]), of_mention(pair[1])
    formula = Gap("wider" if size == "higher" else "narrower", *sides, owner, elsewhere)
    return said(clause, formula, "gap", owner.sure)


def _stated_gap(clause: Clause, pair: list[Mention], rest: list[Mention]) -> Part | None:
    """The part of “the difference between A and B on X is 2 points”."""
    sizes = clause.by or [quantity for quantity, _ in clause.numbers]
    if len(sizes) != 1:
        return None
    first, second = (of_mention(mention) for mention in pair)
    scope = Scope(of_mention(rest[0])) if rest else Scope()
    clause.numbers = []
    return said(clause, Compare("same", first, second, scope, sizes[0]), "difference", min(first.sure, second.sure))


def _names(clause: Clause, *roles: str) -> list[Mention]:
    return [mention for role in roles for mention, _ in clause.names.get(role, [])]
