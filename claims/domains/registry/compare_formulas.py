"""A comparison with both its sides → the formulas it may stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from analysis.registry.vocabulary import BASELINE
from claims.assertion import (
    ZERO,
    Between,
    Compare,
    Difference,
    Domain,
    Formula,
    Not,
    Quantified,
    Ranked,
    Run,
    Significant,
    StatedNumber,
    Term,
    is_zero,
)
from claims.domains.amounts import exact
from claims.domains.registry.amounts import (
    LEAST_LEVEL,
    StatedAmount,
    amounts_of,
    qualified,
    said,
    with_presumed,
    with_sign,
)
from claims.domains.registry.amounts import between as apart
from claims.domains.registry.bundles import PhraseBindings
from claims.domains.registry.parts import ALL_TASKS, Measure, MemberTerm, NounPhrase, Parts, cells, tangled, wraps
from claims.hashed import replace
from claims.language.chart import ParseNode
from claims.rewriting import conjunction


@dataclass(frozen=True, slots=True)
class Case:
    """One comparison of two sides.

    Attributes:
        role: the role in which the sides differ, "runs" for example. first, second: bindings of each side, with those
            that both share.
        relation: of the first side to the second. amount: the stated difference.
        degrees: "large", "consistent" … negation: token of a "not".
        by_gain: True if gains are compared. valued: True for "better" or "worse", not "higher" or "lower".
        falling: True if losses are compared.
    """

    role: str
    first: PhraseBindings
    second: PhraseBindings
    relation: str
    amount: StatedAmount | None
    degrees: tuple[str, ...]
    negation: int | None
    by_gain: bool
    valued: bool = False
    falling: bool = False

    @property
    def of_rows(self) -> bool:
        """True if models are compared as rows of a leaderboard, which differ significantly or tie."""
        told = "significant" in self.degrees or self.relation in ("differ", "tie")
        return told and self.role == "models" and self.first.runs is None and not self.by_gain


def formulas_of(case: Case) -> Iterator[Formula]:
    """Every assertion of a comparison."""
    every = _against_all(case)
    if every is not None:
        yield every
        return
    per_metric = [list(_of_metric(case, m)) for m in case.first.metrics or (None,)]
    if not all(per_metric):
        return
    for way in zip(*per_metric, strict=True) if len({len(p) for p in per_metric}) == 1 else []:
        yield conjunction(way)


def _parts(case: Case, metric: str | None) -> tuple[Parts, Parts]:
    """Both sides' roles: runs are compared by their gains, models and languages by their scores."""
    named = case.first.runs
    gain = (case.role == "runs" or case.by_gain) and not (
        named is not None and named.members == (BASELINE,) and case.role != "runs"
    )
    measure: Any = (
        "gain"
        if gain and not (case.role in ("models", "languages") and named is None and not case.by_gain)
        else "score"
    )
    return tuple(b.averaged(b.parts(measure, metric=metric)) for b in (case.first, case.second))  # type: ignore[return-value]


def _of_metric(case: Case, metric: str | None) -> Iterator[Formula]:
    first, second = _parts(case, metric)
    role = {"runs": "run", "targets": "target", "languages": "language", "models": "model"}[case.role]
    one, two = getattr(first, case.role), getattr(second, case.role)
    if case.role == "models":  # a single model lies in the scope, so that the term names it
        first, second = (replace(p, models=None, scope=replace(p.scope, model=None)) for p in (first, second))
        first, second = replace(first, models=case.first.models), replace(second, models=case.second.models)
        one, two = case.first.models, case.second.models
    wrapped = one if one is not None and one.quantifier else two if two is not None and two.quantifier else None
    if one is not None and two is not None and one.quantifier and two.quantifier:
        return
    changed: dict[str, Any] = {case.role: wrapped}
    around = replace(first, **changed)
    if tangled(around, case.negation):
        return
    wrap = wraps(around, case.negation)
    if case.role == "runs" and second.runs is not None and second.runs.members == (BASELINE,):
        pairs: list[tuple[Term, Term]] = [(a.term, ZERO) for a in cells(first)]
    elif case.role == "runs" and first.runs is not None and BASELINE in first.runs.members:
        if first.runs.members != (BASELINE,) or case.relation not in (">", "<"):
            return
        pairs = [(ZERO, b.term) for b in cells(second)]
    else:
        pairs = [(a.term, b.term) for a, b in product(cells(first), cells(second)) if _alike(a, b, role)]
    ways = [_said(case, a, b) for a, b in pairs]
    if not ways or not all(ways) or len({len(w) for w in ways}) != 1:
        return
    for chosen in zip(*ways, strict=True):
        yield conjunction([wrap(f) for f in chosen])


def _alike(a: MemberTerm, b: MemberTerm, role: str) -> bool:
    """True if two terms differ in nothing but the compared role."""
    return all(getattr(a, r) == getattr(b, r) for r in ("run", "target", "language", "model") if r != role)


def _said(case: Case, a: Term, b: Term) -> list[Formula]:
    """The formulas of two terms: the direction with its degree words, or the stated difference."""
    high, low = (b, a) if case.relation == "<" else (a, b)
    ahead: Term = high if is_zero(low) else Difference(high, low)
    if case.relation == "within":
        return _within(Difference(a, b), case.amount)
    if case.amount is not None:
        if case.amount.unit == "" and case.amount.number.value >= 30:
            return []
        if is_zero(low):
            number = case.amount.number
            return with_sign(said(ahead, number), ahead, number) if case.amount.unit != "%" else []
        return apart(high, low, case.amount)
    formula: Formula = Compare(case.relation, a, b)  # type: ignore[arg-type]
    whole = qualified(formula, ahead, case.degrees)
    if not case.by_gain or case.relation not in (">", "<") or is_zero(a) or is_zero(b):
        return [whole]
    return with_presumed(whole, a, falling=case.falling)


