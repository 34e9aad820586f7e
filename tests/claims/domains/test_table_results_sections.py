"""Sentences as authors write them in the results section of a paper."""

from __future__ import annotations

import pytest

from small_tables import WITHHELD, check, judged, table

TAGGED = table(
    """
    Model        | News | Web  | Social | Legal
    Alder        | 92.2 | 88.7 | 45.4   | 86.3
    Rowan        | 92.0 | 88.9 | 47.1   | 86.8
    Laurel       | 94.1 | 90.9 | 55.2   | 89.0
    Tansy (ours) | 93.8 | 91.6 | 57.3   | 90.1
    """,
    "F1 on four data sets.",
)

def test_an_amount_said_of_every_line_is_asked_of_every_line() -> None:
    check(TAGGED, "Every other system improves on Alder by at least two points on Social.", "refuted")
    check(TAGGED, "Every other system improves on Alder by at least one point on Social.", "supported")
    check(TAGGED, "All other systems trail Tansy by more than 2 points on Social.", "supported")
    check(TAGGED, "All other systems trail Tansy by more than 3 points on Social.", "refuted")

def test_a_noun_before_what_is_counted_must_be_of_the_table() -> None:
    assert judged("Every graph network improves on Alder by at least one point on Social.", TAGGED).verdict in WITHHELD
    assert judged("Tansy beats an ensemble of Rowan on Social.", TAGGED).verdict in WITHHELD

@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Tansy outperforms the strongest baseline by 2.1 points on Social.", "supported"),
        ("Tansy outperforms the strongest baseline by 10.2 points on Social.", "refuted"),
        ("We improve over the strongest baseline by 1.1 points on Legal.", "supported"),
        ("Tansy is more than 2 points ahead of the runner-up on Social.", "supported"),
        ("Tansy beats the best competitor on every data set.", "refuted"),
    ],
)
def test_the_best_rival_is_found_in_the_table(claim: str, verdict: str) -> None:
    check(TAGGED, claim, verdict)
