"""Kinds of thing that a header names, in numbers, and scales that a header writes out."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

REGIONS = table(
    """
    Region    | Population (million) | Unemployment | Broadband
    Northland | 1.9                  | 4.1          | 94
    Eastmark  | 3.4                  | 8.9          | 81
    Westshore | 5.1                  | 3.6          | 97
    Southvale | 2.6                  | 12.4         | 74
    """,
    "Regional indicators in 2019. Unemployment in %.",
)
YEARS = table(
    """
    Region    | Year | Unemployment
    Northland | 2018 | 4.1
    Northland | 2019 | 4.9
    Westshore | 2018 | 3.6
    Westshore | 2019 | 5.4
    """,
    "Regional indicators.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Northland has the smallest population, 1.9 million.", "supported"),
        ("The population of Northland is 1.9 million.", "supported"),
        ("The population of Northland is 2.9 million.", "refuted"),
        ("The population of Westshore is above 5 million.", "supported"),
        ("The population of Westshore is above 6 million.", "refuted"),
        ("Exactly two regions have an unemployment below 5%.", "supported"),
        ("At least three regions have an unemployment below 5%.", "refuted"),
        ("In no region does unemployment exceed 13%.", "supported"),
        ("In no region does unemployment exceed 12%.", "refuted"),
    ],
)
def test_what_a_header_names_is_counted_and_its_scale_taken(claim: str, word: str) -> None:
    check(REGIONS, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Exactly two coastal regions have an unemployment below 5%.",
        "In no other region does unemployment exceed 12%.",
    ],
)
def test_another_scale_and_a_narrower_kind_are_withheld(claim: str) -> None:
    assert judged(claim, REGIONS).verdict in WITHHELD


def test_labels_that_lines_share_are_not_counted_by_lines() -> None:
    assert judged("Exactly two regions have an unemployment below 4.5.", YEARS).verdict in WITHHELD
    assert judged("At least three regions have an unemployment below 5.", YEARS).verdict in WITHHELD


@pytest.mark.parametrize(
    "claim",
    [
        "Combination has the fewest patients.",
        "Placebo has the most patients.",
        "Placebo has the most examples.",
        "High dose has the most systems.",
    ],
)
def test_who_has_the_most_of_things_that_no_line_counts_is_not_asked_of_every_column(claim: str) -> None:
    over = table(
        "Arm | N | Mortality (%) | Events\nPlacebo | 402 | 12.4 | 57\nHigh dose | 405 | 8.9 | 88\n"
        "Combination | 199 | 9.5 | 45",
        "Results by arm.",
    )
    assert judged(claim, over).verdict in WITHHELD
