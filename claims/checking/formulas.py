"""Formulas → outcomes: the claim evaluated over the cells of one setting, in three-valued logic.

A quantifier over a domain whose cells are partly missing is decided only when the cells that are
there decide it whatever the others turn out to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from analysis.registry.vocabulary import Vocabulary
from analysis.stats.decisions import TINY, MeanEstimate, RoundedDecision, comparable, equals, exceeds
from analysis.wording import counted
from claims.assertion import (
    Associated,
    Attribute,
    Between,
    Compare,
    Consistent,
    Difference,
    Domain,
    Fact,
    Fold,
    Formula,
    Gain,
    Quantified,
    Ranked,
    Scope,
    Score,
    Significant,
    Sized,
    StatedNumber,
    Term,
    Trend,
    UniqueBest,
)
from claims.checking.arithmetic import Quantity
from claims.checking.associations import check_association
from claims.checking.measuring import TermEvaluator
from claims.checking.metrics import by_direction, by_every_metric, by_the_benchmark, by_the_share
from claims.checking.outcome import ComputedQuantity, Outcome, connected, gathered, whole, why_unknown
from claims.checking.quantifiers import check_quantified, check_ranked
from claims.checking.registry import RegistryFact, agrees, held
from claims.definitions import Definitions
from claims.hashed import replace
from claims.rewriting import bind, nodes, with_scope
from claims.verdict import Truth
from claims.wording import RELATIONS, attribute_words, name, value_words, words_for

NO_FLAGS: frozenset[str] = frozenset()
WITHIN_ROUNDING = frozenset({"within-rounding"})
DECIDED: dict[str, Truth] = {"true": "true", "false": "false", "open": "open"}


@dataclass(frozen=True, slots=True)
class FormulaEvaluator:
    """Evaluates formulas in one setting.

    Attributes:
        measure: computes terms. definitions: of vague words. words: the vocabulary.
        study: the study the report examines, None where it is not known.
        affirmed: True if the claim neither negates nor counts its parts, so that a part that holds supports it.
    """

    measure: TermEvaluator
    definitions: Definitions
    words: Vocabulary
    study: str | None
    affirmed: bool = True

    def check(self, formula: Formula) -> Outcome:
        """The outcome of a formula."""
        found = connected(formula, self.check)
        if found is not None:
            return found
        match formula:
            case Between(term, low, high):
                return whole([self.check(Compare(">=", term, low)), self.check(Compare("<=", term, high))])
            case Quantified():
                return check_quantified(self, formula)
            case Ranked():
                return check_ranked(self, formula)
            case _:
                return self._simple(formula)

    def _simple(self, formula: Formula) -> Outcome:
        match formula:
            case Compare("better" | "worse" as relation):
                turned = self._compare(replace(formula, relation=">" if relation == "better" else "<"))
                return by_direction(formula, turned, self.words)
            case Compare():
                return self._compare(formula)
            case Sized():
                sized = by_every_metric(formula, self._sized(formula), self._sized, self.words)
                return by_direction(formula, sized, self.words)
            case Consistent(body):
                return self._consistent(body)
            case Significant(body):
                return self._significant(body)
            case Fact():
                return self._fact(formula)
            case _:
                return self._undecidable(formula)

    def _undecidable(self, formula: Formula) -> Outcome:
        if isinstance(formula, UniqueBest):
            reason = "a claim about the best of all models anywhere, at one time; no table lists them all"
            return Outcome("untestable", reason, flags=frozenset({"time-bound"}))
        assert isinstance(formula, Trend | Associated)
        return check_association(formula, self.measure)

    # ----------------------------------------------------------------------------- comparisons

    def _compare(self, formula: Compare) -> Outcome:
        """The outcome of a comparison; one that states no number is made by many claims, and kept."""
        if isinstance(formula.right, StatedNumber) and formula.right.value != 0:
            return self._compared_every_way(formula)
        measure = self.measure
        asked = (formula, measure.setting, measure.words, measure.spoken_of, self.definitions, self.study)
        key = ("compared", *asked, self.affirmed)
        return measure.evidence.once(key, lambda: self._compared_every_way(formula))

    def _compared_every_way(self, formula: Compare) -> Outcome:
        compared = self._compared(formula)
        outcome = by_every_metric(formula, compared, self._compared, self.words, affirmed=self.affirmed)
        outcome = by_the_benchmark(formula, by_the_share(formula, outcome, self._compared), self._compared)
        return by_direction(formula, outcome, self.words)

    def _compared(self, formula: Compare) -> Outcome:
        left, right = formula.left, formula.right
        if isinstance(right, StatedNumber):
            quantity = self.measure.quantity(left)
            shown: Term = left
        else:
            shown = Difference(left, right)
            quantity = self.measure.quantity(shown)
        if not quantity.known:
            return self._unknown(shown, quantity)
        threshold = float(right.value) if isinstance(right, StatedNumber) else 0.0
        e = beyond_items(formula, quantity)
        judged, words = self._judge(formula, e, threshold)
        return self._judged(shown, quantity, e, judged, words, self._relation_text(formula, threshold))

    def _judge(self, formula: Compare, e: MeanEstimate, threshold: float) -> tuple[RoundedDecision, tuple[str, ...]]:
        relation, right = formula.relation, formula.right
        match relation:
            case "=":
                half = right.half_width if isinstance(right, StatedNumber) else 0.0
                return equals(e, threshold, half), ()
            case "about":
                half = right.half_width if isinstance(right, StatedNumber) else 0.0
                share = self.definitions["about"]["share"]
                return equals(e, threshold, max(half, share * abs(threshold))), ("about",)
            case "~":
                shifted = replace(e, value=e.value - threshold)
                return comparable(shifted, self.definitions["comparable"]["margin"]), ("comparable",)
            case ">" | "<":
                sign = 1 if relation == ">" else -1
                margin = self._margin(formula, threshold)
                turned = replace(e, value=sign * (e.value - threshold))
                return exceeds(turned, margin[0]), margin[1]
            case _:
                sign = 1 if relation == ">=" else -1
                return exceeds(replace(e, value=sign * (e.value - threshold)), 0.0, or_equal=True), ()

    def _margin(self, formula: Compare, threshold: float) -> tuple[float, tuple[str, ...]]:
        """The margin of a comparison, and the word whose definition sets it; no margin for a stated threshold."""
        if spoken(formula) and threshold == 0:
            return self.definitions["improves"]["more_than"], ("improves",)
        return 0.0, ()

    @staticmethod
    def _relation_text(formula: Compare, threshold: float) -> str:
        if isinstance(formula.right, StatedNumber) and threshold:
            relation = RELATIONS[formula.relation].removeprefix("is ").removeprefix("is")
            return f"stated: {relation} {words_for(formula.right)}".replace(":  ", ": ")
        return {">": "stated: positive", "<": "stated: negative", "~": "stated: comparable"}.get(
            formula.relation, f"stated: {formula.relation} 0"
        )

    def _judged(
        self, term: Term, q: Quantity, e: MeanEstimate, judged: RoundedDecision, words: Sequence[str], stated: str
    ) -> Outcome:
        measure = self.measure
        about = (measure.setting, measure.words, measure.spoken_of, self.study, term, e)
        said, reckoned, grounded, notes = measure.evidence.once(("shown", *about), lambda: self._shown(term, q, e))
        flags = WITHIN_ROUNDING if judged.by_rounding else NO_FLAGS
        reason = f"{said}; {stated}"
        return Outcome(DECIDED[judged.decision], reason, reckoned, (), flags, frozenset(words), grounded, notes)

    def _shown(
        self, term: Term, q: Quantity, e: MeanEstimate
    ) -> tuple[str, tuple[ComputedQuantity, ...], bool, tuple[str, ...]]:
        """A term's part of an outcome: its number in words, the computed quantity, if it is a fact, and notes."""
        low, high = e.interval()
        seeds = f", {e.n} seeds" if e.n > 1 else ""
        span = f" [{_text(low)}, {_text(high)}]" if high - low > 1e-9 else ""
        said = f"{words_for(term)} is {_text(e.value)}{span}{seeds}"
        return said, (self._reckoned(term, q, e),), _is_fact(term), (*q.notes, *of_chance(q, e))

    def _reckoned(self, term: Term, q: Quantity, e: MeanEstimate) -> ComputedQuantity:
        low, high = e.interval()
        source, provenance = ("", "")
        if isinstance(term, Attribute):
            found = held(self.words, term.entity, term.name, self.study)
            source, provenance = (found.source if found else ""), "registry"
        elif not q.rows:
            source, provenance = "the vocabulary", "registry"
        return ComputedQuantity(words_for(term), e.value, low, high, e.n, source, provenance, q.rows, q.tested)

    def _unknown(self, term: Term, q: Quantity) -> Outcome:
        about = (self.measure.setting, self.words, self.measure.spoken_of, term)
        return self.measure.evidence.once(("unknown", *about), lambda: self._lacking(term, q))

    @staticmethod
    def _lacking(term: Term, q: Quantity) -> Outcome:
        partial = tuple(
            ComputedQuantity(
                row.label,
                row.score,
                row.score - row.rounding,
                row.score + row.rounding,
                1,
                row.source,
                row.provenance,
                (row,),
            )
            for row in q.rows[:40]
        )
        if not q.missing:
            return Outcome("untestable", f"the registry holds nothing on {words_for(term)}", partial)
        reason = f"{words_for(term)} needs {counted(len(q.missing), 'cell')} that no result holds"
        return Outcome("missing", reason, partial, q.missing)

    # ------------------------------------------------------------------------------- vague words

    def _sized(self, formula: Sized) -> Outcome:
        quantity = self.measure.quantity(formula.term)
        if not quantity.known:
            return self._unknown(formula.term, quantity).with_words(formula.word)
        e, definition = quantity.estimate(), self.definitions[formula.word]
        if formula.word == "large":
            judged = exceeds(e, definition["at_least"], or_equal=True)
        else:
            floor = definition["at_least"] if formula.word == "moderate" else 0.0
            judged = _both(
                exceeds(e, floor, or_equal=formula.word == "moderate"),
                exceeds(replace(e, value=-e.value), -definition["at_most"], or_equal=True),
            )
        return self._judged(formula.term, quantity, e, judged, (formula.word,), f"stated {definition}")

    def _consistent(self, body: Formula) -> Outcome:
        """The comparison in every part: targets of a mean, else languages, else seeds."""
        parts = [self.check(part) for part in self._parts(body)]
        whole = self.check(body)
        if len(parts) < 2 or not whole.decided:
            return whole.with_words("consistent")
        truth, reason = _share(parts, self.definitions["consistent"]["share"])
        return gathered(truth, f"{reason} of the parts; on the whole: {whole.reason}", parts).with_words("consistent")

    def _parts(self, body: Formula) -> list[Formula]:
        if not isinstance(body, Compare):
            return []
        folds = [t for t in (body.left, body.right) if isinstance(t, Fold) and t.how == "mean"]
        if folds and all(f.domain == folds[0].domain and f.variable == folds[0].variable for f in folds):
            members = self.measure.members(folds[0].domain, folds[0].body)
            return [_opened(body, name) for name in members]
        languages = self.measure.members(_LANGUAGES, body)
        spoken = [
            code for code in languages
            if self.measure.quantity(_difference(_at_language(body, code))).known
        ]  # fmt: skip
        return [_at_language(body, code) for code in spoken]

    def _significant(self, body: Formula) -> Outcome:
        outcome = self.check(body)
        tested = all(r.tested if r.rows else r.n > 1 for r in outcome.reckoned) and bool(outcome.reckoned)
        if outcome.decided and not tested:
            reason = f"significance needs several seeds or a standard error; {outcome.reason}"
            return replace(outcome, truth="untestable" if outcome.truth == "true" else outcome.truth, reason=reason)
        return outcome.with_words("significant")

    # ------------------------------------------------------------------------------------- facts

    def _fact(self, fact: Fact) -> Outcome:
        found = self._of_version(fact) or held(self.words, fact.entity, fact.attribute, self.study)
        stated = ", ".join(value_words(value) for value in fact.values)
        if found is None:
            unknown = f"the registry holds nothing on the {attribute_words(fact.attribute)} of {name(fact.entity)}"
            return Outcome("untestable", unknown, grounded=True)
        agreed = agrees(found, fact.values)
        shown = ", ".join(_plain(value) for value in found.values)
        what = f"{attribute_words(fact.attribute)} of {name(fact.entity)}"
        reason = f"{what}: {shown}; stated: {stated}"
        reckoned = (ComputedQuantity(what, shown, source=found.source, provenance="registry"),)
        if agreed is None:
            return Outcome("untestable", f"{reason} (the list is not complete)", reckoned, grounded=True)
        return Outcome("true" if agreed else "false", reason, reckoned, grounded=True)

    def _of_version(self, fact: Fact) -> RegistryFact | None:
        """The intermediate tasks that the cited version states of itself, as a registry fact; None for other facts."""
        about = self.measure.spoken_of
        edition = None if about is None else self.measure.evidence.studies.edition(*about)
        if edition is None or not edition.intermediates or (fact.entity, fact.attribute) != ("study", "intermediates"):
            return None
        return RegistryFact(edition.intermediates, edition.source)


