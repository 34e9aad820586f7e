"""A header that derives a quantity from a measure, and one that plainly is a score of its own."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables.deriving import header_derives


@pytest.mark.parametrize(
    ("header", "measure", "beside", "derives"),
    [
        ("Accuracy change", "accuracy", (), True),
        ("Change in detection accuracy", "accuracy", (), True),
        ("Drop detection F1", "f1", (), True),
        ("Change detection accuracy", "accuracy", (), False),
        ("Time to accuracy", "accuracy", (), True),
        ("Gap to En BLEU", "bleu", (), True),
        ("En to De BLEU", "bleu", (), False),
        ("Negative F1", "f1", (), True),
        ("Negative F1", "f1", ("positive",), False),
    ],
)
def test_a_class_a_direction_and_a_task_leave_a_score_what_it_is(header, measure, beside, derives: bool) -> None:
    assert header_derives(header, measure, beside) is derives


def test_the_scores_of_opposite_classes_are_ranked() -> None:
    classes = table("Model | Positive F1 | Negative F1\nMaple | 80 | 70\nBirch | 81 | 69")
    check(classes, "Maple has the best negative F1.", "supported")
    check(classes, "Birch beats Maple on Negative F1.", "refuted")


LOSSES = "Objective | {} | {}\nTriplet loss | 60 | 70\nContrastive loss | 58 | 71"


def test_rows_that_measures_cross_are_called_by_a_part_of_their_names() -> None:
    over = table(LOSSES.format("F1", "Accuracy"))
    check(over, "Triplet has the highest F1.", "supported")
    check(over, "Triplet has the highest accuracy.", "refuted")


def test_rows_that_may_be_measured_quantities_are_not() -> None:
    over = table(LOSSES.format("Maple", "Birch"))
    assert judged("Maple beats Birch in triplet.", over).verdict in WITHHELD
