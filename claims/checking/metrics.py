"""Scores that can be taken in several ways: by each of a target's metrics, by a benchmark's own mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from analysis.vocabulary import Vocabulary
from claims.assertion import Compare, Fold, Gain, Node, Number, Scope, Score, Sized
from claims.checking.outcome import Outcome
from claims.rewriting import bind, nodes, transform, with_scope
from claims.wording import name

Comparison = TypeVar("Comparison", Compare, Sized)


def by_every_metric(
    formula: Comparison, outcome: Outcome, check: Callable[[Comparison], Outcome], words: Vocabulary
) -> Outcome:
    """The outcome of a comparison, left open where the metrics of its only target decide it differently.

    "XQuAD 60.8" may be an exact match, an F1 or the mean of both. Means over several targets take each target's own
    mean over its metrics, as benchmarks do, and are left as they are.

    Args:
        formula: the comparison.
        outcome: what it comes to by the mean over metrics.
        check: decides a comparison of one metric.
        words: tells which metrics a target reports.
    """
    if not outcome.decided or any(isinstance(n, Scope) and n.metric is not None for n in nodes(formula)):
        return outcome
    rows = [row for reckoned in outcome.reckoned for row in reckoned.rows]
    targets = {row.target for row in rows}
    if len(targets) != 1:
        return outcome
    metrics = sorted({row.metric for row in rows})
    if len(metrics) < 2:
        return _by_the_only_one(formula, outcome, metrics, _reported(targets.pop(), words))
    each: list[Outcome] = [check(_scoped(formula, metric)) for metric in metrics]
    if all(other.truth == outcome.truth for other in each):
        return outcome
    readings = (*each, outcome)
    reason = "the metric is not said, and " + "; ".join(dict.fromkeys(other.reason for other in readings))
    shown = tuple(dict.fromkeys(r for other in readings for r in other.reckoned))
    return replace(outcome, truth="open", reason=reason, reckoned=shown, flags=outcome.flags | {"ambiguous"})


def by_direction(formula: Comparison, outcome: Outcome, words: Vocabulary) -> Outcome:
    """The outcome of a comparison, left open where nothing says that a higher score is the better one.

    An assertion does not tell "improves" from "raises". A score by itself, and a difference of none, have no direction.
    """
    if outcome.truth not in {"true", "false", "mixed"} or not _takes_sides(formula):
        return outcome
    metrics = sorted({row.metric for reckoned in outcome.reckoned for row in reckoned.rows})
    doubtful = [m for m in metrics if m not in words["metric"] or not words["metric"][m].facts.get("higher_is_better")]
    if not doubtful:
        return outcome
    lower = all(words["metric"][m].facts.get("higher_is_better") is False for m in doubtful if m in words["metric"])
    known = lower and all(m in words["metric"] for m in doubtful)
    listed = " and ".join(map(name, doubtful))
    why = (
        f"of {listed} lower is better, and the sentence may mean the number or what it is worth"
        if known
        else f"nothing says whether more {listed} is better: state higher_is_better in the file NAME.names.toml"
    )
    return replace(outcome, truth="open", reason=f"{outcome.reason}; {why}")


def _takes_sides(formula: Compare | Sized) -> bool:
    gains = any(isinstance(node, Gain) for node in nodes(formula))
    if not isinstance(formula, Compare):
        return gains
    several = not isinstance(formula.right, Number)
    return formula.relation != "~" and (gains or (several and formula.relation != "="))


def _by_the_only_one(formula: Compare | Sized, outcome: Outcome, metrics: list[str], reported: set[str]) -> Outcome:
    """A stated number that one metric contradicts may be meant by another that the target reports and nobody has."""
    absent = sorted(reported.difference(metrics)) if metrics and set(metrics) < reported else []
    stated = isinstance(formula, Compare) and isinstance(formula.right, Number) and formula.right.value != 0
    if not absent or not stated or outcome.truth != "false":
        return outcome
    reason = f"{outcome.reason}; the metric is not said, and {' and '.join(map(name, absent))} is not at hand"
    return replace(outcome, truth="open", reason=reason, flags=outcome.flags | {"ambiguous"})


def _reported(target: str, words: Vocabulary) -> set[str]:
    entry = words["target"].get(target)
    return set() if entry is None else set(entry.facts.get("metrics", ()))


def by_the_benchmark(formula: Compare, outcome: Outcome, check: Callable[[Compare], Outcome]) -> Outcome:
    """The outcome of a comparison of means over a benchmark, left open where its own score decides it otherwise.

    A benchmark may weigh its targets in a way that the mean of printed cells does not give: 68.1 where the cells
    give 68.25. It decides where rounding leaves the means open; where it has no score of its own they stand.
    """
    own = transform(formula, _own_score) if outcome.decided else formula
    if own == formula:
        return outcome
    other = check(own)
    if outcome.truth == "open" and "within-rounding" in outcome.flags and other.truth in {"true", "false"}:
        return other
    if not other.decided or other.truth == outcome.truth:
        return outcome
    return replace(outcome, truth="open", reason=f"{outcome.reason}; {other.reason}")


def _own_score(node: Node) -> Node | None:
    if not isinstance(node, Fold) or node.how != "mean" or node.domain.base != "targets":
        return None
    if node.domain.kind or node.domain.without or not isinstance(node.body, Score | Gain):
        return None
    return with_scope(bind(node.body, node.variable, node.domain.benchmark or "xtreme"), node.scope.under)


def _scoped(formula: Comparison, metric: str) -> Comparison:
    def named(node: Node) -> Node | None:
        if isinstance(node, Score | Gain):
            return replace(node, scope=replace(node.scope, metric=metric))
        return None

    changed = transform(formula, named)
    assert isinstance(changed, type(formula))
    return changed
