"""Terms → quantities: the numbers a claim speaks of, computed from cells, with every cell kept.

Differences are taken cell by cell: same target, language, metric, and same seed where both sides
have seeds. A benchmark's own score stands in for the mean over its targets, which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from analysis.errors import InputError
from analysis.numerics.decisions import Estimate, estimate
from analysis.vocabulary import MULTITASK, Vocabulary
from claims.assertion import (
    BASELINE_RUN,
    OPEN,
    At,
    Attribute,
    Count,
    Difference,
    Domain,
    Fold,
    Gain,
    Number,
    Run,
    Scope,
    Score,
    Term,
)  # fmt: skip
from claims.checking.evidence import Evidence, Missing, Row, Setting
from claims.rewriting import bind, nodes, with_scope

Seed = int | None
KEPT = 8192
"""Quantities that are kept with the evidence; memory stays flat."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number computed from cells.

    Attributes:
        by_seed: seed → value in points (one entry under None where there are no seeds).
        rounding: half width that the rounding of the printed cells leaves open.
        rows: the cells used.
        missing: the cells that would be needed besides.
        notes: what a reader should know (languages averaged, cells from several studies).
    """

    by_seed: dict[Seed, float] = field(default_factory=dict)
    rounding: float = 0.0
    rows: tuple[Row, ...] = ()
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether every cell is there."""
        return bool(self.by_seed) and not self.missing

    def estimate(self) -> Estimate:
        """Mean, spread and rounding."""
        return estimate(list(self.by_seed.values()), self.rounding)


