"""Precedence of evidence on a statement: results given, built-in scores, findings, other versions, proxies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from statistics import fmean

from analysis.published.measured import FOLDER, MeasuredGain, is_stand_in, measured_answers, measured_gains
from analysis.registry.vocabulary import BEST_PER_TARGET, Vocabulary, vocabulary
from analysis.wording import counted
from claims.assertion import (
    ZERO,
    And,
    Associated,
    Compare,
    Domain,
    Formula,
    Gain,
    Node,
    Run,
    Scope,
    Score,
    Trend,
    Whole,
)
from claims.checking.brought import about_names_brought, about_only_model_brought, otherwise_in_models_brought
from claims.checking.choosing import chosen_settings, own_first, own_study
from claims.checking.context import (
    Context,
    agreed,
    is_synthetic,
    states_numbers,
    states_scores,
    where_others_wait,
)
from claims.checking.evidence import Evidence, Setting
from claims.checking.grounding import grounded, overstated
from claims.checking.measuring import TermEvaluator
from claims.checking.other_versions import borne_out_elsewhere, by_other_versions, cited_for_a_name, of_facts
from claims.checking.outcome import ComputedQuantity, Outcome, joined
from claims.hashed import replace
from claims.rewriting import nodes, transform

APART = "each number is printed somewhere, but no one split of one study prints them all"


def weigh(formula: Formula, context: Context) -> Outcome:
    """The outcome of a formula, by the results that it is about."""
    return _weighed(formula, about_names_brought(formula, context) or context)


def _weighed(formula: Formula, context: Context) -> Outcome:
    """The outcome of a formula; the parts of a conjunction are judged each by the best evidence for it."""
    if isinstance(formula, And):
        together = _weighed(Whole(formula.parts), context) if states_scores(formula) else None
        if together is not None and together.truth == "true":
            return together
        parts = [_weighed(part, context) for part in formula.parts]
        outcome = replace(
            joined(parts),
            besides=tuple(dict.fromkeys(r for part in parts for r in part.besides)),
            parts=tuple((part, judged.truth) for part, judged in zip(formula.parts, parts, strict=True)),
            by_study=tuple(dict.fromkeys(each for part in parts for each in part.by_study)),
        )
        if together is not None and together.truth == "false" and outcome.truth == "true":
            outcome = replace(outcome, truth="open", notes=(*outcome.notes, APART))
        return outcome
    scope, stripped = _frame(formula)
    if scope.version is not None:
        context = replace(context, cited=replace(context.meant, version=scope.version, by="claim"))
    if not any(isinstance(node, Score | Gain) for node in nodes(stripped)):
        return of_facts(stripped, scope, context)
    model = None if _names_models(stripped) else context.model
    chosen = chosen_settings(context.evidence, scope, model, context.meant, stripped, context.words, context.brought)
    so_far = _with_findings(formula, context, _by_tiers(stripped, context, scope, chosen.speaking))
    if so_far.truth == "missing":
        so_far = _by_only_model_brought(formula, context, so_far)
    if so_far.truth == "missing":
        so_far = by_other_versions(stripped, context, chosen.others, so_far)
    if so_far.truth == "missing":
        so_far = _by_proxy(stripped, context, chosen.proxies, so_far)
    so_far = borne_out_elsewhere(stripped, context, chosen.others, so_far)
    so_far = otherwise_in_models_brought(formula, context, so_far)
    return _hedged(formula, context, cited_for_a_name(so_far, context))


def _names_models(formula: Formula) -> bool:
    """True if every score and gain of a formula names its model, so that none is of the model of the report's study."""
    return all(node.scope.model for node in nodes(formula) if isinstance(node, Score | Gain))


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


OF_ANOTHER_SPLIT = "built-in results of another split bear its number out, and it does not say which split it is of"


