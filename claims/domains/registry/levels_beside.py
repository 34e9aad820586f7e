"""Numbers set beside a comparison: "A (78.0) beats B (77.7) on T", "A is better than B on T, 78.0 against 77.7"."""

from __future__ import annotations

from analysis.registry.vocabulary import BASELINE
from claims.assertion import Formula
from claims.domains.registry.amounts import LEAST_LEVEL, amounts_of, said
from claims.domains.registry.bundles import PhraseBindings
from claims.domains.registry.compare_formulas import Case
from claims.domains.registry.parts import Measure, cells
from claims.language.chart import ParseNode


def levels_beside(node: ParseNode, case: Case) -> list[Formula] | None:
    """What the numbers beside the two sides say; none where there are none, None where they cannot be placed.

    Args:
        node: the clause; a side may hold a number, or the clause a pair of them.
        case: its two sides.
    """
    pair = node.first("levels")
    found = [n.first("level") for n in node.below() if n.first("level") is not None]
    sides = [node.first("left"), node.first("right")]
    own = [s.first("level") if isinstance(s, ParseNode) else None for s in sides]
    if pair is not None:
        if found:
            return None
        own = [pair.first("left"), pair.first("right")]
    elif len(found) != sum(n is not None for n in own):
        return None
    bundles = (case.first, case.second)
    stated = [_level(bundle, n, case) for bundle, n in zip(bundles, own, strict=True) if n is not None]
    if case.negation is not None and stated:
        return None
    return [f for f in stated if f is not None] if all(f is not None for f in stated) else None


def _level(bundle: PhraseBindings, node: ParseNode, case: Case) -> Formula | None:
    """The number of one side: a score, or a gain where gains are compared or the number is too small for a score."""
    amounts = amounts_of(node)
    if amounts is None or len(amounts) != 1:
        return None
    number, runs = amounts[0].number, bundle.runs
    gain = case.by_gain or (bundle.models is None and number.value < LEAST_LEVEL)
    if gain and (runs is None or BASELINE in runs.members):
        return None
    measure: Measure = "gain" if gain else "score"
    if not gain and amounts[0].unit == "points":
        return None
    parts = bundle.parts(measure, metric=next(iter(bundle.metrics), None))
    if any(
        those is not None and those.quantifier is not None for those in (parts.runs, parts.targets, parts.languages)
    ):
        return None
    stated = cells(parts)
    return said(stated[0].term, number) if len(stated) == 1 else None
