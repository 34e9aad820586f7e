"""Mean average precision at 20: LAReQA and Mewsli-X."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from analysis.errors import InputError
from analysis.scoring.accuracy import same_length


def average_precision(relevant: Collection[Hashable], ranked: Sequence[Hashable], k: int = 20) -> float:
    """Average precision of one query among its `k` best, 0 to 1.

    The precision at each hit, summed and divided by the most hits there can be, min(k, relevant)
    (LAReQA, Roy et al. 2020, arXiv 2004.05484). An item that is ranked twice counts once.

    Raises:
        InputError: no item is relevant.
    """
    wanted = set(relevant)
    if not wanted:
        raise InputError("relevant items", "are empty; a query needs at least one")
    hits, total, seen = 0, 0.0, set()
    for rank, item in enumerate(ranked[:k], start=1):
        if item in wanted and item not in seen:
            hits += 1
            total += hits / rank
        seen.add(item)
    return total / min(k, len(wanted))


def mean_average_precision(
    relevant: Sequence[Collection[Hashable]], ranked: Sequence[Sequence[Hashable]], k: int = 20
) -> float:
    """Mean over queries of `average_precision`, in points.

    Args:
        relevant: the right items of each query.
        ranked: the items found for each query, best first.
        k: how many of the best count.

    Raises:
        InputError: there is no query, or the numbers of queries differ.
    """
    same_length(relevant, ranked, "queries")
    return 100.0 * sum(average_precision(r, f, k) for r, f in zip(relevant, ranked, strict=True)) / len(relevant)
