"""Statements of fact about tasks, benchmarks and the study: sizes, sources, kinds, counts, set-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from claims.assertion import (
    Compare,
    Count,
    Domain,
    Fact,
    Formula,
    Leading,
    Not,
    Number,
    Relation,
)  # fmt: skip
from claims.reading.builders.sizes import SIZE_LIMITS, languages, languages_named, sized, stated_number
from claims.reading.builders.terms import Parts
from claims.reading.parsing import Item
from claims.reading.roles import Bag, count_of, limit_of

STUDY = "study"
"""The study a report examines; which one that is, is the report's context."""


def read_facts(bag: Bag, carry: Parts | None = None, *, alone: bool = True) -> list[Formula]:
    """The facts a clause states, used up.

    Args:
        bag: the clause.
        carry: the clause before; a model this one does not name is the one spoken of there.
        alone: whether it is the whole sentence; "of the nine targets" beside another clause
            states no number of targets.
    """
    stated: list[Formula] = _leading(bag, carry)
    for reads in READERS:
        if reads is _counts and not (alone or bag.has("setup", "affect", "zeroshot")):
            continue
        stated += reads(bag)
    negations = [i for i in bag.items if i.rule == "negation"]
    if len(negations) == 1 and len(stated) == 1 and not bag.has("separator"):
        bag.use(negations)
        return [Not(stated[0])]
    return stated


def read_asides(bag: Bag) -> list[Formula]:
    """Facts that stand beside a result in the same clause ("the two retrieval tasks without training data")."""
    return [*_without_training_data(bag), *_kinds_of_named(bag, beside=True), *_how_many_named(bag)]


def _leading(bag: Bag, carry: Parts | None) -> list[Formula]:
    """As in "X is the state of the art"."""
    before = carry.models.members if carry is not None and carry.models is not None else ()
    if not bag.has("leading") or not (bag.has("model") or before):
        return []
    bag.take("leading", "floating", "zeroshot", "tasks", "models", "quantified", "targets", "benchmark")
    named = [i.value for i in bag.items if i.rule == "model"]
    if not bag.has("start_model"):
        bag.take("model")
    return [Leading(name) for name in named or before]


def _starting_model(bag: Bag) -> list[Formula]:
    if not bag.has("start_model") or not bag.has("model"):
        return []
    bag.take("start_model", "models", "setup", "size")
    bag.use(i for i in bag.items if i.rule == "quantified" and i.terminals[-1].type == "MODELN")
    return [Fact(STUDY, "starting_model", (item.value,)) for item in bag.take("model")]


def _phases(bag: Bag) -> list[Formula]:
    counted = [i for i in bag.items if i.rule == "counted" and i.terminals[-1].type == "PHASES"]
    named = [PHASES[i.rule] for i in bag.items if i.rule in PHASES]
    if not counted and (not (bag.has("formats") and named) or bag.has("run", "target")):
        return []
    bag.use(counted)
    bag.take("formats", "setup", "intermediate_language", *PHASES)
    count = count_of(counted[0]) if counted else None
    stated: list[Formula] = [Fact(STUDY, "phase_count", (Number(count),))] if count is not None else []
    return [*stated, Fact(STUDY, "phases", tuple(dict.fromkeys(named)))] if named else stated


PHASES = {"premlm": "mlm_pretraining", "mlm": "mlm_pretraining", "intermediates": "intermediate_training"}


def _sources(bag: Bag) -> list[Formula]:
    if not bag.has("source"):
        return []
    kinds = _kinds_of_named(bag)
    tasks = [i.value for i in bag.take("run", "target")]
    if not tasks:
        return []
    named = [i.value for i in bag.take("source")]
    sources = tuple(dict.fromkeys(named))
    paired = in_order(bag, tasks, named)
    if paired is None:
        return []
    bag.take("intermediates", "targets", "tasks", "examples", "traindata")
    bag.use(i for i in bag.items if i.rule == "quantified" and i.terminals[-1].type in {"ITASK", "TTASK", "TASK"})
    if paired:
        return [*kinds, *(Fact(task, "text_sources", (source,)) for task, source in paired)]
    return [*kinds, *(Fact(task, "text_sources", sources) for task in tasks)]


