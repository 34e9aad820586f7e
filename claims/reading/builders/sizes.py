"""Sizes stated of tasks: numbers of examples and of languages, and the languages themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from claims.assertion import Attribute, Compare, Domain, Fact, Fold, Formula, Number, Relation
from claims.reading.parsing import Item
from claims.reading.roles import Bag, limit_of

SIZE_LIMITS = frozenset({"", "=", "up to", "<=", ">=", "<", ">", "about"})
"""What may be said of a size."""


def stated_number(item: Item) -> Number:
    """The number of a counted phrase or a quantity."""
    number = item.of("COUNT", "NUMBER")[0].token.number
    assert number is not None
    return number


def _whole(item: Item) -> bool:
    return stated_number(item).value % 1 == 0


def sized(entity: str, attribute: str, item: Item) -> Formula:
    """A stated size, as a fact or, behind "more than", as a comparison."""
    number = stated_number(item)
    relation = {"up to": "<="}.get(limit_of(item), limit_of(item))
    if relation in {"", "="}:
        return Fact(entity, attribute, (number,))
    return Compare(cast("Relation", relation), Attribute(entity, attribute), number)


def languages(bag: Bag) -> list[Formula]:
    """As in "up to 40 languages for each target task", "XNLI covers 15 languages"."""
    counted = [i for i in bag.items if i.rule == "counted" and i.terminals[-1].type == "LANG"]
    if not counted and bag.has("languages"):
        counted = [i for i in bag.items if i.rule == "quantity" and not i.of("UNIT") and _whole(i)]
    if len(counted) != 1 or limit_of(counted[0]) not in SIZE_LIMITS:
        return []
    bag.take("languages")
    (item,) = counted
    number = stated_number(item)
    targets = [i.value for i in bag.items if i.rule == "target"]
    bench = next((i.value for i in bag.items if i.rule == "benchmark"), None)
    if targets:
        bag.use(counted)
        bag.take("target", "setup", "targets", "tasks", "zeroshot", "benchmark")
        codes = tuple(dict.fromkeys(i.value for i in bag.take("language", "includes") if i.rule == "language"))
        counts_of = [replace_entity(sized("", "n_languages", item), target) for target in targets]
        return [*counts_of, *(Fact(target, "languages", codes) for target in targets if codes)]
    each = any(i.rule == "quantified" and i.terminals[-1].type in {"TTASK", "TASK"} for i in bag.items)
    if bench is None:
        return []
    bag.use(counted)
    bag.use(i for i in bag.items if i.rule == "quantified" and i.terminals[-1].type in {"TTASK", "TASK"})
    bag.take("benchmark", "setup", "targets", "tasks", "zeroshot")
    if limit_of(item) == "up to" or each:
        domain = Domain("targets", benchmark=None if bench == "xtreme" else bench)
        counts = Fold("max" if limit_of(item) == "up to" else "min", Attribute("t", "n_languages"), "t", domain)
        return [Compare("=", counts, number)]
    return [sized(bench, "languages", item)]


def languages_named(bag: Bag) -> list[Formula]:
    """As in "MLQA is available in German and Hindi", "Swahili is one of the XQuAD languages"."""
    targets = [i for i in bag.items if i.rule == "target"]
    named = [i for i in bag.items if i.rule == "language"]
    if not targets or not named or any(i.rule not in OF_LANGUAGES for i in bag.items):
        return []
    codes = tuple(dict.fromkeys(i.value for i in named))
    bag.take(*(OF_LANGUAGES - {"negation", "separator"}))
    return [Fact(item.value, "languages", codes) for item in targets]


OF_LANGUAGES = frozenset(
    {
        "target",
        "language",
        "includes",
        "languages",
        "setup",
        "split",
        "targets",
        "tasks",
        "zeroshot",
        "negation",
        "separator",
    }
)
"""Phrases of a clause that does nothing but name the languages of a target."""


def replace_entity(formula: Formula, entity: str) -> Formula:
    """A fact or comparison of an attribute, said of another entity."""
    if isinstance(formula, Fact):
        return replace(formula, entity=entity)
    assert isinstance(formula, Compare)
    assert isinstance(formula.left, Attribute)
    return replace(formula, left=replace(formula.left, entity=entity))
