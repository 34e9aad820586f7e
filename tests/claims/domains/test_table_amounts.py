"""By how much: units, relations, ranges, and whose gain it is."""

from __future__ import annotations

import pytest
from small_tables import PAIR, PARTS, SCORES, WITHHELD, check, judged, table

from analysis.tables import Table

GAIN = table("Model | F1 | Loss\nMaple | 75.0 | 0.50\nBirch | 60.0 | 0.80")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (PAIR, "Alpha beats Beta by 5 points in BLEU.", "supported"),
        (PAIR, "Alpha beats Beta by 6 points in BLEU.", "refuted"),
        (PAIR, "Beta beats Alpha by 5 points in BLEU.", "refuted"),
        (PAIR, "Alpha beats Beta by more than 4 points in BLEU.", "supported"),
        (PAIR, "Alpha beats Beta by more than 6 points in BLEU.", "refuted"),
        (PAIR, "Alpha beats Beta by at least 5 points in BLEU.", "supported"),
        (PAIR, "Alpha beats Beta by at least 6 points in BLEU.", "refuted"),
        (PAIR, "Alpha beats Beta by ≥ 20 points in BLEU.", "refuted"),
        (PAIR, "Alpha beats Beta by 4 to 6 points in BLEU.", "supported"),
        (PAIR, "Alpha beats Beta by 6–8 points in BLEU.", "refuted"),
        (PAIR, "Alpha beats Beta by about 5 points in BLEU.", "supported"),
        (PAIR, "Alpha beats Beta by five points in BLEU.", "supported"),
        (PAIR, "Alpha beats Beta by 2 points in WER.", "supported"),
        (PAIR, "Beta beats Alpha by 2 points in WER.", "refuted"),
        (PAIR, "Beta is outperformed by Alpha by 5 points in BLEU.", "supported"),
        (PAIR, "Alpha has 2 points lower WER than Beta.", "supported"),
        (PAIR, "Alpha has 3 points lower WER than Beta.", "refuted"),
        (PAIR, "Beta has 2 points lower WER than Alpha.", "refuted"),
        (PAIR, "Alpha reduces the WER of Beta by 2 points.", "supported"),
        (PAIR, "Alpha reduces the WER of Beta by 3 points.", "refuted"),
        (SCORES, "Ours is 2 points better than Transformer on NUS.", "supported"),
        (SCORES, "Ours is 3 points better than Transformer on NUS.", "refuted"),
        (SCORES, "Ours outperforms Catseq by 4.0 points on NUS.", "supported"),
        (SCORES, "Ours outperforms Catseq by 5.0 points on NUS.", "refuted"),
        (PARTS, "Removing the gate reduces F1 by 3 points.", "supported"),
        (PARTS, "Removing the gate reduces F1 by 2 points.", "refuted"),
    ],
)  # fmt: skip
def test_a_stated_gap_is_weighed(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("claim", "allowed"),
    [
        ("Maple beats Birch by 25% in F1.", {"supported"}),
        ("Maple beats Birch by 15% in F1.", {"supported"}),
        ("Maple beats Birch by 30% in F1.", {"refuted"}),
        ("Maple beats Birch by 25 points in F1.", {"refuted"}),
    ],
)
def test_percent_may_be_points_or_a_share_and_points_are_points(claim: str, allowed: set[str]) -> None:
    assert judged(claim, GAIN).verdict in allowed | WITHHELD


@pytest.mark.parametrize(
    "claim",
    [
        "Alpha beats Beta by 5 hours in BLEU.",
        "Alpha beats Beta by 5 GB.",
        "Alpha beats Beta by 5 WER points in BLEU.",
        "Alpha beats Beta by a factor of 5 in BLEU.",
        "Alpha beats Beta by nearly all points in BLEU.",
    ],
)
def test_an_amount_in_a_unit_that_the_cells_cannot_have_gets_no_verdict(claim: str) -> None:
    assert judged(claim, PAIR).verdict in WITHHELD


def test_a_gap_counts_for_the_better_side() -> None:
    assert judged("Alpha beats Beta by 5 points in BLEU.", PAIR).assertion == (
        '(= (-better (at "Alpha" "BLEU") (at "Beta" "BLEU")) 5)'
    )
