"""What one thing in place of another brings: "replacing A with B brings 2 points", "going from A to B adds 1 F1"."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

PLAIN = table(
    """
    System | News F1 | Web F1
    Ash    | 80.0    | 65.0
    Oak    | 81.0    | 61.0
    Elm    | 82.0    | 62.0
    """,
    "Results on two datasets.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Replacing Ash with Elm brings 2 points in F1 on News.", "supported"),
        ("Replacing Ash with Elm brings about 6 points on News.", "refuted"),
        ("Replacing Elm with Ash brings 2 points in F1 on News.", "refuted"),
        ("Going from Ash to Oak adds 1.0 F1 on News.", "supported"),
        ("Going from Ash to Oak adds 2.0 F1 on News.", "refuted"),
        ("Going from Ash to Oak adds 1.0 F1 on Web.", "refuted"),
        ("Moving from Ash to Oak brings a gain of 1 point in F1 on News.", "supported"),
        ("Moving from Oak to Ash brings a loss of 1 point in F1 on News.", "supported"),
        ("Moving from Ash to Oak brings a loss of 1 point in F1 on News.", "refuted"),
        ("Replacing Ash with Elm gives a 2 point improvement in F1 on News.", "supported"),
        ("Replacing Ash with Elm leads to a higher F1 on News.", "supported"),
        ("Replacing Ash with Elm leads to a lower F1 on News.", "refuted"),
        ("Replacing Ash with Elm does not improve F1 on News.", "refuted"),
        ("Replacing Ash with Elm does not improve F1 on Web.", "supported"),
        ("Using Elm instead of Ash brings a gain of 2 points in F1 on News.", "supported"),
    ],
)
def test_what_an_exchange_brings_is_judged(claim: str, word: str) -> None:
    check(PLAIN, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Replacing Ash with Elm gives Oak an improvement of 2 points in F1 on News.",
        "Replacing Ash with Pine brings 2 points in F1 on News.",
        "Replacing Ash with Elm brings 2 points in recall on News.",
        "Replacing the encoder with Elm brings 2 points in F1 on News.",
        "Replacing Ash with Elm would bring 2 points in F1 on News.",
    ],
)
def test_an_exchange_of_or_for_something_else_is_withheld(claim: str) -> None:
    assert judged(claim, PLAIN).verdict in WITHHELD
