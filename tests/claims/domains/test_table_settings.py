"""Settings, kinds beside names, words that only the caption has, and cells of two numbers."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

RUNS = table(
    """
    Type   | Layers | Reward | BLER | SE
    Maple  | 10     | BLER   | 32.0 | 3.1
    Maple  | 15     | BLER   | 30.0 | 3.3
    Maple  | 10     | SE     | 31.0 | 3.9
    Maple  | 15     | SE     | 29.0 | 3.8
    Birch  | 15     | SE     | 28.0 | 3.6
    """,
    "Results of two policies.",
)
LENGTHS = table(
    """
    Method | Sample | 1    | 2
    Maple  | a      | 0.91 | 0.88
    Birch  | a      | 0.57 | 0.58
    """,
    "Distances of matrices from gradient ascent results.",
)
UNSAID = table(
    """
    Model      | EN   | FR
    Char-Maple | 80.0 | 190
    Syl-Maple  | 78.0 | 170
    Syl-Birch  | 79.0 | 180
    """,
    "Evaluation of syllable-aware models. Syl-Maple has 18% less parameters than Char-Maple.",
)
TWO = table(
    """
    Method | Load (s)       | Sort (s)
    Maple  | 269.0 (336.4)  | 5.0 (1.9)
    Birch  | 134.9 (190.7)  | 5.1 (1.8)
    Elder  | 254.9 (300.7)  | 4.8 (1.7)
    """,
    "Runtimes of tasks.",
)
RETRIEVAL = table(
    """
    Model | 1 in 2R@1 | 1 in 10R@5 | R20
    Maple | 90.3      | 94.8       | 1.0
    Birch | 89.8      | 94.5       | 1.2
    """,
    "Response selection.",
)
RANGES = table(
    """
    Dataset | Size | Base error     | Inputs
    Maple   | 1800 | 1.3% (λ=1.10)  | [0,1]
    Birch   | 4137 | 2.9% (λ=0.09)  | R
    """,
    "Errors of two sets.",
)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (RUNS, "Maple with Layers 15 and Reward SE has a BLER higher than 28.5.", "supported"),
        (RUNS, "Maple with Layers 15 and Reward SE has a BLER higher than 30.5.", "refuted"),
        (LENGTHS, "Birch gave the smallest distance from the gradient ascent results on 1.", "supported"),
        (LENGTHS, "Maple gave the smallest distance from the gradient ascent results on 1.", "refuted"),
        (TWO, "Maple has the highest load time.", "supported"),
        (TWO, "Elder has the highest load time.", "refuted"),
        (TWO, "The load time of Birch is higher than that of Elder.", "refuted"),
        (RETRIEVAL, "Maple outperforms Birch in terms of 1 in 2R@1.", "supported"),
        (RETRIEVAL, "Birch outperforms Maple in terms of 1 in 10R@5.", "refuted"),
        (RANGES, "Birch has a higher base error than Maple.", "supported"),
        (RANGES, "Maple has a higher base error than Birch.", "refuted"),
    ],
)
def test_a_setting_or_a_second_number_that_leaves_no_doubt_decides(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (RUNS, "Maple with Layers 20 and Reward SE has a BLER higher than 28.5."),
        (RUNS, "Maple with Layers 15 and Reward F1 has a BLER higher than 28.5."),
        (LENGTHS, "Birch gave the best distance from the gradient ascent results on 1."),
        (LENGTHS, "Birch has the lowest performance on 1."),
        (UNSAID, "Syl-Maple has the least number of parameters among the syllable-aware models."),
        (UNSAID, "Syl-Maple has the lowest number of parameters."),
        (TWO, "Birch has a higher sort time than Maple."),
        (TWO, "The load time of Maple is 269.0 s."),
        (TWO, "The load time of Maple is 336.4 s."),
        (RETRIEVAL, "Maple outperforms Birch in terms of R20."),
    ],
)
def test_a_setting_or_a_second_number_that_leaves_a_doubt_withholds(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD
