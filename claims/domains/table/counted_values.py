"""A number said of every line that a phrase counts: "all systems exceed 18 on T", "no store needs over 5 GB"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from claims.assertion import Domain, Formula, Not, Quantified, Quantifier, Whole
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.counting import counted
from claims.domains.table.joining import all_joined
from claims.domains.table.kinds_said import names_systems
from claims.domains.table.manner import Manner
from claims.domains.table.number_said import said_of
from claims.domains.table.phrase import Group, Phrase
from claims.domains.table.roles import role_of
from claims.domains.table.selection import constraints_of, result_lines, selection, systems_at
from claims.language.chart import ParseNode

ALL: tuple[Quantifier, ...] = ("all",)
UNSAID: tuple[Quantifier, ...] = ("each", "any")
"""Quantifiers over the places of a sentence that names no place."""
COUNTED = frozenset({"all", "none", "either"})
"""Quantifiers of systems behind a number: "for all models", "for none of them", "not for any"."""


def of_each(
    context: ClauseContext, counting: Phrase, groups: Sequence[Group], amount: ParseNode, manner: Manner
) -> Iterator[Formula]:
    """The assertions of a number on every line counted: "all systems exceed 18 on T", "no system scores above 30"."""
    counted_places = [group for group in groups if any(p.quantifier for p in group)]
    plain = all(
        len(group) == 1 and group[0].quantifier == "all" and not (group[0].named or group[0].other or group[0].n)
        for group in counted_places
    )
    if not _counts_lines(context, counting) or not plain or len(counted_places) > (counting.quantifier == "all"):
        return
    rest = [group for group in groups if group not in counted_places]
    pieces = [
        list(_of_each_at(context, counting, way, amount, manner, everywhere=bool(counted_places)))
        for way in product(*rest)
    ]
    yield from all_joined(pieces)


def with_counted_subject(
    context: ClauseContext, groups: Sequence[Group], manner: Manner
) -> tuple[Sequence[Group], Manner]:
    """A statement with the systems it counts as its subject: "accuracy exceeds 60 for all models".

    "Does not exceed 60 for any model" is "no model exceeds 60"; denied of all, it may hold of some.
    """
    subject, *rest = groups
    counting = [group for group in rest if len(group) == 1 and _counts_systems(context, group[0])]
    if len(counting) != 1 or any(p.quantifier for p in subject):
        return groups, manner
    [(systems,)] = counting
    if any(names_systems(context.binder.index, p) or _is_listed(context, systems, p) for p in subject):
        return groups, manner
    if systems.quantifier == "either":
        if not manner.negated:
            return groups, manner
        systems, manner = replace(systems, quantifier="none"), replace(manner, negated=False)
    return ((systems,), subject, *(group for group in rest if group is not counting[0])), manner


def _counts_systems(context: ClauseContext, phrase: Phrase) -> bool:
    """True if a phrase counts systems: "for all models", "for any system"."""
    counted = phrase.quantifier in COUNTED and phrase.n is None and not phrase.named
    return counted and names_systems(context.binder.index, phrase)


def _is_listed(context: ClauseContext, counting: Phrase, phrase: Phrase) -> bool:
    """True if a phrase names lines among those that another counts."""
    return any(_counts_lines(context, counting) and _lists(context, c.axis, counting) for c in phrase.constraints)


def _counts_lines(context: ClauseContext, counting: Phrase) -> bool:
    """True if a phrase counts systems, or what the header of a level names: "all stores" below "Store".

    A number of them may be of the labels of a level or of its lines, where it has lines that share a label.
    """
    if "system" in counting.nouns:
        return True
    plain = len(counting.kinds) == 1 and not counting.nouns
    numbered = counting.quantifier not in ("all", "none", "either") or counting.n is not None
    return plain and not (numbered and _shares_labels(context, *counting.kinds[0]))


def _shares_labels(context: ClauseContext, axis: Axis, level: int) -> bool:
    """True if two lines that are compared have one label at a level."""
    along = lines_along(context.lines.table, axis)
    labels = [along[i].labels[level] for i in result_lines(context.lines, axis)]
    return len(set(labels)) < len(labels)


def _lists(context: ClauseContext, axis: Axis, counting: Phrase) -> bool:
    """True if an axis lists what a phrase counts: systems, or what the header of a level names."""
    if "system" in counting.nouns:
        return role_of(context.lines, axis) == "system"
    return counting.kinds[0][0] == axis


def _of_each_at(
    context: ClauseContext,
    counting: Phrase,
    way: Sequence[Phrase],
    amount: ParseNode,
    manner: Manner,
    *,
    everywhere: bool,
) -> Iterator[Formula]:
    """The assertions of a number on every line counted, at one place or at all places."""
    constraints = constraints_of((tuple(way),))
    chosen = selection(constraints)
    for axis in AXES if chosen is not None else ():
        assert chosen is not None
        cross = other_axis(axis)
        members = systems_at(context.lines, axis, chosen, {c.level for c in constraints if c.axis == axis})
        if chosen.on(axis) is None and counting.quantifier in ("all", "none", "either") and counting.n is None:
            members = result_lines(context.lines, axis)
        fixed = chosen.on(cross)
        if fixed is None and chosen.on(axis) is not None:
            fixed = context.measured_there(axis, members, result_lines(context.lines, cross))
        if everywhere:
            fixed = result_lines(context.lines, cross) if chosen.on(cross) is None else ()
        unsaid = not everywhere and not constraints
        if unsaid:
            members, fixed = (result_lines(context.lines, one) for one in (axis, cross))
        if not _lists(context, axis, counting) or not members or not fixed:
            continue
        ranging = everywhere or (unsaid and len(fixed) > 1)
        if len(fixed) > 1 and not ranging:
            continue
        at = "$c" if ranging else context.name(cross, fixed[0])
        for whole in _of_members(context, axis, members, counting, at, amount, manner):
            if not ranging:
                yield whole
                continue
            places = Domain(f"{cross}s") if unsaid else context.domain(cross, fixed)
            yield from (Quantified(how, "$c", places, whole) for how in (UNSAID if unsaid else ALL))


def _of_members(
    context: ClauseContext,
    axis: Axis,
    members: tuple[int, ...],
    counting: Phrase,
    at: str,
    amount: ParseNode,
    manner: Manner,
) -> Iterator[Formula]:
    """The assertions on the lines counted, but for exceptions, which are stated to differ or are left open."""
    found = [phrase.lines_on(axis) for phrase in manner.spared]
    spared = tuple(sorted(i for lines in found if lines for i in lines))
    if not all(found) or any(phrase.on(other_axis(axis)) for phrase in manner.spared):
        return
    rest = tuple(i for i in members if i not in spared)
    told = spared if manner.spared_differ else ()
    cells = [context.at(axis, name, at) for name in ("$o", *(context.name(axis, i) for i in told))]
    for body, *others in zip(*(said_of(cell, amount, manner) for cell in cells), strict=True) if rest else ():
        whole = counted(context, axis, rest, counting, "$o", body, without=spared)
        if whole is not None:
            apart = others if counting.quantifier == "none" else [Not(other) for other in others]
            yield Whole((whole, *apart)) if apart else whole
