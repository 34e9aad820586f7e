"""A stated number → the assertions it makes about the cells that phrases name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from claims.assertion import At, Compare, Fold, Formula, Not, Quantified, Quantifier, Term
from claims.domains.amounts import written
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.counted_places import at_counted_places, counts_places
from claims.domains.table.counted_values import of_each, with_counted_subject
from claims.domains.table.joining import all_joined
from claims.domains.table.manner import PLAINLY, Manner
from claims.domains.table.number_said import said_of
from claims.domains.table.phrase import Constraint, Group, Phrase
from claims.domains.table.selection import Selection, constraints_of, result_lines, selection
from claims.domains.table.stated import fits_unit
from claims.domains.table.units import in_cells
from claims.domains.table.word_lists import word_lists
from claims.language.chart import Edge, ParseNode

WHOLE = 0.5
"""Half a unit of a whole number."""
LIMITS = ("human", "bound")
"""Kinds of line that results are compared with, but that are no results themselves."""
ROUND = 5
"""Whole multiples of it are round."""
SPARING = frozenset({"all", "none"})
"""Quantifiers that an exception may follow: "all models except C", "no model except C"."""


def stated_of(
    context: ClauseContext, groups: Sequence[Group], amount: ParseNode, manner: Manner = PLAINLY
) -> Iterator[Formula]:
    """The assertions that a number is the value of the cells that phrases name.

    Args:
        context: the sentence over its table.
        groups: the phrases, the subject first.
        amount: the number.
        manner: in which it is stated.
    """
    groups, manner = _denied_of_each(*with_counted_subject(context, groups, manner))
    if not _says_where_of_several(groups, manner):
        yield from _of_cells_named(context, groups, amount, manner)
    elif manner.word is None or not _runs_the_other_way(context, groups, manner.word):
        yield from at_counted_places(context, groups, amount, manner)


def _of_cells_named(
    context: ClauseContext, groups: Sequence[Group], amount: ParseNode, manner: Manner
) -> Iterator[Formula]:
    """The assertions of a number on the cells that phrases name, or on all lines that the subject counts."""
    negated = manner.negated
    told = [p for group in groups for p in group]
    if groups[0] and all(p.denied for p in groups[0]) and not negated:
        yield from _of_neither(context, groups, amount, replace(manner, negated=True))
        return
    if any(p.denied for p in told) or _denies_several(manner, told):
        return
    subject = groups[0][0]
    if manner.spared and subject.quantifier not in SPARING:
        return
    counting = subject if subject.quantifier and not subject.named and len(groups[0]) == 1 else None
    rest = groups[1:] if counting is not None else groups
    if any(p.quantifier not in ("", "all") or p.other for group in rest for p in group):
        return
    if any(p.quantifier and p.n is not None and not p.named for group in rest for p in group):
        return
    if counting is not None:
        if not negated:
            denied = replace(manner, negated=counting.quantifier == "none")
            yield from of_each(context, counting, rest, amount, denied)
        return
    if manner.spared:
        return
    if manner.word is not None and _runs_the_other_way(context, groups, manner.word):
        return
    manner = replace(manner, measured=any(p.caption or "measure" in p.nouns for p in told))
    universal = manner.always or manner.never or any(p.quantifier == "all" for group in groups for p in group)
    parts = [
        stated_at(context, constraints_of((way,)), amount, manner, universal=universal) for way in product(*groups)
    ]
    strict = any(p.strict for p in told)
    yield from all_joined([[Not(one) if negated else one for one in part] for part in parts], strict=strict)


def _denied_of_each(groups: Sequence[Group], manner: Manner) -> tuple[Sequence[Group], Manner]:
    """A number denied of every line of a name, "no BERT model exceeds 90", as one that they never have."""
    subject = groups[0]
    none = len(subject) == 1 and subject[0].quantifier == "none" and subject[0].named and not subject[0].other
    if not none or manner.negated or manner.never or manner.spared:
        return groups, manner
    return ((replace(subject[0], quantifier=""),), *groups[1:]), replace(manner, never=True)


def _denies_several(manner: Manner, told: Sequence[Phrase]) -> bool:
    """True if a number is denied of several lines, and it is open whether of each or of all together."""
    several = any(p.strict or p.quantifier for p in told)
    return (manner.negated and (manner.always or several)) or (manner.never and several)


def _says_where_of_several(groups: Sequence[Group], manner: Manner) -> bool:
    """True if a number belongs to a subject at some of its places, at a stated number, or at all but some."""
    if any(p.quantifier for p in groups[0]):
        return False
    counting = [group[0] for group in groups[1:] if counts_places(group)]
    plain = len(counting) == 1 and counting[0].quantifier == "all" and counting[0].n is None
    return len(counting) == 1 and (bool(manner.spared) or not plain)


def _of_neither(
    context: ClauseContext, groups: Sequence[Group], amount: ParseNode, manner: Manner
) -> Iterator[Formula]:
    """A number denied of each of those listed: "neither A nor B reaches 60"."""
    if any(p.denied or p.quantifier or p.strict for group in groups[1:] for p in group):
        return
    if manner.word is not None and _runs_the_other_way(context, groups, manner.word):
        return
    parts = [list(stated_at(context, constraints_of((way,)), amount, manner)) for way in product(*groups)]
    plain = all(isinstance(one, Compare) for part in parts for one in part)
    if plain:
        yield from all_joined([[Not(one) for one in part] for part in parts], strict=True)


def _runs_the_other_way(context: ClauseContext, groups: Sequence[Group], word: Edge) -> bool:
    """True if "performance", of which more is better, may be said of numbers of which less is."""
    performs = word.symbol == "bar" or any(p.oriented for group in groups for p in group)
    if not performs:
        return False
    chosen = selection(constraints_of((next(product(*groups)),)))
    return chosen is None or directions_of(context, chosen.row, chosen.column) != {1}


def directions_of(context: ClauseContext, rows: Sequence[int] | None, columns: Sequence[int] | None) -> set[int]:
    """The directions of cells, 1 where higher is better; None stands for every line compared."""
    rows = rows if rows is not None else result_lines(context.lines, "row")
    columns = columns if columns is not None else result_lines(context.lines, "column")
    return set(context.lines.directions[list(rows)][:, list(columns)].ravel().tolist())


def stated_at(
    context: ClauseContext,
    constraints: Sequence[Constraint],
    amount: ParseNode,
    manner: Manner = PLAINLY,
    *,
    universal: bool = False,
) -> Iterator[Formula]:
    """The assertions of a number on the cells that constraints leave: on their average, on all, or on any of them."""
    chosen = selection(constraints)
    if chosen is None or (chosen.row is None and chosen.column is None):
        return
    for rows, columns in dict.fromkeys(product(*(_lines(context, chosen, axis, amount, manner) for axis in AXES))):
        said = chosen.words("row") | chosen.words("column")
        if not rows or not columns:
            continue
        if said.isdisjoint(word_lists().changes) and _prints_changes(context, rows, columns):
            continue
        if manner.mean:
            yield from _of_average(context, rows, columns, amount, manner)
            continue
        hows = {axis: _hows(context, chosen, axis, universal) for axis in AXES}
        yield from _of_cells(context, rows, columns, amount, manner, hows)


def _lines(
    context: ClauseContext, chosen: Selection, axis: Axis, amount: ParseNode, manner: Manner
) -> list[tuple[int, ...]]:
    """The lines of an axis that a number may belong to: those that are named, else the ones compared.

    A unit selects among them; "on NER" may include its time, and "overall" selects the line that sums up the others.
    """
    named = chosen.on(axis)
    unit = written(amount, manner.unit)[1]
    if unit in word_lists().units:
        every = named if named is not None else tuple(range(len(context.lines.names[axis])))
        fitting = tuple(i for i in every if in_cells(unit, (context.name(axis, i),)) is not None)
        if fitting and (named is not None or (len(fitting) == 1 and not manner.measured)):
            return [fitting]
    if named is not None:
        return list(dict.fromkeys((context.telling(axis, named), named)))
    compared = result_lines(context.lines, axis)
    if manner.total and not manner.mean and len(compared) > 1:
        sums = _totals(context, axis)
        return [sums] if len(sums) == 1 else []
    return [compared]


def _hows(context: ClauseContext, chosen: Selection, axis: Axis, universal: bool) -> tuple[Quantifier, ...]:
    """The quantifiers over lines of an axis: all, or each of those that are named; empty where the sentence has none.

    A name that leaves several measures ("on News" of F1 and EM) does not say which the number is of, nor which row
    of several: "BERT scores 68.1" where rows are named by model and data set.
    """
    named = chosen.on(axis)
    if universal or named is None:
        return ("all",) if universal else ()
    along = lines_along(context.lines.table, axis)
    if len({along[i].measure for i in named}) > 1:
        return ()
    levels = range(len(along[0].labels))
    inside = len(named) > 1 and any(len({along[i].labels[k] for i in named}) == 1 for k in levels)
    return ("any", "each") if inside else ("each",)


def _of_cells(
    context: ClauseContext,
    rows: Sequence[int],
    columns: Sequence[int],
    amount: ParseNode,
    manner: Manner,
    hows: Mapping[Axis, tuple[Quantifier, ...]],
) -> Iterator[Formula]:
    """The assertions of a number on one cell, or on the cells of several lines."""
    row = context.name("row", rows[0]) if len(rows) == 1 else "$r"
    column = context.name("column", columns[0]) if len(columns) == 1 else "$c"
    if not fits_unit(amount, context.lines, At(row, column), manner.unit):
        return
    axes: tuple[tuple[str, Axis, Sequence[int]], ...] = (("$r", "row", rows), ("$c", "column", columns))
    bound = [one for one in axes if len(one[2]) > 1]
    if manner.reaching and not bound and not manner.negated and _is_exact(context, rows[0], columns[0], amount):
        manner = replace(manner, reaching=False)
    for body in said_of(At(row, column), amount, manner):
        ways: list[Formula] = [body]
        for variable, axis, lines in bound:
            ways = [over for way in ways for over in _over(context, hows[axis], variable, axis, lines, way)]
        yield from ways


def _over(
    context: ClauseContext,
    said: tuple[Quantifier, ...],
    variable: str,
    axis: Axis,
    lines: Sequence[int],
    body: Formula,
) -> Iterator[Formula]:
    """A formula over lines of an axis, in every way that may be meant where nothing names them.

    What is said of one of them may be said of any line; whether people and bounds count among all is not said.
    """
    for how in said or _unsaid(body):
        wide = ("aggregate", *LIMITS) if how == "any" else LIMITS if not said else ()
        also = [line.index for line in lines_along(context.lines.table, axis) if line.kind in wide]
        if how != "any" or not also:
            yield Quantified(how, variable, context.domain(axis, lines), body)
        if also:
            yield Quantified(how, variable, context.domain(axis, dict.fromkeys((*lines, *also))), body)


def _unsaid(body: Formula) -> tuple[Quantifier, ...]:
    """The quantifiers of a number over lines that nothing names: "any" for a plain number, "each" for a bound.

    A range or a rough number may hold of one of the lines or of all.
    """
    if isinstance(body, Compare) and body.relation == "=":
        return ("any",)
    return ("each",) if isinstance(body, Compare) and body.relation != "about" else ("any", "all")


def _totals(context: ClauseContext, axis: Axis) -> tuple[int, ...]:
    """The lines of an axis that sum up the others."""
    return tuple(line.index for line in lines_along(context.lines.table, axis) if line.kind == "aggregate")


def _is_exact(context: ClauseContext, row: int, column: int, amount: ParseNode) -> bool:
    """True if a number is written as precisely as the cell it is compared with, and is not a round one."""
    number, _ = written(amount)
    _, half = context.lines.at(np.array([row]), np.array([column]))
    return float(number.half_width) <= float(half[0]) and (number.half_width < WHOLE or number.value % ROUND != 0)


def _prints_changes(context: ClauseContext, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """True if a line prints changes, whose numbers are no scores."""
    table = context.lines.table
    return any(table.rows[i].kind == "change" for i in rows) or any(table.columns[i].kind == "change" for i in columns)


def _of_average(
    context: ClauseContext, rows: Sequence[int], columns: Sequence[int], amount: ParseNode, manner: Manner
) -> Iterator[Formula]:
    """The assertions of a number as an average: of the line that prints it, the mean of cells, or a single cell."""
    if len(rows) == len(columns) == 1:
        yield from said_of(At(context.name("row", rows[0]), context.name("column", columns[0])), amount, manner)
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
        yield from said_of(term, amount, manner)
