"""Statements of score: "XLM-R Large reaches an accuracy of 79.2 on XNLI"."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from claims.assertion import Compare, Formula, Relation
from claims.reading.builders.levels import is_level
from claims.reading.builders.numbers import LEAST_LEVEL, SAID, all_the_same, number_of
from claims.reading.builders.terms import ALL_TARGETS, Parts, Statement, cells, method_lost, wraps
from claims.reading.naming import drop_starting_model, take_languages, take_models, take_runs, take_scope, take_targets
from claims.reading.parsing import Item
from claims.reading.roles import Bag, limit_of
from claims.rewriting import conjunction

OF_SCORES = ("metric", "model", "score_verb", "score_noun", "baseline")
"""What makes a number a score."""


def only_scores(bag: Bag) -> bool:
    """Whether all numbers of a clause are too high for gains and stand without a unit: "MNLI gives 80.0 on XNLI"."""
    quantities = [item for item in bag.items if item.rule == "quantity"]
    high = all(_high(item) and not item.of("UNIT") for item in quantities)
    return bool(quantities) and high and bag.has("run", "multi", "baseline") and bag.has("target", "average")


def _high(item: Item) -> bool:
    return is_level(item) or number_of(item).value >= LEAST_LEVEL


def read_score(bag: Bag, carry: Parts | None) -> Statement | None:
    """The score stated in a clause, or None where there is none or it cannot be read."""
    if not bag.has("quantity") or not (bag.has(*OF_SCORES) or only_scores(bag)):
        return None
    drop_starting_model(bag)
    bag.take("score_verb", "score_noun")
    quantities = [item for item in bag.items if item.rule == "quantity"]
    if any((item.of("UNIT") and not _high(item)) or number_of(item).value <= 1 for item in quantities):
        return None  # 0.79 may be a share of one
    runs, targets, languages = take_runs(bag), take_targets(bag), take_languages(bag)
    models = take_models(bag)
    bag.use(quantities)
    metrics = _metrics(bag, len(quantities))
    scope = take_scope(bag)
    parts = Parts(runs, targets, languages, models, scope, "score", stated=True)
    if method_lost(parts, carry):
        return None
    if targets is None and carry is not None and carry.measure == "score":
        parts = Parts(runs or carry.runs, carry.targets, languages, models or carry.models, scope, "score", stated=True)
    if parts.targets is None and bag.has("average") and runs is not None and all(map(_high, quantities)):
        parts = replace(parts, targets=ALL_TARGETS)
    if parts.targets is None or (parts.targets.general and not bag.has("average")):
        return None
    bag.take("average", "respectively", "zeroshot", "tasks")
    negations = bag.take("negation")
    scopes = [replace(parts.scope, metric=metric) for metric in metrics] or [parts.scope]
    statements = [cell for own in scopes for cell in cells(replace(parts, scope=own))]
    if len(quantities) not in {1, len(statements)} or len(negations) > 1:
        return None
    wrap = wraps(parts, negations[0].place if negations else None)
    numbers = [number_of(item) for item in quantities] * (len(statements) if len(quantities) == 1 else 1)
    limits = {SAID.get(limit_of(item), limit_of(item)) for item in quantities}
    if len(limits) != 1 or not limits <= {"", "=", "about", ">", "<", ">=", "<="} or _denied_by_without(negations):
        return None
    if all_the_same(parts, limits):
        return None
    relation = cast("Relation", limits.pop() or "=")
    stated: list[Formula] = [
        wrap(Compare(relation, cell.term, number)) for cell, number in zip(statements, numbers, strict=True)
    ]
    return Statement(conjunction(stated), parts)


def _metrics(bag: Bag, numbers: int) -> list[str]:
    """As in "71.6 F1 and 53.2 exact match": as many metrics as numbers, in their order."""
    metrics = [item for item in bag.items if item.rule == "metric"]
    if numbers < 2 or len({item.value for item in metrics}) != numbers or len(metrics) != numbers:
        return []
    bag.use(metrics)
    return [item.value for item in metrics]


def _denied_by_without(negations: list[Item]) -> bool:
    """As in "without SQuAD", which denies no score but names another run."""
    return any(item.terminals[0].token.text.casefold() == "without" for item in negations)
