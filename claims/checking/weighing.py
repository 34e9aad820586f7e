"""Which evidence speaks for a statement: results given, built-in scores, findings, proxies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.measured import is_stand_in
from analysis.vocabulary import BEST_PER_TARGET, Vocabulary
from claims.assertion import And, Formula, Gain, Number, Run, Scope, Score
from claims.checking.beside import answers_beside, measured_beside
from claims.checking.evidence import Evidence, Setting, exact, settings_for
from claims.checking.formulas import Checker
from claims.checking.grounding import grounded, overstated
from claims.checking.measuring import Measure
from claims.checking.outcome import Outcome, Reckoned, Truth, joined
from claims.checking.standins import SYNTHETIC
from claims.definitions import Definitions
from claims.rewriting import nodes, transform


@dataclass(frozen=True, slots=True)
class Context:
    """What claims are judged by.

    Attributes:
        evidence: the cells. definitions: of vague words. words: the vocabulary.
        study: the study the claims are about, None where it is not known.
    """

    evidence: Evidence
    definitions: Definitions
    words: Vocabulary
    study: str | None

    @property
    def model(self) -> str | None:
        """The pretrained model that the study starts from."""
        return str(self.words["study"][self.study].facts["starting_model"]) if self.study else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of one statement and where it comes from.

    Attributes:
        outcome: with the numbers it rests on.
        flags: see `claims.verdict.FLAGS`.
        besides: numbers shown beside it.
        parts: of a conjunction: each statement with its truth.
    """

    outcome: Outcome
    flags: frozenset[str] = frozenset()
    besides: tuple[Reckoned, ...] = ()
    parts: tuple[tuple[Formula, Truth], ...] = ()

    @property
    def truth(self) -> Truth:
        """Of the outcome."""
        return self.outcome.truth


def weigh(formula: Formula, context: Context) -> Judgement:
    """The judgement of a formula; the parts of a conjunction are judged each by the best evidence for it."""
    if isinstance(formula, And):
        parts = [weigh(part, context) for part in formula.parts]
        flags = frozenset(flag for part in parts for flag in part.flags)
        besides = tuple(dict.fromkeys(r for part in parts for r in part.besides))
        truths = tuple((part, judged.truth) for part, judged in zip(formula.parts, parts, strict=True))
        return Judgement(joined([part.outcome for part in parts]), flags, besides, truths)
    scope, stripped = _frame(formula)
    if not any(isinstance(node, Score | Gain) for node in nodes(stripped)):
        return Judgement(_checker(context, _anywhere(context, scope)).check(stripped))
    exact_ones, proxies = _settings(context, scope)
    judgement = _with_findings(formula, scope, _by_tiers(stripped, context, scope, exact_ones))
    if judgement.truth == "missing":
        judgement = _by_proxy(stripped, context, proxies, judgement)
    return _hedged(formula, scope, context, judgement)


def _checker(context: Context, setting: Setting) -> Checker:
    measure = Measure(context.evidence, setting, context.words)
    return Checker(measure, context.definitions, context.words, context.study)


def _frame(formula: Formula) -> tuple[Scope, Formula]:
    """Model, split and version that all numbers of a formula share, and the formula without them."""
    scopes = [node for node in nodes(formula) if isinstance(node, Scope)]
    shared = {}
    for name in ("model", "split", "version"):
        values = {getattr(scope, name) for scope in scopes} - {None}
        if len(values) == 1:
            shared[name] = values.pop()
    if not shared:
        return Scope(), formula
    without = dict.fromkeys(shared)
    stripped: Formula = transform(formula, lambda node: replace(node, **without) if isinstance(node, Scope) else None)
    return Scope(**shared), stripped


def _anywhere(context: Context, scope: Scope) -> Setting:
    """A setting to name missing cells by, where no result fits."""
    return Setting("built in", scope.model or context.model or "xlm-r-large", scope.split or "dev")


def _settings(context: Context, scope: Scope) -> tuple[list[Setting], list[Setting]]:
    if scope.version is not None:
        wanted = [s for s in context.evidence.settings if s.study is not None and s.study in _studies_of(scope.version)]
        return [s for s in wanted if exact(s, scope, context.model)], []
    found = settings_for(context.evidence, scope, context.model)
    real = [s for s in found if s.model not in context.evidence.laboratory and not _stands_in(s, scope, context)]
    exact_ones = [s for s in real if exact(s, scope, context.model)]
    proxies = [s for s in found if s not in exact_ones]
    return exact_ones, [s for s in proxies if scope.model in {None, s.model}]


def _stands_in(setting: Setting, scope: Scope, context: Context) -> bool:
    """Whether a setting's model was measured in place of the one a claim speaks of."""
    return setting.model != scope.model and is_stand_in(setting.model, context.words)


def _studies_of(version: str) -> frozenset[str]:
    from analysis.published import studies

    return frozenset(key for key, study in studies().items() if study.version == version)