@dataclass(frozen=True, slots=True)
class Measure:
    """Computes terms in one setting.

    Attributes:
        evidence: the rows. setting: which of them. words: the vocabulary, for domains and facts.
    """

    evidence: Evidence
    setting: Setting
    words: Vocabulary

    def quantity(self, term: Term, scope: Scope = OPEN) -> Quantity:
        """The value of a term; `scope` is what the enclosing term says.

        It is kept with the evidence: many claims speak of the same few gains.
        """
        kept: dict[object, Quantity] = self.evidence.quantities
        key = (self.setting, self.words, term, scope)
        found = kept.get(key)
        if found is None:
            found = self._computed(term, scope)
            if len(kept) >= KEPT:
                kept.clear()
            kept[key] = found
        return found

    def _computed(self, term: Term, scope: Scope) -> Quantity:
        match term:
            case Number(value):
                return Quantity({None: float(value)})
            case Score(run, target, own):
                return self._score(run, target, own.within(scope))
            case Gain(run, target, own):
                baseline = Score(Run(BASELINE_RUN), target)
                return self._minus(Score(run, target), baseline, own.within(scope))
            case Fold():
                return self._fold(term, scope)
            case Difference(left, right, unit):
                return self._relative(left, right, scope) if unit == "%" else self._minus(left, right, scope)
            case Attribute(entity, name):
                return self._attribute(entity, name)
            case Count(domain):
                return Quantity({None: float(len(self.members(domain)))})
            case At():
                raise InputError("assertion", f"{term} is a cell of a table; give the table with --table")

    # ---------------------------------------------------------------------------- single cells

    def _score(self, run: Run, target: str, scope: Scope) -> Quantity:
        rows = self.evidence.find(run, target, self.setting, scope)
        if not rows:
            return Quantity(missing=(self._missing(run, target, scope),))
        chosen, notes = _over_languages(
            rows, scope, self.words.languages_of(target) if target in self.words["target"] else ()
        )
        return _averaged(chosen, notes)

    def _missing(self, run: Run, target: str, scope: Scope) -> Missing:
        model, split = scope.model or self.setting.model, scope.split or self.setting.split
        return Missing(model, run, target, scope.language or "mean", split, scope.metric)

    # ----------------------------------------------------------------------------- differences

    def _minus(self, left: Term, right: Term, scope: Scope) -> Quantity:
        """Left minus right, pushed down to the cells so that like is taken from like."""
        match left, right:
            case Fold(how="mean"), Fold(how="mean") if (left.variable, left.domain) == (
                right.variable,
                right.domain,
            ):
                body = Difference(with_scope(left.body, left.scope.under), with_scope(right.body, right.scope.under))
                return self._fold(Fold("mean", body, left.variable, left.domain), scope)
            case Gain(), Gain() if left.target == right.target:
                first, second = (Score(g.run, g.target, g.scope) for g in (left, right))
                return self._minus(first, second, scope)
            case Score(), Score() if left.target == right.target:
                return self._paired(left, right, scope)
        return _subtract(self.quantity(left, scope), self.quantity(right, scope))

    def _paired(self, left: Score, right: Score, scope: Scope) -> Quantity:
        scopes = left.scope.within(scope), right.scope.within(scope)
        rows = [
            self.evidence.find(term.run, term.target, self.setting, own)
            for term, own in zip((left, right), scopes, strict=True)
        ]
        if not all(rows):
            return _subtract(self.quantity(left, scope), self.quantity(right, scope))
        kept = rows
        if scopes[0].language == scopes[1].language:
            kept = [_shared(rows[0], rows[1], "language"), _shared(rows[1], rows[0], "language")]
        kept = [_shared(kept[0], kept[1], "metric"), _shared(kept[1], kept[0], "metric")]
        if not all(kept):
            missing = self._missing(right.run, right.target, scopes[1])
            first = rows[0][0]
            return Quantity(missing=(replace(missing, language=first.language, metric=first.metric),))
        languages = self.words.languages_of(left.target) if left.target in self.words["target"] else ()
        sides = []
        for side, own in zip(kept, scopes, strict=True):
            chosen, notes = _over_languages(side, own, languages)
            sides.append(_averaged(chosen, notes))
        return _subtract(*sides)

    def _relative(self, left: Term, right: Term, scope: Scope) -> Quantity:
        difference, base = self._minus(left, right, scope), self.quantity(right, scope)
        if not (difference.known and base.known) or base.estimate().value == 0:
            return replace(difference, missing=(*difference.missing, *base.missing))
        against = base.estimate().value
        by_seed = {seed: 100 * value / against for seed, value in difference.by_seed.items()}
        return replace(difference, by_seed=by_seed, rounding=100 * difference.rounding / abs(against))

    # ---------------------------------------------------------------------------------- domains

    def _fold(self, term: Fold, scope: Scope) -> Quantity:
        own = term.scope.within(scope)
        members = self.members(term.domain, term.body)
        values = [self.quantity(bind(term.body, term.variable, name), own) for name in members]
        if term.how == "mean" and any(v.missing for v in values):
            whole = self._benchmark_score(term, own)
            if whole is not None and whole.known:
                return whole
        return _folded(term.how, values)

    def _benchmark_score(self, term: Fold, scope: Scope) -> Quantity | None:
        """The benchmark's own score, for a mean over all its targets."""
        domain = term.domain
        if domain.base != "targets" or domain.kind or domain.without or scope.language or scope.metric:
            return None
        name = domain.benchmark or "xtreme"
        quantity = self.quantity(bind(term.body, term.variable, name), scope)
        note = f"the {self.words['benchmark'][name].name} score is the mean over its targets"
        return replace(quantity, notes=(*quantity.notes, note))

    def members(self, domain: Domain, body: object = None) -> tuple[str, ...]:
        """The ids a domain holds."""
        words = self.words
        match domain.base:
            case "names":
                names: Iterable[str] = domain.names
            case "targets":
                names = words.targets_of(domain.benchmark or "xtreme")
                names = [
                    n for n in names if domain.kind in {None, *words.kinds_above(words["target"][n].facts["kind"])}
                ]
            case "intermediates" | "runs":
                names = (
                    words.tasks_of_kind("intermediate", domain.kind) if domain.kind else tuple(words["intermediate"])
                )
                names = self._trained(names)
                names = [*names, *([MULTITASK] if domain.base == "runs" and not domain.kind else [])]
            case "models":
                names = sorted({s.model for s in self.evidence.settings if s.tier == self.setting.tier})
            case _:
                names = self._languages(body)
        return tuple(name for name in names if name not in domain.without)

    def _trained(self, names: Iterable[str]) -> tuple[str, ...]:
        """Of intermediate tasks, those of the publication whose table was brought: they are the tasks spoken of."""
        if self.setting.tier != "given":
            return tuple(names)
        there = self.evidence.printed.get((self.setting.tier, self.setting.model, self.setting.split), set())
        present = tuple(name for name in names if (name, "plain") in there)
        return present if len(present) > 1 else tuple(names)

    def _languages(self, body: object) -> tuple[str, ...]:
        targets = [n.target for n in nodes(body) if isinstance(n, Gain | Score) and n.target in self.words["target"]]
        listed = [self.words.languages_of(target) for target in dict.fromkeys(targets)]
        return tuple(dict.fromkeys(code for codes in listed for code in codes))

    def _attribute(self, entity: str, name: str) -> Quantity:
        from claims.checking.registry import number_of

        value = number_of(self.words, entity, name)
        return Quantity() if value is None else Quantity({None: value})


