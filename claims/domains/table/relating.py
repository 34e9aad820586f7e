"""Two terms → the assertions that a comparison makes about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from analysis.numbers import Number as Written
from analysis.tables.deriving import header_derives
from analysis.tables.lexicon import lexicon
from claims.assertion import At, Compare, Degree, Difference, Formula, Not, Or, Relation, StatedNumber, Term, Whole
from claims.domains.amounts import TIMES, written
from claims.domains.table.comparison import Comparison
from claims.domains.table.context import ClauseContext
from claims.domains.table.stated import fits_unit, relative, so_many_times, stated, term_is_fixed
from claims.domains.table.words import direction_of
from claims.language.chart import ParseNode

DEGREES: dict[str, Literal["slight", "clear", "tested"]] = {"slight": "slight", "clear": "clear", "tested": "tested"}
"""Degrees of the lexicon that narrow a comparison; "plain" does not."""
SIGNED: tuple[Relation, Relation] = (">", "<")
"""Either may be the larger of two that are so far apart."""


def related(case: Comparison, first: Term, second: Term, amount: ParseNode | None = None) -> Iterator[Formula]:
    """The assertions of a comparison about two terms, one for each sense of its amount."""
    if case.times is not None:
        large, small = (second, first) if case.turned else (first, second)
        yield from so_many_times(large, small, case.times)
        return
    if case.apart and amount is None:
        yield from _told_apart(case, first, second)
        return
    plain = Compare(_relation(case, first), first, second)
    body = _by_degree(plain, case.degree)
    if _is_denied(case):
        yield Not(body)
    elif case.negated and case.apart and amount is not None:
        yield from (Not(said) for said in _apart(case, first, second, amount))
    elif case.negated:
        if case.degree not in ("", "plain") or _counts_places(case):
            return
        yield from (Not(body),) if amount is None else _not_by(case, plain, amount)
    elif amount is None:
        yield body
    elif case.apart:
        yield from _apart(case, first, second, amount)
    else:
        for said in _by_amount(case, plain, amount):
            yield said if body is plain else Whole((body, said))


def _is_denied(case: Comparison) -> bool:
    """True if a side is denied: "neither A nor B"."""
    return any(phrase.denied for phrase in (*case.given.left, *case.given.right))


def _told_apart(case: Comparison, first: Term, second: Term) -> Iterator[Formula]:
    """The assertions that two terms differ, or do not, without a stated amount."""
    yield from differing(case.context, first, second, case.degree, denied=case.negated or _is_denied(case))


def _by_degree(plain: Compare, degree: str) -> Formula:
    return Degree(DEGREES[degree], plain) if degree in DEGREES else plain


def differing(
    context: ClauseContext, first: Term, second: Term, degree: str, *, denied: bool = False
) -> Iterator[Formula]:
    """The assertions that two terms differ, or significantly so, whichever is larger; or that they do not.

    An unqualified difference may mean a significant one where it is denied ("A and B do not differ" at 80.1 and 80.2),
    and where a table prints errors or p values.
    """
    table, equal = context.lines.table, Compare("=", first, second)
    word = DEGREES.get(degree, "tested")
    tested = Or(tuple(Degree(word, Compare(way, first, second)) for way in SIGNED))
    if degree in DEGREES:
        yield Not(tested) if denied else tested
        return
    yield equal if denied else Not(equal)
    if denied:
        yield Or((equal, Not(tested)))
    elif any(line.kind == "error" for line in (*table.columns, *table.rows)):
        yield tested


def _relation(case: Comparison, first: Term) -> Relation:
    """The relation of numbers, where the clause says which way is better and the table does not."""
    if case.relation not in ("better", "worse"):
        return case.relation
    sign = _stated_direction(case, first)
    if sign == 0:
        return case.relation
    return ">" if (case.relation == "better") == (sign > 0) else "<"


def _stated_direction(case: Comparison, term: Term) -> int:
    """1 or −1 where the table does not say which way is better but the clause names a measure that does; else 0."""
    if not isinstance(term, At) or term.row.startswith("$") or term.column.startswith("$"):
        return 0
    lines = case.context.lines
    crossing = (lines.columns.get(term.column), lines.rows.get(term.row))
    if any(line is not None and line.measure and header_derives(line.own, line.measure.name) for line in crossing):
        return 0
    known = [line.measure for line in crossing if line is not None and line.measure is not None]
    if any(measure.direction or measure.name in lexicon().measures for measure in known):
        return 0
    if lines.table.measure is not None:
        return 0
    own = {(line.axis, line.index) for line in crossing if line is not None}
    told = [c for phrase in case.named_phrases() for c in phrase.constraints]
    signs = {direction_of(c.words) for c in told if own & {(c.axis, i) for i in c.lines}} - {0}
    return signs.pop() if len(signs) == 1 else 0


def _counts_places(case: Comparison) -> bool:
    """True if a place is counted: "not … on all tasks" may deny all of them or one."""
    places = (*case.given.scope, *case.given.after)
    return any(phrase.quantifier not in ("", "either") for group in places for phrase in group)


def _apart(case: Comparison, first: Term, second: Term, amount: ParseNode) -> Iterator[Formula]:
    """The assertions of an unsigned difference: in points, and where percent fits, in points or percent of either."""
    number, _ = written(amount)
    if number.value < 0 or case.mean or case.total:
        return
    fits = fits_unit(amount, case.context.lines, first)
    points = list(stated(Difference(first, second, "abs"), amount)) if fits else []
    yield from points
    if number.relation == "=":
        pairs: tuple[tuple[Term, Term], ...] = ((first, second), (second, first))
        shares = [share for one, two in pairs for way in SIGNED for share in relative(one, two, way, amount)]
        yield from _any_of([*points, *shares] if shares else [])


def _any_of(senses: Sequence[Formula]) -> Iterator[Formula]:
    """The disjunction of an amount's senses; none where there is no sense."""
    if senses:
        yield senses[0] if len(senses) == 1 else Or(tuple(senses))


