"""Phrases for runs: a task, "training on A, then on B", the baseline, the best task per target, MLM, translation."""

from __future__ import annotations

from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK
from claims.assertion import Domain
from claims.domains.registry.binder import Binder, Maybe, start_of
from claims.domains.registry.bundles import NOTHING, PhraseBindings
from claims.domains.registry.counting import denied_at, left_out, quantified, whole_number
from claims.domains.registry.parts import NounPhrase
from claims.hashed import replace
from claims.language.chart import ParseNode


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
    """All intermediate tasks together; a number said with them must be theirs."""
    if not _all_of_them(binder, node):
        return None
    return PhraseBindings(runs=NounPhrase("run", (MULTITASK,), place=start_of(node)))


def all_nine(binder: Binder, node: ParseNode) -> Maybe:
    """As in "on all nine tasks", said apart from "multi-task training": the number must be theirs."""
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
