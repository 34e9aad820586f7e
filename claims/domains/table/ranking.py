"""Ranks of lines: the assertions that they are the best, the second highest, the last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from analysis.tables import Table
from claims.assertion import Domain, Fold, Formula, Or, Ranked, Term
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.baselines import base_lines
from claims.domains.table.context import ClauseContext
from claims.domains.table.counting import EVERYWHERE, counted, every_crossing, speaks_of_all_measures
from claims.domains.table.joining import all_joined
from claims.domains.table.left_out import but_for
from claims.domains.table.phrase import Constraint, Group, Phrase
from claims.domains.table.placing import are_places, are_runs
from claims.domains.table.ranked_lines import (
    RankOrder,
    are_items,
    is_apart,
    kinds_at,
    rivals_of,
    same_measure,
    winning_lines,
    wins_among_others,
)
from claims.domains.table.roles import role_of
from claims.domains.table.selection import Selection, in_its_place, off_diagonal, result_lines, selection
from claims.domains.table.standing import Standing
from claims.domains.table.unsure_changes import unsure_line

WEIGHED = frozenset({"size", "time", "attribute"})
"""Kinds of line that may count where a line "leads"."""
YEAR = re.compile(r"(?:1[89]|20)\d\d")


def ranked(context: ClauseContext, group: Group, places: Iterable[Group], standing: Standing) -> Iterator[Formula]:
    """The assertions that a phrase holds a place, over each way of placing it; several phrases share no place."""
    winning = {axis for axis in AXES for phrase in group if phrase.on(axis)}
    sorted_out = _sorted_out(context.lines.table, places, winning, of_places=standing.places)
    if sorted_out is None or len(group) != 1:
        return
    named, counting, among = sorted_out
    if group[0].quantifier:
        if counting is None and among is None:
            yield from _each_its_own(context, group[0], named, standing)
        return
    parts = []
    for places_ in product(*named):
        held = tuple(c for p in places_ for c in p.constraints)
        of_a_run = standing.place in ("best", "worst") and any(are_runs(context, c) for c in held)
        here = replace(standing, either=standing.either or of_a_run)
        made, both = (
            [
                formula
                for order in _orders(context, group[0], held, counting, among, way)
                for formula in _of_order(context, order, way)
            ]
            for way in (here, replace(here, either=here.either or here.performs))
        )
        parts.append([*made, *(Or((one, other)) for one in made for other in both if other not in made)])
    yield from all_joined(parts, strict=any(phrase.strict for place in named for phrase in place))


def _each_its_own(
    context: ClauseContext, everyone: Phrase, named: Sequence[Group], standing: Standing
) -> Iterator[Formula]:
    """A place that is first for each of those that a phrase counts: "all models perform best on X"."""
    plain = everyone.quantifier == "all" and not (everyone.named or everyone.other or everyone.strict)
    if not plain or standing.mean or any(len(group) > 1 for group in named):
        return
    held = tuple(c for group in named for c in group[0].constraints)
    for axis in AXES:
        winner = tuple(c for c in held if c.axis == axis)
        if winner and not (everyone.kinds and all(own == axis for own, _ in everyone.kinds)):
            rest = tuple(c for c in held if c.axis != axis)
            yield from _of_order(context, RankOrder(axis, winner, rest, everyone, None), standing)


def _sorted_out(
    table: Table, places: Iterable[Group], winning: set[Axis], *, of_places: bool
) -> tuple[list[Group], Phrase | None, Phrase | None] | None:
    """Places by name, the phrase that counts places and the one that names rivals; None where one does neither."""
    named: list[Group] = []
    counting: Phrase | None = None
    among: Phrase | None = None
    for group in places:
        first = next((p for p in group if p.quantifier), None)
        if first is None:
            named.append(group)
        elif len(group) > 1 or first.quantifier not in ("all", "most", "count"):
            return None
        elif not first.among and (_counts_places(first, of_places=of_places) or _crosses(first, winning)):
            counting = first if counting is None else _both(table, counting, first)
            if counting is None:
                return None
        elif among is not None:
            return None
        else:
            among = first
    return named, counting, among


def _both(table: Table, one: Phrase, other: Phrase) -> Phrase | None:
    """The phrase for all places that two phrases count; None where one of them does not count all there are."""
    plainly = all(p.quantifier == "all" and p.n is None and not (p.named or p.other) for p in (one, other))
    return other if plainly else every_crossing(table, one, other)


def _counts_places(phrase: Phrase, *, of_places: bool) -> bool:
    """True if a phrase counts lines that cross the winner: places or measures; for "the hardest set", systems too."""
    across = {"place", "measure", *(("system",) if of_places else ())}
    return not across.isdisjoint(phrase.nouns)


def _crosses(phrase: Phrase, winning: set[Axis]) -> bool:
    """True if a phrase counts things listed across the winner's axis: "the highest rate for every attack"."""
    axes = {axis for axis, _ in phrase.kinds}
    return len(winning) == 1 and bool(axes) and axes.isdisjoint(winning)