def _by_tiers(formula: Formula, context: Context, scope: Scope, settings: Sequence[Setting]) -> Outcome:
    """The first tier that decides; a later tier that decides otherwise is noted."""
    first: Outcome | None = None
    by_own = False
    undecided: list[Outcome] = []
    shown: list[ComputedQuantity] = []
    splits: set[str] = set()
    for tier in ("given", "built in"):
        outcomes = [(s, context.check(formula, s)) for s in settings if s.tier == tier]
        decided = {s: o for s, o in outcomes if o.decided and not is_synthetic(o)}
        shown += [r for _, o in outcomes if o.decided and is_synthetic(o) for r in o.reckoned]
        undecided += [o for _, o in outcomes if not o.decided]
        if not decided:
            continue
        kept = own_first(list(decided), context.meant, context.evidence.studies)
        if all(decided[s].truth == "false" for s in kept):
            kept += [s for s, o in decided.items() if o.truth == "true" and s not in kept]
        kept = _of_the_stated_split(formula, kept, decided)
        if (
            first is not None
            and by_own
            and not all(own_study(s, context.meant, context.evidence.studies) for s in kept)
        ):
            continue
        by_own = all(own_study(s, context.meant, context.evidence.studies) for s in kept)
        so_far = agreed(context.noted([(s, decided[s]) for s in kept]))
        if not by_own:
            so_far = where_others_wait(formula, so_far, kept, outcomes)
        split = {s.split for s in kept}
        if first is None:
            first, splits = so_far, split
        elif so_far.truth != first.truth:
            elsewhere = scope.split is None and splits.isdisjoint(split) and states_numbers(formula)
            first = _contested(first, so_far, elsewhere=elsewhere)
    if first is not None:
        return replace(first, besides=(*first.besides, *shown))
    if not undecided:
        open_to = replace(context, evidence=Evidence(context.evidence.studies)) if shown else context
        undecided = [open_to.check(formula, context.nowhere(scope))]
    return replace(min(undecided, key=lambda o: len(o.missing)), besides=tuple(shown))


def _contested(first: Outcome, later: Outcome, *, elsewhere: bool) -> Outcome:
    """An outcome that the next tier contradicts.

    Args:
        first: the outcome of the results given.
        later: that of the built-in ones.
        elsewhere: whether the claim states a number of no split, and the tiers hold different splits.
    """
    found = replace(first, flags=first.flags | {"contested"}, besides=(*first.besides, *later.reckoned))
    if elsewhere and (first.truth, later.truth) == ("false", "true"):
        return replace(found, truth="open", notes=(*found.notes, OF_ANOTHER_SPLIT))
    return found


def _of_the_stated_split(formula: Formula, kept: list[Setting], decided: Mapping[Setting, Outcome]) -> list[Setting]:
    """The settings of the split that has every score as stated, for a claim that names none ("from 80.1 to 81.0").

    A split that lacks one of the scores is left out.
    """
    if not states_scores(formula):
        return kept
    whole = [s for s in kept if not decided[s].missing] or kept
    held = [s for s in whole if decided[s].truth == "true"]
    return held if held and len({(s.study, s.version, s.model, s.baseline) for s in whole}) == 1 else whole


def _with_findings(formula: Formula, context: Context, so_far: Outcome) -> Outcome:
    """A published finding decides where no cells do, and stands beside them where they do."""
    found = grounded(_as_findings_say(formula, context), context.meant)
    if found is None:
        return so_far
    if not so_far.decided:
        return found
    return replace(so_far, besides=(*so_far.besides, *found.reckoned))


def _as_findings_say(formula: Formula, context: Context) -> Formula:
    """The formula without the version that chooses the findings and the number of tasks, which they do not repeat."""
    if not any(getattr(node, "version", None) or getattr(node, "size", None) is not None for node in nodes(formula)):
        return formula
    measure = TermEvaluator(context.evidence, context.nowhere(Scope()), context.words, context.spoken_of)

    def bare(node: Node) -> Node | None:
        if isinstance(node, Scope) and node.version is not None:
            return replace(node, version=None)
        if isinstance(node, Domain) and node.size is not None and measure.members(node):
            return replace(node, size=None)
        return None

    said: Formula = transform(formula, bare)
    return said


