"""Statements of gain: "SQuAD improves the targets by 8.2 points", "XNLI does not benefit"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET
from claims.assertion import (
    ZERO,
    Compare,
    Difference,
    Domain,
    Formula,
    Not,
    Quantified,
    Significant,
    Whole,
)
from claims.domains.registry.amounts import StatedAmount, changes, levels, qualified
from claims.domains.registry.binder import Binder
from claims.domains.registry.bundles import (
    ClauseAssertion,
    PhraseBindings,
    long_lists,
    over_plain,
    paired,
    respective,
    rivals_of,
    together,
)
from claims.domains.registry.counting import left_out
from claims.domains.registry.gain_frames import RISING, Frame, frame_of
from claims.domains.registry.parts import ALL_TARGETS, NounPhrase, Parts, Wrap, cells, tangled, wraps
from claims.hashed import replace
from claims.language.chart import Edge, ParseNode
from claims.rewriting import conjunction

NAMING = ("who", "what", "subject", "mean")


def gains(binder: Binder, node: ParseNode, carry: PhraseBindings | None = None) -> Iterator[ClauseAssertion]:
    """Every assertion of a clause of gain."""
    bundle = _bundle(binder, node, carry)
    frame = frame_of(node)
    if node.rule == "shortgain" and node.first("improve", "improving", "noun", "gains") is None and frame is not None:
        if carry is None or not carry.elliptic:
            return
        frame = replace(frame, falling=carry.falling)
    if bundle is None or frame is None or not _may_gain(binder, node, bundle) or _names_no_target(node, bundle):
        return
    if carry is not None and respective(node) and not long_lists(node):
        return
    negation = frame.negation
    if bundle.negated is not None:
        if negation is not None:
            return
        negation = bundle.negated
    if bundle.only and (frame.before or frame.after or len(frame.amounts) > 1):
        return
    said = replace(bundle, falling=frame.falling, elliptic=bool(frame.amounts) and negation is None)
    if respective(node) and long_lists(node) > 1:
        yield from (ClauseAssertion(made, said) for made in _paired(bundle, replace(frame, negation=negation)))
        return
    for made in _formulas(bundle, replace(frame, negation=negation)):
        yield ClauseAssertion(made, said)


def _names_no_target(node: ParseNode, bundle: PhraseBindings) -> bool:
    """True if the target is left open, as in "CCG costs 2 points" or "MNLI helps"."""
    verb = node.first("improve", "gains")
    if node.first("never") is not None:
        return False
    return bundle.targets is None and isinstance(verb, Edge) and verb.symbol in ("helps.fin", "costs.fin")


def _paired(bundle: PhraseBindings, frame: Frame) -> Iterator[Formula]:
    """As in "A and B improve S and T by 3 and 4 points, respectively": pair by pair, each with its number."""
    pairs = list(paired(bundle))
    numbers = frame.amounts if len(frame.amounts) == len(pairs) else frame.amounts * len(pairs)
    if not pairs or bundle.only or bundle.average or len(numbers) not in (0, len(pairs)):
        return
    each = [(numbers[i],) if numbers else () for i in range(len(pairs))]
    ways = [list(_formulas(pair, replace(frame, amounts=n))) for pair, n in zip(pairs, each, strict=True)]
    if all(ways) and len({len(way) for way in ways}) == 1:
        yield from (conjunction(formulas) for formulas in zip(*ways, strict=True))


def _bundle(binder: Binder, node: ParseNode, carry: PhraseBindings | None) -> PhraseBindings | None:
    nouns = list(node.find("noun"))
    own = together(*(binder.of(node.find(*NAMING)),), *(gain_noun(binder, n) for n in nouns), tails(binder, node))
    if own is None:
        return None
    if node.first("but") is not None:
        own = _but(binder, node, own)
        if own is None:
            return None
    if node.first("it") is not None and not _one_antecedent(own, carry):
        return None
    if carry is not None:
        if own.runs is None and carry.runs is None:
            return None
        own = replace(own, runs=own.runs or carry.runs, targets=own.targets or (carry.targets if own.runs else None))
        if own.runs is carry.runs and carry.method:
            own = replace(own, method=own.method or carry.method)
        own = replace(own, split=own.split or carry.split)
    return own


def _but(binder: Binder, node: ParseNode, own: PhraseBindings) -> PhraseBindings | None:
    """As in "no task improves T except A": the tasks but those excepted."""
    without = left_out(binder, ParseNode(node.rule, (("exc", node.first("but")),)), "runs")
    runs = own.runs
    if not without or runs is None or runs.domain is None or runs.quantifier not in ("none", "all"):
        return None
    if runs.domain.without or runs.domain.size is not None:
        return None
    return replace(own, runs=replace(runs, domain=replace(runs.domain, without=without)))


def _one_antecedent(own: PhraseBindings, carry: PhraseBindings | None) -> bool:
    """True if "it" can only be the task trained in the clause before or, beside another one, the target there."""
    if carry is None or (own.runs is not None and own.targets is not None):
        return False
    meant = carry.runs if own.runs is None else carry.targets
    return meant is not None and len(meant.members) == 1


def gain_noun(binder: Binder, noun: ParseNode) -> PhraseBindings | None:
    """The names inside "target-task improvement", "an average gain"."""
    inner = [n for label, n in noun.parts if label in ("what", "mean")]
    return binder.of(n.first("whats") if isinstance(n, ParseNode) and n.rule == "poss" else n for n in inner)


def tails(binder: Binder, node: ParseNode) -> PhraseBindings | None:
    """The bindings of a clause's adjuncts; None where they clash."""
    adjuncts = [part for t in node.find("tail") for part in t.find("adj", "metric")]
    return binder.of(adjuncts)


