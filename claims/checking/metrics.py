"""A target scored by several metrics: a statement that names none must hold by each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claims.assertion import Compare, Gain, Node, Score
from claims.checking.outcome import Outcome
from claims.rewriting import nodes, transform


def by_every_metric(formula: Compare, outcome: Outcome, check: Callable[[Compare], Outcome]) -> Outcome:
    """The outcome of a comparison, left open where the metrics of its only target decide it differently.

    "XQuAD 60.8" may be an exact match or an F1. Means over several targets take each target's own mean over its
    metrics, as benchmarks do, and are left as they are.

    Args:
        formula: the comparison.
        outcome: what it comes to by the mean over metrics.
        check: decides a comparison of one metric.
    """
    rows = [row for reckoned in outcome.reckoned for row in reckoned.rows]
    metrics = sorted({row.metric for row in rows})
    named = any(isinstance(n, Score | Gain) and n.scope.metric is not None for n in nodes(formula))
    if len(metrics) < 2 or named or len({row.target for row in rows}) > 1 or not outcome.decided:
        return outcome
    each = [check(_scoped(formula, metric)) for metric in metrics]
    if all(other.truth == outcome.truth for other in each):
        return outcome
    reason = "the metric is not said, and " + "; ".join(dict.fromkeys(other.reason for other in each))
    return replace(outcome, truth="open", reason=reason)


def _scoped(formula: Compare, metric: str) -> Compare:
    def named(node: Node) -> Node | None:
        if isinstance(node, Score | Gain):
            return replace(node, scope=replace(node.scope, metric=metric))
        return None

    changed = transform(formula, named)
    assert isinstance(changed, Compare)
    return changed
