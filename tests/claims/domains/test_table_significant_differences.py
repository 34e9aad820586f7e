"""Whether two groups differ, and significantly so, by the p values that a table prints."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

GROUPS = table(
    """
    Characteristic | POD (n = 84) | No POD (n = 312) | p value
    Age (years)    | 76.4         | 70.2             | <0.001
    BMI (kg/m2)    | 26.1         | 26.5             | 0.401
    Diabetes (%)   | 32.1         | 21.2             | 0.036
    Hb             | 13.1         | 13.2             | <0.1
    Height (cm)    | 171          | 173              | 0.05
    """,
    "Characteristics of patients with and without postoperative delirium (POD).",
)
PAIR = table(
    """
    Model | F1   | EM
    Ash   | 80.0 | 70.0
    Oak   | 81.0 | 70.0
    """
)
THREE = table(
    """
    Outcome | Low  | Mid  | High | p
    Age     | 76.4 | 70.2 | 71.1 | 0.001
    """
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("There was no significant difference in BMI between the two groups.", "supported"),
        ("There was no significant difference in age between the two groups.", "refuted"),
        ("There was a significant difference in age between both groups.", "supported"),
        ("There was a significant difference in BMI between the two groups.", "refuted"),
        ("BMI did not differ significantly between the groups.", "supported"),
        ("Diabetes did not differ significantly between the two groups.", "refuted"),
        ("Age differed significantly between the two groups.", "supported"),
        ("BMI differed significantly between the two groups.", "refuted"),
        ("Age was significantly higher in the POD group than in the No POD group.", "supported"),
        ("Age was significantly lower in the POD group than in the No POD group.", "refuted"),
        ("BMI was significantly lower in the POD group than in the No POD group.", "refuted"),
    ],
)
def test_a_p_value_beside_two_columns_tells_whether_they_differ(claim: str, word: str) -> None:
    check(GROUPS, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "There was no difference in BMI between the two groups.",
        "There was a significant difference in Hb between the two groups.",
        "There was no significant difference in height between the two groups.",
        "There was a significant difference in height between the two groups.",
        "Age differed significantly between the three groups.",
        "Age differed significantly between the two other groups.",
    ],
)
def test_a_p_value_that_is_open_and_other_groups_are_withheld(claim: str) -> None:
    assert judged(claim, GROUPS).verdict in WITHHELD


def test_a_p_value_of_three_columns_is_of_no_two() -> None:
    assert judged("Age was significantly higher in Low than in High.", THREE).verdict in WITHHELD
    assert judged("Age differed significantly between the two groups.", THREE).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("There is no difference in EM between Ash and Oak.", "supported"),
        ("There is a difference in F1 between Ash and Oak.", "supported"),
        ("F1 differs between the two models.", "supported"),
        ("EM does not differ between the two models.", "supported"),
    ],
)
def test_a_difference_is_one_of_the_numbers_where_nothing_tests_it(claim: str, word: str) -> None:
    check(PAIR, claim, word)


def test_no_difference_may_be_no_significant_one_where_the_numbers_differ() -> None:
    assert judged("There is no difference in F1 between Ash and Oak.", PAIR).verdict in WITHHELD


@pytest.mark.parametrize(
    "claim", ["Ash and Oak differ significantly in F1.", "There is a significant difference in F1."]
)
def test_a_significant_difference_needs_a_test_and_two_sides(claim: str) -> None:
    assert judged(claim, PAIR).verdict in WITHHELD
