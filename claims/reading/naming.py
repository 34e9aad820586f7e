"""Who is named: runs, targets, models, languages and their scope, taken from a clause."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from analysis.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary
from claims.assertion import Domain, Quantifier, Scope
from claims.reading.parsing import Item
from claims.reading.roles import (
    Bag,
    Those,
    benchmark_of,
    count_of,
    kind_of,
    noun_of,
    quantified_phrase,
    quantifier_of,
)


def take_runs(bag: Bag) -> Those | None:
    """The run a clause (or a side of a comparison) speaks of, used up; None if it names none."""
    special = _best_per_target(bag) or _multitask(bag)
    if special is not None:
        _absorb_intermediates(bag)
        return special
    added = any(item.value == "added" for item in bag.items if item.rule in {"mlm", "translated"})
    those = _plain_or_changed(bag)
    return replace(those, added=True) if added and those is not None else those


def _plain_or_changed(bag: Bag) -> Those | None:
    """The run a clause names, with its method."""
    method = _method(bag)
    without = _without(bag, "run", "ITASK")
    if not _joined(bag, "run"):
        return None
    named = bag.take("run")
    languages = [item for item in bag.items if item.rule == "intermediate_language" and item.value == "en"]
    bag.use(languages if method == "plain" else [])
    if named:
        _absorb_intermediates(bag)
        bag.use(item for item in bag.items if _is_one_of(item))
        return Those("run", _members(bag, named), method=method, place=named[0].place)
    if bag.has("baseline"):
        (first, *_) = bag.take("baseline")
        bag.take("intermediates")
        return Those("run", (BASELINE,), place=first.place)
    return _some_intermediates(bag, method, languages, without)


def _joined(bag: Bag, rule: str) -> bool:
    """Whether several names stand in a list or a sequence; in "adding A to B", "A after B" they stand in one run."""
    named = [item for item in bag.items if item.rule == rule]
    between = {
        item.place
        for item in bag.items
        if item.rule in {"separator", "sequence", "neither", "negation"} and _joint(item) not in MIXED
    }
    return all(
        a.value == b.value or any(a.place < place < b.place for place in between)
        for a, b in pairwise(sorted(named, key=lambda item: item.place))
    )


MIXED = frozenset({"plus", "along with", "together with"})
"""Joints that may mix two tasks in one run."""


def _joint(item: Item) -> str:
    return item.terminals[0].token.text.casefold()


def _is_one_of(item: Item) -> bool:
    """The apposition "one of the intermediate tasks"."""
    words = next((t.token.text.casefold() for t in item.of("QUANT")), "")
    return item.rule == "quantified" and noun_of(item) in {"ITASK", "TASK"} and words == "one of"


def drop_starting_model(bag: Bag) -> None:
    """As in "XLM-R without intermediate training": the model that a study starts from, named with the baseline."""
    starting = {str(entry.facts.get("starting_model")) for entry in bag.words["study"].values()}
    for item in list(bag.items):
        model = item.rule == "model" and item.value in starting
        if model and any(i.rule == "baseline" and i.place == item.place + 1 for i in bag.items):
            bag.use([item])


def take_alternatives(bag: Bag) -> Those | None:
    """As in "every other configuration", "no setting": the runs a named one is compared with."""
    for item in bag.items:
        if item.rule == "quantified" and noun_of(item) in {"HEADWORD", "MODELN", "TASK"}:
            bag.use([item])
            return quantifier_of(item, "run", Domain("runs"), "plain", bag.words)
        if item.rule in {"nothing", "allelse"}:
            bag.use([item])
            quantifier: Quantifier = "none" if item.rule == "nothing" else "all"
            return Those("run", domain=Domain("runs"), quantifier=quantifier, place=item.place)
    return None


def _members(bag: Bag, named: list[Item]) -> tuple[str, ...]:
    tasks = tuple(dict.fromkeys(item.value for item in named))
    in_sequence = bool(bag.take("sequence"))
    return (">".join(tasks),) if in_sequence and len(tasks) > 1 else tasks


def _method(bag: Bag) -> str:
    if bag.take("mlm"):
        return "mlm"
    return "translated" if bag.take("translated") else "plain"


def _absorb_intermediates(bag: Bag) -> None:
    """Phrases such as "as an intermediate task" or "on English data" repeat what the run is already."""
    bag.take("intermediates")
    bag.use(item for item in bag.items if item.rule == "intermediate_language" and item.value == "en")


def _best_per_target(bag: Bag) -> Those | None:
    """The phrase "best performing model for each target task", in either order."""
    best, each = bag.first("best"), quantified_phrase(bag, "TTASK", quantifiers=("each", "all"))
    if best is None or each is None or best.terminals[0].type != "BEST" or bag.has("run", "multi"):
        return None
    between = [i for i in bag.items if min(best.place, each.place) < i.place < max(best.place, each.place)]
    if any(
        i.rule not in {"models", "intermediates", "separator", "intermediate_language", "tasks", "benchmark"}
        for i in between
    ):
        return None
    if not any(i.rule in {"models", "intermediates", "tasks"} for i in bag.items):
        return None
    bag.use([best, each])
    bag.take("models", "tasks")
    return Those("run", (BEST_PER_TARGET,), place=best.place)


def _multitask(bag: Bag) -> Those | None:
    multi = bag.take("multi")
    if not multi:
        return _joint_quantified(bag)
    named = bag.take("run")
    bag.use(item for item in bag.items if is_all(item, bag.words))
    bag.take("tasks", "models")
    if len(named) > 1:
        return Those("run", ("+".join(dict.fromkeys(i.value for i in named)),), place=multi[0].place)
    if named:
        bag.items += named
        return None
    return Those("run", (MULTITASK,), place=multi[0].place)


def is_all(item: Item, words: Vocabulary) -> bool:
    """The phrases "all nine tasks", "the nine intermediate tasks"."""
    if item.rule not in {"quantified", "counted"} or noun_of(item) not in {"ITASK", "TASK"}:
        return False
    whole = quantifier_of(item, "run", Domain("intermediates"), "plain", words).quantifier in {
        "all",
        "either",
    }
    return whole and count_of(item) in {None, len(words["intermediate"])}


def _joint_quantified(bag: Bag) -> Those | None:
    """The phrase "all nine tasks jointly", where the adverb stands among the numbers and the noun."""
    for item in bag.items:
        if item.of("MULTI") and is_all(item, bag.words):
            bag.use([item])
            return Those("run", (MULTITASK,), place=item.place)
    return None


def _some_intermediates(bag: Bag, method: str, languages: list[Item], without: tuple[str, ...]) -> Those | None:
    general = bag.take("intermediates")
    plain = general or without or (bag.has("target") and not bag.has("targets", "benchmark", "model"))
    quantified = quantified_phrase(bag, "ITASK") or (quantified_phrase(bag, "TASK") if plain else None)
    if quantified is not None:
        bag.use([quantified])
        domain = Domain("intermediates", kind=kind_of(quantified), without=without)
        return _averaged(bag, quantified, quantifier_of(quantified, "run", domain, method, bag.words))
    if general or method != "plain" or languages:
        place = min(i.place for i in (*general, *languages)) if general or languages else 0
        return Those("run", domain=Domain("intermediates"), method=method, place=place)
    return None


def take_targets(bag: Bag) -> Those | None:
    """The targets a clause speaks of, used up; None if it speaks of none."""
    without = _without(bag, "target", "TTASK")
    if not _joined(bag, "target"):
        return None
    named = bag.take("target")
    kinds = [] if named else _kinds_of_targets(bag) or bag.take("target_kind")
    if len(kinds) > 1:
        return None
    benchmark = next((i.value for i in bag.take("benchmark")), None)
    general = bag.take("targets")
    if named:
        return Those("target", tuple(dict.fromkeys(i.value for i in named)), place=named[0].place)
    quantified = quantified_phrase(bag, "TTASK") or (quantified_phrase(bag, "TASK") if general or benchmark else None)
    if quantified is not None:
        bag.use([quantified])
        kind = kind_of(quantified) or (kinds[0].value if kinds else None)
        domain = Domain("targets", kind=kind, benchmark=_other_benchmark(benchmark or benchmark_of(quantified)))
        those = quantifier_of(quantified, "target", replace(domain, without=without), "plain", bag.words)
        return _averaged(bag, quantified, those)
    if general or benchmark or kinds:
        place = min(i.place for i in (*general, *kinds)) if general or kinds else 0
        kind = kinds[0].value if kinds else None
        return Those("target", domain=Domain("targets", kind=kind, benchmark=_other_benchmark(benchmark)), place=place)
    return None


def _averaged(bag: Bag, phrase: Item, those: Those) -> Those:
    """As in "Averaged over the nine targets" speaks of their mean; "all tasks raise the average" does not."""
    averages = [i.place for i in bag.items if i.rule == "average"]
    over = {phrase.place - 1, phrase.place + len(phrase.terminals)} & set(averages)
    number = bool(averages) and those.category == "target" and bag.has("quantity")
    return replace(those, quantifier=None) if (over or number) and those.quantifier == "all" else those


def _kinds_of_targets(bag: Bag) -> list[Item]:
    kinds = [i for i in bag.items if i.rule == "kind"]
    if len(kinds) == 1 and bag.has("targets", "tasks", "quantified"):
        bag.use(kinds)
        bag.take("tasks")
        return kinds
    return []


def _without(bag: Bag, rule: str, noun: str) -> tuple[str, ...]:
    """The names left out of "all targets except A and B", "apart from A, every task …"."""
    marker = bag.first("except")
    if marker is None or (quantified_phrase(bag, noun) or quantified_phrase(bag, "TASK")) is None:
        return ()
    after = [i for i in bag.items if i.place > marker.place]
    names: list[Item] = []
    for item in after:
        if item.rule == rule:
            names.append(item)
        elif item.rule != "separator":
            break
    bag.use([marker, *names] if names else [])
    return tuple(sorted(i.value for i in names))


def _other_benchmark(benchmark: str | None) -> str | None:
    return None if benchmark in {None, "xtreme"} else benchmark


def take_models(bag: Bag) -> Those | None:
    """The pretrained models a clause names, used up."""
    if not _joined(bag, "model"):
        return None
    named = bag.take("model")
    bag.take("models")
    return Those("model", tuple(dict.fromkeys(i.value for i in named)), place=named[0].place) if named else None


def take_languages(bag: Bag) -> Those | None:
    """The evaluated languages a clause names or quantifies over, used up."""
    if not _joined(bag, "language"):
        return None
    named = bag.take("language")
    bag.take("languages")
    if named:
        return Those("language", tuple(dict.fromkeys(i.value for i in named)), place=named[0].place)
    quantified = quantified_phrase(bag, "LANG")
    if quantified is None:
        return None
    bag.use([quantified])
    return quantifier_of(quantified, "language", Domain("languages"), "plain", bag.words)


def take_scope(bag: Bag, models: Those | None = None) -> Scope:
    """Split, metric and (a single) model, used up."""
    split, metric = _single_value(bag, "split"), _single_value(bag, "metric")
    model = models.members[0] if models is not None and len(models.members) == 1 else None
    return Scope(model=model, split=split, metric=metric)


def _single_value(bag: Bag, rule: str) -> str | None:
    """The one value a clause gives; two different ones stay unused, so that the reading fails."""
    values = {i.value for i in bag.items if i.rule == rule}
    return bag.take(rule)[0].value if len(values) == 1 else None
