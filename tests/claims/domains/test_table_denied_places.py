""" "Beats B in one setting on X but not on Y": the setting is of both places."""

from __future__ import annotations

import pytest
from small_tables import check, table

ACROSS = table(
    """
    Model | Zero-shot | Zero-shot | Few-shot | Few-shot
          | XNLI | PAWS | XNLI | PAWS
    Maple | 71   | 60   | 70   | 66
    Birch | 70   | 65   | 72   | 61
    Elder | 60   | 50   | 61   | 52
    """,
    "Accuracy.",
)
BELOW = table(
    """
    Model | Setting   | XNLI | PAWS
    Maple | zero-shot | 71   | 60
    Maple | few-shot  | 70   | 66
    Birch | zero-shot | 70   | 65
    Birch | few-shot  | 72   | 61
    """,
    "Accuracy.",
)


@pytest.mark.parametrize("over", [ACROSS, BELOW], ids=["in columns", "in rows"])
@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Maple beats Birch in the zero-shot setting on XNLI but not on PAWS.", "supported"),
        ("Maple beats Birch on XNLI but not on PAWS in the zero-shot setting.", "supported"),
        ("In the zero-shot setting, Maple beats Birch on XNLI but not on PAWS.", "supported"),
        ("Maple beats Birch on zero-shot XNLI but not on PAWS.", "supported"),
        ("Maple beats Birch on XNLI in the zero-shot setting but not in the few-shot setting.", "supported"),
        ("Maple beats Birch in the zero-shot setting on PAWS but not on XNLI.", "refuted"),
        ("Maple beats Birch on PAWS in the zero-shot setting but not in the few-shot setting.", "refuted"),
        ("Maple beats Birch in the few-shot setting on PAWS but not on XNLI.", "supported"),
        ("Birch beats Maple in the few-shot setting on XNLI but not on PAWS.", "supported"),
    ],
)
def test_a_setting_holds_of_the_place_where_a_comparison_is_denied(over, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Maple is best on XNLI in the zero-shot setting but not on PAWS.", "supported"),
        ("Birch is best on PAWS in the zero-shot setting but not on XNLI.", "supported"),
        ("Maple is best on PAWS in the zero-shot setting but not on XNLI.", "refuted"),
        ("Maple is best on XNLI in the zero-shot setting but not in the few-shot setting.", "supported"),
    ],
)
def test_it_holds_of_the_place_where_a_superlative_is_denied(claim: str, word: str) -> None:
    check(ACROSS, claim, word)


def test_what_is_affirmed_and_what_is_denied_are_two_parts() -> None:
    check(ACROSS, "Maple beats Elder on zero-shot XNLI but not on zero-shot PAWS.", "mixed")
