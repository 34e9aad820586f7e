"""Lines that are no system, columns of another measure, and words that make of a name something else."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

HEADED = table(
    "Model | Acc\nPrevious work |\nBERT | 80.1\nRoBERTa | 84.0\nHuman | 91.0\nOurs |\nBig | 85.2", "Accuracy (%)."
)
PEOPLE = table("Model | NUS | SST\nBERT | 80.1 | 70\nRoBERTa | 84.0 | 72\nHuman | 91.0 | 90", "Accuracy (%).")
SPEECH = table(
    "Model | clean | other | RTF\nRNN-T | 4.0 | 8.0 | 0.05\nCTC | 2.6 | 5.0 | 0.40\nLAS | 2.0 | 4.0 | 0.10",
    "Word error rate (WER, %).",
)
STRANGE = table(
    "Model | clean | other | XQF\nRNN-T | 4.0 | 8.0 | 0.05\nCTC | 2.6 | 5.0 | 0.40\nLAS | 2.0 | 4.0 | 0.10",
    "Word error rate (WER, %).",
)
SIZES = table(
    "Model | X | Y\nBERT-small | 70 | 60\nBiDAF-small | 75 | 58\nBERT-large | 74 | 66\nBiDAF-large | 79 | 59", "F1 (%)."
)
TEACHERS = table("Teacher | X | Y\nBERT | 70 | 60\nRoBERTa | 75 | 58", "Accuracy (%) of a student by its teacher.")
ABLATED = table("Model | X\nOur model | 80.0\nw/o attention | 77.5\nw/o gate | 76.0", "F1 (%).")


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (HEADED, "Human is the best previous work."),
        (HEADED, "Human has the highest accuracy among previous work."),
        (HEADED, "Human is the best model."),
        (PEOPLE, "The best system on NUS is Human."),
        (PEOPLE, "Human has the highest accuracy of all models on NUS."),
        (PEOPLE, "Among the models, Human is the best on NUS."),
    ],
)
def test_people_are_no_model_and_no_previous_work(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


def test_people_hold_a_place_among_all_that_is_measured() -> None:
    check(PEOPLE, "Human has the highest accuracy on NUS.", "supported")
    check(PEOPLE, "BERT is the best model on NUS.", "refuted")


def test_a_column_of_real_time_factors_is_no_word_error_rate() -> None:
    check(SPEECH, "RNN-T has the highest WER.", "supported")
    check(SPEECH, "RNN-T has the lowest WER.", "refuted")
    check(SPEECH, "The WER of RNN-T is above 3.", "supported")


@pytest.mark.parametrize("claim", ["RNN-T has the highest WER.", "The WER of RNN-T is above 3."])
def test_a_column_of_another_order_may_be_of_another_measure_than_the_captions(claim: str) -> None:
    assert judged(claim, STRANGE).verdict in WITHHELD


def test_counterparts_are_compared_one_by_one() -> None:
    check(SIZES, "The large models outperform their small counterparts on Y.", "supported")
    check(SIZES, "The small models outperform their large counterparts on X.", "refuted")


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (TEACHERS, "RoBERTa as a student outperforms BERT on X."),
        (TEACHERS, "BERT as a teacher outperforms RoBERTa on Y."),
        (ABLATED, "Using attention hurts F1."),
        (ABLATED, "The model using attention scores 77.5 on X."),
        (ABLATED, "Using gate outperforms our model on X."),
    ],
)
def test_a_role_of_a_name_and_what_a_label_takes_away_are_no_line(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


TRANSFER = table(
    "Intermediate | XNLI | PAWS-X\nNone | 80.1 | 86.5\nQQP | 78.7 | 84.4\nCCG | 77.5 | 83.1\nCosmosQA | 77.2 | 88.0",
    "Accuracy (%) on target tasks.",
)


@pytest.mark.parametrize(
    "claim",
    [
        "QQP helps XNLI more than CCG.",
        "XNLI benefits more from CCG than from CosmosQA.",
        "QQP is the best intermediate task for XNLI.",
    ],
)
def test_help_is_more_than_the_baseline_which_is_none_of_its_rivals(claim: str) -> None:
    assert judged(claim, TRANSFER).verdict in WITHHELD


def test_help_and_harm_are_compared_where_there_are_any() -> None:
    check(TRANSFER, "CosmosQA helps PAWS-X more than QQP.", "supported")
    check(TRANSFER, "CCG hurts XNLI more than QQP.", "supported")
    check(TRANSFER, "QQP helps PAWS-X more than CosmosQA.", "refuted")


@pytest.mark.parametrize("statistic", ["κ", "Fleiss' kappa", "p-value", "Std. dev.", "Agreement"])
def test_a_row_of_a_statistic_about_the_judgements_is_no_system_among_systems(statistic: str) -> None:
    rated = table(
        f"System | Fluency | Relevance\nMaple | 3.1 | 2.7\nBirch | 4.2 | 3.9\n{statistic} | 0.2 | 0.1", "Ratings."
    )
    check(rated, "Maple has the lowest Fluency.", "supported")
    check(rated, "All systems score above 2 in Relevance.", "supported")
    found = judged(f"{statistic} is highest on Relevance.", rated)
    assert found.verdict in {"refuted", *WITHHELD}
    assert "Maple" not in (found.assertion or "")


DELTA = table("Model | NUS | Inspec\nAlpha | 60 | 50\nBeta | 61 | 52\nGamma | 63 | 54\nDelta | 64 | 57", "Accuracy.")
LARGE = table("Model | NUS | Inspec\nAlpha | 60 | 50\nBeta | 61 | 52\nOurs | 63 | 54\nOurs (large) | 64 | 57", "F1.")


RANKS = table("System | F1 | Rank\nSys-A | 80 | 1\nSys-B | 70 | 2\nSys-C | 60 | 3")
DERIVED = table(
    """
    Model | Accuracy loss | BLEU drop | Fluency rank | F1 std | Latency saving | Memory (variance) | Accuracy rank
    Alpha | 1.0           | 2.0       | 1            | 0.3    | 5              | 0.1               | 1
    Beta  | 3.0           | 1.0       | 2            | 0.2    | 6              | 0.3               | 2
    Gamma | 2.0           | 3.0       | 3            | 0.4    | 7              | 0.2               | 3
    """
)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (DERIVED, "Beta has the highest accuracy."),
        (DERIVED, "The accuracy of Beta is 3.0."),
        (DERIVED, "Gamma has the highest BLEU."),
        (DERIVED, "Gamma has the highest F1."),
        (DERIVED, "Gamma has the highest latency."),
        (DERIVED, "Beta has more memory than Alpha."),
        (DERIVED, "Gamma is the most accurate."),
        (DERIVED, "Gamma is more accurate than Alpha."),
        (DERIVED, "Gamma is the most fluent."),
        (RANKS, "Sys-C has the highest rank."),
        (RANKS, "Sys-A has the lowest rank."),
        (RANKS, "Sys-C has a higher rank than Sys-A."),
        (RANKS, "The highest rank is 3."),
        (DELTA, "Gamma beats all models except Alpha on NUS."),
        (DELTA, "Gamma beats its best rival by 2 points on NUS."),
        (DELTA, "Gamma beats the strongest baseline on NUS by 2 points."),
        (DELTA, "Apart from Alpha, Gamma is the best on NUS."),
        (DELTA, "Apart from Alpha, Gamma is the best."),
        (LARGE, "Ours beats its best rival by 2 points on NUS."),
        (LARGE, "Ours beats the strongest baseline on NUS by 2 points."),
    ],
)
def test_a_drop_in_a_measure_a_high_rank_and_a_row_that_may_be_a_rival_get_no_verdict(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


def test_a_drop_or_a_rank_that_is_named_in_full_is_judged() -> None:
    check(DERIVED, "Beta has the highest accuracy loss.", "supported")
    check(DERIVED, "Gamma has the highest BLEU drop.", "supported")
    check(DERIVED, "The F1 std of Beta is 0.2.", "supported")
    check(RANKS, "The rank of Sys-C is 3.", "supported")
    check(RANKS, "Sys-A has the best rank.", "supported")
