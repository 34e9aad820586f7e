"""Roles → measured terms, with the quantifiers and negations that stand around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
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
from claims.hashed import record, replace

Category = Literal["run", "target", "model", "language"]
Measure = Literal["gain", "score"]


@record
class NounPhrase:
    """The noun phrase of a role: named members, or a domain with its quantifier.

    Attributes:
        category: the kind of its members. members: those named; empty where a domain is meant.
        domain: the range of the variable where no member is named.
        quantifier: over the domain; None for the domain in general, "either" for the word "any", "but=" for "all but"
            a number.
        number: k of a counting quantifier. method: "plain", or "mlm" or "translated" for runs trained that way.
        place: position in the sentence, in tokens. literal: True for "each" and "every", with which one number may
            hold of each member.
        denied: True for "not all" of the domain.
        added: True if the method is the change ("adding MLM to A"), so that the plain run is the baseline.
        how: aggregate of a domain in general, its mean or ("the best single task") its maximum.
    """

    category: Category
    members: tuple[str, ...] = ()
    domain: Domain | None = None
    quantifier: Quantifier | Literal["either", "but="] | None = None
    number: Decimal | None = None
    method: str = "plain"
    place: int = 0
    literal: bool = False
    denied: bool = False
    added: bool = False
    how: Literal["mean", "max"] = "mean"

    @property
    def general(self) -> bool:
        """True if no member is named and no quantifier is given."""
        return not self.members and self.quantifier is None

    @property
    def of_board(self) -> bool:
        """True if tasks of a leaderboard are meant, whichever they are."""
        return self.domain is not None and self.domain.base == "tasks"

    def run(self, task: str) -> Run:
        """A member, or the variable, as a run with this method."""
        return Run(task, self.method)


ALL_RUNS = NounPhrase("run", domain=Domain("intermediates"))
ALL_TARGETS = NounPhrase("target", domain=Domain("targets"))
ALL_TASKS = NounPhrase("target", domain=Domain("tasks"))
"""The tasks of a leaderboard, whichever they are."""
NO_RUN = NounPhrase("run", (BASELINE_RUN,))


@record
class Parts:
    """The roles of one statement.

    Attributes:
        runs, targets, languages, models: the noun phrase of each role, None without one.
        scope: model, split and metric that all terms share. measure: "gain" or "score".
        falling: True for a statement of loss.
    """

    runs: NounPhrase | None
    targets: NounPhrase | None
    languages: NounPhrase | None = None
    models: NounPhrase | None = None
    scope: Scope = OPEN
    measure: Measure = "gain"
    falling: bool = False


@record
class MemberTerm:
    """One combination of named members (variables where a role is not named), with its term."""

    run: Run
    target: str
    language: str | None
    model: str | None
    term: Term


def cells(parts: Parts) -> list[MemberTerm]:
    """Every combination of named members; roles without members are averaged inside the term."""
    runs = parts.runs or (ALL_RUNS if parts.measure == "gain" else NO_RUN)
    targets = parts.targets or ALL_TARGETS
    chosen = product(
        [runs.run(name) for name in runs.members or ("i",)],
        targets.members or ("t",),
        _names(parts.languages, "l"),
        _names(parts.models, "m"),
    )
    return [MemberTerm(*names, _term(parts, runs, targets, *names)) for names in chosen]


def _names(those: NounPhrase | None, variable: str) -> Sequence[str | None]:
    return (None,) if those is None else those.members or (variable,)


def _term(
    parts: Parts, runs: NounPhrase, targets: NounPhrase, run: Run, target: str, language: str | None, model: str | None
) -> Term:
    gain = parts.measure == "gain" and run.task != BASELINE_RUN
    term: Gain | Score | Fold = Gain(run, target) if gain else Score(run, target)
    if runs.general and runs.domain is not None and runs.how == "mean":
        term = Fold("mean", term, "i", runs.domain)
    if targets.general and targets.domain is not None:
        term = Fold("mean", term, "t", targets.domain)
    if runs.general and runs.domain is not None and runs.how == "max":
        term = Fold("max", term, "i", runs.domain)
    scope = parts.scope
    if language is not None or model is not None:
        scope = replace(scope, language=language or scope.language, model=model or scope.model)
    return replace(term, scope=scope) if scope != OPEN else term


def tangled(parts: Parts, negation: int | None) -> bool:
    """True if the scopes of negation and quantifier are open, as in "all tasks do not help"."""
    if negation is None:
        return False
    counted = [those for those, _ in _quantified(parts)]
    return any(t.place < negation and t.quantifier not in ("none", "either") for t in counted)


Wrap = Callable[[Formula], Formula]


def wraps(parts: Parts, negation: int | None = None) -> Wrap:
    """The function that puts quantifiers and "not" around a formula, outermost first as in the sentence.

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


def _quantified(parts: Parts) -> Iterator[tuple[NounPhrase, str]]:
    named = ((parts.runs, "i"), (parts.targets, "t"), (parts.languages, "l"), (parts.models, "m"))
    for those, variable in named:
        if those is not None and those.quantifier is not None:
            yield those, variable


def _binder(those: NounPhrase, variable: str, denied: bool) -> Wrap:
    assert those.domain is not None
    assert those.quantifier is not None
    domain, number = those.domain, those.number
    if those.quantifier == "but=":
        return lambda body: Quantified("count=", variable, domain, Not(body), number)
    quantifier: Quantifier = ("any" if denied else "all") if those.quantifier == "either" else those.quantifier
    return lambda body: Quantified(quantifier, variable, domain, body, number)