def _by_tiers(formula: Formula, context: Context, scope: Scope, settings: Sequence[Setting]) -> Judgement:
    """The first tier that decides; a later tier that decides otherwise is noted."""
    first: Judgement | None = None
    undecided: list[Outcome] = []
    shown: list[Reckoned] = []
    for tier in ("given", "built in"):
        outcomes = [(s, _checker(context, s).check(formula)) for s in settings if s.tier == tier]
        decided = [(s, o) for s, o in outcomes if o.decided and not _synthetic(o)]
        shown += [r for _, o in outcomes if o.decided and _synthetic(o) for r in o.reckoned]
        undecided += [o for _, o in outcomes if not o.decided]
        if not decided:
            continue
        judgement = _agreed(decided)
        if first is None:
            first = judgement
        elif judgement.truth != first.truth:
            first = replace(
                first,
                flags=first.flags | {"contested"},
                besides=(*first.besides, *judgement.outcome.reckoned),
            )
    if first is not None:
        return replace(first, besides=(*first.besides, *shown))
    if not undecided:
        open_to = replace(context, evidence=Evidence()) if shown else context
        undecided = [_checker(open_to, _anywhere(context, scope)).check(formula)]
    return Judgement(min(undecided, key=lambda o: len(o.missing)), besides=tuple(shown))


def _synthetic(outcome: Outcome) -> bool:
    """Whether an outcome rests on made-up or laboratory scores, which decide nothing."""
    return any(row.provenance == SYNTHETIC for r in outcome.reckoned for row in r.rows)


def _agreed(decided: Sequence[tuple[Setting, Outcome]]) -> Judgement:
    """One outcome from the settings of a tier: a claim that names no split is judged on each."""
    truths = {outcome.truth for _, outcome in decided}
    if len(truths) == 1:
        return Judgement(decided[0][1], besides=tuple(r for _, o in decided[1:] for r in o.reckoned))
    reason = "; ".join(f"{s.model}, {s.split}: {o.reason}" for s, o in decided)
    first = decided[0][1]
    merged = replace(
        first,
        truth="mixed",
        reason=f"the claim names no model or split, and they disagree: {reason}",
        reckoned=tuple(r for _, o in decided for r in o.reckoned),
    )
    return Judgement(merged, frozenset({"ambiguous"}))


def _with_findings(formula: Formula, scope: Scope, judgement: Judgement) -> Judgement:
    """A published finding decides where no cells do, and stands beside them where they do."""
    found = grounded(_without_version(formula), scope.version)
    if found is None:
        return judgement
    if not judgement.outcome.decided:
        return Judgement(found)
    return replace(judgement, besides=(*judgement.besides, *found.reckoned))


def _without_version(formula: Formula) -> Formula:
    """The version chooses which findings speak; what they say does not repeat it."""
    bare: Formula = transform(formula, _without_own_version)
    return bare


def _without_own_version(node: object) -> Scope | None:
    return replace(node, version=None) if isinstance(node, Scope) and node.version is not None else None


def _by_proxy(formula: Formula, context: Context, settings: Sequence[Setting], judgement: Judgement) -> Judgement:
    """Another model or split may decide a direction; synthetic results, stand-ins and stated numbers are only shown."""
    for setting in context.evidence.that_could_speak(formula, settings):
        outcome = _checker(context, setting).check(formula)
        if not outcome.decided:
            continue
        shown = _synthetic(outcome) or is_stand_in(setting.model, context.words)
        if shown or _states_numbers(formula):
            judgement = replace(judgement, besides=(*judgement.besides, *outcome.reckoned))
            continue
        where = f"measured on {setting.model}, {setting.split}, not on what the claim speaks of"
        return Judgement(
            replace(outcome, reason=f"{outcome.reason} ({where})"), frozenset({"proxy"}), judgement.besides
        )
    return judgement


def _states_numbers(formula: Formula) -> bool:
    return any(isinstance(node, Number) and node.value != 0 for node in nodes(formula))


def _hedged(formula: Formula, scope: Scope, context: Context, judgement: Judgement) -> Judgement:
    """With the finding that says less than the claim, and with what is known around it."""
    flags, besides = judgement.flags, judgement.besides
    finding = overstated(_without_version(formula), scope.version)
    if finding is not None and judgement.truth in {"missing", "open"}:
        flags |= {"overstated"}
        besides = (
            *besides,
            Reckoned(f"finding {finding.id}", finding.statement, source=finding.source, provenance="published"),
        )
        reason = f"{judgement.outcome.reason}; the source itself says less: {finding.statement.rstrip('.')}"
        judgement = replace(judgement, outcome=replace(judgement.outcome, reason=reason))
    if judgement.truth == "missing":
        besides = (*besides, *_around(formula, context), *measured_beside(formula, context.words))
    elif judgement.truth == "open":
        besides = (*besides, *answers_beside(formula))
    return replace(judgement, flags=flags, besides=tuple(dict.fromkeys(besides)))


def _around(formula: Formula, context: Context) -> Iterable[Reckoned]:
    """The gain of the best intermediate task on each named target, where it is published."""
    targets = dict.fromkeys(
        n.target for n in nodes(formula) if isinstance(n, Gain) and n.target in context.words["target"]
    )
    for setting in settings_for(context.evidence, Scope(), context.model):
        if not exact(setting, Scope(), context.model):
            continue
        for target in targets:
            term = Gain(Run(BEST_PER_TARGET), target)
            quantity = Measure(context.evidence, setting, context.words).quantity(term)
            if quantity.known:
                low, high = quantity.estimate().interval()
                label = f"gain of the best intermediate task for {target}, {setting.split}"
                yield Reckoned(label, quantity.estimate().value, low, high, quantity.estimate().n, rows=quantity.rows)
