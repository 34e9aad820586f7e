"""Two sides on one axis, cell by cell → the assertions of a comparison about them on every crossing line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeAlias

from claims.assertion import (
    And,
    At,
    Compare,
    Difference,
    Fold,
    Formula,
    Not,
    Or,
    Quantified,
    Quantifier,
    Relation,
    StatedNumber,
    Term,
    Whole,
)
from claims.domains.amounts import exact, written
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.cell_values import directions_of
from claims.domains.table.comparison import Comparison
from claims.domains.table.counting import EVERYWHERE, counted, speaks_of_all_measures
from claims.domains.table.joining import combined, joined
from claims.domains.table.pairs import MOST_CROSSED, paired
from claims.domains.table.phrase import Phrase
from claims.domains.table.relating import related
from claims.domains.table.roles import transfers
from claims.domains.table.selection import Selection, result_lines
from claims.domains.table.stated import fits_unit
from claims.language.chart import ParseNode

AHEAD: dict[str, tuple[int, bool]] = {"better": (1, True), "worse": (-1, True), ">": (1, False), "<": (-1, False)}
"""Relation → whether the left side is ahead, and whether that depends on which way is better."""
WAYS: tuple[Relation, Relation] = ("=", "<=")
"""The largest difference is the number, or at most the number: where these part, nothing is decided."""


def reaching(
    case: Comparison, axis: Axis, pairs: Sequence[tuple[int, int]], crossing: Sequence[int], amount: ParseNode
) -> Iterator[Formula]:
    """The assertions that the largest difference of two lines is a number, and one is ahead somewhere or everywhere."""
    number, unit = written(amount)
    plain = case.degree or case.negated or case.mean or case.only or case.exception or case.total or case.apart
    if plain or len(pairs) != 1 or number.relation != "<=" or unit not in ("", "points") or number.value <= 0:
        return
    sign, of_better = AHEAD.get(case.relation, (0, False))
    found = directions_of(case.context, *((pairs[0], crossing) if axis == "row" else (crossing, pairs[0])))
    if of_better:
        sign = sign * found.pop() if len(found) == 1 else 0
    if sign == 0 or not crossing:
        return
    variable, cross = "$c", other_axis(axis)
    names = [case.context.name(axis, line) for line in (pairs[0] if sign > 0 else pairs[0][::-1])]
    first, second = (case.context.at(axis, name, variable) for name in names)
    domain = case.context.domain(cross, crossing)
    if not fits_unit(amount, case.context.lines, first):
        return
    largest: Term = Fold("max", Difference(first, second), variable, domain)
    ahead = Compare(">", first, second)
    for relation in WAYS:
        said = Compare(relation, largest, StatedNumber(exact(number.value, number)))
        yield from (Whole((said, Quantified(how, variable, domain, ahead))) for how in ("any", "each"))


Pairs: TypeAlias = Sequence[tuple[int, int]]
"""Indices of lines that are compared with each other."""

SINGLE_GAP: tuple[Quantifier, ...] = ("any", "all")
"""Quantifiers of a gap over several lines: it may be that of one of them, or of all."""


def side_by_side(
    case: Comparison, one: Selection, two: Selection, places: Phrase | None, amount: ParseNode | None
) -> Iterator[Formula]:
    """The assertions that two selections of cells stand in the relation of a comparison.

    Args:
        case: the comparison.
        one: the cells of the left side.
        two: the cells of the right side.
        places: the phrase that counts the crossing lines; None where none does.
        amount: the stated difference; None without one.
    """
    for axis in AXES:
        yield from _along(case, axis, one, two, places, amount)
        if places is not None and case.mean:
            yield from _on_average_of_a_level(case, axis, one, two, places, amount)
    if places is None and not case.exception:
        yield from _two_cells(case, one, two, amount)


def _along(
    case: Comparison, axis: Axis, one: Selection, two: Selection, places: Phrase | None, amount: ParseNode | None
) -> Iterator[Formula]:
    context, cross = case.context, other_axis(axis)
    a, b, about = one.on(axis), two.on(axis), case.about
    if a is None or b is None or set(a) & set(b) or one.on(cross) != two.on(cross):
        return
    near = [context.about(axis, side, about) for side in (a, b)] if about is not None else []
    if near and all(near):
        a, b, about = near[0], near[1], None
    lines = context.crossing(axis, one, about)
    if lines is None or (places is not None and one.on(cross) is not None and len(lines) < 2):
        return
    lines = case.without_exception(cross, lines)
    families = amount is None and all(p.plural for p in (*case.given.left, *case.given.right))
    pairs = paired(context.lines, axis, a, b, one.words(axis), two.words(axis), families=families)
    names = one.words(axis) | two.words(axis)
    if pairs is None or not lines or (families and case.mean and len(pairs) > 1):
        return  # on average over what: the families, or the lines that cross
    if not all(case.may_vary(axis, pair, names) for pair in pairs):
        return
    if case.total and places is None and one.on(cross) is None and len(lines) > 1:
        printed = len(context.averaged(cross, lines)) == 1
        yield from _on_lines(replace(case, mean=printed, always=not printed), axis, pairs, lines, places, amount)
        if printed:
            return
    for kept, way in product(_with_and_without_own(case, axis, pairs, lines), _ways(pairs, a, b, families=families)):
        yield from _on_lines(case, axis, way, kept, places, amount)
    costs = context.costs(cross)
    spoken = case.everywhere or case.always or speaks_of_all_measures(places)
    if costs and case.about is None and one.on(cross) is None and spoken:
        counted_on = EVERYWHERE if places is None or places.quantifier == "all" else places
        yield from _on_lines(case, axis, pairs, (*lines, *costs), counted_on, amount)


def _on_average_of_a_level(
    case: Comparison, axis: Axis, one: Selection, two: Selection, places: Phrase, amount: ParseNode | None
) -> Iterator[Formula]:
    """As in "averaged over the three languages", where the labels of rows say which system and which language."""
    levels = {level for own, level in places.kinds if own == axis}
    a, b, lines = one.on(axis), two.on(axis), one.on(other_axis(axis))
    if a is None or b is None or lines is None or lines != two.on(other_axis(axis)):
        return
    plain = places.quantifier == "all" and not (places.named or case.exception or case.only)
    if not plain or len(levels) != 1 or len(lines) != 1 or places.n not in (None, len(a)):
        return
    context, level = case.context, levels.pop()
    along = lines_along(context.lines.table, axis)
    ours, theirs = ([along[i].labels[level] for i in side] for side in (a, b))
    every = {line.labels[level] for line in along}
    if len(ours) < 2 or not sorted(ours) == sorted(theirs) == sorted(every) or not case.may_vary(axis, (*a, *b)):
        return
    cell = context.at(axis, "$r", context.name(other_axis(axis), lines[0]))
    first, second = (Fold("mean", cell, "$r", context.domain(axis, side)) for side in (a, b))
    yield from related(case, first, second, amount)


def _ways(pairs: Pairs, a: Sequence[int], b: Sequence[int], *, families: bool) -> list[Pairs]:
    """The pairs, and for families also each against each, as either may be meant."""
    crosswise = families and len(pairs) < len(a) * len(b) <= MOST_CROSSED
    return [pairs, [(x, y) for x in a for y in b]] if crosswise else [pairs]


def _with_and_without_own(
    case: Comparison, axis: Axis, pairs: Pairs, lines: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """The lines that cross, and those that are neither side itself: a source as its own target may count or not."""
    yield lines
    ours, theirs = (lines_along(case.context.lines.table, one) for one in (axis, other_axis(axis)))
    names = {ours[i].own.casefold() for pair in pairs for i in pair}
    others = tuple(i for i in lines if theirs[i].own.casefold() not in names)
    if others and len(others) < len(lines):
        yield others


def _two_cells(case: Comparison, one: Selection, two: Selection, amount: ParseNode | None) -> Iterator[Formula]:
    """Two single cells in different rows and columns."""
    if not (one.row and one.column and two.row and two.column):
        return
    if not all(len(lines) == 1 for lines in (one.row, one.column, two.row, two.column)):
        return
    if one.row == two.row or one.column == two.column:
        return
    if transfers(case.context.lines) and case.context.lines.share_names:
        case = replace(case, given=replace(case.given, contrast=True))  # from A to B, and from B to A
    if case.may_vary("row", (*one.row, *two.row)) and case.may_vary("column", (*one.column, *two.column)):
        first, second = (
            At(case.context.name("row", rows[0]), case.context.name("column", columns[0]))
            for rows, columns in ((one.row, one.column), (two.row, two.column))
        )
        yield from related(case, first, second, amount)


def _on_lines(
    case: Comparison,
    axis: Axis,
    pairs: Pairs,
    crossing: tuple[int, ...],
    places: Phrase | None,
    amount: ParseNode | None,
) -> Iterator[Formula]:
    """Pairs of lines on the lines that cross them, or on average."""
    cross = other_axis(axis)
    if case.mean:
        if places is not None and places.quantifier != "all":
            return
        crossing, places = case.context.averaged(cross, crossing), None
        if not crossing:
            return
    if amount is not None and written(amount)[0].reached:
        yield from reaching(case, axis, pairs, crossing, amount)
        return
    if case.always and places is None and len(crossing) > 1:
        places = EVERYWHERE
    variable = "$c" if len(crossing) > 1 or places is not None else case.context.name(cross, crossing[0])
    bound = variable.startswith("$")
    for chosen in combined(*(related(case, *_terms(case, axis, pair, variable, crossing), amount) for pair in pairs)):
        whole = joined(chosen)
        for over in _over(case, cross, crossing, places, variable, whole) if bound and not case.mean else (whole,):
            limited = _with_limits(case, axis, pairs, crossing, over)
            if limited is not None:
                yield limited


def _over(
    case: Comparison, cross: Axis, crossing: tuple[int, ...], places: Phrase | None, variable: str, body: Formula
) -> Iterator[Formula]:
    """A comparison over crossing lines; a gap on lines without a quantifier may be that on one of them or on all."""
    stated = body.parts[0] if isinstance(body, Or | Whole | And) else body
    if (
        places is None
        and isinstance(stated, Compare)
        and isinstance(stated.right, StatedNumber)
        and stated.relation == "="
    ):
        domain = case.context.domain(cross, crossing)
        yield from (Quantified(how, variable, domain, body) for how in SINGLE_GAP)
        return
    whole = counted(case.context, cross, crossing, places, variable, body)
    if whole is not None:
        yield whole


def _terms(
    case: Comparison, axis: Axis, pair: tuple[int, int], variable: str, crossing: Sequence[int]
) -> tuple[Term, Term]:
    """The two sides on a crossing line; on several, where the comparison is of averages, their means."""
    context = case.context
    first, second = (context.at(axis, context.name(axis, line), variable) for line in pair)
    if not (case.mean and variable.startswith("$")):
        return first, second
    domain = context.domain(other_axis(axis), crossing)
    return Fold("mean", first, variable, domain), Fold("mean", second, variable, domain)


def _with_limits(case: Comparison, axis: Axis, pairs: Pairs, crossing: Sequence[int], whole: Formula) -> Formula | None:
    """With "only on X" and "except C", which deny the comparison elsewhere; None where there is no elsewhere."""
    cross = other_axis(axis)
    if case.only:
        elsewhere = _elsewhere(case, axis, pairs, cross, crossing)
        if elsewhere is None:
            return None
        whole = Whole((whole, elsewhere))
    if case.exception and case.denies:
        denied = _on_exception(case, axis, pairs, cross)
        if denied is None:
            return None
        whole = Whole((whole, denied))
    return whole


def _elsewhere(case: Comparison, axis: Axis, pairs: Pairs, cross: Axis, crossing: Sequence[int]) -> Formula | None:
    """The assertion that a comparison "only on X" holds nowhere else; None where there is no other place."""
    rest = tuple(i for i in result_lines(case.context.lines, cross) if i not in crossing)
    if not rest or case.negated or case.mean:
        return None
    parts = [_denied(case, axis, pair, "$c") for pair in pairs]
    return Quantified("all", "$c", case.context.domain(cross, rest), joined(parts))


def _on_exception(case: Comparison, axis: Axis, pairs: Pairs, cross: Axis) -> Formula | None:
    """The assertion that a comparison "except C" does not hold on C."""
    lines = [case.context.name(cross, i) for i in case.excepted(cross)]
    return joined([_denied(case, axis, pair, line) for line in lines for pair in pairs]) if lines else None


def _denied(case: Comparison, axis: Axis, pair: tuple[int, int], crossing: str) -> Formula:
    first, second = (case.context.at(axis, case.context.name(axis, line), crossing) for line in pair)
    return Not(next(related(case, first, second)))
