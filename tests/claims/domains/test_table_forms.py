"""Sentences that say how far apart two are, what one reaches alone, or a number in brackets; joined and elided ones."""

from __future__ import annotations

import pytest
from small_tables import PAIR, SCORES, WITHHELD, check, judged, table

from analysis.tables import Table

COSTS = table(
    """
    Model  | News | Web  | Decoding (s) | Weights (M)
    Maple  | 71.0 | 60.2 | 30           | 11
    Birch  | 70.1 | 62.9 | 20           | 138
    Elder  | 69.5 | 59.9 | 25           | 7
    """,
    "Test accuracy (%) and decoding time on two corpora.",
)
PAIRS = [
    (SCORES, "The difference between Ours and Catseq on NUS is 4.0.", "The difference between Ours and Catseq on NUS is 3.0."),
    (SCORES, "The accuracy gap between Catseq and Ours on NUS is 4 points.", "The gap between Catseq and Ours on NUS is 5 points."),
    (SCORES, "Ours (56.0) outperforms Catseq (52.0) on NUS.", "Catseq (56.0) outperforms Ours (52.0) on NUS."),
    (SCORES, "Ours outperforms Catseq on NUS (56.0 vs. 52.0).", "Catseq outperforms Ours on NUS (56.0 vs. 52.0)."),
    (SCORES, "Ours has the best accuracy on KP20k (74.5).", "Catseq has the best accuracy on KP20k (74.5)."),
    (SCORES, "Only Ours exceeds 55 on NUS.", "Only Transformer exceeds 53 on NUS."),
    (SCORES, "Ours is the only model that exceeds 55 on NUS.", "Ours is the only model that exceeds 53 on NUS."),
    (SCORES, "Ours and Transformer both exceed 53 on NUS.", "Ours and Catseq both exceed 53 on NUS."),
    (SCORES, "The accuracy on NUS ranges from 51.0 to 56.0.", "The accuracy on NUS ranges from 52.0 to 56.0."),
    (SCORES, "The best model on Krapivin is Transformer.", "The best model on Krapivin is Ours."),
    (SCORES, "The highest accuracy on NUS belongs to Ours.", "The highest accuracy on NUS belongs to Catseq."),
    (SCORES, "The accuracy of Ours drops from 74.5 on KP20k to 56.0 on NUS.", "The accuracy of Ours drops from 74.0 on KP20k to 56.0 on NUS."),
    (SCORES, "Ours reaches 44.5 on Inspec, 56.0 on NUS and 65.0 on Krapivin.", "Ours reaches 44.5 on Inspec, 56.0 on NUS and 66.0 on Krapivin."),
    (SCORES, "Ours improves the accuracy on NUS by 4.0 compared to Catseq.", "Ours improves the accuracy on NUS by 3.0 compared to Catseq."),
    (SCORES, "Using Ours instead of Catseq improves the accuracy on NUS.", "Using Catseq instead of Ours improves the accuracy on NUS."),
    (SCORES, "Replacing Catseq with Ours improves the accuracy on NUS.", "Replacing Ours with Catseq improves the accuracy on NUS."),
    (SCORES, "Every model performs better on KP20k than on NUS.", "Every model performs better on NUS than on KP20k."),
    (COSTS, "Although Maple is better than Birch on News, it has a lower accuracy than Birch on Web.", "Although Birch is better than Maple on News, Maple is better than Birch on Web."),
    (COSTS, "Maple is better than Birch on News but worse on Web.", "Maple is worse than Birch on News but better on Web."),
    (COSTS, "Elder is slower than Birch but faster than Maple.", "Elder is faster than Birch but slower than Maple."),
    (COSTS, "The decoding time of Maple is 30 s.", "The decoding time of Maple is 20 s."),
    (COSTS, "Birch performs best on Web.", "Maple performs best on Web."),
    (PAIR, "Alpha achieves 20% higher BLEU than Beta.", "Alpha achieves 10% higher BLEU than Beta."),
]  # fmt: skip
CASES = [
    (over, claim, word) for over, *both in PAIRS for claim, word in zip(both, ("supported", "refuted"), strict=True)
]


@pytest.mark.parametrize(("over", "claim", "word"), CASES)
def test_a_true_sentence_is_supported_and_its_false_twin_is_not(over: Table, claim: str, word: str) -> None:
    if word == "supported":
        check(over, claim, word)
    else:
        assert judged(claim, over).verdict in ("refuted", "mixed")


@pytest.mark.parametrize(
    "claim",
    [
        "Maple is second on News but worse on Web.",
        "The decoding time of News is 30 s.",
        "The difference between Maple and Birch is 0.9.",
        "Only Maple and nobody exceeds 70.5 on News.",
        "Maple (71.0 to 72) outperforms Birch (70.1) on Tapes.",
    ],
)
def test_an_elided_or_bracketed_part_that_does_not_fit_withholds(claim: str) -> None:
    assert judged(claim, COSTS).verdict in {*WITHHELD, "mixed"}


def test_a_number_in_brackets_that_is_wrong_is_not_passed_over() -> None:
    assert judged("Ours (57.0) outperforms Catseq (52.0) on NUS.", SCORES).verdict == "mixed"