_LANGUAGES = Domain("languages")


def _is_fact(term: Term) -> bool:
    return not any(isinstance(n, Score | Gain) for n in nodes(term))


def _both(first: RoundedDecision, second: RoundedDecision) -> RoundedDecision:
    decisions = {first.decision, second.decision}
    decision = "false" if "false" in decisions else "open" if "open" in decisions else "true"
    return RoundedDecision(decision, first.by_rounding or second.by_rounding)  # type: ignore[arg-type]


def _share(outcomes: Sequence[Outcome], share: float) -> tuple[Truth, str]:
    sure = sum(o.truth == "true" for o in outcomes)
    possible = len(outcomes) - sum(o.truth == "false" for o in outcomes)
    reason = f"it holds in {sure} of {len(outcomes)}"
    if sure >= share * len(outcomes) - 1e-9:
        return "true", reason
    return ("false" if possible < share * len(outcomes) - 1e-9 else why_unknown(outcomes)), reason


def _opened(body: Compare, name: str) -> Compare:
    """The comparison for one member of the means on its sides."""

    def one(term: Term) -> Term:
        if not isinstance(term, Fold):
            return term
        return with_scope(bind(term.body, term.variable, name), term.scope.under)

    return replace(body, left=one(body.left), right=one(body.right))


def _difference(body: Compare) -> Term:
    return body.left if isinstance(body.right, StatedNumber) else Difference(body.left, body.right)


