"""A header that a converter joined with the first row of numbers."""

from __future__ import annotations

import pytest
from small_tables import check, table


def test_a_first_row_in_the_header_is_a_row() -> None:
    joined = table(
        """
        attack | kill   | Word2Vec 0.69 | KCE 0.30
        arrest | charge | 0.53          | 0.31
        hotel  | travel | 0.49          | 0.29
        murder | charge | 0.40          | 0.20
        """,
        "Similarities of pairs.",
    )
    assert [row.labels for row in joined.rows] == [
        ("attack", "kill"),
        ("arrest", "charge"),
        ("hotel", "travel"),
        ("murder", "charge"),
    ]
    check(joined, "The KCE of attack is 0.30.", "supported")
    check(joined, "Arrest has the highest Word2Vec.", "refuted")


@pytest.mark.parametrize(
    "text",
    [
        "Model | AP 0.50 | AR 0.75\nA | 0.81 | 0.70\nB | 0.82 | 0.71",
        "      | AP 0.50 | AP 0.75\nA | 0.81 | 0.70\nB | 0.82 | 0.71",
        "Pick  | Hits 1 | Tops 5\nA | 0.81 | 0.70\nB | 0.82 | 0.71",
        "Pick  | AP 0.50 | AR\nA | 0.81 | 0.70\nB | 0.82 | 0.71",
    ],
)
def test_numbers_that_tell_columns_apart_stay_in_the_header(text: str) -> None:
    found = table(text)
    assert [row.own for row in found.rows] == ["A", "B"]
    assert len(found.columns) == 2
