"""A comparison → its assertions: each on the left against each on the right, in each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from claims.assertion import Formula, Not, Whole
from claims.domains.table.against_many import against_many, contradicts, many_against
from claims.domains.table.axes import AXES, Axis, other_axis
from claims.domains.table.best_rival import against_the_best
from claims.domains.table.comparison import Comparison
from claims.domains.table.counting import counted, every_crossing
from claims.domains.table.joining import all_joined
from claims.domains.table.pairs import paired
from claims.domains.table.phrase import Constraint, Group, Phrase
from claims.domains.table.relating import related
from claims.domains.table.roles import role_of
from claims.domains.table.selection import constraints_of, inherit, of_the_same_base, result_lines, selection
from claims.domains.table.side_by_side import side_by_side
from claims.language.chart import ParseNode


def each_in_two_places(
    case: Comparison, left: Phrase, places: Sequence[Phrase], counting: Phrase | None, amount: ParseNode | None
) -> Iterator[Formula]:
    """The lines a phrase counts, each compared with itself between two lines that cross.

    The second place takes from the first what it does not contradict: "a higher F1 on X than on Y" is the F1 of both.

    Args:
        case: the comparison.
        left: the phrase that counts lines.
        places: phrases of the first side's places.
        counting: a phrase that counts places; with one, no assertion is made.
        amount: the stated difference.
    """
    if len(case.given.right) != 1 or case.negated or case.degree or counting is not None or case.mean or left.other:
        return
    right, behind = case.given.right[0], constraints_of(case.given.after)
    named = (*places, *(p for group in case.given.after for p in group))
    if right.quantifier or case.only or any(p.quantifier for p in named) or any(len(g) > 1 for g in case.given.after):
        return
    first, own = constraints_of((tuple(places),)), right.constraints
    if any(contradicts((*first, *own), c) for c in behind):
        return
    first, own = (*first, *behind), (*own, *behind)
    kept = inherit(own, [c for c in first if not contradicts(own, c)])
    one, two = selection(first), selection(kept) if kept is not None else None
    if one is None or two is None:
        return
    for axis in AXES:
        cross = other_axis(axis)
        here, there = one.on(cross), two.on(cross)
        if one.on(axis) is not None or two.on(axis) is not None or role_of(case.context.lines, axis) != "system":
            continue
        if here is None or there is None or set(here) & set(there) or {"place", "measure"} & set(left.nouns):
            continue
        pairs = paired(case.context.lines, cross, here, there, one.words(cross), two.words(cross))
        if pairs is None or len(pairs) != len(here) or not all(case.may_vary(cross, pair) for pair in pairs):
            continue
        yield from all_joined([list(_of_pair(case, axis, left, pair, amount)) for pair in pairs])


def _of_pair(
    case: Comparison, axis: Axis, left: Phrase, pair: tuple[int, int], amount: ParseNode | None
) -> Iterator[Formula]:
    """The assertions that compare each counted line between two crossing lines, but for the exceptions."""
    spared = case.excepted(axis)
    members = case.without_exception(axis, result_lines(case.context.lines, axis))
    if bool(spared) != bool(case.exception) or (spared and left.quantifier not in ("all", "none")):
        return
    names = ("$o", *(case.context.name(axis, i) for i in spared if case.denies))
    cells = [[case.context.at(axis, name, case.context.name(other_axis(axis), i)) for i in pair] for name in names]
    for body, *others in zip(*(related(case, first, second, amount) for first, second in cells), strict=True):
        whole = counted(case.context, axis, members, left, "$o", body, without=spared) if members else None
        if whole is not None:
            apart = others if left.quantifier == "none" else [Not(other) for other in others]
            yield Whole((whole, *apart)) if apart else whole


@dataclass(frozen=True, slots=True)
class ComparisonScope:
    """The places of a comparison.

    Attributes:
        named: phrases that name lines. after: those behind both sides.
        counting: the one that counts places ("on all tasks"); None where none does.
    """

    named: tuple[Group, ...] = ()
    after: tuple[Group, ...] = ()
    counting: Phrase | None = None


def comparison_formulas(case: Comparison, amount: ParseNode | None = None) -> Iterator[Formula]:
    """The assertions a comparison may make, one for each way of pairing its sides and each sense of its amount."""
    places = _places(case)
    if places is None:
        return
    pieces = [
        list(_one_place(case, left, way, places, amount)) for left in case.given.left for way in product(*places.named)
    ]
    strict = any(p.strict for group in (case.given.left, *case.given.scope) for p in group)
    yield from all_joined(pieces, strict=strict)


def _places(case: Comparison) -> ComparisonScope | None:
    """The places of a comparison; None where two phrases count others than all, or one counts lines that it names."""
    named: list[Group] = []
    after: list[Group] = []
    counting: Phrase | None = None
    for kept, groups in ((named, case.given.scope), (after, case.given.after)):
        for group in groups:
            first = next((p for p in group if p.quantifier), None)
            if first is None:
                kept.append(group)
            elif first.named or first.other or len(group) > 1:
                return None
            elif counting is not None:
                counting = every_crossing(case.context.lines.table, counting, first)
                if counting is None:
                    return None
            else:
                counting = first
    return ComparisonScope(tuple(named), tuple(after), counting)


def _one_place(
    case: Comparison, left: Phrase, way: Sequence[Phrase], places: ComparisonScope, amount: ParseNode | None
) -> Iterator[Formula]:
    """One on the left against each on the right, in one place."""
    altered = case.negated or case.degree or amount is not None
    if altered and any(p.denied for p in (left, *case.given.right)):
        return
    if left.quantifier and not left.named and (case.given.contrast or _sets_measures_apart(case)):
        yield from each_in_two_places(case, left, way, places.counting, amount)
        return
    if left.quantifier and not left.named:
        yield from many_against(case, left, way, places.after, places.counting, amount)
        return
    if left.quantifier not in ("", "all") or (left.quantifier and left.other):
        return
    lefts = (*left.constraints, *constraints_of((tuple(way),)))
    pieces = [list(_against(case, left, lefts, right, places, amount)) for right in case.given.right]
    yield from all_joined(pieces, strict=any(p.strict for p in case.given.right))


def _sets_measures_apart(case: Comparison) -> bool:
    """True if a measure is compared with another: "all models have a higher precision than recall"."""
    speaks = case.context.binder.speaks_of_a_measure
    one, two = [p for group in case.given.scope for p in group], case.given.right
    return bool(one) and all(p.named and speaks(p) for p in (*one, *two))


def _against(
    case: Comparison,
    left: Phrase,
    lefts: tuple[Constraint, ...],
    right: Phrase,
    places: ComparisonScope,
    amount: ParseNode | None,
) -> Iterator[Formula]:
    """One on the left against one on the right, in each of the places behind both."""
    ways = list(product(*places.after))
    parts = []
    for way in ways:
        here = constraints_of((way,))
        if right.strongest:
            parts.append(list(against_the_best(case, lefts, here, places.counting, amount)))
        elif right.quantifier:
            many = against_many(case, left, lefts, right, here, places.counting) if amount is None else iter(())
            parts.append(list(many))
        else:
            parts.append(list(_two_sides(case, lefts, right.constraints, here, places.counting, amount)))
    yield from all_joined(parts, strict=any(p.strict for way in ways for p in way))


def _two_sides(
    case: Comparison,
    lefts: tuple[Constraint, ...],
    own: tuple[Constraint, ...],
    here: tuple[Constraint, ...],
    counting: Phrase | None,
    amount: ParseNode | None,
) -> Iterator[Formula]:
    """Compares two sides, each with those constraints of the other and of the places behind that it can take."""
    if any(contradicts(lefts, c) and contradicts(own, c) for c in here):
        return
    if any(not c.whole and (contradicts(lefts, c) or contradicts(own, c)) for c in here):
        return  # "A beats B with C": C belongs to B, which has none
    left = inherit(lefts, here)
    added = tuple(c for c in here if not contradicts(own, c))
    right = inherit((*own, *added), [c for c in lefts if not contradicts((*own, *here), c)])
    if left is None or right is None:
        return
    one, two = selection(left), selection(right)
    if one is not None and two is not None:
        yield from side_by_side(case, one, of_the_same_base(case.context.lines, one, two), counting, amount)
