"""Phrases for what is measured: named targets, the targets of a benchmark or of one kind, counted ones."""

from __future__ import annotations

from claims.assertion import Domain
from claims.domains.registry.binder import Binder, Maybe, targets_domain
from claims.domains.registry.bundles import PhraseBindings
from claims.domains.registry.counting import denied_at, left_out, quantified
from claims.domains.registry.parts import ALL_TASKS, NounPhrase
from claims.hashed import replace
from claims.language.chart import ParseNode


def target(binder: Binder, node: ParseNode) -> Maybe:
    """A named target, or targets spoken of in general, with the metric and split said beside."""
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
