"""One line against many: "than all other models", "all other systems outperform A", "no system is better than A"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from claims.assertion import Formula, Not, Whole
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.called import OURS
from claims.domains.table.comparison import Comparison
from claims.domains.table.context import ClauseContext
from claims.domains.table.counting import counted
from claims.domains.table.joining import combined, joined
from claims.domains.table.phrase import Constraint, Group, Phrase
from claims.domains.table.relating import related
from claims.domains.table.roles import role_of
from claims.domains.table.selection import (
    Selection,
    constraints_of,
    in_its_place,
    inherit,
    off_diagonal,
    result_lines,
    selection,
)
from claims.domains.table.unsure_changes import unsure_line
from claims.language.chart import ParseNode

MOST_SUBJECTS = 4
"""Lines that may stand against many at once."""


def many_against(
    case: Comparison,
    left: Phrase,
    places: Sequence[Phrase],
    after: Sequence[Group],
    counting: Phrase | None,
    amount: ParseNode | None = None,
) -> Iterator[Formula]:
    """Many on the left side against one line on the right.

    Args:
        case: the comparison.
        left: the phrase that counts lines on the left.
        places: phrases of the places.
        after: phrases of the places behind both sides.
        counting: the phrase that counts places.
        amount: the stated difference.
    """
    if len(case.given.right) != 1 or case.negated or case.degree or counting is not None or case.mean:
        return
    right = case.given.right[0]
    if right.quantifier or not right.named or any(len(group) > 1 for group in after) or "measure" in left.nouns:
        return
    one = selection((*right.constraints, *constraints_of((tuple(places), *(group[:1] for group in after)))))
    for axis in AXES if one is not None else ():
        assert one is not None
        mine = one.on(axis)
        if right.on(axis) and mine is not None and len(mine) == 1 and _may_count(case, axis, left):
            yield from _each_against(case, axis, mine, one, left, {c.level for c in right.on(axis)}, amount)


def _each_against(
    case: Comparison,
    axis: Axis,
    mine: tuple[int, ...],
    one: Selection,
    left: Phrase,
    levels: set[int],
    amount: ParseNode | None,
) -> Iterator[Formula]:
    context, cross = case.context, other_axis(axis)
    left_out = _spared(case, axis)
    spared = tuple(i for i in left_out if i not in mine)
    if case.exception and not (left_out and left.quantifier == "all"):
        return
    crossing = context.crossing(axis, one, case.about)
    every = _with_and_without_ours(context, axis, _rivals(context, axis, mine, left), left)
    kept = ([i for i in others if i not in spared] for others in every)
    pools = [in_its_place(context.lines, axis, mine[0], others, levels) for others in kept]
    if not all(pools) or not crossing or not case.may_vary(axis, (*mine, *pools[0])):
        return
    variable = "$c" if len(crossing) > 1 else context.name(cross, crossing[0])
    rival = context.at(axis, context.name(axis, mine[0]), variable)
    said = list(related(case, context.at(axis, "$o", variable), rival, amount))
    gone = [list(related(case, context.at(axis, context.name(axis, i), variable), rival, amount)) for i in spared]
    ways = [rivals for pool in pools for rivals in _pools(case, axis, pool, crossing)]
    for rivals, (way, inner) in product(ways, enumerate(said)):
        whole = counted(context, axis, rivals, left, "$o", inner, without=(*mine, *spared))
        if whole is not None and spared and case.denies:
            whole = Whole((whole, *(Not(one[way]) for one in gone)))
        if whole is not None and variable.startswith("$"):
            whole = counted(context, cross, crossing, None, variable, whole)
        if whole is not None:
            yield whole


def against_many(
    case: Comparison,
    left: Phrase,
    lefts: tuple[Constraint, ...],
    right: Phrase,
    here: tuple[Constraint, ...],
    counting: Phrase | None,
) -> Iterator[Formula]:
    """The left side against every line of its axis.

    Args:
        case: the comparison.
        left: the phrase of the left side.
        lefts: constraints of it and the places.
        right: the phrase that counts lines on the right.
        here: constraints of a place behind both sides.
        counting: the phrase that counts places.
    """
    odd = any(contradicts(lefts, c) or _narrows(left, c) for c in here)
    constraints = None if odd else inherit(lefts, here)
    one = selection(constraints) if constraints is not None else None
    for axis in AXES if one is not None else ():
        assert one is not None
        mine = one.on(axis)
        if mine is None or not left.on(axis) or not _may_count(case, axis, right):
            continue
        spared = _spared(case, axis)
        case = replace(case, exception=()) if spared else case
        crossing = _crossing(case, axis, one, counting)
        levels = {c.level for c in left.on(axis)}
        for others in _with_and_without_ours(case.context, axis, _rivals(case.context, axis, mine, right), right):
            pool = tuple(i for i in others if i not in spared)
            if not pool or crossing is None or not case.may_vary(axis, (*mine, *pool)):
                continue
            pools = [in_its_place(case.context.lines, axis, line, pool, levels) for line in mine]
            if all(pools) and right.n in (None, *map(len, pools)):
                made = _each_in_its_place(case, axis, mine, pools, crossing, right, counting)
                yield from (_but_spared(case, axis, mine, spared, crossing, whole) for whole in made)


def _spared(case: Comparison, axis: Axis) -> tuple[int, ...]:
    """The rivals that "all models except B" leaves out; none where that is a place, or who is left cannot be told."""
    if case.exception and unsure_line(case.context.lines, axis):
        return ()
    lines = [phrase.lines_on(axis) for phrase in case.exception]
    alone = all(not phrase.on(other_axis(axis)) for phrase in case.exception)
    return tuple(sorted(i for found in lines if found for i in found)) if alone and all(lines) else ()


def _but_spared(
    case: Comparison, axis: Axis, mine: Sequence[int], spared: Sequence[int], crossing: Sequence[int], whole: Formula
) -> Formula:
    """Against all but those left out, and where the sentence says so not against them: "all models except B"."""
    if not spared or not case.denies:
        return whole
    names = [case.context.name(other_axis(axis), i) for i in crossing]
    pairs = [
        tuple(case.context.at(axis, case.context.name(axis, line), at) for line in (own, rival))
        for own in mine
        for rival in spared
        for at in names
    ]
    return Whole((whole, *(Not(next(related(case, first, second))) for first, second in pairs)))


def contradicts(own: Sequence[Constraint], other: Constraint) -> bool:
    """True if a side has a name of the same level that stands for other lines."""
    return any((o.axis, o.level) == (other.axis, other.level) and not (o.lines & other.lines) for o in own)


def _narrows(left: Phrase, other: Constraint) -> bool:
    """True if a place names more lines at the subject's level: "T5-base beats all variants of T5" is of those."""
    return any((c.axis, c.level) == (other.axis, other.level) and c.lines != other.lines for c in left.constraints)