def _within(apart_by: Difference, amount: StatedAmount | None) -> list[Formula]:
    """As in "within two points of each other": a difference that no side is ahead by."""
    number = amount.number if amount is not None and amount.unit == "points" else None
    if number is None or number.relation != "<=" or number.upper is not None or number.near:
        return []
    value = StatedNumber(exact(number.value, number))
    return [Between(apart_by, StatedNumber(exact(-number.value, number)), value)]


def _against_all(case: Case) -> Formula | None:
    """As in "A outperforms every other intermediate task": a rank."""
    first, second = case.first.runs, case.second.runs
    if (
        case.role != "runs"
        or first is None
        or second is None
        or case.relation not in (">", "<")
        or case.negation is not None
    ):
        return None
    if second.quantifier != "all" or len(first.members) != 1 or second.domain is None or second.domain.kind:
        return None
    if case.amount or case.degrees or len(case.first.metrics) > 1:
        return None
    parts = case.first.parts("gain", metric=next(iter(case.first.metrics), None))
    term = cells(replace(parts, runs=NounPhrase("run", ("i",))))[0].term
    name = first.members[0]
    base = "runs" if name == "multi" else "intermediates"
    return Ranked("best" if case.relation == ">" else "worst", (Run(name, first.method),), "i", Domain(base), term)


def of_rows_fit(case: Case) -> bool:
    """True if a statement about rows can be read: with "significant" where they differ, and one scope of a denial."""
    where = case.first.targets
    counted = where is not None and where.quantifier is not None and not case.first.average
    told = case.relation == "tie" or "significant" in case.degrees
    plain = set(case.degrees) <= {"significant"} and case.amount is None
    once = case.relation != "tie" or (case.negation is None and not case.degrees)
    return told and plain and once and not (counted and case.negation is not None)


def formulas_of_rows(case: Case) -> Iterator[Formula]:
    """Every assertion of a comparison of rows."""
    where = case.first.targets
    yield from _said_of(case, where or ALL_TASKS)
    if where is None and not case.first.average and case.first.languages is None:
        for formula in _said_of(case, NounPhrase("target", ("t",))):
            yield Quantified("all", "t", Domain("tasks"), formula)


def _said_of(case: Case, where: NounPhrase) -> Iterator[Formula]:
    """The comparison of two rows on one target phrase, conjoined over the named metrics."""
    per_metric = [list(_by_metric(case, where, metric)) for metric in case.first.metrics or (None,)]
    if all(per_metric):
        yield conjunction([formula for found in per_metric for formula in found])


def _by_metric(case: Case, where: NounPhrase, metric: str | None) -> Iterator[Formula]:
    sides = [_rows(bundle, where, metric) for bundle in (case.first, case.second)]
    around = case.first.averaged(replace(case.first, targets=where, models=None).parts("score", metric=metric))
    if tangled(around, case.negation):
        return
    wrap = wraps(around, case.negation)
    for a, b in product(*sides):
        if (a.target, a.language) == (b.target, b.language):
            yield wrap(_told(case, a.term, b.term))


def _rows(bundle: PhraseBindings, where: NounPhrase, metric: str | None) -> list[MemberTerm]:
    parts = replace(bundle, targets=where, models=None).parts("score", metric=metric)
    return cells(replace(bundle.averaged(parts), models=bundle.models))


def _told(case: Case, a: Term, b: Term) -> Formula:
    if case.relation == "tie":
        return Significant(Compare("~", a, b))
    if case.relation == "differ":
        return Significant(Not(Compare("=", *sorted((a, b), key=str))))
    if case.valued:
        return Significant(Compare("better" if case.relation == ">" else "worse", a, b))
    return Significant(Compare(case.relation, a, b))  # type: ignore[arg-type]


def levels_beside(node: ParseNode, case: Case) -> list[Formula] | None:
    """The scores or gains stated beside the two sides; empty without any, None where a number fits no side.

    Args:
        node: the clause; a side may hold a number, or the clause a pair of them.
        case: its two sides.
    """
    pair = node.first("levels")
    found = [n.first("level") for n in node.below() if n.first("level") is not None]
    sides = [node.first("left"), node.first("right")]
    own = [s.first("level") if isinstance(s, ParseNode) else None for s in sides]
    if pair is not None:
        if found:
            return None
        own = [pair.first("left"), pair.first("right")]
    elif len(found) != sum(n is not None for n in own):
        return None
    bundles = (case.first, case.second)
    stated = [_level(bundle, n, case) for bundle, n in zip(bundles, own, strict=True) if n is not None]
    if case.negation is not None and stated:
        return None
    return [f for f in stated if f is not None] if all(f is not None for f in stated) else None


def _level(bundle: PhraseBindings, node: ParseNode, case: Case) -> Formula | None:
    """The number of one side: a score, or a gain where gains are compared or the number is too small for a score."""
    amounts = amounts_of(node)
    if amounts is None or len(amounts) != 1:
        return None
    number, runs = amounts[0].number, bundle.runs
    gain = case.by_gain or (bundle.models is None and number.value < LEAST_LEVEL)
    if gain and (runs is None or BASELINE in runs.members):
        return None
    measure: Measure = "gain" if gain else "score"
    if not gain and amounts[0].unit == "points":
        return None
    parts = bundle.parts(measure, metric=next(iter(bundle.metrics), None))
    if any(
        those is not None and those.quantifier is not None for those in (parts.runs, parts.targets, parts.languages)
    ):
        return None
    stated = cells(parts)
    return said(stated[0].term, number) if len(stated) == 1 else None