def _may_gain(binder: Binder, node: ParseNode, bundle: PhraseBindings) -> bool:
    """True if the clause has an intermediate task, and its names can gain.

    Models do not gain, nor does the baseline, nor a metric that falls for the better.
    """
    runs = bundle.runs
    if runs is None:
        return False
    if bundle.models is not None and node.first("improve") is None and node.first("noun") is None:
        return False
    if BASELINE in runs.members:
        return False
    return all(binder.words["metric"][m].facts.get("higher_is_better", True) for m in bundle.metrics)


# --------------------------------------------------------------------------------- formulas


def _formulas(bundle: PhraseBindings, frame: Frame) -> Iterator[Formula]:
    per_metric = []
    for metric in bundle.metrics or (None,):
        if metric is not None and (bundle.targets is None or bundle.targets.general):
            return
        per_metric.append(list(_of_metric(bundle, frame, metric)))
    if not all(per_metric):
        return
    for formulas in zip(*per_metric, strict=True) if len({len(p) for p in per_metric}) == 1 else []:
        yield conjunction(formulas)


def _of_metric(bundle: PhraseBindings, frame: Frame, metric: str | None) -> Iterator[Formula]:
    parts = _averaged(bundle, bundle.parts("gain", falling=frame.falling, metric=metric), frame.amounts)
    if parts is None:
        return
    for formula in _bodies(parts, frame):
        whole = over_plain(formula, parts)
        if not _may_stand_alone(bundle, parts):
            continue
        counted = "count=" in {those.quantifier for those in (parts.runs, parts.targets) if those is not None}
        stated = Whole((whole, _alone(bundle, parts, frame))) if bundle.only and not counted else whole
        yield stated
        yield from _with_exception(stated, parts, frame)
        yield from rivals_of(stated, parts, over_baseline=bundle.over)


def _with_exception(stated: Formula, parts: Parts, frame: Frame) -> Iterator[Formula]:
    """As in "all tasks except A": perhaps A does not, besides; in "no task except A": perhaps A does."""
    for role in ("runs", "targets"):
        those = getattr(parts, role)
        if those is None or those.domain is None or not those.domain.without or those.members:
            continue
        left_out = replace(those, members=those.domain.without, domain=None, quantifier=None)
        one = replace(parts, **{role: left_out})
        wrap = wraps(one, frame.negation)
        said = [wrap(_qualified(cell.term, frame)) for cell in cells(one)]
        yield conjunction([stated, *(said if those.quantifier == "none" else map(Not, said))])


def _bodies(parts: Parts, frame: Frame) -> Iterator[Formula]:
    if frame.never is not None:
        yield from _never(parts, frame)
        return
    if tangled(parts, frame.negation):
        return
    wrap = wraps(parts, frame.negation)
    levelled = None
    if frame.before is not None or frame.after is not None:
        levelled = levels(parts, frame.before, frame.after, wrap)
        if levelled is None or frame.negation is not None or _against_itself(frame):
            return
    if frame.amounts:
        stated = changes(parts, frame.amounts, wrap)
        extra = _beyond_chance(parts, frame, wrap)
        for formula in stated:
            yield conjunction([formula, *extra, *([levelled] if levelled is not None else [])])
        return
    if levelled is not None:
        yield conjunction([levelled, *_directions(parts, frame, wrap)]) if frame.before is None else levelled
        return
    yield conjunction([wrap(_qualified(cell.term, frame)) for cell in cells(parts)])


