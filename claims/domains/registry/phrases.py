"""Readers of the grammar's phrases, named in `READERS`: phrase of a parse → names that it is bound to."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary
from claims.assertion import Domain
from claims.domains.registry.binder import Binder, Maybe, Reader, start_of, targets_domain
from claims.domains.registry.bundles import NOTHING, PhraseBindings
from claims.domains.registry.counting import denied_at, left_out, quantified, whole_number
from claims.domains.registry.parts import ALL_TASKS, NounPhrase
from claims.hashed import replace
from claims.language.chart import Edge, ParseNode


def named_run(_: Binder, node: ParseNode) -> Maybe:
    """A named intermediate task, alone or "A, then B"; "English" before it says nothing, another language does."""
    names = list(node.find("name"))
    if not _in_english(node):
        return None
    place = names[0].start
    return PhraseBindings(runs=NounPhrase("run", (">".join(n.value for n in names),), place=place))


def _in_english(node: ParseNode) -> bool:
    return all(e.value == "en" for _, e in node.leaves() if e.symbol == "LANG")


def baseline(_: Binder, node: ParseNode) -> Maybe:
    """No intermediate training."""
    return PhraseBindings(runs=NounPhrase("run", (BASELINE,), place=start_of(node)))


def multitask(binder: Binder, node: ParseNode) -> Maybe:
    """All intermediate tasks together; a number stated with them must be theirs."""
    if not _all_of_them(binder, node):
        return None
    return PhraseBindings(runs=NounPhrase("run", (MULTITASK,), place=start_of(node)))


def all_nine(binder: Binder, node: ParseNode) -> Maybe:
    """As in "on all nine tasks", apart from "multi-task training": the number must be that of all tasks."""
    return NOTHING if _all_of_them(binder, node) else None


def _all_of_them(binder: Binder, node: ParseNode) -> bool:
    counts = [e.value for _, e in node.leaves() if e.symbol == "NUM"]
    nine = len(binder.words["intermediate"])
    return all(n.relation == "=" and whole_number(n) == nine for n in counts)


def best_per_target(binder: Binder, node: ParseNode) -> Maybe:
    """The best intermediate task for each target."""
    rest = binder.of(n for n in node.find("bench"))
    return None if rest is None else replace(rest, runs=NounPhrase("run", (BEST_PER_TARGET,), place=start_of(node)))


def changed_run(_: Binder, node: ParseNode) -> Maybe:
    """MLM or translation: of the tasks in general, or of a named one."""
    symbols = [e.symbol for _, e in node.leaves()]
    method = "mlm" if "mlm" in symbols else "translated"
    named = node.first("name")
    added = "adding" in symbols
    if named is not None:
        return PhraseBindings(runs=NounPhrase("run", (named.value,), method=method, place=named.start, added=added))
    if not _in_english(node):
        return None
    return PhraseBindings(runs=NounPhrase("run", domain=Domain("intermediates"), method=method, place=start_of(node)))


def general_run(_: Binder, node: ParseNode) -> Maybe:
    """Intermediate training in general, on English data as ever."""
    if not _in_english(node):
        return None
    return PhraseBindings(runs=NounPhrase("run", domain=Domain("intermediates"), place=start_of(node)))


def best_single(_: Binder, node: ParseNode) -> Maybe:
    """The best of the intermediate tasks, whichever it is."""
    return PhraseBindings(runs=NounPhrase("run", domain=Domain("intermediates"), how="max", place=start_of(node)))


def some_runs(binder: Binder, node: ParseNode) -> Maybe:
    """Counted intermediate tasks: "most tasks", "7 of 9 tasks", "all tasks except A"."""
    kind = node.first("kind")
    without = left_out(binder, node, "runs")
    if without is None or not _in_english(node):
        return None
    domain = Domain("intermediates", kind=kind.value if kind is not None else None, without=without)
    those = quantified(binder.words, node, "run", domain)
    return None if those is None else PhraseBindings(runs=those, negated=denied_at(those))


def target(binder: Binder, node: ParseNode) -> Maybe:
    """A named target, or targets in general, with the metric and split stated beside it."""
    some = node.first("some")
    if some is not None:
        return binder.bundle(some)
    rest = binder.of(part for label, part in node.parts if label not in ("general", "kind", "bench"))
    if rest is None:
        return None
    kind, bench = node.first("kind"), node.first("bench")
    if node.first("general") is None and bench is None and kind is None:
        return rest
    domain = targets_domain(kind.value if kind is not None else None, bench.value if bench is not None else None)
    place = node.first("general", "bench", "kind").start
    return replace(rest, targets=NounPhrase("target", domain=domain, place=place))


def some_targets(binder: Binder, node: ParseNode) -> Maybe:
    """Counted targets: "most target tasks", "all targets except A"."""
    kind, bench = node.first("kind"), node.first("bench")
    without = left_out(binder, node, "names")
    if without is None:
        return None
    domain = targets_domain(
        kind.value if kind is not None else None, bench.value if bench is not None else None, without
    )
    those = quantified(binder.words, node, "target", domain)
    return None if those is None else PhraseBindings(targets=those, negated=denied_at(those))


def every_task(binder: Binder, node: ParseNode) -> Maybe:
    """All tasks of a leaderboard, each by itself or on average."""
    del binder
    q = node.first("q")
    if q is not None and q.value["quantifier"] != "all":
        return None
    each = node.first("each") is not None
    those = replace(ALL_TASKS, quantifier="all", place=q.start) if each else ALL_TASKS
    return PhraseBindings(targets=those, average=not each)


def some_languages(binder: Binder, node: ParseNode) -> Maybe:
    """Counted languages."""
    those = quantified(binder.words, node, "language", Domain("languages"))
    return None if those is None or node.first("n") is not None else PhraseBindings(languages=those)


def binder_over(registry: Vocabulary) -> Binder:
    """A binder over a vocabulary."""
    return Binder(registry, READERS)


def _list(binder: Binder, node: ParseNode) -> Maybe:
    """As in "A, B and C": one phrase with all its members; a metric must be that of the last or of all."""
    nodes = [*node.find("one"), *(m.first("one") for m in node.find("more"))]
    nodes.sort(key=start_of)
    bundles = [binder.bundle(n) for n in nodes]
    if len(bundles) == 1:
        return bundles[0]
    if any(b is None for b in bundles):
        return None
    whole = _joined([b for b in bundles if b is not None])
    neither = node.first("neither")
    return whole if neither is None or whole is None else replace(whole, negated=neither.start)


def _joined(bundles: Sequence[PhraseBindings]) -> Maybe:
    """Coordinated phrases as one: members of one role, the rest shared."""
    metrics = {b.metrics for b in bundles}
    last = bundles[-1].metrics
    if len(metrics) > 1 and not (metrics == {(), last} and all(not b.metrics for b in bundles[:-1])):
        return None
    if len({b.split for b in bundles}) > 1 or any(b.negated is not None or b.only for b in bundles):
        return None
    filled = {}
    for role in ("runs", "targets", "languages", "models"):
        those = [getattr(b, role) for b in bundles]
        if not any(those):
            continue
        if not all(t is not None and t.members for t in those) or len({t.method for t in those}) > 1:
            return None
        members = tuple(dict.fromkeys(m for t in those for m in t.members))
        filled[role] = replace(those[0], members=members)
    if len(filled) != 1 or any(b.average for b in bundles):
        return None
    return replace(bundles[-1], **filled)


def _only(binder: Binder, node: ParseNode) -> Maybe:
    inner = binder.bundle(node.first("runs", "what"))
    if inner is None or _says_each_of_one(node, inner):
        return None
    if node.first("only") is None:
        return inner
    return replace(inner, only="run" if node.rule == "who" else "target")


def _says_each_of_one(node: ParseNode, inner: PhraseBindings) -> bool:
    """True if "each" is said of a single task, as in "MNLI each improves T"."""
    each = any(isinstance(part, Edge) and part.symbol == "eachw" for _, part in node.parts)
    return each and (inner.runs is None or len(inner.runs.members) < 2)


def _side(binder: Binder, node: ParseNode) -> Maybe:
    inner = binder.of(part for _, part in node.parts)
    return None if inner is None or _says_each_of_one(node, inner) else inner


def _adjunct(binder: Binder, node: ParseNode) -> Maybe:
    symbols = {part.symbol for _, part in node.parts if isinstance(part, Edge)}
    if "overbase" in symbols:
        return PhraseBindings(over=True)
    metrics = [e for _, e in node.leaves() if e.symbol == "METRIC"]
    if "metricin" in symbols and metrics:
        return PhraseBindings(metrics=tuple(dict.fromkeys(e.value for e in metrics)), measured=True)
    return binder.of(part for _, part in node.parts)


READERS: dict[str, Reader] = {
    "runs": _list, "whats": _list, "whatsor": _list, "langs": _list, "models": _list, "targetnames": _list,
    "who": _only, "side": _side, "whatonly": _only, "adj": _adjunct,
    "named": named_run, "base": baseline, "multi": multitask, "best": best_per_target, "method": changed_run,
    "general": general_run, "somerun": some_runs, "otherrun": some_runs, "topone": best_single, "allnine": all_nine,
    "target": target, "sometarget": some_targets, "everytask": every_task, "somelang": some_languages,
}  # fmt: skip
