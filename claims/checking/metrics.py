"""Scores that can be taken in several ways: by each of a target's metrics, by a benchmark's own mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from analysis.registry.vocabulary import Vocabulary
from claims.assertion import (
    BASELINE_RUN,
    Compare,
    Difference,
    Fold,
    Gain,
    Node,
    Run,
    Scope,
    Score,
    Sized,
    StatedNumber,
    Term,
)
from claims.checking.evidence import ScoreRow
from claims.checking.outcome import Outcome
from claims.hashed import replace
from claims.rewriting import bind, nodes, transform, with_scope
from claims.wording import name

KEPT = 1024
"""Terms that are kept by metric."""
PRECISE = 0.005
"""Half a unit of the last digit of a share that is written to two places."""
Comparison = TypeVar("Comparison", Compare, Sized)


def by_every_metric(
    formula: Comparison,
    outcome: Outcome,
    check: Callable[[Comparison], Outcome],
    registry: Vocabulary,
    *,
    affirmed: bool = True,
) -> Outcome:
    """The outcome of a comparison, left open where the metrics of its only target decide it differently.

    "XQuAD 60.8" may be an exact match, an F1 or the mean of both; what is said without a metric is said of each that
    the target reports, so that one of them alone decides no direction. Means over several targets take each target's
    own mean over its metrics, as benchmarks do.

    Args:
        formula: the comparison.
        outcome: its outcome by the mean over metrics.
        check: decides a comparison of one metric.
        registry: tells which metrics a target reports.
        affirmed: True if the claim holds where the comparison does: it is neither negated nor counted.
    """
    if not outcome.decided or any(isinstance(n, Scope) and n.metric is not None for n in nodes(formula)):
        return outcome
    rows = [row for reckoned in outcome.reckoned for row in reckoned.rows]
    absent = sorted({each for target in {row.target for row in rows} for each in _absent(target, rows, registry)})
    if absent:
        return _by_some(formula, outcome, rows, absent, registry, affirmed=affirmed)
    metrics = sorted({row.metric for row in rows})
    if len({row.target for row in rows}) != 1 or len(metrics) < 2:
        return outcome
    each: list[Outcome] = [check(_scoped(formula, metric)) for metric in metrics]
    if all(other.truth == outcome.truth for other in each):
        return outcome
    readings = (*each, outcome)
    reason = "the metric is not said, and " + "; ".join(dict.fromkeys(other.reason for other in readings))
    shown = tuple(dict.fromkeys(r for other in readings for r in other.reckoned))
    return replace(outcome, truth="open", reason=reason, reckoned=shown, flags=outcome.flags | {"ambiguous"})


def by_direction(formula: Comparison, outcome: Outcome, registry: Vocabulary) -> Outcome:
    """The outcome of a comparison, left open where nothing says that a higher score is the better one.

    An assertion does not tell "improves" from "raises". A score by itself, and a difference of none, have no direction.
    """
    if outcome.truth not in {"true", "false", "mixed"} or not _takes_sides(formula):
        return outcome
    metrics = sorted({row.metric for reckoned in outcome.reckoned for row in reckoned.rows})
    doubtful = [
        m for m in metrics if m not in registry["metric"] or not registry["metric"][m].facts.get("higher_is_better")
    ]
    if not doubtful:
        return outcome
    lower = all(
        registry["metric"][m].facts.get("higher_is_better") is False for m in doubtful if m in registry["metric"]
    )
    known = lower and all(m in registry["metric"] for m in doubtful)
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
    if formula.relation in ("better", "worse"):
        return True
    several = not isinstance(formula.right, StatedNumber)
    apart = any(isinstance(node, Difference) for node in nodes(formula.left))
    return formula.relation != "~" and (gains or apart or (several and formula.relation != "="))


def reported(target: str, registry: Vocabulary) -> set[str]:
    """The metrics that a target reports: by the registry, else those that the results give, without means of others."""
    entry = registry["target"].get(target)
    known = set() if entry is None else set(entry.facts.get("metrics") or entry.facts.get("metrics_given", ()))
    return {metric for metric in known if not known & _parts(metric, registry)}


def unsaid(rows: Sequence[ScoreRow], target: str, registry: Vocabulary) -> list[ScoreRow]:
    """The rows that a score without a metric may be: by the metrics the target reports, where there are any."""
    known = reported(target, registry)
    fitting = [row for row in rows if row.metric in known or _parts(row.metric, registry) >= known]
    return fitting or list(rows)


def _parts(metric: str, words: Vocabulary) -> set[str]:
    """The metrics that a metric is the mean of."""
    entry = words["metric"].get(metric)
    return set() if entry is None else set(entry.facts.get("mean_of", ()))


def _absent(target: str, rows: Sequence[ScoreRow], registry: Vocabulary) -> set[str]:
    """The metrics that a target reports and that none of its rows gives, by itself or in a mean."""
    there = {row.metric for row in rows if row.target == target}
    return reported(target, registry) - there - {part for metric in there for part in _parts(metric, registry)}


def _by_some(
    formula: Compare | Sized,
    outcome: Outcome,
    rows: Sequence[ScoreRow],
    absent: Sequence[str],
    registry: Vocabulary,
    *,
    affirmed: bool,
) -> Outcome:
    """The outcome of a comparison with some metrics absent: one metric may support a stated number that is affirmed."""
    known = {metric for row in rows for metric in reported(row.target, registry)}
    there = sorted({row.metric for row in rows})
    stated = isinstance(formula, Compare) and isinstance(formula.right, StatedNumber) and formula.right.value != 0
    exact = isinstance(formula, Compare) and formula.relation == "="
    reason = f"{outcome.reason}; {_by_those(there, absent)}"
    if _ranks_two_models(formula) and len(there) == 1 and all(row.tier == "given" for row in rows):
        return replace(outcome, reason=reason)
    if affirmed and outcome.truth == "true" and stated and exact and known & set(there):
        return replace(outcome, reason=reason)
    return replace(outcome, truth="open", reason=reason, flags=outcome.flags | {"ambiguous"})


def _by_those(there: Sequence[str], absent: Sequence[str]) -> str:
    by = f"the metric is not said: this is by {' and '.join(map(name, there))}, "
    return f"{by}and {' and '.join(map(name, absent))} is not at hand"


def by_one_metric(rows: Sequence[ScoreRow], registry: Vocabulary) -> str:
    """The note on results in one metric where targets are also reported by others that are absent; "" where none is."""
    absent = sorted({each for target in {row.target for row in rows} for each in _absent(target, rows, registry)})
    there = sorted({row.metric for row in rows})
    return _by_those(there, absent) if absent and len(there) == 1 else ""


def _ranks_two_models(formula: Compare | Sized) -> bool:
    """True if a claim ranks two models by their scores: results in one metric rank them by it, as a table does."""
    if not isinstance(formula, Compare) or formula.relation not in {">", "<"}:
        return False
    sides = (formula.left, formula.right)
    scores = [side for side in sides if isinstance(side, Score) and side.run == Run(BASELINE_RUN)]
    return len(scores) == 2 and scores[0].scope.model != scores[1].scope.model


def by_the_benchmark(formula: Compare, outcome: Outcome, check: Callable[[Compare], Outcome]) -> Outcome:
    """The outcome of a comparison of means over a benchmark, left open where its own score decides it otherwise.

    A benchmark may weigh its targets in a way that the mean of printed cells does not give: 68.1 where the cells
    give 68.25. It decides where rounding leaves the means open; where it has no score of its own they stand.
    """
    if not outcome.decided or not any(isinstance(node, Fold) for node in nodes(formula)):
        return outcome
    own = transform(formula, _own_score)
    if own == formula:
        return outcome
    other = check(own)
    if outcome.truth == "open" and "within-rounding" in outcome.flags and other.truth in {"true", "false"}:
        return other
    if not other.decided or other.truth == outcome.truth:
        return outcome
    return replace(outcome, truth="open", reason=f"{outcome.reason}; {other.reason}")


def by_the_share(formula: Compare, outcome: Outcome, check: Callable[[Compare], Outcome]) -> Outcome:
    """The outcome of a comparison, left open where it is false in points and holds of a number meant as a share of one.

    "Improves XNLI by 0.02" may be said of scores between 0 and 1; so small a bound from above, written to two places.
    """
    right = formula.right
    if outcome.truth != "false" or not isinstance(right, StatedNumber) or not 0 < abs(right.value) < 1:
        return outcome
    if formula.relation == ("<" if right.value > 0 else ">") and right.half_width > PRECISE:
        return outcome
    other = check(replace(formula, right=replace(right, value=right.value.scaleb(2))))
    if other.truth != "true":
        return outcome
    reason = f"{outcome.reason}; as a share of one it would hold"
    return replace(outcome, truth="open", reason=reason, flags=outcome.flags | {"ambiguous"})


def _own_score(node: Node) -> Node | None:
    if not isinstance(node, Fold) or node.how != "mean" or node.domain.base != "targets":
        return None
    if node.domain.kind or node.domain.without or not isinstance(node.body, Score | Gain):
        return None
    return with_scope(bind(node.body, node.variable, node.domain.benchmark or "xtreme"), node.scope.under)


def _scoped(formula: Comparison, metric: str) -> Comparison:
    whole: Any = formula
    terms = ("term",) if isinstance(formula, Sized) else ("left", "right")
    changed: Comparison = replace(whole, **{name: _by_metric(getattr(whole, name), metric) for name in terms})
    return changed


@lru_cache(maxsize=KEPT)
def _by_metric(term: Term, metric: str) -> Term:
    def named(node: Node) -> Node | None:
        if isinstance(node, Score | Gain):
            return replace(node, scope=replace(node.scope, metric=metric))
        return None

    changed: Term = transform(term, named)
    return changed
