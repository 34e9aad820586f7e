"""Ranks of a number just said, ranks compared to others, counts of systems, and what is the same for two."""

from __future__ import annotations

import pytest

from analysis.tables import Table, table_of_grid
from claims.checking.over_tables import TableJudge

DECIDED = ("supported", "refuted")


@pytest.fixture(scope="module")
def judge() -> TableJudge:
    grid = [["Name", "Dev accuracy", "Test accuracy", "Size", "Layers"], ["Maple", "71.0", "70.2", "400", "12"],
            ["Birch", "70.1", "72.9", "300", "24"], ["Elder", "69.5", "69.9", "200", "6"],
            ["Pine", "60.0", "61.0", "150", "8"], ["Fir", "50.0", "51.0", "100", "12"]]  # fmt: skip
    tables: tuple[Table, ...] = table_of_grid(grid[0], grid[1:], caption="Results on both sets.")
    return TableJudge(tables)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Maple has a Dev accuracy of 71.0, which is the highest among all models.", "supported"),
        ("Maple scores 71.0 on Dev, the highest among all models.", "supported"),
        ("Birch has a Dev accuracy of 70.1, which is the second highest among all models.", "supported"),
        ("Birch has a Dev accuracy of 71.0, which is the highest among all models.", "refuted"),
        ("Birch has a Dev accuracy of 70.1, which is the highest among all models.", "mixed"),
        ("Maple outperforms Birch on Dev, but underperforms on Test.", "supported"),
        ("Birch outperforms Maple on Dev, but underperforms on Test.", "refuted"),
        ("Birch has the highest Test accuracy compared to other models.", "supported"),
        ("Maple has the highest Test accuracy compared to all other models.", "refuted"),
        ("Birch has the highest Test accuracy of any model.", "supported"),
        ("Maple has the highest Test accuracy in the table.", "refuted"),
        ("The number of layers is the same for Maple and Fir.", "supported"),
        ("The number of layers is the same for Maple and Birch.", "refuted"),
        ("There is a 0.9 point difference between Maple and Birch on Dev.", "supported"),
        ("There is a 1.9 point difference between Maple and Birch on Dev.", "refuted"),
        ("Only two models have a Dev accuracy above 70.", "supported"),
        ("Only two models have a Dev accuracy above 69.", "refuted"),
        ("Exactly three models have a Dev accuracy above 69.", "supported"),
        ("Three models have a Dev accuracy above 69.", "supported"),
        ("Four models have a Dev accuracy above 69.", "refuted"),
        ("Maple has a total of 12 layers.", "supported"),
        ("Maple has a total of 24 layers.", "refuted"),
    ],
)
def test_it_is_judged_by_all_it_says(judge: TableJudge, claim: str, word: str) -> None:
    assert judge.verdict(claim, hint=False).verdict == word


@pytest.mark.parametrize(
    "claim",
    [
        "Maple has a Dev accuracy of 71.0, which is almost the highest among all models.",
        "Maple has a Dev accuracy of 71.0, which is not the highest among old models.",
        "Maple outperforms Birch, but underperforms on Test.",
        "Two models have a Dev accuracy above 69.",
        "Birch has the highest Test accuracy compared to Cedar.",
        "Birch has the highest Test accuracy compared to similar models.",
        "Birch has the highest Test accuracy in the other table.",
        "Only about two models have a Dev accuracy above 70.",
        "There is almost a 0.9 point difference between Maple and Birch on Dev.",
        "Maple has a total of almost 12 layers.",
    ],
)
def test_nearly_the_same_words_that_say_more_or_less_are_not_judged(judge: TableJudge, claim: str) -> None:
    assert judge.verdict(claim, hint=False).verdict not in DECIDED