def in_order(bag: Bag, tasks: Sequence[str], values: Sequence[str]) -> list[tuple[str, str]] | None:
    """Several tasks with several values, each its own; empty where there is one of either, None where it is unclear.

    Only "respectively" says that each task has its own value.
    """
    if len(tasks) < 2 or len(values) < 2:
        return []
    respective = bool(bag.take("respectively"))
    return list(zip(tasks, values, strict=True)) if respective and len(tasks) == len(values) else None


def _sizes(bag: Bag) -> list[Formula]:
    counted = [i for i in bag.items if i.rule == "counted" and i.terminals[-1].type == "EXAMPLES"]
    if not counted and bag.has("examples"):
        counted = [i for i in bag.items if i.rule == "quantity" and not i.of("UNIT")]
        bag.take("examples")
    tasks = [i for i in bag.items if i.rule in {"run", "target"}]
    limits = {limit_of(item) for item in counted}
    if not counted or not tasks or len(counted) not in {1, len(tasks)} or not limits <= SIZE_LIMITS:
        return []
    bag.use([*counted, *tasks])
    bag.take("intermediates", "targets", "tasks", "respectively", "traindata", "benchmark", "setup", "examples")
    bag.use(i for i in bag.items if i.rule == "quantified" and i.terminals[-1].type in {"ITASK", "TTASK", "TASK"})
    pairs = zip(tasks, counted * len(tasks) if len(counted) == 1 else counted, strict=False)
    return [sized(task.value, "train_examples", item) for task, item in pairs]


def _without_training_data(bag: Bag) -> list[Formula]:
    denied = bag.has("notrain") or (bag.has("traindata") and bag.has("negation", "neither"))
    targets = [i.value for i in bag.items if i.rule == "target"]
    if not denied or not targets:
        return []
    bag.take("notrain", "traindata", "negation", "neither")
    return [Fact(target, "training_data", ("none",)) for target in targets]


def _kinds_of_named(bag: Bag, *, beside: bool = False) -> list[Formula]:
    """Kinds said of named tasks; beside a result only of targets next to them, since "the QA targets" are a scope."""
    tasks = [i for i in bag.items if i.rule == "target" or (i.rule == "run" and not beside)]
    kinds = [i for i in bag.items if i.rule == "kind"] + _kinds_inside(bag)
    if beside:
        kinds = [kind for kind in kinds if kind.rule != "quantified" and _next_to_names(bag, kind)]
        kinds = [] if bag.has("best", "rank") and bag.has("run", "targets") else kinds
    if not tasks or not kinds:
        return []
    for item in kinds:
        if item in bag.items:
            bag.use([item])
    names = tuple(dict.fromkeys(t.value for item in kinds for t in item.of("KIND")))
    paired = in_order(bag, [task.value for task in tasks], names) if not beside else []
    if paired is None:
        return []
    if paired:
        return [Fact(task, "kind", (name,)) for task, name in paired]
    return [Fact(task.value, "kind", names) for task in tasks]


def _next_to_names(bag: Bag, kind: Item) -> bool:
    """As in "the retrieval tasks BUCC and Tatoeba", "BUCC and Tatoeba, the two retrieval tasks"."""
    rules = [i.rule for i in bag.items if i.rule not in {"separator", "targets", "tasks"}]
    items = [i for i in bag.items if i.rule not in {"separator", "targets", "tasks"}]
    at = items.index(kind)
    around = rules[max(0, at - 1) : at] + rules[at + 1 : at + 2]
    return "target" in around


def _kinds_inside(bag: Bag) -> list[Item]:
    """As in "the two sentence retrieval tasks": the kind stands inside the counted phrase."""
    return [
        i
        for i in bag.items
        if i.rule in {"counted", "quantified"}
        and i.of("KIND")
        and not _of_several(i)
        and i.terminals[-1].type in {"TTASK", "TASK", "ITASK"}
    ]


def _of_several(item: Item) -> bool:
    """As in "all three QA targets", which says nothing of the kind of a target named beside it."""
    return any(t.value != "any" for t in item.of("QUANT"))


COUNTED_NAMES = {"TTASK": ("target",), "ITASK": ("run",), "TASK": ("target", "run")}


def _how_many_named(bag: Bag) -> list[Formula]:
    """As in "A and B, the two …": a count of the names just listed says nothing more."""
    for item in list(bag.items):
        if item.rule != "counted" or item.terminals[-1].type not in COUNTED_NAMES:
            continue
        rules = COUNTED_NAMES[item.terminals[-1].type]
        if count_of(item) in {sum(i.rule == rule for i in bag.items) for rule in rules}:
            bag.use([item])
    return []


