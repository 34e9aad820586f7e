"""What a sentence could just as well mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from claims.assertion import (
    BASELINE_RUN,
    Compare,
    Difference,
    Formula,
    Run,
    Score,
)  # fmt: skip
from claims.reading.builders.terms import Parts
from claims.rewriting import nodes, transform


def rivals_of(formula: Formula, parts: Parts, *, over_baseline: bool = False) -> tuple[Formula, ...]:
    """What the sentence could just as well mean.

    A percentage may stand for points. A gain "with continued MLM" or "on translated data" may be
    over no intermediate training or over plain intermediate training.
    """
    rivals = [_mapped(formula, _in_points)] if parts.runs is not None else []
    if parts.runs is not None and parts.runs.method != "plain" and not (parts.runs.added or over_baseline):
        rivals.append(_mapped(formula, _over_plain))
        rivals.append(_mapped(formula, partial(_from_plain, parts.runs.members)))
    return tuple(rival for rival in rivals if rival != formula)


def in_points(formula: Formula) -> tuple[Formula, ...]:
    """As in "beats B by 13.8%": a percentage may stand for points."""
    return (_mapped(formula, _in_points),)


def over_plain(formula: Formula, parts: Parts) -> Formula:
    """As in "adding MLM to A lowers XNLI": the change is over A as it was."""
    if parts.runs is None or not parts.runs.added:
        return formula
    return _mapped(_mapped(formula, _over_plain), partial(_from_plain, parts.runs.members))


def _mapped(formula: Formula, change: Callable[[Compare], Compare]) -> Formula:
    mapped: Formula = transform(formula, lambda node: change(node) if isinstance(node, Compare) else None)
    return mapped


def _in_points(formula: Compare) -> Compare:
    left = formula.left
    return replace(formula, left=replace(left, unit="")) if isinstance(left, Difference) else formula


def _over_plain(formula: Compare) -> Compare:
    if any(isinstance(node, Score) for node in nodes(formula.left)):
        return formula
    plain = transform(formula.left, lambda node: replace(node, method="plain") if isinstance(node, Run) else None)
    return replace(formula, left=Difference(formula.left, plain))


def _from_plain(tasks: Sequence[str], formula: Compare) -> Compare:
    """As in "Translating A lowers XNLI from 79.1 to 78.1": from the score with A as it was."""
    left = formula.left
    if not isinstance(left, Score) or left.run.task != BASELINE_RUN or len(tasks) != 1:
        return formula
    return replace(formula, left=replace(left, run=Run(tasks[0])))