# --------------------------------------------------------------------------- plain arithmetic


def _shared(rows: Sequence[Row], others: Sequence[Row], attribute: str) -> list[Row]:
    there = {getattr(row, attribute) for row in others}
    return [row for row in rows if getattr(row, attribute) in there]


def _over_languages(rows: Sequence[Row], scope: Scope, expected: Sequence[str]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows that make up the score: the mean over languages as printed, or the languages themselves."""
    if scope.language is not None:
        return list(rows), ()
    means = [row for row in rows if row.language == "mean"]
    if means:
        return means, ()
    codes = sorted({row.language for row in rows})
    if set(expected) <= set(codes) or not expected:
        return list(rows), ()
    return list(rows), (f"mean over {len(codes)} of {len(expected)} languages ({' '.join(codes)})",)


def _averaged(rows: Sequence[Row], notes: tuple[str, ...]) -> Quantity:
    """Mean over metrics and languages, seed by seed."""
    cells: dict[tuple[str, str], dict[Seed, list[Row]]] = {}
    for row in rows:
        cells.setdefault((row.language, row.metric), {}).setdefault(row.seed, []).append(row)
    if any(len(same) > 1 for seeds in cells.values() for same in seeds.values()):
        notes = (*notes, "cells that several studies report are averaged")
    values = [
        Quantity({seed: sum(r.score for r in same) / len(same) for seed, same in seeds.items()},
                 max(r.rounding for same in seeds.values() for r in same))
        for seeds in cells.values()
    ]  # fmt: skip
    return replace(_folded("mean", values), rows=tuple(rows), notes=notes)


FOLDS: dict[str, Callable[[Sequence[float]], float]] = {"mean": lambda xs: sum(xs) / len(xs), "max": max, "min": min}


def _folded(how: str, values: Sequence[Quantity]) -> Quantity:
    rows = tuple(row for v in values for row in v.rows)
    missing = tuple(dict.fromkeys(m for v in values for m in v.missing))
    notes = tuple(dict.fromkeys(n for v in values for n in v.notes))
    known = [v for v in values if v.by_seed]
    if missing or not known or len(known) < len(values):
        return Quantity({}, 0.0, rows, missing, notes)
    seeds = _common_seeds([v.by_seed for v in known])
    rounding = sum(v.rounding for v in known) / len(known) if how == "mean" else max(v.rounding for v in known)
    pick = FOLDS[how]
    by_seed = {seed: pick([_at(v.by_seed, seed) for v in known]) for seed in seeds}
    return Quantity(by_seed, rounding, rows, (), notes)


def _common_seeds(parts: Sequence[dict[Seed, float]]) -> list[Seed]:
    """Seeds that all parts have; [None] (each part's mean) where they have none in common."""
    common = reduce(lambda a, b: a & b, ({s for s in p if s is not None} for p in parts))
    ordered: list[Seed] = [*sorted(s for s in common if s is not None)]
    return ordered or [None]


def _at(by_seed: dict[Seed, float], seed: Seed) -> float:
    return by_seed[seed] if seed in by_seed else sum(by_seed.values()) / len(by_seed)


def _subtract(left: Quantity, right: Quantity) -> Quantity:
    rows, notes = (*left.rows, *right.rows), tuple(dict.fromkeys((*left.notes, *right.notes)))
    missing = tuple(dict.fromkeys((*left.missing, *right.missing)))
    if missing or not (left.by_seed and right.by_seed):
        return Quantity({}, 0.0, rows, missing, notes)
    seeds = _common_seeds([left.by_seed, right.by_seed])
    by_seed = {seed: _at(left.by_seed, seed) - _at(right.by_seed, seed) for seed in seeds}
    return Quantity(by_seed, left.rounding + right.rounding, rows, (), notes)
