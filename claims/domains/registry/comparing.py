"""Comparisons: "MNLI beats QQP on XNLI by 2 points", "XLM-R Large outperforms mBERT", "gains are larger on A than on B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal

from analysis.vocabulary import BASELINE
from claims.assertion import (
    ZERO,
    Compare,
    Consistent,
    Difference,
    Domain,
    Formula,
    Ranked,
    Run,
    Significant,
    Sized,
    Term,
)
from claims.domains.registry.amounts import Amount, amounts_of, degrees_fit, said
from claims.domains.registry.amounts import between as apart
from claims.domains.registry.bundles import Bundle, together
from claims.domains.registry.gains import gain_noun, tails
from claims.domains.registry.made import Made
from claims.domains.registry.parts import Cell, Parts, Those, cells, tangled, wraps
from claims.domains.registry.phrases import Binder, leaves_of
from claims.language.chart import Node
from claims.rewriting import conjunction

SIGN = {"better": ">", ">": ">", "worse": "<", "<": "<", "same": "=", "~": "~"}
OPPOSITE = {">": "<", "<": ">", "=": "=", "~": "~"}
ROLES = ("runs", "targets", "languages", "models")


@dataclass(frozen=True, slots=True)
class Case:
    """One comparison.

    Attributes:
        role: what is compared. first, second: each side with all that both share.
        relation: how the first stands to the second. amount: by how much.
        degrees: "large", "consistent" … negation: place of a denial.
    """

    role: str
    first: Bundle
    second: Bundle
    relation: str
    amount: Amount | None
    degrees: tuple[str, ...]
    negation: int | None
    by_gain: bool


def comparisons(binder: Binder, node: Node, carry: Bundle | None = None) -> Iterator[Made]:
    """Every assertion of a clause that compares."""
    del carry
    relation = _relation(node)
    sides = _sides(binder, node)
    amount = _amount(node)
    if relation is None or sides is None or amount is False:
        return
    role, first, second = sides
    negated = node.first("neg")
    degrees = tuple(dict.fromkeys(e.value["deg"] for n in (node, *node.find("tail")) for e in n.find("deg")))
    by_gain = _speaks_of_gains(node)
    case = Case(
        role, first, second, relation, amount or None, degrees, None if negated is None else negated.start, by_gain
    )
    if not _fits(binder, node, case):
        return
    for formula in _formulas(case):
        yield Made(formula, first)


def _relation(node: Node) -> str | None:
    """How the left side stands to the right one."""
    word = node.first("beat", "rel", "more", "equal", "same", "equally")
    above = node.first("above")
    if above is not None:
        return "<" if above.value.get("sign") == "-" else ">"
    if word is None:
        return None
    edge = next(leaves_of(word))
    if edge.value.get("about") is not None:
        return None
    relation = SIGN[edge.value["relation"]]
    if edge.symbol == "beat.en":
        relation = OPPOSITE[relation]
    noun = node.first("noun")
    falling = noun is not None and noun.first("noun").value["sign"] == "-"
    verb = node.first("improve")
    if verb is not None and verb.value["relation"] in ("worse", "<"):
        falling = True
    measured = node.first("measure")
    if measured is not None and measured.first("noun") is not None and measured.first("noun").value["sign"] == "-":
        falling = True
    return OPPOSITE[relation] if falling else relation


def _speaks_of_gains(node: Node) -> bool:
    measure = node.first("measure")
    return node.first("improve", "noun", "more") is not None or (
        measure is not None and measure.first("noun") is not None
    )


def _amount(node: Node) -> Amount | Literal[False] | None:
    """By how much; False where the number is none of a difference."""
    found = [*node.find("amount"), *(a for t in node.find("tail") for a in t.find("amount"))]
    levels = [t for t in node.find("tail") if t.first("lowamount", "high", "valued") is not None]
    if levels or len(found) > 1:
        return False
    if not found:
        return None
    read = amounts_of(found[0])
    return read[0] if read is not None and len(read) == 1 else False


# --------------------------------------------------------------------------------------- sides


def _sides(binder: Binder, node: Node) -> tuple[str, Bundle, Bundle] | None:
    """The compared role and both sides, each with what the clause says of both."""
    left, right = _pair(binder, node)
    noun = node.first("noun")
    shared = together(
        tails(binder, node),
        binder.of(node.find("measure", "measured", *(() if node.first("whatright") is not None else ("what",)))),
        gain_noun(binder, noun) if noun is not None else Bundle(),
    )
    if left is None or right is None or shared is None:
        return None
    roles = [r for r in ROLES if getattr(left, r) and getattr(right, r) and getattr(left, r) != getattr(right, r)]
    if len(roles) != 1:
        return None
    if any(getattr(a, r) is not None for a, b in ((left, right), (right, left)) for r in ROLES if r not in roles
           if getattr(b, r) is None):  # fmt: skip
        return None
    first, second = together(left, shared), together(right, shared)
    if first is None or second is None:
        return None
    return roles[0], first, second


def _pair(binder: Binder, node: Node) -> tuple[Bundle | None, Bundle | None]:
    places = node.first("leftplace"), node.first("rightplace")
    if places[0] is not None and places[1] is not None:
        first, second = binder.bundle(places[0]), binder.bundle(places[1])
        left = node.first("left")
        if left is None:
            return first, second
        who = binder.bundle(left)
        return together(who, first), together(who, second)
    if node.first("whatright") is not None:
        who = binder.bundle(node.first("left"))
        what = binder.of(node.find("what"))
        return together(who, what), together(who, binder.bundle(node.first("whatright")))
    right = node.first("right")
    if right is None:
        return binder.bundle(node.first("left")), Bundle(runs=Those("run", (BASELINE,)))
    return binder.bundle(node.first("left")), binder.bundle(right)


def _fits(binder: Binder, node: Node, case: Case) -> bool:
    """Whether what is compared can be compared so."""
    if case.amount is not None and ("significant" in case.degrees or not degrees_fit(case.degrees, [case.amount])):
        return False
    one, two = getattr(case.first, case.role), getattr(case.second, case.role)
    bundles = (case.first, case.second)
    if any(b.only or b.negated is not None or b.over for b in bundles):
        return False
    if case.role == "runs" and _methods_clash(one, two):
        return False
    if case.role == "runs" and case.first.models is not None and len(case.first.models.members) > 1:
        return False
    if not all(binder.words["metric"][m].facts.get("higher_is_better", True) for m in case.first.metrics):
        return False
    if case.relation in ("=", "~") and (case.amount is not None or case.degrees or case.negation is not None):
        return False
    if case.role == "models" and case.first.targets is None:
        return False
    if (
        case.role in ("languages", "targets")
        and not case.by_gain
        and case.first.runs is None
        and case.first.models is None
    ):
        return case.role == "languages" and case.first.targets is not None
    return True


def _methods_clash(one: Those, two: Those) -> bool:
    """As in "For SQuAD, MLM beats translation": a name on one side only may well belong to both."""
    methods = {one.method, two.method} != {"plain"}
    return methods and bool(one.members) != bool(two.members)


# ------------------------------------------------------------------------------------ formulas


def _formulas(case: Case) -> Iterator[Formula]:
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
    return tuple(_averaged(b, b.parts(measure, metric=metric)) for b in (case.first, case.second))  # type: ignore[return-value]


def _averaged(bundle: Bundle, parts: Parts) -> Parts:
    targets = parts.targets
    if bundle.average and targets is not None:
        if targets.quantifier == "all":
            return replace(parts, targets=replace(targets, quantifier=None))
        if len(targets.members) > 1:
            return replace(parts, targets=Those("target", domain=Domain("names", tuple(sorted(targets.members)))))
    return parts


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
    if tangled(replace(first, **{case.role: wrapped}), case.negation):
        return
    wrap = wraps(replace(first, **{case.role: wrapped}), case.negation)
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


def _alike(a: Cell, b: Cell, role: str) -> bool:
    """Whether two terms differ in nothing but the compared role."""
    return all(getattr(a, r) == getattr(b, r) for r in ("run", "target", "language", "model") if r != role)


def _said(case: Case, a: Term, b: Term) -> list[Formula]:
    """What is said of the two numbers: which is greater, by how much, how clearly."""
    high, low = (b, a) if case.relation == "<" else (a, b)
    ahead: Term = high if low == ZERO else Difference(high, low)
    if case.amount is not None:
        if case.amount.unit == "" and case.amount.number.value >= 30:
            return []
        if low == ZERO:
            return [said(ahead, case.amount.number)] if case.amount.unit != "%" else []
        return apart(high, low, case.amount)
    formula: Formula = Compare(case.relation, a, b)  # type: ignore[arg-type]
    size = next((d for d in case.degrees if d in ("large", "moderate", "small")), None)
    if size is not None and case.relation in (">", "<"):
        formula = Sized(size, ahead)  # type: ignore[arg-type]
    if "significant" in case.degrees:
        formula = Significant(formula)
    return [Consistent(formula) if "consistent" in case.degrees else formula]


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
    term = cells(replace(parts, runs=Those("run", ("i",))))[0].term
    name = first.members[0]
    base = "runs" if name == "multi" else "intermediates"
    return Ranked("best" if case.relation == ">" else "worst", (Run(name, first.method),), "i", Domain(base), term)
