"""Phrases of a parse → what they name: lists and adjuncts here, runs and targets in modules of their own."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.registry.vocabulary import Vocabulary
from claims.domains.registry.binder import Binder, Maybe, Reader, start_of
from claims.domains.registry.bundles import PhraseBindings
from claims.domains.registry.run_phrases import (
    all_nine,
    baseline,
    best_per_target,
    best_single,
    changed_run,
    general_run,
    multitask,
    named_run,
    some_runs,
)  # fmt: skip
from claims.domains.registry.target_phrases import every_task, some_languages, some_targets, target
from claims.hashed import replace
from claims.language.chart import Edge, ParseNode


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
    """As in "MNLI each improves T"."""
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
