"""Well-formed assertions: every name, variable and domain in them exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

from analysis.errors import InputError
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import resolve_intermediate
from claims.assertion import (
    Associated,
    Attribute,
    Domain,
    Fact,
    Fold,
    Formula,
    Gain,
    Quantified,
    Ranked,
    Run,
    Scope,
    Score,
    Trend,
    UniqueBest,
)
from claims.checking.associations import AXES
from claims.checking.registry import GROUPS, entry_of
from claims.notation import parse_assertion

SPLITS = frozenset({"train", "dev", "test"})


def read_assertion(text: str, registry: Vocabulary, where: str) -> Formula:
    """Parses an assertion and checks its names.

    Raises:
        InputError: it is malformed, or names things outside the vocabulary (all at once).
    """
    formula = parse_assertion(text, where)
    faults = list(dict.fromkeys(_faults(formula, registry, frozenset())))
    if faults:
        raise InputError(where, faults)
    return formula


def _faults(node: object, registry: Vocabulary, bound: frozenset[str]) -> Iterator[str]:
    match node:
        case Run(task):
            yield from _unless(task in bound, lambda: _run_fault(task, registry))
        case Score(_, target) | Gain(_, target):
            known = target in registry["target"] or target in registry["benchmark"]
            yield from _unless(known or target in bound, lambda: registry.unknown("target", target))
        case Scope():
            yield from _scope_faults(node, registry, bound)
        case Domain():
            yield from _domain_faults(node, registry)
        case Attribute(entity) | Fact(entity):
            known = entity in bound or entity == "study" or entity in GROUPS or entry_of(registry, entity) is not None
            yield from _unless(known, lambda: f"unknown entity {entity!r} in a fact (claimgauge ls tasks)")
        case Trend(axis=axis) | Associated(axis=axis):
            yield from _unless(axis in AXES, lambda: f"unknown axis {axis!r} (one of {', '.join(AXES)})")
        case UniqueBest(model):
            yield from _unless(model in registry["model"], lambda: registry.unknown("model", model))
        case Fold() | Quantified() | Ranked():
            bound |= {node.variable}
    yield from _below(node, registry, bound)


def _below(node: object, registry: Vocabulary, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(node, tuple):
        for member in node:
            yield from _faults(member, registry, bound)
    elif is_dataclass(node):
        for f in fields(node):
            value = getattr(node, f.name)
            if not isinstance(value, str):
                yield from _faults(value, registry, bound)


def _unless(fine: bool, told: Callable[[], str | None]) -> Iterator[str]:
    if not fine and (fault := told()) is not None:
        yield fault


def _run_fault(task: str, registry: Vocabulary) -> str | None:
    try:
        resolve_intermediate(registry, task)
    except LookupError as error:
        return str(error.args[0])
    return None


def _scope_faults(scope: Scope, registry: Vocabulary, bound: frozenset[str]) -> Iterator[str]:
    if scope.split is not None and scope.split not in SPLITS:
        yield f"unknown split {scope.split!r} (one of dev, test, train)"
    if scope.metric is not None and scope.metric not in registry["metric"]:
        yield registry.unknown("metric", scope.metric)
    language = scope.language
    if language is not None and language not in {"mean", *bound} and registry.any_language(language) is None:
        yield registry.unknown("language", language)


def _domain_faults(domain: Domain, registry: Vocabulary) -> Iterator[str]:
    if domain.kind is not None and domain.kind not in registry["kind"]:
        yield registry.unknown("kind", domain.kind)
    if domain.benchmark is not None and domain.benchmark not in registry["benchmark"]:
        yield registry.unknown("benchmark", domain.benchmark)
    for name in domain.names:
        if not any(
            name in registry[category] for category in ("intermediate", "target", "language", "model", "multitask")
        ):
            yield f"unknown name {name!r} in a domain (claimgauge ls tasks)"