def _crossing(case: Comparison, axis: Axis, one: Selection, counting: Phrase | None) -> tuple[int, ...] | None:
    """The lines on which the sides are compared; None where they are none or too few to be counted."""
    cross = other_axis(axis)
    found = case.context.crossing(axis, one, case.about)
    if found is None:
        return None
    kept = case.without_exception(cross, found)
    return None if counting is not None and one.on(cross) is not None and len(kept) < 2 else kept


def _may_count(case: Comparison, axis: Axis, counting: Phrase) -> bool:
    """True if the nouns of a phrase fit the lines of an axis: "improves on all targets" is not better than all rows."""
    role = role_of(case.context.lines, axis)
    wanted = {"system" if noun == "rival" else noun for noun in counting.nouns}
    tested = "place" in (role, role_of(case.context.lines, other_axis(axis)))
    if wanted == {"place"} and (not role or tested) and not (counting.other or counting.kinds):
        return False
    return not wanted or not role or role in wanted


def _pools(case: Comparison, axis: Axis, pool: tuple[int, ...], crossing: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All rivals, and those that are not compared on themselves: both may be meant."""
    own = off_diagonal(case.context.lines, axis, pool, crossing)
    if own is None:
        return
    yield pool
    if own and len(pool) > len(own):
        yield tuple(i for i in pool if i not in own)


def _each_in_its_place(
    case: Comparison,
    axis: Axis,
    mine: Sequence[int],
    pools: Sequence[tuple[int, ...]],
    crossing: tuple[int, ...],
    right: Phrase,
    counting: Phrase | None,
) -> Iterator[Formula]:
    """Against the rivals of each line of the subject, where those differ: on each task the others on that task."""
    if len(set(pools)) == 1:
        yield from _against_pool(case, axis, mine, pools[0], crossing, right, counting)
        return
    ways = (
        _against_pool(case, axis, (line,), pool, crossing, right, counting)
        for line, pool in zip(mine, pools, strict=True)
    )
    yield from (joined(way) for way in combined(*ways))


def _against_pool(
    case: Comparison,
    axis: Axis,
    mine: Sequence[int],
    pool: tuple[int, ...],
    crossing: tuple[int, ...],
    right: Phrase,
    counting: Phrase | None,
) -> Iterator[Formula]:
    """Against all rivals."""
    for rivals in _pools(case, axis, pool, crossing):
        whole = _said_of_pool(case, axis, mine, rivals, crossing, right, counting)
        if whole is not None:
            yield whole


def _said_of_pool(
    case: Comparison,
    axis: Axis,
    mine: Sequence[int],
    pool: tuple[int, ...],
    crossing: tuple[int, ...],
    right: Phrase,
    counting: Phrase | None,
) -> Formula | None:
    context, cross = case.context, other_axis(axis)
    if len(mine) > MOST_SUBJECTS or not crossing or case.negated or case.degree:
        return None
    variable = "$c" if len(crossing) > 1 or counting is not None else context.name(cross, crossing[0])
    parts: list[Formula] = []
    for line in mine:
        own, rival = context.at(axis, context.name(axis, line), variable), context.at(axis, "$o", variable)
        inner = next(related(case, own, rival))
        whole = counted(context, axis, pool, right, "$o", inner, without=tuple(mine))
        if whole is None:
            return None
        parts.append(whole)
    body = joined(parts)
    return counted(context, cross, crossing, counting, variable, body) if variable.startswith("$") else body


def _rivals(context: ClauseContext, axis: Axis, mine: Sequence[int], counting: Phrase) -> tuple[int, ...]:
    """The lines that "others" stands for: those the phrase names, or all compared ones, but the subject's own."""
    named = selection(counting.constraints)
    chosen = named.on(axis) if named is not None else None
    pool = chosen if chosen is not None else result_lines(context.lines, axis)
    along, own = lines_along(context.lines.table, axis), set(mine)
    return tuple(i for i in pool if i not in own and not (axis == "column" and along[i].kind == "aggregate"))


def _with_and_without_ours(
    context: ClauseContext, axis: Axis, pool: tuple[int, ...], counting: Phrase
) -> list[tuple[int, ...]]:
    """The rivals and, where they are called baselines or the like, also those that the table does not mark as ours."""
    ours = {line.index for line in lines_along(context.lines.table, axis) if OURS.intersection(line.marks)}
    without = tuple(i for i in pool if i not in ours)
    called = "rival" in counting.nouns and not counting.named
    return [pool, without] if called and without and without != pool else [pool]