def _orders(
    context: ClauseContext,
    subject: Phrase,
    held: tuple[Constraint, ...],
    counting: Phrase | None,
    among: Phrase | None,
    standing: Standing,
) -> Iterator[RankOrder]:
    """The orders in which the winner is the subject, and those in which the places name the winner of a measure."""
    aside = standing.own or (among is not None and "place" in among.nouns)
    for axis in AXES:
        winner = subject.on(axis)
        if winner and (not aside or (not standing.own and role_of(context.lines, axis) == "place")):
            crossing = tuple(c for c in subject.constraints if c.axis != axis)
            yield RankOrder(axis, winner, (*crossing, *held), counting, among)
    if not aside and not standing.either and (standing.bound or not _may_be_measured(context, subject, held, standing)):
        return
    for axis in AXES:
        winner = tuple(c for c in held if c.axis == axis)
        if (
            winner
            and (standing.either or not subject.on(axis))
            and not (aside and role_of(context.lines, axis) == "system")
        ):
            rest = tuple(c for c in held if c.axis != axis)
            yield RankOrder(axis, winner, (*subject.constraints, *rest), counting, among)


def _may_be_measured(context: ClauseContext, subject: Phrase, held: Sequence[Constraint], standing: Standing) -> bool:
    """True if the subject of "highest" may be the measure: "unemployment was highest in 2017"."""
    if subject.measured:
        return True
    numeric = standing.place in ("highest", "lowest") and standing.about is None
    years = any(YEAR.fullmatch(word) for c in held for word in c.words)
    return numeric and (years or all(role_of(context.lines, c.axis) != "system" for c in subject.constraints))


def _of_order(context: ClauseContext, order: RankOrder, standing: Standing) -> Iterator[Formula]:
    """The assertions that one winner holds a place among its rivals."""
    chosen = selection(c for c in order.held if c.axis == order.cross)
    if chosen is None or not _may_rank(context, order, standing):
        return
    lines = _crossing(context, order, chosen, standing)
    rivals = rivals_of(context, order)
    winners = winning_lines(order)
    if lines is None or rivals is None or not winners:
        return
    if wins_among_others(order, rivals, winners) or is_apart(context, order, rivals, standing):
        return
    pool = rivals | winners | {i for c in standing.beside if c.axis == order.axis for i in c.lines}
    if len(winners) > 1:
        for winner in sorted(winners):
            here = in_its_place(context.lines, order.axis, winner, pool, {c.level for c in order.winner})
            held = (*order.held, Constraint(order.axis, -1, frozenset(here))) if len(here) < len(pool) else order.held
            one = replace(order, winner=(Constraint(order.axis, 0, frozenset((winner,))),), held=held)
            yield from _of_order(context, one, standing)
        return
    if chosen.on(order.cross) is None:
        lines = context.measured_there(order.axis, tuple(winners), lines)
    if len(pool) < 2 or not (are_items(context, order, standing) or same_measure(context, order, pool, standing)):
        return
    if standing.spared or standing.mean:
        narrowed = _but_for if standing.spared else _on_average
        yield from narrowed(context, order, pool, winners, lines, standing)
        return
    yield from _in_each_sense(context, order, pool, winners, lines, standing)
    costs = context.costs(order.cross) or _weighed(context, order, standing)
    wide = standing.everywhere or speaks_of_all_measures(order.counting) or not standing.bound
    if costs and wide and standing.about is None and chosen.on(order.cross) is None:
        yield from _on_lines(context, order, pool, winners, (*lines, *costs), replace(standing, always=True))


def _but_for(
    context: ClauseContext,
    order: RankOrder,
    pool: frozenset[int],
    winners: frozenset[int],
    lines: tuple[int, ...],
    standing: Standing,
) -> Iterator[Formula]:
    """The ranks but for the exception of the clause."""
    plain, alone = replace(standing, spared=()), replace(order, counting=None)

    def made(among: frozenset[int], crossing: tuple[int, ...], one: bool) -> Iterator[Formula]:
        return _on_lines(context, alone if one else order, among, winners, crossing, plain)

    unsure = any(unsure_line(context.lines, axis) for axis in AXES)
    if not (standing.mean or unsure) and (order.counting is None or order.counting.n is None):
        yield from but_for(standing.spared, (order.axis, pool, lines), made, denies=standing.denies)


def _in_each_sense(
    context: ClauseContext,
    order: RankOrder,
    pool: frozenset[int],
    winners: frozenset[int],
    lines: tuple[int, ...],
    standing: Standing,
) -> Iterator[Formula]:
    """The ranks among all rivals and among those of its kind; "second only to B" in size may be in number."""
    for among in dict.fromkeys((_of_a_kind(context, order, pool, winners, standing), pool)):
        yield from _on_lines(context, order, among, winners, lines, standing)
    if standing.beside and any(kind in WEIGHED for kind in kinds_at(context, order.cross, lines)):
        yield from _on_lines(context, order, pool, winners, lines, replace(standing, place="highest"))


