"""Statements of rank: "multi-task training performs best", "MNLI is the best intermediate task for XNLI"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from analysis.numbers import Number
from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET
from claims.assertion import ZERO, Compare, Domain, Formula, Not, Quantified, Ranked, Relation, Run, Term, Whole
from claims.domains.registry.amounts import LEAST_LEVEL, StatedAmount, amounts_of, said, with_presumed
from claims.domains.registry.binder import Binder, leaves_of
from claims.domains.registry.bundles import ClauseAssertion, PhraseBindings, together
from claims.domains.registry.counting import FEWEST, whole_number
from claims.domains.registry.gains import tails
from claims.domains.registry.parts import ALL_RUNS, ALL_TASKS, Measure, NounPhrase, cells
from claims.hashed import replace
from claims.language.chart import Edge, ParseNode
from claims.rewriting import bind, conjunction, nodes

Place = Literal["best", "worst", "top", "bottom", "rank"]
LOW = ("worst", "lowest")


def ranks(binder: Binder, node: ParseNode, carry: PhraseBindings | None = None) -> Iterator[ClauseAssertion]:
    """Every assertion of a clause that gives a rank."""
    who = binder.bundle(node.first("who")) if node.first("who") is not None else None
    if node.first("onwhat") is not None and who is not None:
        yield from _of_targets(binder, node, who)
    if node.first("gainof") is not None:
        yield from _of_gains(binder, node)
        return
    rest = together(tails(binder, node), binder.of(node.find("measure", "onwhat")))
    sense = _sense(node)
    if rest is None or sense is None or (node.first("who") is not None and who is None):
        return
    bundle = together(who or _carried(carry), rest)
    named = bundle
    if bundle is not None and node.first("place_in", "rank") is not None:
        bundle = _among_rows(bundle)
    amounts = _values(node)
    if bundle is None or named is None or amounts is None or not _may_rank(binder, node, bundle):
        return
    denied = node.first("neg") is not None
    for formula in _formulas(binder, node, bundle, sense, amounts):
        for way in _of_changes(node, formula):
            if not denied:
                yield ClauseAssertion(way, named)
            elif isinstance(formula, Ranked) and len(formula.names) == 1:
                yield ClauseAssertion(Not(way), named)


def _of_changes(node: ParseNode, formula: Formula) -> list[Formula]:
    """As in "the largest drop": a rank with its presupposition; "the smallest" may also be the least of all.

    That of the tasks that gain, or lose, is the one nearest to zero among them.
    """
    ranked = next((part for part in nodes(formula) if isinstance(part, Ranked)), None)
    if _gain_word(node) is None and node.first("onwhat") is None:
        among_tasks = bool(_amongst(node)) or node.first("itasknoun", "every", "topk") is not None
        if ranked is None or among_tasks or formula != ranked:
            return [formula]
        return [formula, *_with_baseline(node, ranked)]
    falling = _speaks_of_losses(node)
    if ranked is None or len(ranked.names) != 1 or ranked.until is not None:
        return []
    name = ranked.names[0]
    task = name.task if isinstance(name, Run) else name
    grown: Term = bind(ranked.term, ranked.variable, task)
    ways = with_presumed(formula, grown, falling=falling)
    if (ranked.place not in ("worst", "bottom")) != falling:
        return ways
    if ranked.place not in ("best", "worst") or formula is not ranked:
        return []
    away: Relation = "<" if falling else ">"
    towards: Relation = ">=" if falling else "<="
    others = replace(ranked.domain, without=(*ranked.domain.without, task))
    nearer = Whole((Compare(away, ranked.term, ZERO), Compare(towards, ranked.term, grown)))
    return [*ways, Whole((Compare(away, grown, ZERO), Quantified("none", ranked.variable, others, nearer)))]


def _with_baseline(node: ParseNode, ranked: Ranked) -> Iterator[Formula]:
    """As in "the best score on T comes from A": perhaps of all scores, that without intermediate training too."""
    name = ranked.names[0]
    if len(ranked.names) != 1 or not isinstance(name, Run) or ranked.until is not None:
        return
    grown: Term = bind(ranked.term, ranked.variable, name.task)
    ahead, behind = Compare(">", grown, ZERO), Compare("<", grown, ZERO)
    if ranked.place == "best":
        yield Whole((ranked, ahead))
    elif ranked.place == "worst" and node.first("measure") is not None:
        yield Whole((ranked, behind))
    elif ranked.place == "rank":
        before = replace(ranked, k=ranked.k - 1) if ranked.k > FEWEST else replace(ranked, k=1, place="best")
        yield Not(Whole((Not(Whole((ranked, ahead))), Not(Whole((before, behind))))))


def _gain_word(node: ParseNode) -> Edge | None:
    """The word for the change that a rank is by: "the largest gain", "the biggest loss"."""
    measure = node.first("measure")
    noun = measure.first("noun") if isinstance(measure, ParseNode) else node.first("gainof")
    word: Edge | None = noun.first("noun") if isinstance(noun, ParseNode) else noun
    return word


def _speaks_of_losses(node: ParseNode) -> bool:
    noun = _gain_word(node)
    return noun is not None and bool(noun.value["sign"] == "-")


def _carried(carry: PhraseBindings | None) -> PhraseBindings | None:
    return None if carry is None else PhraseBindings(runs=carry.runs, models=carry.models)


def _among_rows(bundle: PhraseBindings) -> PhraseBindings:
    """As in "A ranks first": of the rows of a leaderboard, by the mean over its tasks."""
    alone = bundle.models is not None and bundle.runs is None and bundle.targets is None
    return replace(bundle, targets=ALL_TASKS) if alone else bundle


def _sense(node: ParseNode) -> tuple[bool, int] | None:
    """True if the rank counts from the best, and its number; of several numbers, the first."""
    if node.first("place_in") is not None:
        held = _places(node)
        return None if held is None else (True, held[0])
    if node.first("every") is not None:
        return (node.first("beat").value["relation"] in ("better", ">"), 1)
    rank = node.first("rank")
    if rank is not None:
        k = rank.value["rank"]
        return (k > 0, abs(k))
    place = node.first("place")
    if place is None:
        return None
    word, counted = place.first("top"), place.first("rankword")
    falling = node.first("gainof") is None and _speaks_of_losses(node)
    bare = node.first("measure", "gainof") is None
    if word.value.get("about") is not None or (bare and word.value.get("bare") is not None):
        return None
    return ((word.value["place"] not in LOW) != falling, counted.value["rank"] if counted is not None else 1)


def _places(node: ParseNode) -> tuple[int, int] | None:
    """The first and the last place of "ranked between 1 and 3", or the only one twice; None without a valid place."""
    found: list[int] = []
    stated = node.first("place_in")
    for edge in () if stated is None else leaves_of(stated):
        if edge.symbol == "NUM":
            number: Number = edge.value
            ends = [replace(number, value=end, upper=None) for end in (number.value, number.upper) if end is not None]
            found += [whole_number(end) or 0 if end.relation == "=" else 0 for end in ends]
        elif edge.symbol == "nth":
            found.append(edge.value["rank"])
    return (found[0], found[-1]) if found and 0 < found[0] <= found[-1] else None


def _values(node: ParseNode) -> list[StatedAmount] | None:
    valued = [t.first("valued") for t in node.find("tail") if t.first("valued") is not None]
    if any(v.first("neg", "what", "deg") is not None or v.first("noun").value["sign"] == "-" for v in valued):
        return None
    found = [a for t in node.find("tail") for a in t.find("amount")]
    found += [a for v in valued for a in (*v.find("amount"), *(x for of in v.find("of") for x in of.find("amount")))]
    if valued and not found:
        return None
    if not found:
        return []
    return amounts_of(found[0]) if len(found) == 1 else None


def _may_rank(binder: Binder, node: ParseNode, bundle: PhraseBindings) -> bool:
    runs = bundle.runs
    if (
        bundle.only
        or bundle.negated is not None
        or any(t.first("deg", "high", "lowamount") is not None for t in node.find("tail"))
    ):
        return False
    if runs is not None and (not runs.members or BASELINE in runs.members or BEST_PER_TARGET in runs.members):
        return False
    if bundle.languages is not None and bundle.languages.quantifier not in (None, "all"):
        return False
    if runs is None and (bundle.models is None or bundle.targets is None):
        return False
    if bundle.targets is not None and bundle.targets.of_board and (runs is not None or bundle.models is None):
        return False
    if not _among_all(node):
        return False
    if any(n.relation != "=" or (whole_number(n) or 0) < FEWEST for n in _counts(node)):
        return False
    kind = node.first("itasknoun")
    of_models = kind is not None and kind.first("kind") is not None
    if of_models and bundle.models is None:
        return False
    return all(binder.words["metric"][m].facts.get("higher_is_better", True) for m in bundle.metrics)


def _counts(node: ParseNode) -> list[Number]:
    """The stated numbers of tasks that a rank is among."""
    return [n.value for p in (*_amongst(node), *node.find("itasknoun")) for n in p.find("n")]


def _amongst(node: ParseNode) -> list[ParseNode]:
    """The phrases "among …" of a rank, in the clause itself or in its adjuncts."""
    return [*node.find("amongst"), *(a for t in node.find("tail") for a in t.find("amongst"))]


def _among_all(node: ParseNode) -> bool:
    """True if the tasks that a rank is among are all of the English ones."""
    edges = [edge for part in _amongst(node) for edge in leaves_of(part)]
    quantifiers = {edge.value["quantifier"] for edge in edges if edge.symbol == "q"}
    languages = {edge.value for edge in edges if edge.symbol == "LANG"}
    return quantifiers <= {"all", "either"} and languages <= {"en"}


def _formulas(
    binder: Binder, node: ParseNode, bundle: PhraseBindings, sense: tuple[bool, int], amounts: list[StatedAmount]
) -> Iterator[Formula]:
    found: list[Formula] = []
    for metric in bundle.metrics or (None,):
        if metric is not None and (bundle.targets is None or bundle.targets.general):
            return
        formula = _ranked(binder, node, bundle, sense, metric)
        if formula is None:
            return
        found.append(formula)
    if amounts:
        parts = bundle.averaged(bundle.parts("gain", metric=next(iter(bundle.metrics), None)))
        if bundle.runs is None or len(bundle.metrics) > 1 or any(a.unit == "%" for a in amounts):
            return
        statements = cells(parts)
        if len(amounts) != len(statements):
            return
        found += [said(c.term, a.number) for c, a in zip(statements, amounts, strict=True)]
    level = node.first("level")
    if level is not None:
        measure = node.first("measure")
        noun = measure.first("noun") if isinstance(measure, ParseNode) else None
        scored = _level(bundle, level, None if noun is None else noun.value["sign"])
        if scored is None:
            return
        found.append(scored)
    yield conjunction(found)


def _level(bundle: PhraseBindings, node: ParseNode, gain: str | None) -> Formula | None:
    """As in "the best score on T, 66.9, comes from A": the score, or the gain, beside the rank."""
    amounts = amounts_of(node)
    runs = bundle.runs
    if amounts is None or runs is None or len(runs.members) != 1 or len(amounts) != 1 or gain == "-":
        return None
    if gain is None and (amounts[0].number.value < LEAST_LEVEL or amounts[0].unit == "points"):
        return None
    unplaced = bundle.targets is None if gain is None else amounts[0].unit == "%"
    if unplaced or (bundle.targets is not None and bundle.targets.quantifier is not None):
        return None
    measure: Measure = "score" if gain is None else "gain"
    parts = bundle.averaged(bundle.parts(measure, metric=next(iter(bundle.metrics), None)))
    stated = cells(parts)
    return said(stated[0].term, amounts[0].number) if len(stated) == 1 else None


def _ranked(
    binder: Binder, node: ParseNode, bundle: PhraseBindings, sense: tuple[bool, int], metric: str | None
) -> Formula | None:
    high, k = sense
    parts = bundle.averaged(bundle.parts("gain", metric=metric))
    runs = parts.runs
    targets = parts.targets
    if targets is not None and len(targets.members) > 1:
        if not any(edge.symbol == "both" for _, edge in node.leaves()):
            return None  # on each of them, or on their mean, nobody can tell
        each = [replace(bundle, targets=replace(targets, members=(name,))) for name in targets.members]
        ranked = [_ranked(binder, node, one, sense, metric) for one in each]
        return None if bundle.average or not all(ranked) else conjunction([r for r in ranked if r is not None])
    if targets is not None and targets.quantifier == "all" and targets.domain is not None and not bundle.average:
        one = _ranked(binder, node, replace(bundle, targets=NounPhrase("target", ("t",))), sense, metric)
        return None if one is None else Quantified("all", "t", targets.domain, one)
    if targets is not None and targets.quantifier is not None:
        return None
    if runs is not None:
        names: tuple[Run | str, ...] = tuple(runs.run(name) for name in runs.members)
        domain = Domain(_base(runs), size=next((whole_number(n) for n in _counts(node)), None))
        if any(part.first("listed") is not None for part in _amongst(node)):
            listed = _listed(binder, node)
            if listed is None or not set(runs.members) < set(listed) or runs.method != "plain":
                return None
            domain = Domain("names", listed)
        variable: str = "i"
        term: Term = cells(replace(parts, runs=NounPhrase("run", ("i",), method=runs.method)))[0].term
    else:
        assert bundle.models is not None
        names, domain, variable = bundle.models.members, Domain("models"), "m"
        own = bundle.averaged(replace(bundle, models=None).parts("score", metric=metric))
        term = cells(replace(own, models=NounPhrase("model", ("m",))))[0].term
    place, k = _place(node, high, k, len(names))
    if place is None:
        return None
    first = _within(node, Ranked(place, names, variable, domain, term, k))
    second = node.first("second")
    if second is None:
        return first
    return _with_second(binder, second, first, high=high)


def _within(node: ParseNode, ranked: Ranked) -> Ranked:
    """As in "is ranked between 1 and 3": somewhere between two places."""
    held = _places(node)
    return ranked if held is None or held[0] == held[1] else replace(ranked, place="rank", k=held[0], until=held[1])


def _listed(binder: Binder, node: ParseNode) -> tuple[str, ...] | None:
    """The tasks that a rank is among, by name; None where they are no plain tasks."""
    among = _amongst(node)
    found = binder.bundle(among[0].first("listed")) if len(among) == 1 else None
    if found is None or found.runs is None or found.runs.method != "plain" or len(found.runs.members) < FEWEST:
        return None
    alone = found.targets is None and found.models is None and found.languages is None and not found.metrics
    return tuple(sorted(found.runs.members)) if alone and not found.only and found.negated is None else None


def _base(runs: NounPhrase) -> str:
    compound = any(name == "multi" or (any(sign in name for sign in ">+") and name != "anli+") for name in runs.members)
    return "runs" if compound else "intermediates"


def _place(node: ParseNode, high: bool, k: int, names: int) -> tuple[Place | None, int]:
    top = node.first("topk")
    if top is not None:
        count = whole_number(top.value) if top.value.relation == "=" else None
        return ("top" if high else "bottom", names) if count == names and k == 1 else (None, 1)
    if names > 1:
        counted = node.first("rank", "place_in") is not None
        return ("top" if high else "bottom", names) if k == 1 and not counted else (None, 1)
    if k > 1:
        return ("rank", k) if high else (None, 1)
    return ("best" if high else "worst", 1)


def _with_second(binder: Binder, second: ParseNode, first: Ranked, *, high: bool) -> Formula | None:
    """As in "A comes second to B": and B is ahead of all."""
    other = binder.bundle(second)
    if other is None or other.runs is None or len(other.runs.members) != 1 or first.k != 2 or not high:
        return None
    best = Ranked("best", (other.runs.run(other.runs.members[0]),), first.variable, first.domain, first.term)
    return conjunction([first, best])


def _of_targets(binder: Binder, node: ParseNode, who: PhraseBindings) -> Iterator[ClauseAssertion]:
    """As in "T gains most from A", where A may also be said to help T more than other targets."""
    bundle = together(who, binder.bundle(node.first("onwhat")), tails(binder, node))
    sense = _sense(node)
    if bundle is None or sense is None or bundle.targets is None or len(bundle.targets.members) != 1:
        return
    parts = replace(bundle, targets=None).parts("gain")
    stated = cells(replace(parts, targets=NounPhrase("target", ("t",))))
    if len(stated) == 1:
        place: Place = "best" if sense[0] else "worst"
        ranked = Ranked(place, bundle.targets.members, "t", Domain("targets"), stated[0].term)
        yield from (ClauseAssertion(way, bundle) for way in _of_changes(node, ranked))


def _of_gains(binder: Binder, node: ParseNode) -> Iterator[ClauseAssertion]:
    """As in "the largest gain of A is on T": the rank of a target."""
    sense = _sense(node)
    who = binder.bundle(node.first("of"))
    place: Any = node.first("place_on")
    where = binder.bundle(place)
    if sense is None or who is None or where is None or who.runs is None or where.targets is None or where.metrics:
        return
    high, k = sense
    falling = node.first("gainof").value["sign"] == "-"
    names = where.targets.members
    if len(names) != 1 or where.languages is not None or node.first("mean") is not None or len(who.runs.members) != 1:
        return
    parts = who.parts("gain")
    term = cells(replace(parts, runs=parts.runs or ALL_RUNS, targets=NounPhrase("target", ("t",))))[0].term
    best = high != falling
    if k > 1 and not best:
        return
    kind: Place = "rank" if k > 1 else "best" if best else "worst"
    ranked = Ranked(kind, names, "t", Domain("targets"), term, k)
    yield from (ClauseAssertion(way, who) for way in _of_changes(node, ranked))
