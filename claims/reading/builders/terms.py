"""Roles → measured terms, with the quantifiers and negations that stand around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from claims.assertion import (
    BASELINE_RUN,
    OPEN,
    Domain,
    Fold,
    Formula,
    Gain,
    Not,
    Quantified,
    Quantifier,
    Run,
    Scope,
    Score,
    Term,
)  # fmt: skip
from claims.reading.roles import Category, Those

Measure = Literal["gain", "score"]
ALL_RUNS = Those("run", domain=Domain("intermediates"))
ALL_TARGETS = Those("target", domain=Domain("targets"))
NO_RUN = Those("run", (BASELINE_RUN,))


@dataclass(frozen=True, slots=True)
class Parts:
    """The roles of one statement.

    Attributes:
        runs, targets, languages, models: who; None where the clause is silent.
        scope: what they share.
        measure: whether the number is a gain or a score.
        falling: the statement is one of loss.
        stated: the statement gives numbers, which a following clause may go on with.
    """

    runs: Those | None
    targets: Those | None
    languages: Those | None = None
    models: Those | None = None
    scope: Scope = OPEN
    measure: Measure = "gain"
    falling: bool = False
    stated: bool = False

    def role(self, category: Category) -> Those | None:
        """What fills a role."""
        return {"run": self.runs, "target": self.targets, "language": self.languages, "model": self.models}[category]

    def with_role(self, category: Category, those: Those | None) -> Parts:
        """These parts with a role filled anew."""
        match category:
            case "run":
                return replace(self, runs=those)
            case "target":
                return replace(self, targets=those)
            case "language":
                return replace(self, languages=those)
            case "model":
                return replace(self, models=those)


def method_lost(parts: Parts, carry: Parts | None) -> bool:
    """As in "translating helps A by 1.1, but lowers that of B": whether B is translated as well is not said."""
    if carry is None or carry.runs is None or parts.runs is None or BASELINE_RUN in parts.runs.members:
        return False
    named_before, method, before = bool(carry.runs.members), parts.runs.method, carry.runs.method
    return (before != "plain" and method == "plain") or (method != "plain" and parts.runs.general and named_before)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a clause says.

    Attributes:
        formula: as a formula.
        parts: its roles, which the next clause may lean on.
        assumed: how many roles the clause left to the clause before it or to a default.
        rivals: what it could just as well say; a verdict needs all of them to agree.
    """

    formula: Formula
    parts: Parts
    assumed: int = 0
    rivals: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination of named members, with its term.

    Attributes:
        run, target, language, model: the members (variables where a role is not named).
        term: the measured number.
    """

    run: Run
    target: str
    language: str | None
    model: str | None
    term: Term


def cells(parts: Parts) -> list[Cell]:
    """Every combination of named members; roles said in general are averaged inside the term."""
    runs = parts.runs or (ALL_RUNS if parts.measure == "gain" else NO_RUN)
    targets = parts.targets or ALL_TARGETS
    chosen = product(
        [runs.run(name) for name in runs.members or ("i",)],
        targets.members or ("t",),
        _names(parts.languages, "l"),
        _names(parts.models, "m"),
    )
    return [Cell(*names, _term(replace(parts, runs=runs, targets=targets), *names)) for names in chosen]


def _names(those: Those | None, variable: str) -> Sequence[str | None]:
    if those is None:
        return (None,)
    return those.members or (variable,)


def _term(parts: Parts, run: Run, target: str, language: str | None, model: str | None) -> Term:
    runs, targets = parts.runs, parts.targets
    assert runs is not None
    assert targets is not None
    gain = parts.measure == "gain" and run.task != BASELINE_RUN
    term: Gain | Score | Fold = Gain(run, target) if gain else Score(run, target)
    if runs.general and runs.domain is not None and runs.how == "mean":
        term = Fold("mean", term, "i", runs.domain)
    if targets.general and targets.domain is not None:
        term = Fold("mean", term, "t", targets.domain)
    if runs.general and runs.domain is not None and runs.how == "max":
        term = Fold("max", term, "i", runs.domain)
    scope = replace(parts.scope, language=language or parts.scope.language, model=model or parts.scope.model)
    return replace(term, scope=scope)


Wrap = Callable[[Formula], Formula]


def wraps(parts: Parts, negation: int | None = None) -> Wrap:
    """What stands around each statement: quantifiers and "not", outermost first as in the sentence.

    Args:
        parts: the roles; those that are quantified bind a variable.
        negation: place of the negation in the sentence, None without one.
    """
    quantified = list(_quantified(parts))
    denied = negation is not None or any(those.quantifier in {"none", "few"} for those, _ in quantified)
    layers: list[tuple[int, Wrap]] = [(those.place, _binder(those, variable, denied)) for those, variable in quantified]
    if negation is not None:
        layers.append((negation, Not))
    layers.sort(key=lambda layer: -layer[0])

    def wrap(formula: Formula) -> Formula:
        for _, layer in layers:
            formula = layer(formula)
        return formula

    return wrap


def _quantified(parts: Parts) -> Iterator[tuple[Those, str]]:
    for those, variable in (
        (parts.runs, "i"),
        (parts.targets, "t"),
        (parts.languages, "l"),
        (parts.models, "m"),
    ):
        if those is not None and those.quantifier is not None:
            yield those, variable


def _binder(those: Those, variable: str, negated: bool) -> Wrap:
    assert those.domain is not None
    assert those.quantifier is not None
    domain, number = those.domain, those.number
    quantifier: Quantifier = ("any" if negated else "all") if those.quantifier == "either" else those.quantifier
    return lambda body: Quantified(quantifier, variable, domain, body, number)
