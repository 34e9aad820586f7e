"""Differences that are said to reach a number: "A beats B by up to 3 points"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.assertion import Compare, Difference, Fold, Formula, Quantified, Relation, StatedNumber, Term, Whole
from claims.domains.amounts import exact, written
from claims.domains.table.axes import Axis, other_axis
from claims.domains.table.cell_values import directions_of
from claims.domains.table.comparison import Comparison
from claims.domains.table.stated import fits_unit
from claims.language.chart import ParseNode

AHEAD: dict[str, tuple[int, bool]] = {"better": (1, True), "worse": (-1, True), ">": (1, False), "<": (-1, False)}
"""Relation → whether the left side is ahead, and whether that depends on which way is better."""
WAYS: tuple[Relation, Relation] = ("=", "<=")
"""The largest difference is the number, or at most the number: where these part, nothing is decided."""


def reaching(
    case: Comparison, axis: Axis, pairs: Sequence[tuple[int, int]], crossing: Sequence[int], amount: ParseNode
) -> Iterator[Formula]:
    """That the largest difference of two lines is a number, and that one is ahead somewhere or everywhere."""
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
