"""Numbers and nouns as they stand in a sentence."""

from __future__ import annotations

import pytest

from analysis.wording import counted


@pytest.mark.parametrize(
    ("n", "noun", "said"),
    [
        (1, "seed", "1 seed"),
        (0, "seed", "0 seeds"),
        (1200, "score", "1,200 scores"),
        (1, "family", "1 family"),
        (2, "family", "2 families"),
        (2, "branch", "2 branches"),
        (1.0, "point", "1 point"),
        (0.5, "point", "0.5 points"),
    ],
)
def test_a_number_stands_with_its_noun_in_the_right_number(n: float, noun: str, said: str) -> None:
    assert counted(n, noun) == said