def _kinds_covered(bag: Bag) -> list[Formula]:
    """As in "The intermediate tasks include question answering, tagging …"."""
    kinds = tuple(dict.fromkeys(i.value for i in bag.items if i.rule == "kind" and i.value))
    about_targets = bag.has("targets") and not bag.has("intermediates")
    if (
        not kinds
        or bag.has("run", "target")
        or not (bag.has("includes", "formats", "setup", "quantified", "counted") or _only_kinds(bag, kinds))
    ):
        return []
    bag.take("kind", "includes", "formats", "setup")
    bag.use(i for i in bag.items if i.rule == "quantified" and i.terminals[-1].type == "FORMAT")
    counts = _counts(bag)
    if not counts:
        bag.take("intermediates", "tasks", "targets", "intermediate_language", "benchmark")
    return [*counts, Fact("targets" if about_targets else "intermediates", "kinds", kinds)]


def _only_kinds(bag: Bag, kinds: Sequence[str]) -> bool:
    """As in "the intermediate tasks consist of question answering, tagging …"."""
    rest = {item.rule for item in bag.items}
    return len(kinds) > 1 and rest <= {"kind", "separator", "intermediates"} and "intermediates" in rest


def _setting(bag: Bag) -> list[Formula]:
    """As in "XTREME evaluates zero-shot cross-lingual transfer"."""
    bench = bag.first("benchmark")
    if bench is None or not bag.has("setup") or not bag.has("zeroshot") or bag.has("counted", "quantity", "run"):
        return []
    bag.take("benchmark", "setup", "zeroshot", "targets", "tasks")
    return [Fact(bench.value, "setting", ("zero_shot_cross_lingual_transfer",))]


def _counts(bag: Bag) -> list[Formula]:
    """As in "nine intermediate tasks", "9 target tasks from XTREME"."""
    stated: list[Formula] = []
    for item in list(bag.items):
        noun = _counted_noun(bag, item)
        if noun is None:
            continue
        bag.use([item])
        kind = next((t.value for t in item.of("KIND")), None)
        if noun == "ITASK":
            bag.take("intermediates")
            bag.use(i for i in bag.items if i.rule in {"intermediate_language", "language"} and i.value == "en")
            domain = Domain("intermediates", kind=kind)
        else:
            inside = next((t.value for t in item.of("BENCH")), None)
            bench = next((i.value for i in bag.take("benchmark")), None) or inside
            bag.take("targets")
            domain = Domain("targets", kind=kind, benchmark=None if bench in {None, "xtreme"} else bench)
        number = stated_number(item)
        relation = {"": "=", "up to": "<="}.get(limit_of(item), limit_of(item))
        stated.append(Compare(cast("Relation", relation), Count(domain), number))
    if stated:
        bag.take("setup", "affect", "zeroshot", "tasks", "intermediates")
    return stated


def _counted_noun(bag: Bag, item: Item) -> str | None:
    """Whether a counted phrase counts intermediate or target tasks."""
    if item.rule not in {"counted", "quantified"} or count_of(item) is None or limit_of(item) not in SIZE_LIMITS:
        return None
    noun = item.terminals[-1].type
    if noun == "TASK":
        if bag.has("intermediates"):
            return "ITASK"
        of_benchmark = bag.has("targets", "benchmark") or item.of("BENCH")
        return "TTASK" if of_benchmark and not bag.has("run", "target", "model") else None
    return noun if noun in {"ITASK", "TTASK"} else None


def _named_kinds(bag: Bag) -> list[Formula]:
    """As in "MNLI is a natural language inference task"."""
    facts = _kinds_of_named(bag)
    if facts:
        _how_many_named(bag)
        bag.take("run", "target", "intermediates", "targets", "tasks", "setup")
    return facts


def _named_without_training(bag: Bag) -> list[Formula]:
    facts = _without_training_data(bag)
    if facts:
        kinds = _kinds_of_named(bag)
        _how_many_named(bag)
        bag.take("target", "targets", "tasks", "setup", "benchmark")
        return [*kinds, *facts]
    return []


READERS: tuple[Callable[[Bag], list[Formula]], ...] = (
    _starting_model, _phases, _sources, _sizes, languages, languages_named, _named_without_training, _kinds_covered,
    _named_kinds, _setting, _counts,
)  # fmt: skip
