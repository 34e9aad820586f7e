"""Mined sentence pairs (BUCC): F1 at a threshold, and the threshold that a stated split chooses.

Which split chose the threshold changes the score, so it is never chosen here in passing: compute it
with `best_threshold` on one split, apply it with `mined_score` on another, and record both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.errors import InputError

Pair = tuple[str, str]
Scored = tuple[float, Pair]
"""A candidate pair and its margin score; larger is more alike."""


@dataclass(frozen=True, slots=True)
class MinedScore:
    """Scores of mined sentence pairs.

    Attributes:
        f1: in points; 0 where no mined pair is right.
        precision: share of mined pairs that are gold, in points.
        recall: share of gold pairs that were mined, in points.
        n_items: gold pairs.
    """

    f1: float
    precision: float
    recall: float
    n_items: int


def pairs_score(gold: Collection[Pair], mined: Collection[Pair]) -> MinedScore:
    """F1 of a set of mined pairs (the same pair mined twice counts once).

    Raises:
        InputError: there is no gold pair.
    """
    wanted, predicted = set(gold), set(mined)
    if not wanted:
        raise InputError("gold pairs", "are empty; a score needs at least one pair")
    right = len(wanted & predicted)
    return MinedScore(
        f1=200.0 * right / (len(wanted) + len(predicted)),
        precision=100.0 * right / len(predicted) if predicted else 0.0,
        recall=100.0 * right / len(wanted),
        n_items=len(wanted),
    )


def mined_score(gold: Collection[Pair], candidates: Sequence[Scored], threshold: float) -> MinedScore:
    """F1 of the candidates whose score is at least `threshold`."""
    return pairs_score(gold, [pair for score, pair in candidates if score >= threshold])


def best_threshold(gold: Collection[Pair], candidates: Sequence[Scored]) -> float:
    """The threshold with the best F1, half-way to the next lower score.

    Candidates with equal scores stay together. Of equal F1 the strictest threshold wins. With no
    lower score the threshold is the lowest score itself; where no candidate is right it is
    infinite, so that nothing is mined.

    Args:
        gold: the true pairs of the split that chooses.
        candidates: pairs with their scores, each pair once.

    Raises:
        InputError: there is no gold pair.
    """
    wanted = set(gold)
    if not wanted:
        raise InputError("gold pairs", "are empty; a threshold needs at least one pair")
    best, threshold, taken, right = 0.0, float("inf"), 0, 0
    ordered = sorted(candidates, key=lambda candidate: -candidate[0])
    levels = [(score, [pair for _, pair in group]) for score, group in groupby(ordered, key=lambda c: c[0])]
    for i, (score, pairs) in enumerate(levels):
        taken += len(pairs)
        right += sum(pair in wanted for pair in pairs)
        f1 = 2 * right / (len(wanted) + taken)
        if f1 > best:
            lower = levels[i + 1][0] if i + 1 < len(levels) else score
            best, threshold = f1, (score + lower) / 2
    return threshold
