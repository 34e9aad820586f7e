"""Tables that say nowhere what they measure, nouns that labels are, and names that a caption gives with a noun."""

from __future__ import annotations

import pytest

from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

UNNAMED = [["System", "Offline", "Online"], ["Maple rule", "59.8", "52.7"], ["Birch rule", "61.3", "54.9"],
           ["Elder rule", "57.4", "46.9"]]  # fmt: skip
RULES = [["System", "Input type", "Offline", "Online"], ["Maple rule", "Feature", "59.8", "52.7"],
         ["Maple rule", "Signal", "61.3", "54.9"], ["Birch rule", "Feature", "57.4", "46.9"],
         ["Birch rule", "Signal", "56.3", "41.7"]]  # fmt: skip
PLANS = [["Metric", "Direct", "Hierarchical"], ["Total time (s)", "51.9", "10.7"], ["Final uncertainty", "0.7", "0.6"]]
PAIRED = [["Model", "NUS F1@5", "NUS F1@M", "SemEval F1@5", "SemEval F1@M"], ["Maple", "0.33", "0.43", "0.25", "0.29"],
          ["Birch", "0.32", "0.40", "0.24", "0.28"], ["Elder", "0.31", "0.44", "0.23", "0.27"]]  # fmt: skip


def verdict(claim: str, grid: list[list[str]], caption: str) -> str:
    return TableJudge(table_of_grid(grid[0], grid[1:], caption=caption)).verdict(claim, hint=False).verdict


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("The Birch rule has a higher accuracy than the Maple rule in online mode.", "supported"),
        ("The Maple rule has the highest accuracy in offline mode.", "refuted"),
        ("In terms of F1, the Birch rule outperforms the Maple rule in offline mode.", "supported"),
        ("The Birch rule has a lower error than the Maple rule in offline mode.", "refuted"),
    ],
)
def test_a_table_that_names_no_measure_is_of_the_one_a_sentence_names(claim: str, word: str) -> None:
    assert verdict(claim, UNNAMED, "Discrimination results") == word


@pytest.mark.parametrize(
    "caption",
    [
        "Error rates of discrimination",
        "BLEU scores",
        "Running time of the rules",
        "Number of errors",
        "Statistics of the rules",
        "Drop of the score",
    ],
)
def test_a_table_whose_caption_speaks_of_something_else_is_of_no_measure_a_sentence_names(caption: str) -> None:
    claim = "The Birch rule has a higher accuracy than the Maple rule in online mode."
    assert verdict(claim, UNNAMED, caption) not in ("supported", "refuted")


@pytest.mark.parametrize(
    "claim",
    [
        "The Birch rule has a higher zorgly than the Maple rule in online mode.",
        "The Birch rule has a higher accuracy and a lower loss than the Maple rule in online mode.",
        "The Birch rule has a higher relative accuracy than the Maple rule in online mode.",
        "The Birch rule has a higher accuracy drop than the Maple rule in online mode.",
    ],
)
def test_other_words_for_what_is_measured_are_not_guessed(claim: str) -> None:
    assert verdict(claim, UNNAMED, "Discrimination results") not in ("supported", "refuted")


def test_a_share_of_more_than_a_hundred_or_less_than_nothing_is_none() -> None:
    claim = "The Birch rule has a higher accuracy than the Maple rule in online mode."
    for cell in ("252.7", "-52.7"):
        grid = [UNNAMED[0], ["Maple rule", "59.8", cell], *UNNAMED[2:]]
        assert verdict(claim, grid, "Discrimination results") not in ("supported", "refuted")


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
