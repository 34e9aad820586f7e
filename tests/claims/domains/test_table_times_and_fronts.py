"""Sentences over tables that say how many times, what holds first, among whom, up to how much, and how close."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

TRAINED = table(
    """
    Model       | Oak F1 | Elm F1 | Params (M) | Training time (h) | Inference time (ms)
    Heron       | 81.2   | 70.0   | 400        | 10                | 90
    Stork       | 79.2   | 74.0   | 100        | 30                | 30
    Crane       | 60.0   | 66.0   | 50         | 20                | 45
    + pond      | 62.0   | 68.0   | 55         | 21                | 46
    w/o reed    | 57.5   | 66.5   | 40         | 19                | 44
    """,
    "F1 on two data sets.",
)
CARDS = table(
    """
    Card  | Throughput | Price
    Brant | 500        | 0.9
    Eider | 300        | 3.0
    Teal  | 200        | 0.4
    """,
    "Accelerators.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Heron has four times as many parameters as Stork.", "supported"),
        ("Heron has twice as many parameters as Stork.", "refuted"),
        ("Stork has a quarter of the parameters of Heron.", "supported"),
        ("Crane is half the size of Stork.", "supported"),
        ("Stork is half the size of Crane.", "refuted"),
        ("Heron has more than seven times the parameters of Crane.", "supported"),
        ("Heron is three times slower than Stork in inference time.", "supported"),
        ("Stork doubles the parameters of Crane.", "supported"),
        ("The training time of Stork is three times that of Heron.", "supported"),
        ("Crane has twice as many parameters as w/o reed.", "refuted"),
    ],
)
def test_a_multiple_is_the_quotient_of_two_cells(claim: str, word: str) -> None:
    check(TRAINED, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Heron is twice as good as Crane.",
        "Stork is two times faster than Heron in inference time.",  # three times as fast
        "Heron has as many parameters as Stork.",  # and more
        "Heron does not have four times as many parameters as Stork.",
    ],
)
def test_a_multiple_that_may_be_meant_otherwise_decides_nothing(claim: str) -> None:
    assert judged(claim, TRAINED).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("With an F1 of 81.2 on Oak, Heron beats Stork.", "supported"),
        ("At 81.2, Heron is ahead of Stork on Oak.", "supported"),
        ("With an F1 of 80.2 on Oak, Heron beats Stork.", "mixed"),
        ("With 400 parameters, Heron beats Stork.", "not-testable"),  # on which data set is not said
        ("Among Crane and Stork, Stork has the highest Oak F1.", "supported"),
        ("Among Crane and Stork, Crane has the highest Oak F1.", "refuted"),
        ("Among Crane and Stork, Heron has the highest Oak F1.", "not-testable"),
        ("Stork is second only to Heron on Oak.", "supported"),
        ("Crane is second only to Heron on Oak.", "refuted"),
        ("Stork is second only to Crane on Oak.", "refuted"),
        ("Heron outperforms Crane by up to 21.2 points.", "supported"),
        ("Heron outperforms Crane by up to 9.5 points.", "refuted"),
        ("Heron outperforms Crane by up to 40 points.", "not-testable"),
        ("Heron outperforms Stork by up to 2.0 points.", "not-testable"),  # on Elm it does not
        ("The Oak F1 of Heron is closer to that of Stork than to that of Crane.", "supported"),
        ("The Oak F1 of Crane is closer to that of Heron than that of Stork.", "refuted"),
        ("Adding pond has a positive effect on Oak F1.", "supported"),
        ("Removing reed has a positive effect on Oak F1.", "refuted"),
        ("Elm is harder than Oak for Heron.", "supported"),
        ("Elm is the easiest data set for Crane.", "supported"),
        ("Oak is the easiest data set for Crane.", "refuted"),
        ("Heron takes less time than Stork.", "mixed"),
        ("Adding pond has a greater effect on Oak F1 than removing reed.", "refuted"),
        ("Removing reed has a greater impact on Oak F1 than adding pond.", "supported"),
        ("Oak F1 is positively correlated with params.", "supported"),
        ("Oak F1 is negatively correlated with params.", "refuted"),
        ("Elm F1 is positively correlated with params.", "not-testable"),  # neither rises nor falls throughout
    ],
)
def test_what_a_sentence_says_first_among_whom_and_how_far_is_judged(claim: str, word: str) -> None:
    found = judged(claim, TRAINED).verdict
    assert found == word or (word == "not-testable" and found in WITHHELD), found


@pytest.mark.parametrize("claim", ["Brant is the best.", "Brant leads."])
def test_the_best_of_what_costs_is_not_the_fastest(claim: str) -> None:
    assert judged(claim, CARDS).verdict in WITHHELD
    check(CARDS, "Brant has the highest throughput.", "supported")