def _by_only_model_brought(formula: Formula, context: Context, so_far: Outcome) -> Outcome:
    """The outcome by the only model of the results given, where the claim names none and no other evidence decides."""
    alone = about_only_model_brought(formula, context)
    if alone is None:
        return so_far
    found = _weighed(formula, alone)
    model = next(iter(alone.brought)).model
    note = f"measured on {model}, the only model of the results given; the claim names none"
    notes = tuple(dict.fromkeys((*found.notes, note)))
    return replace(found, notes=notes, flags=found.flags | {"proxy"}) if found.decided else so_far


def _by_proxy(formula: Formula, context: Context, settings: Sequence[Setting], so_far: Outcome) -> Outcome:
    """Another model or split may decide a direction; synthetic results and stated numbers are only shown.

    So are stand-ins, and models that nobody knows: how near they are to the one that is meant, no one can tell. Proxies
    that are equally near must agree.
    """
    near: dict[tuple[bool, ...], list[tuple[Setting, Outcome]]] = {}
    for setting in context.evidence.that_could_speak(formula, settings):
        outcome = context.check(formula, setting)
        if not outcome.decided:
            continue
        known = setting.model in {*vocabulary()["model"], context.model}
        shown = is_synthetic(outcome) or is_stand_in(setting.model, context.words) or not known
        if shown or states_numbers(formula):
            so_far = replace(so_far, besides=(*so_far.besides, *outcome.reckoned))
            continue
        where = f"measured on {setting.model}, {setting.split}, not on what the claim speaks of"
        told = replace(outcome, reason=f"{outcome.reason} ({where})")
        near.setdefault((setting.tier != "given", setting.model != context.model), []).append((setting, told))
    if not near:
        return so_far
    nearest = near[min(near)]
    own = own_first([setting for setting, _ in nearest], context.meant, context.evidence.studies)
    found = agreed([(setting, outcome) for setting, outcome in nearest if setting in own])
    return replace(found, flags=found.flags | {"proxy"}, besides=(*so_far.besides, *found.besides))


def _hedged(formula: Formula, context: Context, so_far: Outcome) -> Outcome:
    """The outcome with the finding that is weaker than the claim, and with related numbers beside it."""
    flags, besides = so_far.flags, so_far.besides
    finding = overstated(_as_findings_say(formula, context), context.meant)
    if finding is not None and so_far.truth in {"missing", "open"}:
        flags |= {"overstated"}
        besides = (
            *besides,
            ComputedQuantity(f"finding {finding.id}", finding.statement, source=finding.source, provenance="published"),
        )
        reason = f"{so_far.reason}; the source itself says less: {finding.statement.rstrip('.')}"
        so_far = replace(so_far, reason=reason)
    if so_far.truth == "missing":
        besides = (*besides, *_around(formula, context), *measured_beside(formula, context.words))
    elif so_far.truth == "open":
        besides = (*besides, *answers_beside(formula))
    return replace(so_far, flags=flags, besides=tuple(dict.fromkeys(besides)))


def _around(formula: Formula, context: Context) -> Iterable[ComputedQuantity]:
    """The gain of the best intermediate task on each named target, where it is published."""
    targets = dict.fromkeys(
        n.target for n in nodes(formula) if isinstance(n, Gain) and n.target in context.words["target"]
    )
    for target in targets:
        asked = ("best gain", target, context.model, context.meant, context.words)
        yield from context.evidence.once(asked, partial(_best_gain, target, context))


