"""Scores that can be taken in several ways: by each of a target's metrics, by a benchmark's own mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claims.assertion import Compare, Fold, Gain, Node, Score
from claims.checking.outcome import Outcome
from claims.rewriting import bind, nodes, transform, with_scope


def by_every_metric(formula: Compare, outcome: Outcome, check: Callable[[Compare], Outcome]) -> Outcome:
    """The outcome of a comparison, left open where the metrics of its only target decide it differently.

    "XQuAD 60.8" may be an exact match or an F1. Means over several targets take each target's own mean over its
    metrics, as benchmarks do, and are left as they are.

    Args:
        formula: the comparison.
        outcome: what it comes to by the mean over metrics.
        check: decides a comparison of one metric.
    """
    if not outcome.decided:
        return outcome
    rows = [row for reckoned in outcome.reckoned for row in reckoned.rows]
    metrics = sorted({row.metric for row in rows})
    if len(metrics) < 2 or len({row.target for row in rows}) > 1:
        return outcome
    if any(isinstance(n, Score | Gain) and n.scope.metric is not None for n in nodes(formula)):
        return outcome
    each = [check(_scoped(formula, metric)) for metric in metrics]
    if all(other.truth == outcome.truth for other in each):
        return outcome
    reason = "the metric is not said, and " + "; ".join(dict.fromkeys(other.reason for other in each))
    return replace(outcome, truth="open", reason=reason)


def by_the_benchmark(formula: Compare, outcome: Outcome, check: Callable[[Compare], Outcome]) -> Outcome:
    """The outcome of a comparison of means over a benchmark, left open where its own score decides it otherwise.

    A benchmark may weigh its targets in a way that the mean of printed cells does not give: 68.1 where the cells
    give 68.25. Where it has no score of its own the means stand.
    """
    own = transform(formula, _own_score) if outcome.decided else formula
    if own == formula:
        return outcome
    other = check(own)
    if not other.decided or other.truth == outcome.truth:
        return outcome
    return replace(outcome, truth="open", reason=f"{outcome.reason}; {other.reason}")


def _own_score(node: Node) -> Node | None:
    if not isinstance(node, Fold) or node.how != "mean" or node.domain.base != "targets":
        return None
    if node.domain.kind or node.domain.without or not isinstance(node.body, Score | Gain):
        return None
    return with_scope(bind(node.body, node.variable, node.domain.benchmark or "xtreme"), node.scope.under)


def _scoped(formula: Compare, metric: str) -> Compare:
    def named(node: Node) -> Node | None:
        if isinstance(node, Score | Gain):
            return replace(node, scope=replace(node.scope, metric=metric))
        return None

    changed = transform(formula, named)
    assert isinstance(changed, Compare)
    return changed
