"""Phrases that count: "almost every target", "7 of 9 tasks", "all tasks except A"."""

from __future__ import annotations

from decimal import Decimal

from analysis.numbers import Number as Written
from analysis.registry.vocabulary import Vocabulary
from claims.assertion import Domain
from claims.domains.registry.binder import Binder, start_of
from claims.domains.registry.parts import Category, NounPhrase
from claims.hashed import replace
from claims.language.chart import Edge, ParseNode

FEWEST = 2
"""Smallest number of tasks that a sentence may call "all of them"."""
BOUNDS = {"=": ("count=", 0), ">=": ("count>=", 0), ">": ("count>=", 1), "<": ("count<=", -1), "<=": ("count<=", 0)}


def quantified(registry: Vocabulary, node: ParseNode, category: Category, domain: Domain) -> NounPhrase | None:
    """The quantifier of a phrase such as "almost every target" or "7 of 9 targets"."""
    q, k, n = node.first("q"), node.first("k", "bare", "all"), node.first("n")
    size = None if category == "language" else size_of(registry, domain)
    whole = node.first("all") or n
    if whole is not None and category != "language":
        stated = None if whole.value.relation != "=" else whole_number(whole.value)
        left = None if stated is None else stated - (len(domain.without) if node.first("rest") is None else 0)
        if left is None or left < FEWEST or (left != size and domain.base != "intermediates"):
            return None
        size = left
        domain = replace(domain, size=size)
    place = start_of(node)
    if node.first("both") is not None:
        return NounPhrase(category, domain=domain, quantifier="all", place=place) if size == 2 else None
    if node.first("allbut") is not None:
        return NounPhrase(category, domain=domain, quantifier="but=", number=Decimal(1), place=place)
    if q is not None:
        word = q.value["quantifier"]
        if word == "not-all":
            return NounPhrase(category, domain=domain, quantifier="all", place=place + 1, denied=True)
        literal = any(e.symbol == "q" and _says_each(e) for _, e in node.leaves())
        return NounPhrase(category, domain=domain, quantifier=word, place=place, literal=literal)
    return None if k is None else _counted(k, size, NounPhrase(category, domain=domain, place=place))


def _says_each(edge: Edge) -> bool:
    return bool(edge.value.get("each", False))


def _counted(k: Edge, size: int | None, those: NounPhrase) -> NounPhrase | None:
    number: Written = k.value
    count = whole_number(number)
    bounded = number.upper is not None or number.plus_minus is not None or number.near or number.reached or number.unit
    if count is None or bounded or number.relation not in BOUNDS:
        return None
    if number.relation == "=" and count == size and those.domain is not None:
        return replace(those, quantifier="all", domain=replace(those.domain, size=size))
    quantifier, shift = BOUNDS[number.relation]
    return replace(those, quantifier=quantifier, number=Decimal(count + shift))  # type: ignore[arg-type]


def whole_number(number: Written) -> int | None:
    """The value of a whole number, None of another."""
    plain = number.upper is None and number.plus_minus is None and not number.unit and not number.near
    return int(number.value) if plain and number.value == int(number.value) else None


def denied_at(those: NounPhrase) -> int | None:
    """The token of the negation in "not all"; None without one."""
    return those.place - 1 if those.denied else None


def size_of(registry: Vocabulary, domain: Domain) -> int:
    """The number of tasks in a domain of intermediates or targets."""
    if domain.base == "targets":
        names = registry.targets_of(domain.benchmark or "xtreme")
        kinds = {name: registry.kinds_above(registry["target"][name].facts["kind"]) for name in names}
        return sum(domain.kind in {None, *kinds[name]} and name not in domain.without for name in names)
    names = registry.tasks_of_kind("intermediate", domain.kind) if domain.kind else tuple(registry["intermediate"])
    return sum(name not in domain.without for name in names)


def left_out(binder: Binder, node: ParseNode, label: str) -> tuple[str, ...] | None:
    """The names after "except", sorted; empty without an exception, None where it has anything but plain names."""
    exception = node.first("exc")
    if exception is None:
        return ()
    inner = binder.bundle(exception.first(label))
    those = None if inner is None else inner.runs if label == "runs" else inner.targets
    if inner is None or those is None or inner.metrics or those.method != "plain" or not those.members:
        return None
    return tuple(sorted(those.members))