def _of_a_kind(
    context: ClauseContext, order: RankOrder, pool: frozenset[int], winners: frozenset[int], standing: Standing
) -> frozenset[int]:
    """Rivals without the line called "None" where the winner is the best of a kind, "the best intermediate task"."""
    named = pool - base_lines(context.lines, order.axis) if standing.kind else pool
    return named if winners <= named and len(named) > 1 else pool


def _weighed(context: ClauseContext, order: RankOrder, standing: Standing) -> tuple[int, ...]:
    """The sizes and times that count where no measure is named: "Large leads", "K80 is the best"."""
    if standing.bound or order.counting is not None or standing.place not in ("best", "worst"):
        return ()
    lines = lines_along(context.lines.table, order.cross)
    return tuple(line.index for line in lines if line.kind in WEIGHED)


def _crossing(
    context: ClauseContext, order: RankOrder, chosen: Selection, standing: Standing
) -> tuple[int, ...] | None:
    """The lines on which the winner is ranked; None where they are none or too few to be counted."""
    found = chosen.on(order.cross)
    if order.counting is not None and found is not None and len(found) < 2:
        return None
    about, pools = standing.about, order.pools
    if about is not None and pools and context.about(order.axis, tuple(pools[0].lines), about):
        about = None
    return context.crossing(order.axis, chosen, about)


def _on_average(
    context: ClauseContext,
    order: RankOrder,
    pool: frozenset[int],
    winners: frozenset[int],
    lines: Sequence[int],
    standing: Standing,
) -> Iterator[Formula]:
    """The rank by the printed average, or else by the mean of the cells."""
    if order.counting is not None and order.counting.quantifier != "all":
        return
    averaged = context.averaged(order.cross, lines)
    if not averaged:
        return
    if len(averaged) == 1:
        term: Term = context.at(order.axis, "$r", context.name(order.cross, averaged[0]))
    else:
        term = Fold("mean", context.at(order.axis, "$r", "$c"), "$c", context.domain(order.cross, averaged))
    yield _ranked_by(context, order, pool, winners, term, standing)


def _on_lines(
    context: ClauseContext,
    order: RankOrder,
    pool: frozenset[int],
    winners: frozenset[int],
    lines: tuple[int, ...],
    standing: Standing,
) -> Iterator[Formula]:
    """The ranks on a crossing line, with and without a rival compared on itself, or on each of several lines."""
    own = off_diagonal(context.lines, order.axis, pool, lines)
    if own is None:
        return
    single = len(lines) == 1 and order.counting is None
    variable = context.name(order.cross, lines[0]) if single else "$c"
    term = context.at(order.axis, "$r", variable)
    body = _ranked_by(context, order, pool, winners, term, standing)
    if not single:
        counting = order.counting or (EVERYWHERE if standing.always else None)
        whole = counted(context, order.cross, lines, counting, variable, body)
        if whole is not None:
            yield whole
        return
    yield body
    rest = pool - own
    named = {i for c in order.winner for i in c.lines}
    if own and len(rest) > 1 and not own & named:
        domain = context.domain(order.axis, sorted(rest))
        yield Ranked(standing.place, body.names, "$r", domain, term, standing.k)


def _ranked_by(
    context: ClauseContext,
    order: RankOrder,
    pool: frozenset[int],
    winners: frozenset[int],
    term: Term,
    standing: Standing,
) -> Ranked:
    names = tuple(context.name(order.axis, i) for i in sorted(winners))
    return Ranked(standing.place, names, "$r", _pool_domain(context, order.axis, pool), term, standing.k)


def _pool_domain(context: ClauseContext, axis: Axis, pool: frozenset[int]) -> Domain:
    """The rivals: all that are compared, or those listed."""
    every = pool == frozenset(result_lines(context.lines, axis))
    return Domain(f"{axis}s") if every else context.domain(axis, sorted(pool))


def _may_rank(context: ClauseContext, order: RankOrder, standing: Standing) -> bool:
    """True if lines can be ranked: measures cannot, nor can places be best where systems cross them.

    Where one label level names systems and another measures, a winner of the first is ranked in one measure.
    """
    role, crossing = role_of(context.lines, order.axis), role_of(context.lines, order.cross)
    if standing.places:
        return are_places(context, order.winner)
    if are_items(context, order, standing):
        return True
    if role == "measure" and not ({c.level for c in order.pools} - {c.level for c in order.winner}):
        return False
    vague = standing.place in ("best", "worst") and standing.about is None
    return not vague or crossing != "system" or role in ("system", "place") or standing.either
