"""What a sentence may take up from a caption: what holds for the whole table and sets nothing apart."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

ROWS = """
    Model   | NUS  | Inspec
    BERT    | 96.3 | 88.1
    RoBERTa | 89.9 | 91.0
    T5      | 92.1 | 85.0
"""


def scores(caption: str) -> Table:
    return table(ROWS, caption)


@pytest.mark.parametrize(
    ("caption", "claim"),
    [
        ("Error analysis: accuracy (%) of models.", "BERT has a higher error than RoBERTa on NUS."),
        ("Accuracy (%) on three test sets.", "RoBERTa is in the top three on NUS."),
        ("Accuracy (%) with and without fine-tuning.", "BERT scores 96.3 on NUS without fine-tuning."),
        ("Accuracy (%) with and without fine-tuning.", "BERT scores 96.3 on NUS with fine-tuning."),
        ("Accuracy (%) before and after distillation.", "BERT scores 96.3 on NUS with distillation."),
        ("Accuracy (%) without attention under noise.", "BERT outperforms RoBERTa on NUS without noise."),
        ("Accuracy (%) without attention under noise.", "BERT with attention outperforms RoBERTa on NUS."),
        ("Accuracy (%) relative to human performance.", "Human performance on NUS is 96.3."),
        ("Accuracy (%) on dev and test sets.", "BERT beats RoBERTa on the dev set of NUS."),
        ("Zero-shot vs. supervised accuracy (%).", "BERT has the highest supervised accuracy on NUS."),
        ("Accuracy (%) of models fine-tuned on SQuAD.", "BERT scores 96.3 on SQuAD."),
        ("Accuracy (%) of small models under label noise.", "Small BERT beats RoBERTa on NUS."),
        ("Accuracy (%) of small models under label noise.", "BERT has more noise than RoBERTa on NUS."),
        ("Accuracy (%) of small models under label noise.", "BERT has the most label noise on NUS."),
        ("Accuracy (%) of small models under label noise.", "The noise of BERT is 96.3 on NUS."),
        ("Accuracy (%) averaged over runs with different seeds.", "BERT beats RoBERTa with different seeds on NUS."),
    ],
)
def test_a_word_that_counts_sets_apart_or_measures_something_else_is_not_taken_up(caption: str, claim: str) -> None:
    found = judged(claim, scores(caption))
    assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"


@pytest.mark.parametrize(
    ("caption", "claim", "word"),
    [
        ("Test accuracy (%) of small models.", "BERT is the best small model on NUS.", "supported"),
        ("Test accuracy (%) of small models.", "All small models exceed 90 on NUS.", "refuted"),
        ("Test accuracy (%) of small models.", "The test accuracy of BERT on NUS is 96.3.", "supported"),
        ("Zero-shot accuracy (%) on the test set.", "BERT has the highest zero-shot accuracy on NUS.", "supported"),
        ("Zero-shot accuracy (%) on the test set.", "RoBERTa beats BERT on the NUS test set.", "refuted"),
        ("Table 3: Energy consumption of models.", "BERT has a higher energy consumption than T5 on NUS.", "supported"),
        ("Accuracy (%) under label noise.", "BERT outperforms RoBERTa on NUS under label noise.", "supported"),
    ],
)
def test_a_word_that_holds_for_the_whole_table_says_nothing_new(caption: str, claim: str, word: str) -> None:
    check(scores(caption), claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "The baseline scores 96.3 on NUS.",
        "The model scores 96.3 on NUS.",
        "The number of models on NUS is 96.3.",
        "BERT has the best speedup in its family on NUS.",
    ],
)
def test_a_kind_of_thing_that_no_line_is_called_is_none_of_them(claim: str) -> None:
    found = judged(claim, scores("Speedup over the baseline by language family."))
    assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"


@pytest.mark.parametrize(
    ("caption", "measure"),
    [
        ("Drop in accuracy (points) under noise.", "accuracy"),
        ("Standard deviation of accuracy over 5 runs.", "accuracy"),
        ("p-values of the difference in F1 to the baseline.", "F1"),
        ("Gap to human performance in accuracy.", "accuracy"),
        ("Relative improvement over the baseline in F1 (%).", "F1"),
        ("Number of test items on which each system has the best BLEU.", "BLEU"),
        ("Ablation. Change of accuracy with respect to the full model.", "accuracy"),
    ],
)
def test_cells_that_a_caption_makes_another_quantity_are_not_its_measure(caption: str, measure: str) -> None:
    for claim in (
        "The {} of BERT on NUS is 96.3.",
        "BERT has a higher {} than T5 on NUS.",
        "BERT has the best {} on NUS.",
    ):
        found = judged(claim.format(measure), scores(caption))
        assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"
    for told in ("Mean and standard deviation of accuracy.", "Effect of the difference in data on accuracy."):
        check(scores(told), "The accuracy of BERT on NUS is 96.3.", "supported")


@pytest.mark.parametrize(
    ("header", "caption"),
    [
        ("Fluency", "Human ranking, where 1 is the best."),
        ("Fluency", "Ranks (1 = best) of the systems."),
        ("Fluency", "Scores of the systems; lower is better."),
        ("Fluency", "Ratings of 100 users: lower is better."),
        ("Fluency", "Number of errors per criterion in 100 sentences."),
        ("Fluency (PPL)", ""),
        ("Diversity (self-BLEU)", ""),
    ],
)
def test_a_word_of_quality_says_nothing_where_less_of_it_may_be_better(header: str, caption: str) -> None:
    noun = header.split()[0].lower()
    rows = "System | {} | Adequacy\nMaple | 4.1 | 3.0\nBirch | 3.5 | 2.0"
    claims = (
        "Maple is more fluent than Birch.", "Maple is more diverse than Birch.", f"Maple beats Birch in {noun}.",
        f"Maple has the best {noun}.", f"Maple ranks first in {noun}.",
    )  # fmt: skip
    for claim in claims:
        found = judged(claim, table(rows.format(header), caption))
        assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"
    check(table(rows.format("Fluency"), "Human evaluation."), "Maple is more fluent than Birch.", "supported")
    assert judged("Maple is more fluent than Birch.", table(rows.format("Fluency ↓"))).verdict in WITHHELD
