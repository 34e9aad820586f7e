"""Rows of a leaderboard told apart: "A is significantly better than B", "A and B do not differ significantly", "tied".

Where no task is said, the mean over all tasks may be meant or each of them: both readings are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from claims.assertion import Compare, Domain, Formula, Not, Quantified, Significant, Term
from claims.domains.registry.bundles import PhraseBindings
from claims.domains.registry.compare_formulas import Case
from claims.domains.registry.parts import ALL_TASKS, MemberTerm, NounPhrase, cells, tangled, wraps
from claims.rewriting import conjunction


def of_rows_fit(case: Case) -> bool:
    """Whether a statement about rows can be read: with "significant" where they differ, and one scope of a denial."""
    where = case.first.targets
    counted = where is not None and where.quantifier is not None and not case.first.average
    told = case.relation == "tie" or "significant" in case.degrees
    plain = set(case.degrees) <= {"significant"} and case.amount is None
    once = case.relation != "tie" or (case.negation is None and not case.degrees)
    return told and plain and once and not (counted and case.negation is not None)


def formulas_of_rows(case: Case) -> Iterator[Formula]:
    """Every assertion of a comparison of rows."""
    where = case.first.targets
    yield from _said_of(case, where or ALL_TASKS)
    if where is None and not case.first.average and case.first.languages is None:
        for formula in _said_of(case, NounPhrase("target", ("t",))):
            yield Quantified("all", "t", Domain("tasks"), formula)


def _said_of(case: Case, where: NounPhrase) -> Iterator[Formula]:
    """What is said of the two rows in one place; for each metric that is named."""
    per_metric = [list(_by_metric(case, where, metric)) for metric in case.first.metrics or (None,)]
    if all(per_metric):
        yield conjunction([formula for found in per_metric for formula in found])


def _by_metric(case: Case, where: NounPhrase, metric: str | None) -> Iterator[Formula]:
    sides = [_rows(bundle, where, metric) for bundle in (case.first, case.second)]
    around = case.first.averaged(replace(case.first, targets=where, models=None).parts("score", metric=metric))
    if tangled(around, case.negation):
        return
    wrap = wraps(around, case.negation)
    for a, b in product(*sides):
        if (a.target, a.language) == (b.target, b.language):
            yield wrap(_told(case, a.term, b.term))


def _rows(bundle: PhraseBindings, where: NounPhrase, metric: str | None) -> list[MemberTerm]:
    parts = replace(bundle, targets=where, models=None).parts("score", metric=metric)
    return cells(replace(bundle.averaged(parts), models=bundle.models))


def _told(case: Case, a: Term, b: Term) -> Formula:
    if case.relation == "tie":
        return Significant(Compare("~", a, b))
    if case.relation == "differ":
        return Significant(Not(Compare("=", *sorted((a, b), key=str))))
    if case.valued:
        return Significant(Compare("better" if case.relation == ">" else "worse", a, b))
    return Significant(Compare(case.relation, a, b))  # type: ignore[arg-type]
