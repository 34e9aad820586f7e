"""Everyday wordings of comparisons and ranks over a table, and what they must not be taken for."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

NETWORKS = table(
    """
    Network | F1   | Layers | Latency [ms]
    Ash     | 80.1 | 12     | 15.8
    Oak     | 81.0 | 24     | 36.2
    Elm     | 79.0 | 6      | 12.1
    Elm-x   | 78.0 | 8      | 11.1
    """,
    "Comparison of networks.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Oak has the highest F1 of all.", "supported"),
        ("Ash has the highest F1 among all.", "refuted"),
        ("Oak has the highest F1 among all compared networks.", "supported"),
        ("Oak has the highest F1 among the compared models.", "supported"),
        ("Oak has a higher F1 than all other tested models.", "supported"),
        ("Oak is the model with the highest F1.", "supported"),
        ("Oak is the network that has the most layers.", "supported"),
        ("Ash is the network with the most layers.", "refuted"),
        ("Elm has a 3.7 ms lower latency than Ash.", "supported"),
        ("Elm has a 5.2 ms lower latency compared to Ash.", "refuted"),
        ("Ash and Elm differ in latency by 3.7 ms.", "supported"),
        ("There is a difference of 3.7 ms in latency between Ash and Elm.", "supported"),
        ("The latency of Elm compared to Ash is lower.", "supported"),
        ("Oak has 24 layers, more than any other model.", "supported"),
        ("The latency of Oak is 36.2 ms, which is lower than that of Ash.", "mixed"),
        ("Elm has a latency of 12.1 ms on average.", "supported"),
        ("Neither Ash nor Elm has the lowest latency.", "supported"),
        ("Neither Ash nor Elm-x has the lowest latency.", "refuted"),
        ("Oak has an F1 of 81.0, a latency of 36.2 ms, and 24 layers.", "supported"),
    ],
)
def test_everyday_wordings_are_judged(claim: str, word: str) -> None:
    check(NETWORKS, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Oak scores 81.0, higher than Ash.",
        "Oak is the latency with the highest F1.",
        "Oak has the highest F1 among the five compared models.",
        "Oak outperforms Ash compared to Elm.",
        "Oak has the highest F1 of all layers.",
    ],
)
def test_what_a_wording_leaves_open_is_withheld(claim: str) -> None:
    assert judged(claim, NETWORKS).verdict in WITHHELD


def test_who_holds_an_extreme_that_two_share_is_left_open() -> None:
    rows = "Model | Layers | F1\nElm | 12 | 80.1\nFir | {} | 84.0\nYew | 6 | 79.0"
    check(table(rows.format(24)), "The model with the most layers has the highest F1.", "supported")
    assert judged("The model with the most layers has the highest F1.", table(rows.format(12))).verdict in WITHHELD
