"""Nouns that labels are, and names that a caption gives with a noun."""

from __future__ import annotations

from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

RULES = [["System", "Input type", "Offline", "Online"], ["Maple rule", "Feature", "59.8", "52.7"],
         ["Maple rule", "Signal", "61.3", "54.9"], ["Birch rule", "Feature", "57.4", "46.9"],
         ["Birch rule", "Signal", "56.3", "41.7"]]  # fmt: skip
PLANS = [["Metric", "Direct", "Hierarchical"], ["Total time (s)", "51.9", "10.7"], ["Final uncertainty", "0.7", "0.6"]]


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
