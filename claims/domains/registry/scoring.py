"""Statements of score: "XLM-R Large reaches an accuracy of 79.2 on XNLI"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from analysis.registry.vocabulary import BASELINE
from claims.assertion import ZERO, Compare, Difference, Formula, Node, Score, StatedNumber
from claims.domains.registry.amounts import LEAST_LEVEL, StatedAmount, amounts_of, bounded, changes, level, said, senses
from claims.domains.registry.binder import Binder, leaves_of
from claims.domains.registry.bundles import ClauseAssertion, PhraseBindings, together
from claims.domains.registry.comparing import comparisons
from claims.domains.registry.gains import tails
from claims.domains.registry.parts import ALL_TARGETS, Parts, cells, wraps
from claims.hashed import replace
from claims.language.chart import ParseNode
from claims.language.places import says
from claims.rewriting import conjunction, transform

WHOLE = 0.5
"""Half a unit of a whole number."""


def scores(
    binder: Binder, node: ParseNode, carry: PhraseBindings | None = None, *, exactly: bool = False
) -> Iterator[ClauseAssertion]:
    """Every assertion of a clause that states a score; a round number that is "reached" may be passed, too.

    Args:
        binder: of phrases.
        node: the clause.
        carry: bindings of the clause before.
        exactly: True if a score cannot exceed a round number that it "reaches".
    """
    pairs = list(node.find("pair"))
    if pairs:
        yield from _in_two_metrics(binder, node, pairs)
        return
    amount, bound = node.first("amount"), node.first("bound")
    numbers = amounts_of(amount) if amount is not None else None
    if bound is not None and numbers:
        numbers = bounded(numbers, bound)
    bundle = together(binder.of(node.find("who", "of", "what", "metric")), tails(binder, node), _own(binder, node))
    if bundle is None or not numbers or any(_foreign(tail) for tail in node.find("tail")) or _of_none(node, numbers):
        return
    if carry is not None:
        bundle = _leaning(bundle, carry)
    if bundle.average and bundle.targets is not None and bundle.targets.quantifier == "all":
        bundle = replace(bundle, targets=replace(bundle.targets, quantifier=None))
    if bundle.only or bundle.negated is not None or bundle.over or not _named(bundle) or len(bundle.metrics) > 1:
        return
    negated = node.first("neg")
    if node.first("beyond") is not None:
        if node.first("beyond").first("right") is not None:
            yield from _with_rival(binder, node, bundle, numbers)
        else:
            yield from _with_gain(node.first("beyond"), bundle, numbers)
        return
    said_of = _stated(bundle, numbers, None) if negated is None else _denied(bundle, numbers, negated.start)
    yield from (ClauseAssertion(formula, bundle) for formula in said_of)
    passing = not exactly and says(node.first("scores"), "reaching") and _are_round(numbers)
    yield from (ClauseAssertion(formula, bundle) for formula in _reached(bundle, node, numbers, passing=passing))


def _reached(
    bundle: PhraseBindings, node: ParseNode, numbers: Sequence[StatedAmount], *, passing: bool
) -> Iterator[Formula]:
    """The formulas with a number as lower bound: a round one that is "reached", and one that some or no tasks reach."""
    negated = node.first("neg")
    if negated is None and passing:
        yield from _stated(bundle, _at_least(numbers), None)
    if bundle.runs is not None and bundle.runs.quantifier is not None and _are_exact(numbers):
        place = None if negated is None else negated.start
        yield from map(_with_direction, _stated(bundle, _at_least(numbers), place))


def _at_least(numbers: Sequence[StatedAmount]) -> list[StatedAmount]:
    """The numbers as lower bounds."""
    return [replace(amount, number=replace(amount.number, relation=">=")) for amount in numbers]


def _are_round(numbers: Sequence[StatedAmount]) -> bool:
    """True if numbers are written without decimals, coarser than a score is printed."""
    return _are_exact(numbers) and all(amount.number.half_width >= WHOLE for amount in numbers)


def _are_exact(numbers: Sequence[StatedAmount]) -> bool:
    """True if numbers are no bounds; "no task reaches 80" makes one of it nevertheless."""
    return all(amount.number.relation == "=" and amount.number.upper is None for amount in numbers)


def _in_two_metrics(binder: Binder, node: ParseNode, pairs: Sequence[ParseNode]) -> Iterator[ClauseAssertion]:
    """As in "reaches 71.6 F1 and 53.2 exact match on T": the clause once for each number with its metric."""
    rest = tuple(part for part in node.parts if part[0] != "pair")
    ways = [list(scores(binder, ParseNode(node.rule, (*rest, *pair.parts)), exactly=True)) for pair in pairs]
    if all(len(way) == 1 for way in ways) and len({way[0].bundle.metrics for way in ways}) == len(ways):
        yield ClauseAssertion(conjunction([way[0].formula for way in ways]), ways[0][0].bundle)


def _with_gain(beyond: ParseNode, bundle: PhraseBindings, numbers: Sequence[StatedAmount]) -> Iterator[ClauseAssertion]:
    """As in "X scores 65.7 on T, 6.2 points above the baseline": the score, and the gain that it is."""
    noun, above = beyond.first("gain"), beyond.first("above")
    found = noun.first("amount") if noun is not None else beyond.first("amount")
    if noun is not None and found is None and noun.first("of") is not None:
        found = noun.first("of").first("amount")
    amounts = amounts_of(found) if found is not None else None
    runs = bundle.runs
    if not amounts or len(amounts) > 1 or runs is None or len(runs.members) != 1 or BASELINE in runs.members:
        return
    if noun is not None and (noun.first("neg", "deg", "mean", "what") is not None):
        return
    falls = noun.first("noun").value["sign"] == "-" if noun is not None else above.value.get("sign") == "-"
    parts = bundle.parts("gain", falling=falls, metric=next(iter(bundle.metrics), None))
    changed = changes(parts, amounts, wraps(parts))
    for formula in _stated(bundle, numbers, None):
        for gain in changed:
            yield ClauseAssertion(conjunction([formula, gain]), bundle)


def _with_rival(
    binder: Binder, node: ParseNode, bundle: PhraseBindings, numbers: Sequence[StatedAmount]
) -> Iterator[ClauseAssertion]:
    """As in "A attains 61.4 on T, ten points behind B": the score, and the comparison that goes with it."""
    beyond, who = node.first("beyond"), node.first("who")
    if who is None:
        return
    shared = (*(("tail", t) for t in node.find("tail")), *(("what", w) for w in node.find("what")))
    metric = tuple(("measure", ParseNode("measure", (("", m),))) for m in node.find("metric"))
    compared = ParseNode("compare", (("left", ParseNode("side", who.parts)), *beyond.parts, *shared, *metric))
    for formula in _stated(bundle, numbers, None):
        for made in comparisons(binder, compared):
            yield ClauseAssertion(conjunction([formula, made.formula]), bundle)


def _of_none(node: ParseNode, numbers: Sequence[StatedAmount]) -> bool:
    """True if "no intermediate task", the baseline or none of the tasks, has a number that is no score of a task."""
    baselines = (edge for edge in leaves_of(node) if edge.symbol == "baseline")
    spoken = any(isinstance(edge.value, dict) and edge.value.get("or_none_of_them") for edge in baselines)
    return spoken and any(amount.number.value <= LEAST_LEVEL for amount in numbers)


def _foreign(tail: ParseNode) -> bool:
    """True if the words after a score belong to a change."""
    return tail.first("amount", "high", "lowamount", "deg", "valued") is not None


def _stated(bundle: PhraseBindings, numbers: Sequence[StatedAmount], negation: int | None) -> Iterator[Formula]:
    """The formulas of one number for all named members, or of one number for each of them."""
    parts = _parts(bundle)
    wrap = wraps(parts, negation)
    if len(numbers) == 1:
        if numbers[0].unit == "points" and numbers[0].number.value < LEAST_LEVEL:
            return
        for number in senses(numbers[0].number):
            found = level(parts, replace(numbers[0], number=number), least=_least(bundle))
            if found:
                yield conjunction([wrap(f) for f in found])
        return
    members = cells(parts)
    if len(numbers) == len(members) and all(n.number.value >= LEAST_LEVEL for n in numbers):
        yield conjunction([wrap(said(c.term, n.number)) for c, n in zip(members, numbers, strict=True)])


def _denied(bundle: PhraseBindings, numbers: Sequence[StatedAmount], negation: int) -> Iterator[Formula]:
    """The formulas of a negated score: the members do not have the number, or, as it is "not reached", lie below it."""
    below = [replace(amount, number=replace(amount.number, relation="<")) for amount in numbers]
    exact = _are_exact(numbers)
    for formula in _stated(bundle, numbers, negation):
        yield formula
        yield from map(_with_direction, _stated(bundle, below, None) if exact else ())


def _with_direction(formula: Formula) -> Formula:
    """A level as the distance to it: whether it is reached from below or above, the metric tells."""

    def apart(node: Node) -> Compare | None:
        match node:
            case Compare(relation, Score() as score, StatedNumber(value) as number) if value >= 1:
                return Compare(relation, Difference(score, number), ZERO)
        return None

    return cast("Formula", transform(formula, apart))


def _own(binder: Binder, node: ParseNode) -> PhraseBindings:
    """The bindings of a split or mean inside the clause itself: "has a test accuracy of"."""
    inner = [part for _, part in node.parts if getattr(part, "symbol", "") in ("split", "avg", "averagesv", "perf")]
    found = binder.of(inner)
    assert found is not None
    return found


def _leaning(bundle: PhraseBindings, carry: PhraseBindings) -> PhraseBindings:
    """The bindings of an elliptic clause, "… and 86.4 on PAWS-X", completed by those of the clause before."""
    new_targets = bundle.targets is not None
    return replace(
        bundle,
        runs=bundle.runs or carry.runs,
        models=bundle.models or carry.models,
        targets=bundle.targets or carry.targets,
        languages=bundle.languages or carry.languages,
        split=bundle.split or carry.split,
        metrics=bundle.metrics or (() if new_targets else carry.metrics),
    )


def _named(bundle: PhraseBindings) -> bool:
    """True if a score is placed: on a named target, or as a mean over targets."""
    targets = bundle.targets
    who = bundle.runs or bundle.models or bundle.metrics or bundle.measured
    if targets is None or targets.general:
        benchmark = targets is not None and targets.domain is not None
        mean = bundle.average or (benchmark and bundle.models is not None)
        return bool(mean and (bundle.runs is not None or bundle.models is not None))
    return targets.quantifier is None and who is not None


def _least(bundle: PhraseBindings) -> int:
    """The smallest number read as a score: 1 beside a metric or a bare model, `LEAST_LEVEL` otherwise."""
    plain = bundle.runs is None or BASELINE in bundle.runs.members
    return 1 if bundle.metrics or (plain and bundle.models is not None) else LEAST_LEVEL


def _parts(bundle: PhraseBindings) -> Parts:
    parts = bundle.parts("score", metric=next(iter(bundle.metrics), None))
    return replace(parts, targets=parts.targets or ALL_TARGETS)
