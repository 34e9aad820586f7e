"""The language of training is one of "all languages" and need not be one of "all transfer languages"."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

SCORES = """
    Model | en   | de   | fr   | sw
    Maple | 80.0 | 72.0 | 73.0 | 60.0
    Birch | 81.0 | 70.0 | 71.0 | 58.0
    Elder | 79.0 | 69.0 | 72.0 | 57.0
    """
UNSAID = table(SCORES, "Zero-shot cross-lingual transfer accuracy by language.")
ENGLISH = table(SCORES, "Zero-shot transfer accuracy, trained on English.")


@pytest.mark.parametrize("kind", ["transfer", "target", "zero-shot"])
def test_a_sentence_that_the_language_of_training_decides_has_no_verdict(kind: str) -> None:
    for over in (UNSAID, ENGLISH):
        found = judged(f"Maple beats Birch on all {kind} languages.", over)
        assert found.verdict in WITHHELD, found.assertion


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Maple beats Elder on all transfer languages.", "supported"),
        ("Elder beats Maple on all transfer languages.", "refuted"),
        ("Birch has the best score in all transfer languages.", "refuted"),
        ("Maple beats Birch on all languages.", "refuted"),
    ],
)
def test_a_sentence_that_is_so_with_and_without_it_is_decided(claim: str, word: str) -> None:
    check(UNSAID, claim, word)


def test_where_the_caption_names_the_language_of_training_no_other_is_left_out() -> None:
    found = judged("Maple beats Elder on all transfer languages.", ENGLISH)
    assert (found.verdict, len(found.alternatives)) == ("supported", 1)
