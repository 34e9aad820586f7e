"""Accuracy: XNLI, PAWS-X, XCOPA and Tatoeba."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.errors import InputError


def accuracy(gold: Sequence[object], predicted: Sequence[object]) -> float:
    """Share of items whose prediction equals the gold label, in points.

    For Tatoeba an item is a sentence, the label the index of its translation.

    Args:
        gold: one label per item.
        predicted: one prediction per item, in the same order.

    Raises:
        InputError: there is no item, or the numbers of labels and predictions differ.
    """
    same_length(gold, predicted, "labels")
    return 100.0 * sum(g == p for g, p in zip(gold, predicted, strict=True)) / len(gold)


def same_length(gold: Sequence[object], predicted: Sequence[object], what: str) -> None:
    """Refuses predictions that do not stand beside their gold labels.

    Raises:
        InputError: there is no gold label, or the numbers differ.
    """
    if not gold:
        raise InputError("gold labels", "are empty; a score needs at least one item")
    if len(gold) != len(predicted):
        raise InputError(
            "predictions", f"{len(predicted)} predictions for {len(gold)} {what}; both need the same items"
        )
