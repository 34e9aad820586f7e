"""A number denied of every line: "never drops below 80", "no old model exceeds 81", "all stores have …"."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

GROUPS = table(
    """
    Group | System  | F1 | Time (s)
    Old   | Alpha   | 80 | 3
    Old   | Beta    | 81 | 4
    New   | Alpha-x | 82 | 5
    New   | Beta-x  | 83 | 6
    """,
    "Results.",
)
STORES = table(
    """
    Store   | Memory (GB) | Cost
    RocksDB | 4.2         | 10
    LevelDB | 3.1         | 12
    LMDB    | 8.8         | 14
    """,
    "Stores.",
)
RATIOS = table(
    """
    Ratio | FT   | LP
    10%   | 80.1 | 60.0
    30%   | 82.0 | 61.0
    50%   | 83.1 | 60.5
    """,
    "Accuracy (%) by mask ratio. FT: fine-tuning accuracy; LP: probing accuracy.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("The F1 never drops below 79.", "supported"),
        ("The F1 never drops below 80.5.", "refuted"),
        ("The F1 never exceeds 84.", "supported"),
        ("The F1 never exceeds 82.5.", "refuted"),
        ("The F1 of Beta never falls below 80.", "supported"),
        ("No new model has an F1 below 81.5.", "supported"),
        ("No new system falls below 82.5 in F1.", "refuted"),
        ("No old model exceeds an F1 of 81.5.", "supported"),
        ("No old model exceeds an F1 of 80.5.", "refuted"),
        ("No old model reaches an F1 of 81.", "refuted"),
        ("No old model reaches an F1 of 81.5.", "supported"),
        ("No old model needs more than 4.5 s.", "supported"),
    ],
)
def test_a_number_is_denied_of_every_line_named(claim: str, word: str) -> None:
    check(GROUPS, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "No small model exceeds an F1 of 81.5.",
        "No other old model exceeds an F1 of 81.5.",
        "All models never drop below 80 F1.",
        "The F1 almost never drops below 79.",
        "The precision never drops below 79.",
    ],
)
def test_what_is_denied_of_others_is_withheld(claim: str) -> None:
    assert judged(claim, GROUPS).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("All stores have a memory above 3 GB.", "supported"),
        ("All stores have a memory above 4 GB.", "refuted"),
        ("No store has a memory above 9 GB.", "supported"),
        ("No store has a memory above 8 GB.", "refuted"),
        ("All stores except LMDB have a memory below 5 GB.", "supported"),
        ("All stores except LevelDB have a memory below 5 GB.", "refuted"),
    ],
)
def test_the_header_of_the_labels_names_what_is_counted(claim: str, word: str) -> None:
    check(STORES, claim, word)


@pytest.mark.parametrize("claim", ["All four stores have a memory above 3 GB.", "All costs have a memory above 3 GB."])
def test_another_number_or_another_header_is_withheld(claim: str) -> None:
    assert judged(claim, STORES).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("FT increases with the ratio.", "supported"),
        ("FT decreases as the ratio increases.", "refuted"),
        ("LP increases with the ratio.", "refuted"),
        ("No ratio has an FT below 80.5.", "refuted"),
        ("Raising the ratio from 30% to 50% increases FT by 1.1 points.", "supported"),
        ("Raising the ratio from 30% to 50% brings a gain of 1.1 points in FT.", "supported"),
        ("Raising the ratio from 30% to 50% still brings a gain of 0.9 points in FT.", "refuted"),
        ("Raising the ratio from 30% to 50% brings a drop of 0.5 points in LP.", "supported"),
        ("Raising the ratio from 30% to 50% brings a 0.5 point increase in LP.", "refuted"),
    ],
)
def test_labels_in_percent_are_numbers(claim: str, word: str) -> None:
    check(RATIOS, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Raising the ratio from 50% to 30% increases FT.",
        "Raising the ratio from 30% to 75% increases FT.",
        "Lowering the ratio from 30% to 50% brings a gain of 1.1 points in FT.",
    ],
)
def test_a_setting_that_the_table_lacks_or_that_moves_the_other_way_is_withheld(claim: str) -> None:
    assert judged(claim, RATIOS).verdict in WITHHELD
