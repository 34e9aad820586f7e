"""Sentences as authors write them in the results section of a paper."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

RATED = table(
    """
    System        | Fluency | Relevance | Empathy
    Alder         | 4.31    | 3.34      | 2.97
    Rowan         | 4.45    | 3.72      | 3.86
    Tansy (ours)  | 4.40    | 3.95      | 4.12
    """,
    "Human evaluation of dialogue responses.",
)

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

STEPS = table(
    """
    Model               | News | Web
    Full model          | 85.0 | 79.0
    w/o attention       | 82.0 | 77.5
    w/o pretraining     | 80.1 | 72.0
    - data augmentation | 84.6 | 79.2
    """,
    "Ablation study of our parser (F1).",
)


def test_an_amount_said_of_every_line_is_asked_of_every_line() -> None:
    check(TAGGED, "Every other system improves on Alder by at least two points on Social.", "refuted")
    check(TAGGED, "Every other system improves on Alder by at least one point on Social.", "supported")
    check(TAGGED, "All other systems trail Tansy by more than 2 points on Social.", "supported")
    check(TAGGED, "All other systems trail Tansy by more than 3 points on Social.", "refuted")


def test_a_noun_before_what_is_counted_must_be_of_the_table() -> None:
    assert judged("Every graph network improves on Alder by at least one point on Social.", TAGGED).verdict in WITHHELD
    assert judged("Tansy beats an ensemble of Rowan on Social.", TAGGED).verdict in WITHHELD


def test_what_is_top_on_both_is_not_where_it_is_top_on_one() -> None:
    check(TAGGED, "Tansy is the top system on both Web and News.", "refuted")
    check(TAGGED, "Tansy is the top system on both Web and Social.", "supported")


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


def test_within_an_amount_of_a_rival_is_on_either_side() -> None:
    check(RATED, "Tansy comes within 0.1 points of Rowan in fluency.", "supported")
    check(RATED, "Alder comes within 0.1 points of Rowan in fluency.", "refuted")
    assert judged("Tansy comes 0.05 points of Rowan in fluency.", RATED).verdict in WITHHELD


def test_what_removing_a_part_hurts_most() -> None:
    check(STEPS, "Removing pretraining hurts the most on Web.", "supported")
    check(STEPS, "Removing attention hurts News the most.", "refuted")
    check(STEPS, "The largest drop on Web comes from removing pretraining.", "supported")
    check(STEPS, "Taking away attention leads to a drop of 3 points in F1 on News.", "supported")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Rowan beats Alder on Social, although Alder beats Rowan on News.", "supported"),
        ("Compared with Laurel, our approach gains 2.1 points on Social and 1.1 on Legal.", "supported"),
        ("On News, our model is only second best, behind Laurel.", "supported"),
        ("A plain Rowan outperforms Alder on Social.", "supported"),
        ("On News, all systems stay above 91.", "supported"),
        ("Laurel has a slight lead of 0.3 points over our method on News.", "supported"),
        ("Laurel has a slight lead of 0.5 points over our method on News.", "refuted"),
        ("Alder and Rowan tie on Social.", "refuted"),
    ],
)
def test_sentences_of_two_clauses_and_with_margins(claim: str, verdict: str) -> None:
    check(TAGGED, claim, verdict)
