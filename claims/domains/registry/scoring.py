"""Statements of score: "XLM-R Large reaches an accuracy of 79.2 on XNLI"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.vocabulary import BASELINE
from claims.domains.registry.amounts import amounts_of, level, said, senses
from claims.domains.registry.bundles import Bundle, together
from claims.domains.registry.gains import tails
from claims.domains.registry.made import Made
from claims.domains.registry.parts import ALL_TARGETS, Parts, cells, wraps
from claims.domains.registry.phrases import Binder
from claims.language.chart import Node
from claims.rewriting import conjunction


def scores(binder: Binder, node: Node, carry: Bundle | None = None) -> Iterator[Made]:
    """Every assertion of a clause that states a score."""
    amount = node.first("amount")
    numbers = amounts_of(amount) if amount is not None else None
    bundle = together(binder.of(node.find("who", "of", "what", "metric")), tails(binder, node), _own(binder, node))
    if (
        bundle is None
        or not numbers
        or any(t.first("amount", "high", "lowamount", "deg", "valued") is not None for t in node.find("tail"))
    ):
        return
    if carry is not None:
        bundle = _leaning(bundle, carry)
        if bundle is None:
            return
    if bundle.only or bundle.negated is not None or bundle.over or not _named(bundle):
        return
    negated = node.first("neg")
    for parts in _parts(bundle):
        formulas = []
        wrap = wraps(parts, negated.start if negated is not None else None)
        if len(numbers) == 1:
            if numbers[0].unit == "points" and numbers[0].number.value < 30:
                return
            for number in senses(numbers[0].number):
                found = level(parts, replace(numbers[0], number=number), least=_least(bundle))
                if found:
                    yield Made(conjunction([wrap(f) for f in found]), bundle)
            return
        if len(numbers) == len(cells(parts)) and all(n.number.value >= 30 for n in numbers):
            formulas = [wrap(said(c.term, n.number)) for c, n in zip(cells(parts), numbers, strict=True)]
        if not formulas:
            return
        yield Made(conjunction(formulas), bundle)


def _own(binder: Binder, node: Node) -> Bundle:
    """Split and mean said inside the clause itself: "has a test accuracy of"."""
    inner = [part for _, part in node.parts if getattr(part, "symbol", "") in ("split", "avg", "perf")]
    found = binder.of(inner)
    assert found is not None
    return found


def _leaning(bundle: Bundle, carry: Bundle) -> Bundle | None:
    """A clause that names only what is new: "… and 86.4 on PAWS-X"."""
    new_targets = bundle.targets is not None
    return replace(
        bundle,
        runs=bundle.runs or carry.runs,
        models=bundle.models or carry.models,
        targets=bundle.targets or carry.targets,
        languages=bundle.languages or carry.languages,
        split=bundle.split or carry.split,
        metrics=bundle.metrics or (() if new_targets else carry.metrics),
    )


def _named(bundle: Bundle) -> bool:
    """Whether a score is placed: on a named target, or said to be a mean over targets."""
    targets = bundle.targets
    who = bundle.runs or bundle.models or bundle.metrics or bundle.measured
    if targets is None or targets.general:
        benchmark = targets is not None and targets.domain is not None
        mean = bundle.average or (benchmark and bundle.models is not None)
        return bool(mean and (bundle.runs is not None or bundle.models is not None))
    return targets.quantifier is None and who is not None


def _least(bundle: Bundle) -> int:
    """With a word of score even a small number is one."""
    plain = bundle.runs is None or BASELINE in bundle.runs.members
    return 1 if bundle.metrics or (plain and bundle.models is not None) else 30


def _parts(bundle: Bundle) -> Iterator[Parts]:
    metrics = bundle.metrics or (None,)
    if len(metrics) > 1:
        return
    parts = bundle.parts("score", metric=metrics[0])
    if parts.targets is None:
        parts = replace(parts, targets=ALL_TARGETS)
    yield parts
