"""How much something varies is never judged by its means."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, judged, table

PRINTED = table(
    "Method | CoLA | MRPC\nMaple | 63.4 ± 1.1 | 89.7 ± 0.7\nBirch | 62.0 ± 2.1 | 88.9 ± 0.4",
    "Mean accuracy ± standard deviation over five seeds.",
)
BY_SEED = table(
    "Method | Seed | CoLA\nMaple | 1 | 63.4\nMaple | 2 | 64.4\nBirch | 1 | 62.0\nBirch | 2 | 60.0", "Accuracy by seed."
)
ACROSS = table("Method | Seed 1 | Seed 2\nMaple | 63.4 | 64.4\nBirch | 62.0 | 60.0", "Accuracy on CoLA.")


@pytest.mark.parametrize("over", [PRINTED, BY_SEED, ACROSS], ids=["with ±", "a row a seed", "a column a seed"])
@pytest.mark.parametrize(
    "claim",
    [
        "Maple varies less across seeds than Birch.",
        "Maple varies less across seeds than Birch on CoLA.",
        "Birch varies more across seeds than Maple.",
        "Maple has a lower variance than Birch.",
        "Maple is more stable across seeds than Birch.",
        "Maple changes less across seeds than Birch.",
        "Maple has a smaller spread than Birch.",
        "Maple is more consistent across seeds than Birch.",
    ],
)
def test_who_varies_less_gets_no_verdict(over, claim: str) -> None:
    found = judged(claim, over)
    assert found.verdict in WITHHELD, found.assertion
