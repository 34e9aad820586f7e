"""Systems that a noun calls, "our method, A, …", "the baselines", and what "it" has more or less of."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

OURS = table(
    """
    System     | News F1 | News EM | Web F1 | Web EM
    Ash        | 80.0    | 70.0    | 65.0   | 50.0
    Oak        | 81.0    | 71.0    | 61.0   | 51.0
    Elm (ours) | 82.0    | 72.0    | 62.0   | 50.5
    """,
    "Results on two datasets.",
)
HARD = table(
    """
    System | Kitchen | Office | Car
    Ash    | 14.8    | 12.1   | 19.6
    Oak    | 18.9    | 15.6   | 23.0
    Elm    | 15.7    | 24.0   | 20.1
    """,
    "Word error rate (WER, %).",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Our model, Elm, beats Oak on News.", "supported"),
        ("Our model, Elm, beats Oak on Web in EM.", "refuted"),
        ("The proposed model, Elm, achieves the highest F1 on News.", "supported"),
        ("On News, our model, Elm, beats Oak.", "supported"),
        ("The baseline, Oak, beats Elm on News.", "refuted"),
        ("Ash, Oak, and Elm have an F1 above 79 on News.", "supported"),
        ("Elm beats the baselines on News.", "supported"),
        ("Elm beats the baselines on Web in F1.", "refuted"),
        ("Elm beats the two other models on News.", "supported"),
        ("Elm beats the other two models on Web in F1.", "refuted"),
        ("Oak is the best baseline on News.", "supported"),
        ("Ash is the best baseline on News.", "refuted"),
        ("The best baseline on News is Oak.", "supported"),
        ("The best baseline on News is Ash.", "refuted"),
        ("Oak reaches an EM above that of Elm on Web.", "supported"),
        ("Oak reaches an F1 above that of Elm on Web.", "refuted"),
        ("Ash has an F1 below that of Oak on News.", "supported"),
        ("The F1 of Elm on News exceeds that of every other model.", "supported"),
        ("The F1 of Elm on Web exceeds that of every other model.", "refuted"),
        ("Ash and Oak differ in F1 on News.", "supported"),
        ("Elm beats Oak on News, but it has a lower EM on Web.", "supported"),
        ("Elm has a higher F1 than Oak on News, although it has a lower EM on Web.", "supported"),
        ("Elm has a higher F1 than Oak on News, although it has a higher EM on Web.", "mixed"),
    ],
)
def test_systems_are_told_by_what_they_are_called(claim: str, word: str) -> None:
    check(OURS, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Our model, Oak, beats Ash on News.",
        "The models, Ash and Oak, have an F1 above 79 on News.",
        "Elm is the best baseline on News.",
        "The best baseline on News is Elm.",
        "Oak beats the baselines on News.",
        "Elm beats the baseline on News.",
        "Elm beats its counterparts on News.",
        "Elm beats the three other models on News.",
        "Elm beats the deep baselines on News.",
        "Ash and Pine differ in F1 on News.",
    ],
)
def test_who_else_may_be_meant_is_withheld(claim: str) -> None:
    assert judged(claim, OURS).verdict in WITHHELD


def test_which_set_is_hardest_is_asked_of_every_system() -> None:
    check(HARD, "Office is the hardest set for all systems.", "refuted")
    check(HARD, "Car is the hardest set for every system except Elm.", "supported")
    check(HARD, "Car is the most difficult set for all systems.", "refuted")
    check(HARD, "Kitchen is the easiest set for all three systems.", "refuted")


def test_as_many_systems_as_there_are_not_are_withheld() -> None:
    assert judged("Car is the hardest set for all four systems.", HARD).verdict in WITHHELD
