"""What a sentence could just as well mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claims.assertion import (
    Compare,
    Difference,
    Formula,
    Run,
    Score,
)  # fmt: skip
from claims.reading.builders.terms import Parts
from claims.rewriting import nodes, transform


def rivals_of(formula: Formula, parts: Parts) -> tuple[Formula, ...]:
    """What the sentence could just as well mean.

    A percentage may stand for points. A gain "with continued MLM" or "on translated data" may be
    over no intermediate training or over plain intermediate training.
    """
    rivals = [_mapped(formula, _in_points)] if parts.runs is not None else []
    if parts.runs is not None and parts.runs.method != "plain":
        rivals.append(_mapped(formula, _over_plain))
    return tuple(rival for rival in rivals if rival != formula)


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