def _at_language(body: Compare, code: str) -> Compare:
    def there(scope: Scope) -> Scope:
        return replace(scope, language=code)

    return replace(body, left=with_scope(body.left, there), right=with_scope(body.right, there))


def _text(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 1000 else f"{value:,.0f}"


def _plain(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value_words(str(value))


RUNS = frozenset({"measured", "imported"})
"""Provenances of scores that were measured, as against printed in a publication a claim may quote."""


def spoken(formula: Compare) -> bool:
    """True if a comparison of scores states no number: "improves", "outperforms"."""
    stated = isinstance(formula.right, StatedNumber) and formula.right.value != 0
    return not stated and any(isinstance(n, Score | Gain) for n in nodes(formula))


def beyond_items(formula: Compare, quantity: Quantity) -> MeanEstimate:
    """The estimate, with the error that its items leave where a comparison of single runs reaches beyond them.

    "A outperforms B" says more than that A got more of these items right. A claim that states a number
    is about the number, one about a publication's table is about what it prints, and where seeds or a
    stated error speak they decide. Both sides answer the same items, so that this error is the largest
    the difference can have by them; the chance of training is not in it, so that it makes nothing significant.
    """
    e, items = quantity.estimate(), quantity.error.items
    measured = bool(quantity.rows) and all(row.provenance in RUNS for row in quantity.rows)
    if not items or e.n > 1 or e.uncertain or not measured or formula.relation not in {">", "<"} or not spoken(formula):
        return e
    return replace(e, se=items, df=inf)


def of_chance(quantity: Quantity, e: MeanEstimate) -> tuple[str, ...]:
    """Notes on an interval computed from the number of items alone, and on a ± of unknown meaning."""
    notes = []
    if e.se > quantity.estimate().se:
        fewest = min(row.n_items for row in quantity.rows if row.n_items)
        notes.append(f"a single run on each side: the interval is the normal error of a share of {fewest:,} items")
    if e.reach > TINY:
        notes.append(f"nobody says what the ± of the scores is: within {e.reach:.2g} points nothing is decided")
    return tuple(notes)
