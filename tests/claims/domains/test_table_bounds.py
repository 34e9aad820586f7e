"""Bounds that a sentence states: which way "better than 9" runs, and that "6 layers" is no rival."""

from __future__ import annotations

import pytest
from small_tables import PAIR, WITHHELD, check, judged, table

DEPTHS = table("Model | Layers | F1\nMaple | 12 | 80\nBirch | 24 | 82\nElder | 6 | 70", "Results.")
ARMS = table(
    "Arm | Patients | Readmission (%)\nPlacebo | 212 | 18.4\nLow dose | 208 | 17.3\nStandard care | 210 | 16.2",
    "Outcomes by arm.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Alpha's WER is better than 9.", "supported"),
        ("Alpha's WER is better than 6.", "refuted"),
        ("The WER of Alpha is worse than 6.", "supported"),
        ("Alpha is worse than 9 WER.", "refuted"),
        ("Alpha achieves a WER better than 9.", "supported"),
        ("Alpha has a WER of 9 or better.", "supported"),
        ("Alpha has a WER of 6 or better.", "refuted"),
        ("Alpha has a WER of 8.0 or better.", "supported"),
        ("All systems have a WER better than 9.", "refuted"),
        ("Alpha achieves better than 79 accuracy.", "supported"),
        ("Alpha achieves better than 81 accuracy.", "refuted"),
        ("Alpha has a BLEU of 31.0 or better.", "refuted"),
        ("Alpha's WER is higher than 6.", "supported"),
    ],
)
def test_better_than_a_number_is_lower_where_lower_is_better(claim: str, word: str) -> None:
    check(PAIR, claim, word)


def test_better_than_a_number_is_open_where_nothing_says_which_way_is_better() -> None:
    over = table("Model | Zeta\nMaple | 8.0\nBirch | 10.0")
    assert judged("Maple has a Zeta better than 9.", over).verdict in WITHHELD


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (DEPTHS, "Each model has more than 6 layers."),
        (DEPTHS, "All models have fewer than 24 layers."),
        (DEPTHS, "Both models have more than 6 layers."),
        (DEPTHS, "The other models have more than 6 layers."),
        (DEPTHS, "Maple is better than 24 layers."),
    ],
)
def test_a_number_of_things_is_no_rival(over, claim: str) -> None:
    found = judged(claim, over)
    assert found.verdict in WITHHELD, found.assertion


def test_a_number_of_things_is_one_of_each_line() -> None:
    check(ARMS, "Each arm had more than 210 patients.", "refuted")
    check(ARMS, "Each arm had more than 207 patients.", "supported")


def test_two_numbers_of_things_are_compared() -> None:
    check(DEPTHS, "12 layers outperform 6 layers.", "supported")
    check(DEPTHS, "6 layers outperform 12 layers.", "refuted")
