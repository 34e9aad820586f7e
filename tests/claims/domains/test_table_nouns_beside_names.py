"""Nouns that labels are, names that a caption gives with a noun, data sets counted over several measures."""

from __future__ import annotations

import pytest

from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

RULES = [["System", "Input type", "Offline", "Online"], ["Maple rule", "Feature", "59.8", "52.7"],
         ["Maple rule", "Signal", "61.3", "54.9"], ["Birch rule", "Feature", "57.4", "46.9"],
         ["Birch rule", "Signal", "56.3", "41.7"]]  # fmt: skip
PLANS = [["Metric", "Direct", "Hierarchical"], ["Total time (s)", "51.9", "10.7"], ["Final uncertainty", "0.7", "0.6"]]
PAIRED = [["Model", "NUS F1@5", "NUS F1@M", "SemEval F1@5", "SemEval F1@M"], ["Maple", "0.33", "0.43", "0.25", "0.29"],
          ["Birch", "0.32", "0.40", "0.24", "0.28"], ["Elder", "0.31", "0.44", "0.23", "0.27"]]  # fmt: skip


def verdict(claim: str, grid: list[list[str]], caption: str) -> str:
    return TableJudge(table_of_grid(grid[0], grid[1:], caption=caption)).verdict(claim, hint=False).verdict


def test_a_noun_that_is_a_label_passes_over_no_other_label() -> None:
    claim = "The online accuracy of the Birch rule with signal features is 41.7."
    assert verdict(claim, RULES, "Discrimination accuracy") != "refuted"
    assert verdict("The online accuracy of the Birch rule with signal input is 41.7.", RULES, "Accuracy") == "supported"


def test_a_caption_may_call_a_line_by_its_name_and_a_noun() -> None:
    claim, caption = "Hierarchical planning is faster than direct planning.", "Direct and hierarchical planning."
    assert verdict(claim, PLANS, caption) == "supported"
    assert verdict("Direct planning is faster than hierarchical planning.", PLANS, caption) == "refuted"
    assert verdict("Hierarchical pruning is faster than direct planning.", PLANS, caption) == "not-testable"
    assert verdict(claim, PLANS, "Direct and hierarchical goals of planning.") == "not-testable"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Maple outperforms Birch on both datasets.", "supported"),
        ("Birch outperforms Maple on both datasets.", "refuted"),
        ("Maple outperforms Elder on both datasets.", "mixed"),
        ("Maple outperforms Birch on all three datasets.", "not-testable"),
    ],
)
def test_data_sets_are_counted_where_each_has_several_measures(claim: str, word: str) -> None:
    assert verdict(claim, PAIRED, "Keyphrase prediction.") == word