def _best_gain(target: str, context: Context) -> tuple[ComputedQuantity, ...]:
    """The gain of the best intermediate task on one target, by each study that may speak."""
    term = Gain(Run(BEST_PER_TARGET), target)
    about = Compare(">", term, ZERO)
    found = chosen_settings(context.evidence, Scope(), context.model, context.meant, about, context.words)
    told = []
    for setting in found.speaking:
        quantity = TermEvaluator(context.evidence, setting, context.words).quantity(term)
        if quantity.known:
            low, high = quantity.estimate().interval()
            label = f"gain of the best intermediate task for {target}, {setting.split}"
            told.append(
                ComputedQuantity(label, quantity.estimate().value, low, high, quantity.estimate().n, rows=quantity.rows)
            )
    return tuple(told)


SOURCE = f"analysis/data/{FOLDER}/gains.csv"
COUNTED = {"gain": "above 0", "loss": "below", "equivalent": "within 1 point of it", "inconclusive": "open"}
"""Conclusion from a gain's interval → in words."""
QUESTIONS = {
    "distance": "distance", "target_examples": "cost", "intermediate_examples": "cost", "family": "hierarchy",
    "order": "order_on_clean_text", "order_under_perturbation": "order",
}  # fmt: skip
"""Axis of a trend or association → the research question it is about."""


def measured_beside(formula: Formula, registry: Vocabulary) -> Iterator[ComputedQuantity]:
    """Gains of intermediate tasks measured on a proxy model.

    For a trend or association: the answer of the proxy's scores to its research question. Else one line for
    every target whose gain is in the formula, and one over all measured targets where it is of targets in general.
    """
    answers = tuple(answers_beside(formula))
    if answers:
        yield from answers
        return
    spoken_of = dict.fromkeys(node.target for node in nodes(formula) if isinstance(node, Gain))
    for target in spoken_of:
        found = [gain for gain in measured_gains() if gain.target == target]
        if found:
            yield _line(target, found, _of_one(found))
    if any(target not in registry["target"] for target in spoken_of) and measured_gains():
        targets = list(dict.fromkeys(gain.target for gain in measured_gains()))
        yield _line(f"{', '.join(targets)} (mean)", measured_gains(), _of_all(measured_gains()))


def answers_beside(formula: Formula) -> Iterator[ComputedQuantity]:
    """The answers of the proxy model's scores to the research question of a trend or association."""
    axes = dict.fromkeys(node.axis for node in nodes(formula) if isinstance(node, Trend | Associated))
    for question in dict.fromkeys(QUESTIONS[axis] for axis in axes if axis in QUESTIONS):
        found = measured_answers().get(question)
        if found is not None:
            what = f"asked of what was measured on a {found.model}: {found.asked}"
            page = question.partition("_")[0]
            source = f"analysis/data/{FOLDER}/answers.csv (docs/questions/{page}.md)"
            yield ComputedQuantity(what, found.says, source=source, provenance="measured")


def _line(targets: str, found: Sequence[MeasuredGain], said: str) -> ComputedQuantity:
    runs = len({gain.run for gain in found})
    what = f"gains on {targets} of {runs} intermediate runs, measured on a {found[0].model}"
    return ComputedQuantity(what, said, source=SOURCE, provenance="measured")


def _of_one(found: Sequence[MeasuredGain]) -> str:
    said = [gain.verdict for gain in found]
    counts = ", ".join(f"{words}: {said.count(verdict)}" for verdict, words in COUNTED.items())
    languages = counted(found[0].languages, "language")
    span = _span({gain.run: gain.gain for gain in found})
    return f"{span}; intervals {counts}; means over {languages} and {counted(found[0].seeds, 'seed')}"


def _of_all(found: Sequence[MeasuredGain]) -> str:
    runs = dict.fromkeys(gain.run for gain in found)
    return _span({run: fmean(gain.gain for gain in found if gain.run == run) for run in runs})


def _span(gains: dict[str, float]) -> str:
    """The least and the greatest gain, without a negative zero."""
    worst, best = min(gains, key=lambda run: gains[run]), max(gains, key=lambda run: gains[run])
    low, high = (round(gains[run], 1) + 0.0 for run in (worst, best))
    return f"from {low:+.1f} ({worst}) to {high:+.1f} points ({best})"
