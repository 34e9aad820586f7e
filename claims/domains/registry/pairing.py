"""Lists that belong together member by member: "A and B improve S and T, respectively"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.domains.registry.bundles import PhraseBindings
from claims.hashed import replace
from claims.language.chart import Edge, ParseNode

LISTS = frozenset({"runs", "whats", "models", "langs"})


def respective(node: ParseNode) -> bool:
    """Whether a clause says "respectively"."""
    return any(isinstance(p, Edge) and p.symbol == "resp" for tail in node.find("tail") for _, p in tail.parts)


def long_lists(node: ParseNode) -> int:
    """How many lists of a clause have several members; with more than one of them "respectively" pairs names."""
    count = 0
    for _, part in node.parts:
        if not isinstance(part, ParseNode):
            continue
        if part.rule in LISTS:
            count += sum(1 for _ in part.find("one", "more")) > 1
        else:
            count += long_lists(part)
    return count


def paired(bundle: PhraseBindings) -> Iterator[PhraseBindings]:
    """The bundles of runs and targets member by member; none where their numbers differ."""
    runs, targets = bundle.runs, bundle.targets
    if runs is None or targets is None or len(runs.members) != len(targets.members):
        return
    for run, target in zip(runs.members, targets.members, strict=True):
        yield replace(bundle, runs=replace(runs, members=(run,)), targets=replace(targets, members=(target,)))
