"""A number stated of one line at several places: at some that are counted, at all but some, or at one alone.

"A exceeds 50 on three of the four sets", "on all sets except X", "only on X".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from claims.assertion import Formula, Not, Quantified, Whole
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.counting import counted
from claims.domains.table.manner import Manner
from claims.domains.table.number_said import said_of
from claims.domains.table.phrase import Constraint, Group, Phrase
from claims.domains.table.roles import role_of
from claims.domains.table.selection import constraints_of, result_lines, selection
from claims.domains.table.stated import fits_unit
from claims.language.chart import ParseNode


def counts_places(group: Group) -> bool:
    """True if a phrase counts the places where a number holds, with or without an exception."""
    phrase = group[0]
    plain = len(group) == 1 and not (phrase.named or phrase.other or phrase.caption or phrase.among)
    across = bool(phrase.kinds) or not {"place", "measure"}.isdisjoint(phrase.nouns)
    return plain and across and phrase.quantifier in ("all", "count", "bound", "most", "none", "all_but")


def at_counted_places(
    context: ClauseContext, groups: Sequence[Group], amount: ParseNode, manner: Manner
) -> Iterator[Formula]:
    """The assertions of a number on one line at the places that a phrase counts, but for exceptions.

    Args:
        context: the sentence over its table.
        groups: the phrases, the subject first, one of which counts places.
        amount: the number.
        manner: in which it is stated.
    """
    counting = next(group for group in groups[1:] if counts_places(group))
    rest = [group for group in groups if group is not counting]
    if manner.mean or manner.negated or manner.never or not _are_plain(rest):
        return
    ways = list(product(*rest))
    for axis, line, members in _lists(context, constraints_of((ways[0],))) if len(ways) == 1 else ():
        found = [phrase.lines_on(other_axis(axis)) for phrase in manner.spared]
        spared = tuple(sorted(i for lines in found if lines for i in lines))
        if not all(found) or any(phrase.on(axis) for phrase in manner.spared) or not set(spared) <= set(members):
            continue
        if not _fits(context, other_axis(axis), counting[0]) or (spared and counting[0].quantifier != "all"):
            continue
        kept = tuple(i for i in members if i not in spared)
        names = ("$c", *(context.name(other_axis(axis), i) for i in spared if manner.spared_differ))
        cells = [context.at(axis, line, name) for name in names]
        if len(members) < 2 or not kept or not fits_unit(amount, context.lines, cells[0], manner.unit):
            continue
        for body, *others in zip(*(said_of(cell, amount, replace(manner, spared=())) for cell in cells), strict=True):
            whole = counted(context, other_axis(axis), kept, counting[0], "$c", body, without=spared)
            if whole is not None:
                yield Whole((whole, *map(Not, others))) if others else whole


def at_one_alone(
    context: ClauseContext, groups: Sequence[Group], only: Group, amount: ParseNode, manner: Manner
) -> Iterator[Formula]:
    """The assertions of a number on one line at a place, and of its negation at all others.

    Args:
        context: the sentence over its table.
        groups: the phrases but for that place, the subject first.
        only: the place.
        amount: the number.
        manner: in which it is stated.
    """
    odd = manner.mean or manner.negated or manner.never or not _are_plain(groups)
    ways = list(product(*groups))
    if odd or len(only) != 1 or len(ways) != 1 or only[0].quantifier or not only[0].named:
        return
    for axis, line, members in _lists(context, constraints_of((ways[0],))):
        cross = other_axis(axis)
        here = only[0].lines_on(cross)
        rest = tuple(i for i in members if here is not None and i not in here)
        if here is None or len(here) != 1 or only[0].on(axis) or not here <= set(members) or not rest:
            continue
        (place,) = here
        cells = [context.at(axis, line, name) for name in (context.name(cross, place), "$c")]
        if not fits_unit(amount, context.lines, cells[0], manner.unit):
            continue
        for said, elsewhere in zip(*(said_of(cell, amount, manner) for cell in cells), strict=True):
            yield Whole((said, Quantified("all", "$c", context.domain(cross, rest), Not(elsewhere))))


def _are_plain(groups: Sequence[Group]) -> bool:
    """True if phrases count, leave out and deny nothing."""
    return not any(p.quantifier or p.other or p.denied for group in groups for p in group)


def _lists(context: ClauseContext, constraints: Sequence[Constraint]) -> Iterator[tuple[Axis, str, tuple[int, ...]]]:
    """Each axis with the one line that constraints leave there, and the lines of one measure that cross it."""
    chosen = selection(constraints)
    for axis in AXES if chosen is not None else ():
        assert chosen is not None
        cross = other_axis(axis)
        fixed, named = chosen.on(axis), chosen.on(cross)
        if fixed is None or len(fixed) != 1 or role_of(context.lines, cross) == "system":
            continue
        members = result_lines(context.lines, cross) if named is None else context.telling(cross, named)
        along = lines_along(context.lines.table, cross)
        if len({along[i].measure for i in members}) == 1:
            yield axis, context.name(axis, fixed[0]), members


def _fits(context: ClauseContext, axis: Axis, counting: Phrase) -> bool:
    """True if an axis lists the things that a phrase counts: those under a header it names, or places."""
    if counting.kinds:
        return all(own == axis for own, _ in counting.kinds)
    return set(counting.nouns) == {"place"} and role_of(context.lines, axis) != "measure"
