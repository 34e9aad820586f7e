"""What a clause may say, and what it could just as well mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from claims.assertion import BASELINE_RUN, Compare, Difference, Formula, Run, Score
from claims.domains.registry.bundles import NOTHING, PhraseBindings
from claims.domains.registry.parts import Parts
from claims.hashed import record, replace
from claims.rewriting import nodes, transform


@record
class ClauseAssertion:
    """One assertion of a clause, what its phrases name (the next clause may lean on it), and how well it fits."""

    formula: Formula
    bundle: PhraseBindings = NOTHING
    score: float = 1.0


def rivals_of(formula: Formula, parts: Parts, *, over_baseline: bool = False) -> Iterator[Formula]:
    """What a gain "with continued MLM" or "on translated data" may be over: none, or plain intermediate training."""
    runs = parts.runs
    if runs is None or runs.method == "plain" or runs.added or over_baseline:
        return
    for rival in (mapped(formula, _over_plain), mapped(formula, partial(_from_plain, runs.members))):
        if rival != formula:
            yield rival


def over_plain(formula: Formula, parts: Parts) -> Formula:
    """As in "adding MLM to A lowers XNLI": the change is over A as it was."""
    return mapped(formula, _over_plain) if parts.runs is not None and parts.runs.added else formula


def mapped(formula: Formula, change: Callable[[Compare], Compare]) -> Formula:
    """A formula with each comparison in it changed."""
    whole: Formula = transform(formula, lambda node: change(node) if isinstance(node, Compare) else None)
    return whole


def _over_plain(formula: Compare) -> Compare:
    if any(isinstance(node, Score) for node in nodes(formula.left)):
        return formula
    plain = transform(formula.left, lambda node: replace(node, method="plain") if isinstance(node, Run) else None)
    return formula if plain == formula.left else replace(formula, left=Difference(formula.left, plain))


def _from_plain(tasks: Sequence[str], formula: Compare) -> Compare:
    """As in "Translating A lowers XNLI from 79.1 to 78.1": from the score with A as it was."""
    left = formula.left
    if not isinstance(left, Score) or left.run.task != BASELINE_RUN or len(tasks) != 1:
        return formula
    return replace(formula, left=replace(left, run=Run(tasks[0])))
