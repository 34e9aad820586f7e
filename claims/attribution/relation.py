"""The relation between two assertions: a claim's, and that of a sentence in its source.

Only differences that the language of assertions knows are compared: numbers, how many, how much, where, which way.
Two assertions that differ in anything else say nothing of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeAlias, cast

from claims.assertion import (
    ZERO,
    And,
    Compare,
    Consistent,
    Degree,
    Fact,
    Formula,
    Node,
    Not,
    Quantified,
    Quantifier,
    Ranked,
    Relation,
    Scope,
    Significant,
    Sized,
    StatedNumber,
    Whole,
    is_zero,
)

Said: TypeAlias = Literal["stated", "says-more", "says-less", "other-number", "says-otherwise"]
STRENGTH: dict[Quantifier, int] = {"all": 5, "almost-all": 4, "most": 3, "many": 2, "several": 1, "any": 0}
"""Quantifiers from the strongest to the weakest; each says all that a weaker one says of a domain with members."""
SIZES = {"small": 0, "moderate": 1, "large": 2}
UPWARDS: dict[Relation, tuple[Relation, ...]] = {">": (">=",), "<": ("<=",), "=": ("about", ">=", "<="), "~": ()}
"""Relation → weaker ones that follow from it."""


@dataclass(frozen=True, slots=True)
class Related:
    """The relation of a source's assertion to a claim's.

    Attributes:
        said: the relation. stated, found: the numbers that differ, of the claim and of the source; empty where none do.
    """

    said: Said
    stated: str = ""
    found: str = ""


SAME = Related("stated")
ORDER: tuple[Said, ...] = ("stated", "says-more", "other-number", "says-otherwise", "says-less")
"""Precedence of relations where several sentences of a source are comparable: the first that is found counts."""


def related(claim: Formula, source: Formula) -> Related | None:
    """The relation of a source's assertion to a claim's; None where the two cannot be compared."""
    parts = source.parts if isinstance(source, And | Whole) else (source,)
    if not isinstance(claim, And | Whole):
        found = [r for part in parts if (r := _one(claim, part)) is not None]
        return min(found, key=lambda r: ORDER.index(r.said), default=None)
    return None


def parts_of(claim: Formula) -> Sequence[Formula]:
    """The statements of a claim, each of which a source may make in a place of its own."""
    return claim.parts if isinstance(claim, And | Whole) else (claim,)


def _one(claim: Formula, source: Formula) -> Related | None:
    if isinstance(claim, Not) or isinstance(source, Not):
        return _denied(claim, source)
    for special in (_wrapped, _numbers, _sized, _ranked, _facts, _quantified, _turned):
        if (found := special(claim, source)) is not None:
            return found
    return _scoped(claim, source)


def _scoped(claim: object, source: object) -> Related | None:
    """The relation of two parts that are alike but for scopes the source leaves open; None where they differ more."""
    worst = SAME
    if isinstance(claim, Scope) and isinstance(source, Scope):
        for field in fields(Scope):
            own, other = getattr(claim, field.name), getattr(source, field.name)
            if own == other or own is None:
                continue
            if other is not None:
                return None
            worst = Related("says-less")
        return worst
    if isinstance(claim, tuple) and isinstance(source, tuple):
        return _all(claim, source)
    if isinstance(claim, StatedNumber) or not isinstance(claim, Node):
        return SAME if claim == source else None
    if type(claim) is not type(source):
        return None
    names = [field.name for field in fields(cast("Any", claim))]
    return _all([getattr(claim, name) for name in names], [getattr(source, name) for name in names])


def _all(claim: Sequence[object], source: Sequence[object]) -> Related | None:
    if len(claim) != len(source):
        return None
    found = [_scoped(own, other) for own, other in zip(claim, source, strict=True)]
    if None in found:
        return None
    return Related("says-less") if any(r is not None and r.said == "says-less" for r in found) else SAME


def _weaker(one: Related | None, said: Said) -> Related | None:
    """A relation of bodies under forms of which the source's is `said`; only the same bodies decide."""
    return None if one is None or one.said != "stated" else Related(said)


def _denied(claim: Formula, source: Formula) -> Related | None:
    if isinstance(claim, Not) and isinstance(source, Not):
        found = _scoped(claim.part, source.part)
        return found if found == SAME else None
    inner = _scoped(claim.part, source) if isinstance(claim, Not) else None
    if isinstance(source, Not):
        inner = _scoped(claim, source.part)
    return Related("says-otherwise") if inner == SAME else None


def _wrapped(claim: Formula, source: Formula) -> Related | None:
    """Beyond chance, consistently, clearly: each says more than the bare statement."""
    strong = (Significant, Consistent)
    if isinstance(claim, strong) and not isinstance(source, strong):
        return _weaker(_one(claim.body, source), "says-less")
    if isinstance(source, strong) and not isinstance(claim, strong):
        return _weaker(_one(claim, source.body), "says-more")
    if isinstance(claim, Degree) != isinstance(source, Degree):
        outer, inner = (claim, source) if isinstance(claim, Degree) else (source, claim)
        assert isinstance(outer, Degree)
        return _weaker(_scoped(outer.body, inner), "says-less" if outer is claim else "says-more")
    return None


def _numbers(claim: Formula, source: Formula) -> Related | None:
    """Two comparisons of one term with numbers."""
    if not isinstance(claim, Compare) or not isinstance(source, Compare):
        return None
    own, other = claim.right, source.right
    if not isinstance(own, StatedNumber) or not isinstance(other, StatedNumber) or own.unit != other.unit:
        return None
    term = _scoped(claim.left, source.left)
    if term is None:
        return None
    said = _compared(claim.relation, own, source.relation, other)
    if said is None:
        return None
    if said == "stated":
        return term
    numbers = (str(own), str(other)) if ZERO not in {own, other} or own != other else ("", "")
    return Related(said, *numbers) if term == SAME or said in {"says-less", "other-number"} else None


