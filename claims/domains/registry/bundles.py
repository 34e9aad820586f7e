"""Merges the bindings of phrases: each role is filled once, or the phrases do not belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal

from analysis.registry.vocabulary import BASELINE
from claims.assertion import BASELINE_RUN, Compare, Difference, Domain, Formula, Run, Scope, Score
from claims.domains.registry.parts import Measure, NounPhrase, Parts
from claims.hashed import record, replace
from claims.language.chart import Edge, ParseNode
from claims.rewriting import nodes, transform


@record
class PhraseBindings:
    """Names that phrases of a clause are bound to, by role.

    Attributes:
        runs, targets, languages, models: the noun phrase of each role.
        metrics: named ones; a statement is made for each. split: dev or test.
        method: "mlm" or "translated", stated apart from the run. average: True for a mean.
        negated: token of "neither" or "not all". over: True if "over the baseline" is stated.
        falling: True for a clause of loss. elliptic: True if a clause without a verb may add further numbers.
        only: the role that "only" singles out, "run" or "target". measured: True beside a word of score.
    """

    runs: NounPhrase | None = None
    targets: NounPhrase | None = None
    languages: NounPhrase | None = None
    models: NounPhrase | None = None
    metrics: tuple[str, ...] = ()
    split: str | None = None
    method: str = ""
    average: bool = False
    negated: int | None = None
    over: bool = False
    only: str = ""
    measured: bool = False
    falling: bool = False
    elliptic: bool = False

    def parts(self, measure: Measure, *, falling: bool = False, metric: str | None = None) -> Parts:
        """The roles for a formula."""
        runs = self.runs
        if self.method and runs is not None and BASELINE not in runs.members:
            runs = replace(runs, method=self.method)
        model = self.models.members[0] if self.models is not None and len(self.models.members) == 1 else None
        models = None if model is not None else self.models
        scope = Scope(model=model, split=self.split, metric=metric)
        return Parts(runs, self.targets, self.languages, models, scope, measure, falling)

    def averaged(self, parts: Parts) -> Parts:
        """As in "on average on A and B": the roles with one mean for what is named or counted."""
        targets = parts.targets
        if not self.average or targets is None:
            return parts
        if targets.quantifier == "all":
            return replace(parts, targets=replace(targets, quantifier=None))
        if len(targets.members) > 1:
            return replace(parts, targets=NounPhrase("target", domain=Domain("names", tuple(sorted(targets.members)))))
        return parts


NOTHING = PhraseBindings()


def together(*bundles: PhraseBindings | None) -> PhraseBindings | None:
    """The merged bindings of several phrases; None where two fill one role."""
    whole = NOTHING
    for bundle in bundles:
        if bundle is None:
            return None
        if bundle is NOTHING:
            continue
        merged = bundle if whole is NOTHING and _is_plain(bundle) else _merged(whole, bundle)
        if merged is None:
            return None
        whole = merged
    return whole


def _is_plain(bundle: PhraseBindings) -> bool:
    """True if merging with nothing leaves the bindings as they are: no method to settle, no attribute of clauses."""
    return not (bundle.method or bundle.falling or bundle.elliptic)


def _merged(one: PhraseBindings, two: PhraseBindings) -> PhraseBindings | None:
    runs = _runs(one.runs, two.runs)
    if runs is False:
        return None
    for role in ("languages", "models", "split", "negated"):
        first, second = getattr(one, role), getattr(two, role)
        if first is not None and second is not None and first != second:
            return None
    targets = _targets(one.targets, two.targets)
    if targets is False:
        return None
    if one.metrics and two.metrics and one.metrics != two.metrics:
        return None
    if (one.method and two.method and one.method != two.method) or (one.only and two.only):
        return None
    method = one.method or two.method
    if method and isinstance(runs, NounPhrase) and runs.method not in ("plain", method):
        return None
    return PhraseBindings(
        runs or None,
        targets or None,
        one.languages or two.languages,
        one.models or two.models,
        one.metrics or two.metrics,
        one.split or two.split,
        one.method or two.method,
        one.average or two.average,
        one.negated if one.negated is not None else two.negated,
        one.over or two.over,
        one.only or two.only,
        one.measured or two.measured,
    )


def _targets(one: NounPhrase | None, two: NounPhrase | None) -> NounPhrase | Literal[False] | None:
    """As in "target-task gains on XTREME", which speaks of one thing twice; False where two things clash."""
    if one is None or two is None or one == two:
        return one or two
    plain = [t for t in (one, two) if t.general and t.domain is not None and t.domain.kind is None]
    rest = [t for t in (one, two) if t not in plain]
    if len(plain) == 2:
        return False if {_bench(one), _bench(two)} - {None, "xtreme"} else one
    if len(plain) == 1 and _bench(plain[0]) in {None, "xtreme"} and not rest[0].members:
        return rest[0]
    return False


def _runs(one: NounPhrase | None, two: NounPhrase | None) -> NounPhrase | Literal[False] | None:
    """As in "intermediate training with most tasks", which speaks of one thing twice; False where two clash."""
    if one is None or two is None or one == two:
        return one or two
    plain = [
        t
        for t in (one, two)
        if t.general and t.how == "mean" and t.method == "plain" and t.domain == Domain("intermediates")
    ]
    if len(plain) == 2:
        return one
    rest = [t for t in (one, two) if t not in plain]
    return rest[0] if len(plain) == 1 and BASELINE not in rest[0].members else False


def _bench(those: NounPhrase) -> str | None:
    return those.domain.benchmark if those.domain is not None else None


LISTS = frozenset({"runs", "whats", "models", "langs"})


def respective(node: ParseNode) -> bool:
    """True if a clause says "respectively"."""
    return any(isinstance(p, Edge) and p.symbol == "resp" for tail in node.find("tail") for _, p in tail.parts)


def long_lists(node: ParseNode) -> int:
    """The number of lists with several members in a clause; "respectively" pairs names where it exceeds one."""
    count = 0
    for _, part in node.parts:
        if not isinstance(part, ParseNode):
            continue
        if part.rule in LISTS:
            count += sum(1 for _ in part.find("one", "more")) > 1
        else:
            count += long_lists(part)
    return count


def paired(bundle: PhraseBindings) -> Iterator[PhraseBindings]:
    """The bindings of each run with its target, member by member; none where their numbers differ."""
    runs, targets = bundle.runs, bundle.targets
    if runs is None or targets is None or len(runs.members) != len(targets.members):
        return
    for run, target in zip(runs.members, targets.members, strict=True):
        yield replace(bundle, runs=replace(runs, members=(run,)), targets=replace(targets, members=(target,)))


@record
class ClauseAssertion:
    """One assertion of a clause, its bindings (the next clause may take names from them) and its fit."""

    formula: Formula
    bundle: PhraseBindings = NOTHING
    score: float = 1.0


def rivals_of(formula: Formula, parts: Parts, *, over_baseline: bool = False) -> Iterator[Formula]:
    """The rivals of a gain "with continued MLM" or "on translated data": gains over plain intermediate training."""
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
