"""Numbers that a sentence states → formulas over gains and scores."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import get_args

from analysis.numbers import Number as Written
from claims.assertion import (
    BASELINE_RUN,
    ZERO,
    And,
    Compare,
    Consistent,
    Difference,
    Fold,
    Formula,
    Gain,
    Run,
    Score,
    Significant,
    Size,
    Sized,
    StatedNumber,
    Term,
    Whole,
)
from claims.domains.amounts import as_bound, exact, written
from claims.domains.registry.parts import MemberTerm, Parts, Wrap, cells
from claims.hashed import record, replace
from claims.language.chart import Edge, ParseNode
from claims.rewriting import conjunction

LEAST_LEVEL = 30
"""A number without a unit below this may be a gain as well as a score, and is not read as a score."""
LEAST_SHARE = Decimal("0.005")
"""Half a unit of the last of two digits: a share of one is written with at least these."""
FLIPPED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}


def said(term: Term, number: Written) -> Formula:
    """The formula a stated number makes of a term: one comparison, both ends of a range, or "about"."""
    value = StatedNumber(exact(number.value, number))
    if number.upper is not None:
        return And((Compare(">=", term, value), Compare("<=", term, StatedNumber(exact(number.upper, number)))))
    formula = as_bound(number, term, value, oriented=not isinstance(term, Difference | Gain))
    return And((formula, Compare("about", term, value))) if number.near else formula


def with_presumed(formula: Formula, grown: Term, *, falling: bool = False) -> list[Formula]:
    """A formula alone, and with its presupposition: "a larger gain" is above zero, "a larger drop" below."""
    return [formula, Whole((formula, Compare("<" if falling else ">", grown, ZERO)))]


def with_sign(formula: Formula, grown: Term, number: Written, *, falling: bool = False) -> list[Formula]:
    """A stated change alone and, for "by less than 3 points" or "by 0.0", also with its presupposed sign."""
    presumed = number.value == 0 or (number.relation in ("<", "<=") and not number.near)
    return with_presumed(formula, grown, falling=falling) if presumed else [formula]


def senses(number: Written) -> list[Written]:
    """A number in each sense of its bound: "10+" is at least ten, or more than ten."""
    if number.relation == ">=" and number.text.rstrip().endswith("+"):
        return [number, replace(number, relation=">")]
    return [number]


@record
class StatedAmount:
    """A stated number and its unit: "", "points" or "%"."""

    number: Written
    unit: str


def amounts_of(node: ParseNode) -> list[StatedAmount] | None:
    """The numbers of "8.2, 7.5 and 7.0 points", with the unit of the last; None where one is no plain amount."""
    nodes = [node] if node.rule == "amount" else [*node.find("one"), *(m.first("one") for m in node.find("more"))]
    nodes.sort(key=lambda n: min(e.start for _, e in n.leaves()))
    pairs = [written(n) for n in nodes]
    units = {unit for _, unit in pairs if unit}
    if len(units) > 1 or not units <= {"points", "%"}:
        return None
    if any(n.plus_minus is not None or n.reached for n, _ in pairs):
        return None
    unit = units.pop() if units else ""
    return [StatedAmount(replace(n, unit=""), unit) for n, _ in pairs]


def bounded(amounts: Sequence[StatedAmount], bound: Edge) -> list[StatedAmount] | None:
    """As in "exceeds 60": the number as a bound; None where it is one already."""
    if any(a.number.relation != "=" or a.number.upper is not None for a in amounts):
        return None
    return [replace(a, number=replace(a.number, relation=bound.value["relation"])) for a in amounts]


def changes(parts: Parts, amounts: Sequence[StatedAmount], wrap: Wrap) -> list[Formula]:
    """The stated gain of each named member, in the order of the sentence; one formula for each sense of the unit."""
    statements = cells(parts)
    if len(amounts) not in {1, len(statements)} or (len(amounts) == 1 and _all_the_same(parts, amounts[0])):
        return []
    paired = list(zip(statements, list(amounts) * (len(statements) if len(amounts) == 1 else 1), strict=True))
    stated = [(cell.term, said(cell.term, _signed(a.number, parts.falling)), a.number) for cell, a in paired]
    signed = [with_sign(formula, term, number, falling=parts.falling) for term, formula, number in stated]
    in_points = [
        conjunction([wrap(ways[min(i, len(ways) - 1)]) for ways in signed]) for i in range(max(map(len, signed)))
    ]
    if amounts[0].unit != "%":
        return [*in_points, *_in_other_sense(parts, amounts, wrap)]
    relative = [_relative(cell, a, parts.falling) for cell, a in paired]
    shares = [wrap(f) for f in relative if f is not None]
    return [conjunction(shares), *in_points] if len(shares) == len(paired) else []


def _in_other_sense(parts: Parts, amounts: Sequence[StatedAmount], wrap: Wrap) -> list[Formula]:
    others = [replace(a, number=replace(senses(a.number)[-1], text="")) for a in amounts]
    return changes(parts, others, wrap) if any(len(senses(a.number)) > 1 for a in amounts) else []


def _all_the_same(parts: Parts, amount: StatedAmount) -> bool:
    """True if a quantified phrase without "each" gives all its members the very same gain, which is implausible."""
    many = [those for those in (parts.runs, parts.targets) if those is not None and those.quantifier is not None]
    return bool(many) and amount.number.relation == "=" and not all(those.literal for those in many)


def _signed(number: Written, falling: bool) -> Written:
    if not falling:
        return number
    low, high = (-number.value, None) if number.upper is None else (-number.upper, -number.value)
    relation = FLIPPED.get(number.relation, number.relation)
    return replace(number, value=low, upper=high, relation=relation)  # type: ignore[arg-type]


def _relative(cell: MemberTerm, amount: StatedAmount, falling: bool) -> Formula | None:
    if not isinstance(cell.term, Gain) or cell.run.task == "i":
        return None
    scope = cell.term.scope
    term = Difference(Score(cell.run, cell.target, scope), Score(Run(BASELINE_RUN), cell.target, scope), "%")
    return said(term, _signed(amount.number, falling))


def between(first: Term, second: Term, amount: StatedAmount) -> list[Formula]:
    """The formulas for a stated lead of one term over another; a percentage may be relative or in points."""
    gap = Difference(first, second)
    if amount.unit != "%":
        return [way for number in senses(amount.number) for way in with_sign(said(gap, number), gap, number)]
    return [said(replace(gap, unit="%"), amount.number), *with_sign(said(gap, amount.number), gap, amount.number)]


def level(parts: Parts, amount: StatedAmount, *, least: int = LEAST_LEVEL) -> list[Formula]:
    """The stated score of each named member; empty for a number too small for a score, which may be a change."""
    amount = replace(amount, number=_in_points(amount)) if least <= 1 else amount
    if amount.number.value <= max(1, least) and not (amount.number.relation in ("<", "<=") and amount.number.value > 1):
        return []
    return [said(cell.term, amount.number) for cell in cells(replace(parts, measure="score"))]


def _in_points(amount: StatedAmount) -> Written:
    """A score written as a share of one, such as 0.651, in points."""
    number = amount.number
    whole = amount.unit == "" and number.upper is None and number.plus_minus is None and not number.near
    if not whole or not 0 < number.value < 1 or number.half_width > LEAST_SHARE:
        return number
    return replace(number, value=number.value * 100, half_width=number.half_width * 100)


def levels(parts: Parts, before: StatedAmount | None, after: StatedAmount | None, wrap: Wrap) -> Formula | None:
    """As in "raises XNLI from 79.0 to 80.0": the scores before and after."""
    formulas: list[Formula] = []
    method_of = parts.runs.method if parts.runs is not None else "plain"
    base = Run(parts.runs.members[0]) if parts.runs is not None and parts.runs.added and parts.runs.members else None
    for amount, earlier in ((after, False), (before, True)):
        if amount is None:
            continue
        if amount.unit not in ("", "%") or amount.number.value < LEAST_LEVEL:
            return None
        for cell in cells(replace(parts, measure="score")):
            term = _before(cell.term, base) if earlier else cell.term
            formulas.append(wrap(said(term, amount.number)))
    if not formulas or not method_of:
        return None
    return Whole(tuple(formulas)) if before is not None and len(formulas) == 2 else conjunction(formulas)


def _before(term: Term, base: Run | None) -> Term:
    plain = base or Run(BASELINE_RUN)
    if isinstance(term, Fold):
        return replace(term, body=_before(term.body, base))
    return replace(term, run=plain) if isinstance(term, Score) else term


LEAST = {"large": Decimal(3), "moderate": Decimal("0.5")}
MOST = {"moderate": Decimal(5), "small": Decimal(2)}
"""Smallest and largest change that each size word allows in its widest definition, in points."""


def degrees_fit(degrees: Sequence[str], amounts: Sequence[StatedAmount]) -> bool:
    """True if stated numbers lie in the range of the size words; "consistently" does not fit beside a number."""
    if not amounts:
        return True
    if "consistent" in degrees:
        return False
    values = [abs(a.number.value) for a in amounts]
    return all(LEAST.get(d, v) <= v <= MOST.get(d, v) for d in degrees for v in values)


def qualified(formula: Formula, ahead: Term, degrees: Sequence[str]) -> Formula:
    """The formula with the degree words of its clause: a size of `ahead` in its place, "significant", "consistent"."""
    size = next((word for word in degrees if word in get_args(Size)), None)
    if size is not None:
        formula = Sized(size, ahead)  # type: ignore[arg-type]
    if "significant" in degrees:
        formula = Significant(formula)
    return Consistent(formula) if "consistent" in degrees else formula