def _compared(own: Relation, stated: StatedNumber, other: Relation, found: StatedNumber) -> Said | None:
    a, b = float(stated.value), float(found.value)
    if own == other == "=":
        return _digits(stated, found)
    if own == other:
        return "stated" if a == b else "other-number" if own == "about" else _bounds(own, a, b)
    if own == "about" and other == "=":
        return "stated" if abs(a - b) <= max(stated.half_width, 0.1 * abs(a)) else "other-number"
    if own == "=" and other == "about":
        return "says-less" if abs(a - b) <= max(found.half_width, 0.1 * abs(b)) else "other-number"
    if other == "=" and own in {">", ">=", "<", "<="}:
        holds = {">": b > a, ">=": b >= a, "<": b < a, "<=": b <= a}[own]
        return "says-more" if holds else "says-otherwise"
    if own == "=" and other in {">", ">=", "<", "<="}:
        holds = {">": a > b, ">=": a >= b, "<": a < b, "<=": a <= b}[other]
        return "says-less" if holds else "says-otherwise"
    if a == b:
        if other in UPWARDS.get(own, ()):
            return "says-less"
        return (
            "says-more" if own in UPWARDS.get(other, ()) else "says-otherwise" if {own, other} == {">", "<"} else None
        )
    return None


def _digits(stated: StatedNumber, found: StatedNumber) -> Said:
    """Two numbers for one term: the same up to the claim's digits, up to the source's, or others."""
    apart = abs(float(stated.value) - float(found.value))
    if apart <= stated.half_width + 1e-9:
        return "stated"
    return "says-less" if apart <= found.half_width + 1e-9 else "other-number"


def _bounds(relation: Relation, stated: float, found: float) -> Said | None:
    if relation in {">", ">="}:
        return "says-more" if found > stated else "says-less"
    if relation in {"<", "<="}:
        return "says-more" if found < stated else "says-less"
    return None


def _sized(claim: Formula, source: Formula) -> Related | None:
    """Large gains, gains, small gains."""
    if isinstance(claim, Sized) and isinstance(source, Sized):
        if claim.word == source.word or _scoped(claim.term, source.term) != SAME:
            return None
        return Related("says-less" if SIZES[source.word] < SIZES[claim.word] else "says-more")
    for one, other, said in ((claim, source, "says-less"), (source, claim, "says-more")):
        if isinstance(one, Sized) and isinstance(other, Compare) and other.relation == ">" and is_zero(other.right):
            return _weaker(_scoped(one.term, other.left), cast("Said", said))
    return None


def _ranked(claim: Formula, source: Formula) -> Related | None:
    """Another name in one place of one order."""
    if not isinstance(claim, Ranked) or not isinstance(source, Ranked):
        return None
    same_order = _scoped(replace(claim, names=source.names), source)
    if same_order is None or claim.names == source.names:
        return same_order
    if claim.place in {"top", "bottom"}:
        return SAME if set(claim.names) < set(source.names) else Related("says-otherwise")
    return Related("says-otherwise")


def _facts(claim: Formula, source: Formula) -> Related | None:
    """Facts of one attribute: the source's values hold the claim's, or are other numbers."""
    if not isinstance(claim, Fact) or not isinstance(source, Fact):
        return None
    if (claim.entity, claim.attribute) != (source.entity, source.attribute):
        return None
    own, other = claim.values, source.values
    if len(own) == len(other) == 1 and isinstance(own[0], StatedNumber) and isinstance(other[0], StatedNumber):
        said = _digits(own[0], other[0]) if own[0].unit == other[0].unit else None
        return None if said is None else SAME if said == "stated" else Related(said, str(own[0]), str(other[0]))
    shared = set(own) & set(other)
    return SAME if shared == set(own) else Related("says-less") if shared else None


def _quantified(claim: Formula, source: Formula) -> Related | None:
    if not isinstance(claim, Quantified) or not isinstance(source, Quantified):
        return None
    bodies = _scoped((claim.domain, claim.variable, claim.body), (source.domain, source.variable, source.body))
    if bodies is None:
        return None
    if claim.quantifier == source.quantifier:
        if claim.number == source.number:
            return bodies
        numbers = (str(claim.number), str(source.number))
        return Related("other-number", *numbers) if claim.quantifier in {"count=", "share>="} else None
    if "none" in {claim.quantifier, source.quantifier}:
        return Related("says-otherwise") if {claim.quantifier, source.quantifier} & set(STRENGTH) else None
    if claim.quantifier in STRENGTH and source.quantifier in STRENGTH and bodies == SAME:
        more = STRENGTH[source.quantifier] > STRENGTH[claim.quantifier]
        return Related("says-more" if more else "says-less")
    return None


def _turned(claim: Formula, source: Formula) -> Related | None:
    """One comparison, the other way round."""
    if not isinstance(claim, Compare) or not isinstance(source, Compare):
        return None
    turned = replace(source, left=source.right, right=source.left)
    if claim.relation in {">", "<", "better", "worse"} and claim.relation == source.relation:
        return Related("says-otherwise") if _scoped(claim, turned) == SAME else None
    if {claim.relation, source.relation} in ({">", "~"}, {"better", "worse"}):
        same = _scoped(replace(claim, relation=source.relation), source) == SAME
        either = claim.relation == "~" or source.relation == "~"
        turned_too = either and _scoped(replace(claim, relation=source.relation), turned) == SAME
        return Related("says-otherwise") if same or turned_too else None
    return None
