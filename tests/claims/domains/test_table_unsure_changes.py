"""A line called "gap" may be a change of other lines or measured like them; where that matters nothing is decided."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

CAPTION = "Mean absolute error (MAE, lower is better) on the targets."
MEASURED = table("Model | gap (meV) | dipole | alpha\nMaple | 63 | 0.012 | 0.024\nBirch | 34 | 0.029 | 0.025", CAPTION)
DIFFERENT = table("Model | Seen | Unseen | Gap\nMaple | 71.5 | 60.2 | 11.3\nBirch | 70.1 | 59.0 | 11.1", "Accuracy.")
RELATIVE = table("Model | Seen | Unseen | Drop\nMaple | 80.0 | 60.0 | 25.0\nBirch | 75.0 | 55.0 | 26.7", "Accuracy.")
OF_A_ROW = table("Model | Inspec | NUS | Drop\nMaple | 80.0 | 60.1 | 0\nBirch | 75.0 | 55.3 | 5.0", "Accuracy.")
SIGNED = table("Model | Inspec | NUS | Gain\nMaple | 80.0 | 60.1 | +1.7\nBirch | 75.0 | 55.3 | +2.5", "Accuracy.")
PERCENT = table("Model | Inspec | NUS | Improv.\nMaple | 80.0 | 60.1 | 8.1%\nBirch | 75.0 | 55.3 | 4.9%", "Accuracy.")
ROWS = table("Target | Maple | Birch\ngap (meV) | 63 | 34\ndipole | 0.012 | 0.029\nalpha | 0.024 | 0.025", CAPTION)


@pytest.mark.parametrize("over", [MEASURED, ROWS])
@pytest.mark.parametrize(
    "claim",
    [
        "Maple has the lowest MAE on all targets.",
        "Maple attains the lowest MAE on all two targets.",
        "Maple outperforms Birch on all targets.",
        "Maple outperforms Birch.",
    ],
)
def test_a_column_of_gaps_that_no_others_make_up_withholds_what_is_said_of_all(over: Table, claim: str) -> None:
    found = judged(claim, over)
    assert found.verdict in WITHHELD, found.assertion


def test_why_it_is_withheld_is_said() -> None:
    assert "“gap (meV)”" in judged("Maple has the lowest MAE on all targets.", MEASURED).reason


def test_what_is_said_of_a_named_column_beside_it_is_judged() -> None:
    check(MEASURED, "Maple has the lowest MAE on dipole.", "supported")


@pytest.mark.parametrize("over", [DIFFERENT, RELATIVE, OF_A_ROW, SIGNED, PERCENT])
def test_a_column_of_differences_is_no_line_that_is_compared(over: Table) -> None:
    check(over, "Maple outperforms Birch on all data sets.", "supported")


@pytest.mark.parametrize(
    "claim", ["F1 ranges from 79.1 to 84.0.", "The average F1 is 83.25.", "The average F1 is 81.9."]
)
def test_a_system_called_delta_is_not_left_out_of_a_range_or_a_mean_unseen(claim: str) -> None:
    named_delta = table("Model | F1 | Layers\nAlpha | 84.0 | 12\nBeta | 82.5 | 24\nDelta | 79.1 | 6")
    found = judged(claim, named_delta)
    assert found.verdict in WITHHELD, found.assertion
    assert "“Delta”" in found.reason
    check(named_delta, "Alpha has a higher F1 than Beta.", "supported")