def _against_itself(frame: Frame) -> bool:
    """True if the two scores contradict the direction, as in "improves XNLI from 80.0 to 79.0"."""
    if frame.before is None or frame.after is None:
        return False
    return (frame.after.number.value < frame.before.number.value) != frame.falling


def _directions(parts: Parts, frame: Frame, wrap: Wrap) -> list[Formula]:
    """The directions implied beside a level: "raises XNLI to 80.8" also means that the score was lower before."""
    return [wrap(Compare("<" if frame.falling else ">", cell.term, ZERO)) for cell in cells(parts)]


def _beyond_chance(parts: Parts, frame: Frame, wrap: Wrap) -> list[Formula]:
    if "significant" not in frame.degrees:
        return []
    relation = "<" if frame.falling else ">"
    return [wrap(Significant(Compare(relation, cell.term, ZERO))) for cell in cells(parts)]  # type: ignore[arg-type]


def _qualified(term: Any, frame: Frame) -> Formula:
    """The gain or loss of a term, with the degree words of the clause."""
    formula: Formula = Compare("<" if frame.falling else ">", term, ZERO)
    return qualified(formula, Difference(ZERO, term) if frame.falling else term, frame.degrees)


def _never(parts: Parts, frame: Frame) -> Iterator[Formula]:
    """As in "X never helps": on no target, where none is named."""
    if frame.amounts or frame.before or frame.after or frame.negation is not None or tangled(parts, frame.never):
        return
    if parts.targets is not None and not parts.targets.general:
        wrap = wraps(parts, frame.never)
        yield conjunction([wrap(_qualified(cell.term, frame)) for cell in cells(parts)])
        return
    targets = parts.targets or ALL_TARGETS
    assert targets.domain is not None
    each = replace(parts, targets=NounPhrase("target", ("t",)))
    yield Quantified("none", "t", targets.domain, conjunction([_qualified(c.term, frame) for c in cells(each)]))


def _averaged(bundle: PhraseBindings, parts: Parts, amounts: Sequence[StatedAmount]) -> Parts | None:
    """As in "On average over A and B, X gains 4.7 points": one number for the mean of the named targets."""
    targets, runs = parts.targets, parts.runs
    if not bundle.average or targets is None:
        return parts
    if targets.quantifier == "all":
        return replace(parts, targets=replace(targets, quantifier=None))
    if targets.quantifier is not None:
        return None
    exact = len(amounts) == 1 and amounts[0].number.relation == "="
    if exact and len(targets.members) == 1 and runs is not None and runs.quantifier == "all":
        return replace(parts, runs=replace(runs, quantifier=None))
    if len(targets.members) < 2:
        return parts
    if len(amounts) > 1 or runs is None or len(runs.members) != 1:
        return None
    return replace(parts, targets=NounPhrase("target", domain=Domain("names", tuple(sorted(targets.members)))))


def _may_stand_alone(bundle: PhraseBindings, parts: Parts) -> bool:
    """True if "only" singles out tasks that can be told from all others: single named tasks, or a count of tasks."""
    if not bundle.only:
        return True
    named = parts.runs if bundle.only == "run" else parts.targets
    if named is not None and named.quantifier == "count=":
        return True
    if named is None or not named.members or BEST_PER_TARGET in named.members:
        return False
    return not any(sign in name for name in named.members for sign in (">", "multi"))


def _alone(bundle: PhraseBindings, parts: Parts, frame: Frame) -> Formula:
    """The formula that "only" adds: no other task (or no other target) gains, or loses."""
    focus = bundle.only
    named = parts.runs if focus == "run" else parts.targets
    assert named is not None
    domain = Domain("intermediates" if focus == "run" else "targets", without=tuple(sorted(named.members)))
    others = NounPhrase(named.category, (), domain, "none", None, named.method, place=-1)
    among = replace(parts, runs=others) if focus == "run" else replace(parts, targets=others)
    wrap = wraps(among, frame.negation)
    relation = "<" if frame.falling else ">"
    return conjunction([wrap(Compare(relation, cell.term, ZERO)) for cell in cells(among)])  # type: ignore[arg-type]


def only_one(binder: Binder, node: ParseNode) -> Iterator[ClauseAssertion]:
    """As in "A is the only intermediate task that improves T"."""
    who, what = binder.bundle(node.first("who")), binder.of(node.find("what"))
    bundle = together(who, what, tails(binder, node))
    verb = node.first("improve")
    if bundle is None or bundle.runs is None or len(bundle.runs.members) != 1 or bundle.only:
        return
    frame = Frame(not RISING[verb.value["relation"]], None, ())
    for formula in _formulas(replace(bundle, only="run"), frame):
        yield ClauseAssertion(formula, bundle)
