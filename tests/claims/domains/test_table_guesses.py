"""A line that guesses counts or not among all models of a table: both ways must agree."""

from __future__ import annotations

import pytest
from small_tables import check, judged, table

AGENTS = table(
    """
    Agent  | Hopper | Walker | Ant
    Maple  | 3234   | 4001   | 4615
    Birch  | 3564   | 4682   | 4372
    Elder  | 2020   | 1843   | 1005
    Random | 18     | 2      | -60
    """,
    "Average return by environment.",
)


@pytest.mark.parametrize(
    "claim",
    [
        "All agents exceed 2000 on Hopper.",
        "Elder has the lowest return on Hopper.",
        "No agent falls below 1000 on Hopper.",
        "Elder scores lower than all other models on Hopper.",
        "Most agents exceed 3000 on Hopper.",
    ],
)
def test_a_sentence_that_a_guess_decides_has_no_verdict(claim: str) -> None:
    found = judged(claim, AGENTS)
    assert found.verdict == "inconclusive"
    assert "Whether Random counts among those compared is not said" in found.reason


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("All agents exceed 2100 on Hopper.", "refuted"),
        ("All agents exceed 10 on Hopper.", "supported"),
        ("Maple has the highest return on Ant.", "supported"),
        ("Birch has the highest return on Ant.", "refuted"),
        ("Random has the lowest return on Hopper.", "supported"),
        ("Random scores lower than all other models on Hopper.", "supported"),
        ("Elder scores lower than Random on Hopper.", "refuted"),
    ],
)
def test_a_sentence_that_is_so_with_and_without_a_guess_is_decided(claim: str, word: str) -> None:
    check(AGENTS, claim, word)


def test_a_data_set_called_random_is_a_place_like_any_other() -> None:
    splits = table("Model | Random | Scaffold\nMaple | 80.0 | 70.0\nBirch | 81.0 | 69.0", "Accuracy by split.")
    check(splits, "Maple beats Birch on all datasets.", "refuted")
    check(splits, "Maple beats Birch on Scaffold but not on Random.", "supported")
