"""Sets and metrics counted over columns that lie under both, and each line counted between two places."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

CROSSED = table(
    """
    System | News F1 | News EM | Web F1 | Web EM
    Ash    | 80.0    | 70.0    | 85.0   | 50.0
    Oak    | 81.0    | 71.0    | 61.0   | 49.0
    Elm    | 82.0    | 72.0    | 62.0   | 50.5
    """,
    "Results on two datasets.",
)
THREE = table(
    """
    System | News F1 | News EM | Web F1 | Web EM | Talk F1 | Talk EM
    Ash    | 80.0    | 70.0    | 85.0   | 50.0   | 80.0    | 70.0
    Oak    | 81.0    | 71.0    | 86.0   | 51.0   | 81.0    | 69.0
    """,
    "Results on three datasets.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Elm beats Oak on both datasets.", "supported"),
        ("Elm beats Oak in both metrics.", "supported"),
        ("Oak beats Ash on both datasets.", "refuted"),
        ("Elm has the best results in both metrics.", "refuted"),
        ("Elm beats Oak on both datasets in both metrics.", "supported"),
        ("Elm is the best model on both datasets in both metrics.", "refuted"),
    ],
)
def test_all_labels_of_one_of_two_levels_of_headers_are_counted(claim: str, word: str) -> None:
    check(CROSSED, claim, word)


def test_all_three_sets_are_counted_over_six_columns() -> None:
    check(THREE, "Oak beats Ash on all three datasets.", "refuted")
    check(THREE, "Oak has a higher F1 than Ash on all three datasets.", "supported")


@pytest.mark.parametrize(
    "claim",
    [
        "Oak beats Ash on both datasets.",
        "Oak beats Ash in all three metrics.",
        "Oak beats Ash on at least two datasets.",
        "Oak beats Ash on most datasets.",
        "Oak beats Ash in at least two metrics.",
        "Oak is the best model on two datasets.",
    ],
)
def test_another_count_and_a_count_of_some_are_withheld_where_each_column_is_of_a_set_and_a_metric(claim: str) -> None:
    assert judged(claim, THREE).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("All models have a higher EM on News than on Web.", "supported"),
        ("All models have a higher F1 on News than on Web.", "refuted"),
        ("No model has a higher EM on Web than on News.", "supported"),
        ("No model has a higher F1 on Web than on News.", "refuted"),
        ("All models except Ash have a higher F1 on News than on Web.", "supported"),
        ("All models except Oak have a higher F1 on News than on Web.", "refuted"),
        ("All models have a higher F1 on News than on Web, with the exception of Ash.", "supported"),
        ("All models except Ash have a higher EM on News than on Web.", "refuted"),
        ("All models score higher on News than on Web.", "mixed"),
    ],
)
def test_each_line_is_compared_with_itself_in_two_places(claim: str, word: str) -> None:
    check(CROSSED, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "All models have a higher F1 on News than EM on Web.",
        "All models except Pine have a higher F1 on News than on Web.",
        "All models except Web have a higher F1 on News than on Web.",
        "Most models except Ash have a higher F1 on News than on Web.",
    ],
)
def test_other_measures_and_unknown_exceptions_are_withheld(claim: str) -> None:
    assert judged(claim, CROSSED).verdict in WITHHELD