def _by_amount(case: Comparison, body: Compare, amount: ParseNode) -> Iterator[Formula]:
    """The difference is the amount: in points, or where that fits in percent of the other side."""
    first, second, relation = body.left, body.right, body.relation
    unit = "better" if relation in ("better", "worse") else ""
    if relation in ("better", ">"):
        gap = Difference(first, second, unit)
    elif relation in ("worse", "<"):
        gap = Difference(second, first, unit)
    else:
        return
    number, said_in = written(amount)
    if number.value == 0:
        return  # "ahead by 0.0" is not ahead
    if said_in == TIMES:
        yield from _times_more(relation, first, second, number)
        return
    points = stated(gap, amount) if fits_unit(amount, case.context.lines, first) else ()
    senses = [
        Whole((body, said)) if _is_loose(said) else said
        for said in (*points, *relative(first, second, relation, amount))
    ]
    yield from _any_of(senses)


def _times_more(relation: Relation, first: Term, second: Term, number: Written) -> Iterator[Formula]:
    """The assertions of a multiple; "three times more" may be three times as many, or four times."""
    if relation not in (">", "<"):
        return
    large, small = (first, second) if relation == ">" else (second, first)
    for times in so_many_times(large, small, number):
        more = so_many_times(large, small, replace(number, value=number.value + 1))
        yield from (times, *(Or((times, one)) for one in more))


def _not_by(case: Comparison, body: Compare, amount: ParseNode) -> Iterator[Formula]:
    """A denied amount of two cells: not that much, or not as much."""
    if written(amount)[0].relation == "=" and all(map(term_is_fixed, (body.left, body.right))):
        for said in _by_amount(case, body, amount):
            senses = said.parts if isinstance(said, Or) else (said,)
            bounds = [_at_least(sense) for sense in senses]
            if None not in bounds:
                yield Not(said)
                yield from (Not(least) for least in _any_of([bound for bound in bounds if bound is not None]))


def _at_least(gap: Formula) -> Formula | None:
    """A gap of a number as one of at least it; None where it is no plain number."""
    if not isinstance(gap, Compare) or gap.relation != "=" or not isinstance(gap.right, StatedNumber):
        return None
    return Compare("<=" if gap.right.value < 0 else ">=", gap.left, gap.right)


def _is_loose(gap: Formula) -> bool:
    """True if a stated gap would also hold the other way round: "by less than 3 points"."""
    return (isinstance(gap, Compare) and gap.relation in ("<", "<=")) or isinstance(gap, Whole)
