"""A caption that says that parts are removed one after the other, and one that only measures something cumulative."""

from __future__ import annotations

import pytest
from small_tables import judged, table

ROWS = "Model | Hopper | Ant\nFull model | 90 | 80\nw/o gate | 70 | 75\nw/o copy | 60 | 78"


@pytest.mark.parametrize(
    "caption",
    [
        "Cumulative reward.",
        "Ablation study: cumulative return.",
        "Normalized discounted cumulative gain.",
        "Incremental learning, accuracy.",
    ],
)
def test_a_cumulative_measure_leaves_ablations_what_they_are(caption: str) -> None:
    assert [row.base for row in table(ROWS, caption).rows] == [None, 0, 0]


@pytest.mark.parametrize(
    "caption",
    [
        "Cumulative ablation, accuracy.",
        "Accuracy. Results are cumulative.",
        "Accuracy. Components are removed cumulatively; cumulative reward.",
        "Accuracy under incremental removal.",
    ],
)
def test_rows_of_a_stepwise_removal_have_no_known_base(caption: str) -> None:
    assert [row.base for row in table(ROWS, caption).rows] == [None, None, None]
    assert judged("Removing the gate hurts Hopper by 20.0 points.", table(ROWS, caption)).verdict == "not-testable"
