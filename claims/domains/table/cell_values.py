"""A stated number → what it says of the cells that phrases name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from claims.assertion import At, Between, Compare, Fold, Formula, Not, Quantified, Quantifier, Relation, Term
from claims.domains.table.axes import AXES, Axis, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.counting import counted
from claims.domains.table.joining import all_joined
from claims.domains.table.phrase import Constraint, Group, Phrase
from claims.domains.table.roles import role_of
from claims.domains.table.selection import constraints_of, result_lines, selection
from claims.domains.table.stated import fits_unit, stated
from claims.domains.table.word_lists import word_lists
from claims.language.chart import Edge, Node

BOUNDING: dict[str, Relation] = {">": ">", "<": "<"}
"""Words that bound a number; "better than 70" does not, as nothing says which way is better."""


def stated_of(
    context: ClauseContext,
    groups: Sequence[Group],
    amount: Node,
    word: Edge | None = None,
    *,
    mean: bool = False,
    negated: bool = False,
) -> Iterator[Formula]:
    """A number said of the cells that phrases name.

    Args:
        context: the sentence over its table.
        groups: the phrases, the subject first.
        amount: the number.
        word: that bounds it ("exceeds"); None where it is the number itself.
        mean: whether it is an average.
        negated: whether it is denied.
    """
    told = [p for group in groups for p in group]
    if any(p.denied for p in told) or (negated and any(p.strict or p.quantifier for p in told)):
        return
    subject = groups[0][0]
    counting = subject if subject.quantifier and not subject.named and len(groups[0]) == 1 else None
    rest = groups[1:] if counting is not None else groups
    if any(p.quantifier not in ("", "all") or p.other for group in rest for p in group):
        return
    if any(p.quantifier and p.n is not None and not p.named for group in rest for p in group):
        return
    if counting is not None:
        if not negated:
            yield from _of_each(context, counting, rest, amount, word)
        return
    universal = any(p.quantifier == "all" for group in groups for p in group)
    parts = [
        stated_at(context, constraints_of((way,)), amount, word, universal=universal, mean=mean)
        for way in product(*groups)
    ]
    for whole in all_joined(parts):
        yield Not(whole) if negated else whole


def stated_at(
    context: ClauseContext,
    constraints: Sequence[Constraint],
    amount: Node,
    word: Edge | None = None,
    *,
    universal: bool = False,
    mean: bool = False,
) -> Iterator[Formula]:
    """A number said of the cells that constraints leave: of their average, of all, or of any of them."""
    chosen = selection(constraints)
    if chosen is None or (chosen.row is None and chosen.column is None):
        return
    rows = chosen.row if chosen.row is not None else result_lines(context.lines, "row")
    columns = chosen.column if chosen.column is not None else result_lines(context.lines, "column")
    if not rows or not columns:
        return
    said = chosen.words("row") | chosen.words("column")
    if said.isdisjoint(word_lists().changes) and _prints_changes(context, rows, columns):
        return
    if mean:
        yield from _of_average(context, rows, columns, amount, word)
        return
    row = context.name("row", rows[0]) if len(rows) == 1 else "$r"
    column = context.name("column", columns[0]) if len(columns) == 1 else "$c"
    if not fits_unit(amount, context.lines, At(row, column)):
        return
    bound: list[tuple[str, Axis, tuple[int, ...]]] = []
    if len(rows) > 1:
        bound.append(("$r", "row", rows))
    if len(columns) > 1:
        bound.append(("$c", "column", columns))
    for whole in said_of(At(row, column), amount, word):
        for variable, axis, lines in bound:
            named = chosen.on(axis) is not None
            anchored = not named and isinstance(whole, Compare | Between) and getattr(whole, "relation", "=") == "="
            how: Quantifier = "all" if universal else "any" if anchored else "each"
            whole = Quantified(how, variable, context.domain(axis, lines), whole)
        yield whole


def _prints_changes(context: ClauseContext, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether a line prints changes, whose numbers are no scores."""
    table = context.lines.table
    return any(table.rows[i].kind == "change" for i in rows) or any(table.columns[i].kind == "change" for i in columns)


def _of_each(
    context: ClauseContext, counting: Phrase, groups: Sequence[Group], amount: Node, word: Edge | None
) -> Iterator[Formula]:
    """Of every line compared: "all systems exceed 18 on T", "no system scores above 30 on T"."""
    if any(len(group) > 1 or group[0].quantifier for group in groups) or "system" not in counting.nouns:
        return
    chosen = selection(constraints_of(groups))
    for axis in AXES if chosen is not None else ():
        assert chosen is not None
        cross = other_axis(axis)
        fixed = chosen.on(cross)
        if role_of(context.lines, axis) != "system" or fixed is None or len(fixed) != 1 or chosen.on(axis) is not None:
            continue
        members = result_lines(context.lines, axis)
        for body in said_of(context.at(axis, "$o", context.name(cross, fixed[0])), amount, word):
            whole = counted(context, axis, members, counting, "$o", body)
            if whole is not None:
                yield whole


def _of_average(
    context: ClauseContext, rows: Sequence[int], columns: Sequence[int], amount: Node, word: Edge | None
) -> Iterator[Formula]:
    """Of an average: the line that prints it, or the mean of the cells."""
    for axis, one, many in ((AXES[0], rows, columns), (AXES[1], columns, rows)):
        if len(one) != 1 or len(many) < 2:
            continue
        cross, name = other_axis(axis), context.name(axis, one[0])
        lines = context.averaged(cross, many)
        if not lines:
            continue
        if len(lines) == 1:
            term: Term = context.at(axis, name, context.name(cross, lines[0]))
        else:
            term = Fold("mean", context.at(axis, name, "$c"), "$c", context.domain(cross, lines))
        yield from said_of(term, amount, word)


def said_of(term: Term, amount: Node, word: Edge | None) -> Iterator[Formula]:
    """What a number says of a term, as the bound that a word makes of it."""
    if word is None:
        yield from stated(term, amount)
        return
    relation = BOUNDING.get(word.value["relation"])
    for body in stated(term, amount) if relation is not None else ():
        assert relation is not None
        if isinstance(body, Compare) and body.relation == "=":
            yield Compare(relation, body.left, body.right)
