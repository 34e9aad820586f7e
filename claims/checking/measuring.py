"""Terms → quantities: the numbers a claim speaks of, computed from cells, with every cell kept.

Differences are taken cell by cell: same target, language, metric, and same seed where both sides
have seeds. A benchmark's own score stands in for the mean over its targets, which it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.published.studies import StatedBy
from analysis.registry.vocabulary import MULTITASK, Vocabulary
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
    Run,
    Scope,
    Score,
    StatedNumber,
    Term,
)  # fmt: skip
from claims.checking import ran
from claims.checking.arithmetic import Quantity, averaged, divide, folded, over_languages, shared, subtract
from claims.checking.evidence import Evidence, MissingCell, ScoreRow, Setting
from claims.checking.metrics import unsaid
from claims.hashed import replace
from claims.rewriting import bind, nodes, with_scope

MOST_LANGUAGES = 0.5
"""Share of a target's languages from which their mean may stand for the score over all of them."""


@dataclass(frozen=True, slots=True)
class TermEvaluator:
    """Computes terms in one setting.

    Attributes:
        evidence: the rows. setting: which of them. words: the vocabulary, for domains and facts.
        spoken_of: the study and version a claim is about: its tasks are meant where the setting's study does not say
            which it trained.
    """

    evidence: Evidence
    setting: Setting
    words: Vocabulary
    spoken_of: StatedBy | None = None

    def quantity(self, term: Term, scope: Scope = OPEN) -> Quantity:
        """The value of a term; `scope` is the scope of the enclosing term.

        It is cached with the evidence: many claims are about the same few gains.
        """
        key = (self.setting, self.words, self.spoken_of, term, scope)
        return self.evidence.once(key, lambda: self._computed(term, scope))

    def _computed(self, term: Term, scope: Scope) -> Quantity:
        match term:
            case StatedNumber(value):
                return Quantity({None: float(value)})
            case Score(run, target, own):
                return self._score(run, target, own.within(scope))
            case Gain(run, target, own):
                baseline = Score(Run(BASELINE_RUN), target)
                return self._minus(Score(run, target), baseline, own.within(scope))
            case Fold():
                return self._fold(term, scope)
            case Difference(left, right, "/"):
                return divide(self.quantity(left, scope), self.quantity(right, scope))
            case Difference(left, right, unit):
                return self._relative(left, right, scope) if unit == "%" else self._minus(left, right, scope)
            case Attribute(entity, name):
                return self._attribute(entity, name)
            case Count(domain):
                counted = ran.counted(domain, self.words, self.members(domain))
                return Quantity() if counted is None else Quantity({None: float(counted)})
            case At():
                raise InputError("assertion", f"{term} is a cell of a table; give the table with --results")

    # ---------------------------------------------------------------------------- single cells

    def _score(self, run: Run, target: str, scope: Scope) -> Quantity:
        rows = self._rows(run, target, scope)
        if not rows:
            return Quantity(missing=(self._missing(run, target, scope),))
        expected = self.words.languages_of(target) if target in self.words["target"] else ()
        chosen, notes = over_languages(rows, scope, expected)
        if not chosen or (len({row.language for row in chosen}) < MOST_LANGUAGES * len(expected) and notes):
            return Quantity(missing=(self._missing(run, target, scope),))
        return averaged(chosen, notes, self._shares(chosen))

    def _rows(self, run: Run, target: str, scope: Scope) -> list[ScoreRow]:
        """The rows of a run on a target; where no metric is said, by those that the target reports."""
        found = self.evidence.find(run, target, self.setting, scope)
        return found if scope.metric is not None else unsaid(found, target, self.words)

    def _shares(self, rows: Iterable[ScoreRow]) -> dict[str, bool]:
        """Metric → whether it is a share of items, whose error follows from their number."""
        metrics = self.words["metric"]
        return {row.metric: row.metric in metrics and bool(metrics[row.metric].facts.get("share")) for row in rows}

    def _missing(self, run: Run, target: str, scope: Scope) -> MissingCell:
        model, split = scope.model or self.setting.model, scope.split or self.setting.split
        return MissingCell(model, run, target, scope.language or "mean", split, scope.metric)

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
            case Gain(), Gain() if left.target == right.target and left.scope.within(scope) == right.scope.within(
                scope
            ):
                first, second = (Score(g.run, g.target, g.scope) for g in (left, right))
                return self._minus(first, second, scope)
            case Score(), Score() if left.target == right.target:
                return self._paired(left, right, scope)
        return subtract(self.quantity(left, scope), self.quantity(right, scope))

    def _paired(self, left: Score, right: Score, scope: Scope) -> Quantity:
        scopes = left.scope.within(scope), right.scope.within(scope)
        rows = [self._rows(term.run, term.target, own) for term, own in zip((left, right), scopes, strict=True)]
        if not all(rows):
            return subtract(self.quantity(left, scope), self.quantity(right, scope))
        kept = rows
        if scopes[0].language == scopes[1].language:
            kept = [shared(rows[0], rows[1], "language"), shared(rows[1], rows[0], "language")]
        kept = [shared(kept[0], kept[1], "metric"), shared(kept[1], kept[0], "metric")]
        if not all(kept):
            missing = self._missing(right.run, right.target, scopes[1])
            first = rows[0][0]
            return Quantity(missing=(replace(missing, language=first.language, metric=first.metric),))
        languages = self.words.languages_of(left.target) if left.target in self.words["target"] else ()
        sides = []
        for side, own in zip(kept, scopes, strict=True):
            chosen, notes = over_languages(side, own, languages)
            if not chosen:
                return Quantity(missing=(self._missing(right.run, right.target, scopes[1]),))
            sides.append(averaged(chosen, notes, self._shares(chosen)))
        return subtract(*sides)

    def _relative(self, left: Term, right: Term, scope: Scope) -> Quantity:
        difference, base = self._minus(left, right, scope), self.quantity(right, scope)
        if not (difference.known and base.known) or base.estimate().value == 0:
            return replace(difference, missing=(*difference.missing, *base.missing))
        against = base.estimate().value
        by_seed = {seed: 100 * value / against for seed, value in difference.by_seed.items()}
        error = difference.error.scaled(100 / against)
        return replace(difference, by_seed=by_seed, rounding=100 * difference.rounding / abs(against), error=error)

    # ---------------------------------------------------------------------------------- domains

    def _fold(self, term: Fold, scope: Scope) -> Quantity:
        own = term.scope.within(scope)
        members = self.members(term.domain, term.body)
        values = [self.quantity(bind(term.body, term.variable, name), own) for name in members]
        if term.how == "mean" and (not values or any(v.missing for v in values)):
            whole = self._benchmark_score(term, own)
            if whole is not None and whole.known:
                return whole
        return folded(term.how, values)

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
                names = ran.targets(domain, self.setting, self.evidence, words)
            case "intermediates" | "runs":
                trained = ran.intermediates(domain, self.setting, self.evidence, words, self.spoken_of)
                names = [*trained, *([MULTITASK] if domain.base == "runs" and not domain.kind else [])]
            case "tasks":
                names = ()
            case "models":
                names = sorted({s.model for s in self.evidence.settings if self._told_together(s)})
            case _:
                names = self._languages(body)
        return tuple(name for name in names if name not in domain.without)

    def _told_together(self, other: Setting) -> bool:
        here = self.setting
        return (other.tier, other.study, other.version) == (here.tier, here.study, here.version)

    def _languages(self, body: object) -> tuple[str, ...]:
        targets = [n.target for n in nodes(body) if isinstance(n, Gain | Score) and n.target in self.words["target"]]
        listed = [self.words.languages_of(target) for target in dict.fromkeys(targets)]
        return tuple(dict.fromkeys(code for codes in listed for code in codes))

    def _attribute(self, entity: str, name: str) -> Quantity:
        from claims.checking.registry import number_of

        value = number_of(self.words, entity, name)
        return Quantity() if value is None else Quantity({None: value})


def _of_one_baseline(left: Gain, right: Gain, scope: Scope) -> bool:
    """True if two gains are over the same baseline, which their difference then leaves out."""
    return left.target == right.target and left.scope.within(scope) == right.scope.within(scope)
