"""Statements of rank: "multi-task training performs best", "MNLI, SQuAD and HellaSwag are the top three"."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Literal, cast

from claims.assertion import BASELINE_RUN, Attribute, Compare, Domain, Formula, Gain, Node, Ranked, Run, Score, Term
from claims.reading.builders.levels import is_level, level_of_parts
from claims.reading.builders.numbers import number_of
from claims.reading.builders.terms import ALL_RUNS, Parts, Statement, cells, wraps
from claims.reading.naming import (
    drop_starting_model,
    is_all,
    take_languages,
    take_models,
    take_runs,
    take_scope,
    take_targets,
)
from claims.reading.parsing import Item
from claims.reading.roles import Bag, Those, count_of, kind_of, limit_of, quantified_phrase, quantifier_of
from claims.rewriting import conjunction, nodes, transform

Place = Literal["best", "worst", "top", "bottom", "rank"]


def read_ranking(bag: Bag, carry: Parts | None) -> Statement | None:
    """The rank stated in a clause, or None where there is none or it cannot be read."""
    heads = bag.take("best", "rank")
    if len({(i.rule, i.terminals[0].type) for i in heads}) != 1:
        return None
    head = heads[0]
    k = _how_many(bag, head)
    gains = bag.take("gain", "gain_verb")
    if any(item.terminals[0].type == "GAINADJ" and item.place == head.place + 1 for item in gains) and not _most(head):
        return None
    signs = {item.value for item in gains}
    if len(signs) > 1 or any(item.rule == "gain_verb" and item.value == "-" for item in gains):
        return None
    by_gain = bool(signs)
    falling = signs == {"-"} and any(_next_to(bag, head, item) for item in gains)
    losing = signs == {"-"}
    bag.take("average", "size", "tasks", "zeroshot")
    if not by_gain and _by_size(head):
        return _size_ranking(bag, head, k)
    if bag.has("run", "multi"):
        bag.use(item for item in bag.items if is_all(item, bag.words) and not bag.has("multi"))
    drop_starting_model(bag)
    of_targets = _among_targets(bag)
    among_tasks = any(_plural(item) for item in bag.items if item.rule == "intermediates")
    if bag.has("run", "multi") and bag.has("baseline"):
        bag.take("baseline", "compared")
    runs = take_runs(bag)
    bare = runs is None
    runs = runs or (carry.runs if carry is not None else None)
    targets, languages, models = take_targets(bag), take_languages(bag), take_models(bag)
    scope = take_scope(bag, models if runs is not None and runs.members else None)
    parts = Parts(runs, targets, languages, scope=scope, falling=losing)
    negations = bag.take("negation")
    who, domain, variable, term = _ranked_role(parts, models, of_targets)
    if not who or len(negations) > 1:
        return None
    place, k = _place(head, len(who), k, falling)
    ranked_baseline = runs is not None and runs.members == (BASELINE_RUN,) and by_gain
    in_some = languages is not None and not languages.members and languages.quantifier != "all"
    if place is None or ranked_baseline or in_some or (models is not None and languages is not None):
        return None
    wrap = wraps(replace(parts, runs=None if variable == "i" else runs), negations[0].place if negations else None)
    formula = wrap(conjunction([Ranked(place, who, variable, domain, t, k) for t in _on_each_target(parts, term)]))
    measured = replace(parts, models=models) if variable == "m" else parts
    whole = _with_value(bag, formula, parts) if by_gain else _with_level(bag, formula, measured)
    rivals = () if of_targets or among_tasks else _other_role(head, parts, place, k, by_gain)
    return Statement(whole, parts, int(bare), rivals)


SIZE_WORDS = frozenset({"largest", "biggest", "smallest", "greatest"})


def _by_size(head: Item) -> bool:
    """As in "the largest intermediate task", without a word of gain, speaks of its data."""
    return head.terminals[0].token.text.casefold() in SIZE_WORDS


def _size_ranking(bag: Bag, head: Item, k: int) -> Statement | None:
    bag.take("examples", "traindata", "intermediates", "formats")
    bag.use(item for item in bag.items if is_all(item, bag.words))
    runs = bag.take("run")
    if not runs or bag.has("target", "targets", "benchmark", "metric", "quantity"):
        return None
    names = tuple(Run(item.value) for item in runs)
    place, k = _place(head, len(names), k, falling=False)
    if place is None:
        return None
    term = Attribute("i", "train_examples")
    return Statement(Ranked(place, names, "i", Domain("intermediates"), term, k), Parts(None, None))


def _other_role(head: Item, parts: Parts, place: Place, k: int, by_gain: bool) -> tuple[Formula, ...]:
    """As in "SQuAD brings the largest gain on BUCC" may rank SQuAD among the tasks, or BUCC among the targets."""
    runs, targets = parts.runs, parts.targets
    named = runs is not None and targets is not None and len(runs.members) == 1 and bool(targets.members)
    if not named or not by_gain or head.rule == "rank":
        return ()
    assert targets is not None
    term = cells(replace(parts, targets=Those("target", ("t",))))[0].term
    if len(targets.members) > 1:
        extreme: Place = "bottom" if place in {"worst", "bottom"} else "top"
        return (Ranked(extreme, targets.members, "t", Domain("targets"), term, len(targets.members)),)
    return (Ranked(place, targets.members, "t", Domain("targets"), term, k),)


def _how_many(bag: Bag, head: Item) -> int:
    for item in bag.items:
        if (
            item.rule == "counted"
            and abs(item.place - head.place) <= 1
            and item.terminals[-1].type in {"ITASK", "TASK", "TTASK", "MODELN"}
        ):
            bag.use([item])
            count = count_of(item)
            whole = quantifier_of(item, "run", Domain(_base(item)), "plain", bag.words).quantifier == "all"
            return int(count) if count and not whole else 1
        if item.rule == "quantity" and item.place in {head.place - 1, head.place + 1} and not item.of("UNIT", "LIMIT"):
            number = number_of(item).value
            if number % 1 == 0 and number < 20:
                bag.use([item])
                return int(number)
    return 1


def _base(item: Item) -> str:
    return "targets" if item.terminals[-1].type == "TTASK" else "intermediates"


def _most(head: Item) -> bool:
    """As in "the most effective"; in "the weakest helpful task" the second word narrows whom the rank is among."""
    return head.terminals[0].token.text.casefold().endswith("most")


def _plural(item: Item) -> bool:
    """As in "among single tasks", which says that a task holds the rank."""
    return item.terminals[0].token.text.casefold().endswith("s")


def _next_to(bag: Bag, head: Item, gain: Item) -> bool:
    """As in "the largest average loss", "the loss is largest": the rank is that of the loss."""
    low, high = sorted((head.place, gain.place))
    return all(i.rule in {"average", "size"} for i in bag.items if low < i.place < high)


def _among_targets(bag: Bag) -> Domain | None:
    """As in "of the nine targets, A gains the most from B": it is a target that holds the rank."""
    if not bag.has("target"):
        return None
    frame = quantified_phrase(bag, "TTASK")
    kinds = [item for item in bag.items if item.rule == "kind"]
    if frame is None and bag.has("targets") and len(kinds) == 1:
        bag.use(kinds)
        bag.take("targets")
        return Domain("targets", kind=kinds[0].value)
    domain = None if frame is None else Domain("targets", kind=kind_of(frame))
    if frame is None or domain is None:
        return None
    if quantifier_of(frame, "target", domain, "plain", bag.words).quantifier != "all":
        return None
    bag.use([frame])
    return domain


def _ranked_role(
    parts: Parts, models: Those | None, of_targets: Domain | None
) -> tuple[tuple[Run | str, ...], Domain, str, Term]:
    """Which names hold the rank, over what domain, by which term."""
    runs, targets = parts.runs, parts.targets
    baseline = runs is not None and BASELINE_RUN in runs.members
    if runs is not None and runs.members and not of_targets and not baseline:
        names = tuple(runs.run(name) for name in runs.members)
        base = "runs" if any(not _single(name) for name in runs.members) else "intermediates"
        term = cells(replace(parts, runs=Those("run", ("i",), method=runs.method), targets=targets))[0].term
        return names, Domain(base), "i", term
    if models is not None:
        term = cells(replace(parts, runs=None, models=Those("model", ("m",)), measure="score"))[0].term
        return models.members, Domain("models"), "m", term
    if targets is not None and targets.members:
        term = cells(replace(parts, runs=runs or ALL_RUNS, targets=Those("target", ("t",))))[0].term
        return targets.members, of_targets or Domain("targets"), "t", term
    return (), Domain("intermediates"), "i", cells(parts)[0].term


def _on_each_target(parts: Parts, term: Term) -> list[Term]:
    """The term by which is ranked, once for each target named; as it stands where the targets are ranked."""
    targets = parts.targets.members if parts.targets is not None else ()
    if len(targets) < 2 or not any(isinstance(n, Gain | Score) and n.target == targets[0] for n in nodes(term)):
        return [term]
    return [cast("Term", transform(term, partial(_moved, target))) for target in targets]


def _moved(target: str, node: Node) -> Node | None:
    return replace(node, target=target) if isinstance(node, Gain | Score) else None


def _single(name: str) -> bool:
    return (name != "multi" and not any(sign in name for sign in ">+")) or name == "anli+"


def _place(head: Item, names: int, k: int, falling: bool) -> tuple[Place | None, int]:
    if head.rule == "rank":
        return ("rank", int(head.value)) if names == 1 and not falling else (None, 1)
    lowest = (head.terminals[0].type == "WORST") != falling
    if names > 1 or k > 1:
        return "bottom" if lowest else "top", max(names, k)
    return "worst" if lowest else "best", 1


def _with_level(bag: Bag, formula: Formula, parts: Parts) -> Formula:
    """As in "the best XNLI score, 80.3": the score the rank comes with."""
    levels = [item for item in bag.items if is_level(item)]
    if len(levels) != 1:
        return formula
    level = level_of_parts(parts, levels[0])
    if level is None:
        return formula
    bag.use(levels)
    bag.take("score_verb")
    return conjunction([formula, level])


def _with_value(bag: Bag, formula: Formula, parts: Parts) -> Formula:
    """As in "…, improving by 8.7 points": the number the rank comes with."""
    quantities = [
        item
        for item in bag.items
        if item.rule == "quantity" and (limit_of(item) in {"", "by"} or (limit_of(item) == "at" and item.of("UNIT")))
    ]
    bag.use(quantities)
    if not quantities:
        return formula
    statements = cells(parts)
    if len(quantities) not in {1, len(statements)}:
        bag.items += quantities
        return formula
    numbers = [number_of(item) for item in quantities] * (len(statements) if len(quantities) == 1 else 1)
    signed = [replace(n, value=-n.value) if parts.falling else n for n in numbers]
    values: list[Formula] = [Compare("=", cell.term, n) for cell, n in zip(statements, signed, strict=True)]
    return conjunction([formula, *values])
