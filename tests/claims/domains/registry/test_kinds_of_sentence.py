"""Kinds of sentence that people write about transfer: what each states, and what is not read where it could mislead."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim


def understood(sentence: str) -> str | None:
    """The assertion of a sentence that is read to the end, else None."""
    reading = read_claim(sentence)
    return str(reading.assertion) if reading.complete else None


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("SQuAD 2.0 takes 3.4 points off BUCC.", "(= (gain squad2 bucc) -3.4)"),
        ("QQP pushes XNLI down by 3 points.", "(= (gain qqp xnli) -3)"),
        ("QQP does not push XNLI up.", "(not (> (gain qqp xnli) 0))"),
        ("17 points are lost on BUCC with QQP.", "(= (gain qqp bucc) -17)"),
        ("MNLI is worth 3 points on XNLI.", "(= (gain mnli xnli) 3)"),
        ("The loss of QQP on BUCC exceeds 3 points.", "(< (gain qqp bucc) -3)"),
        ("The gain of MNLI on BUCC stays below 3 points.", "(< (gain mnli bucc) 3)"),
        ("MNLI's gain on XNLI is 3 points.", "(= (gain mnli xnli) 3)"),
        ("QQP lowers the average by 2.6 points.", "(= (mean (gain qqp t) t :over targets) -2.6)"),
        ("XNLI suffers from QQP.", "(< (gain qqp xnli) 0)"),
        ("CCG never helps.", "(none t targets (> (gain ccg t) 0))"),
    ],
)
def test_a_change_is_read_with_its_direction_and_number(sentence: str, assertion: str) -> None:
    assert understood(sentence) == assertion


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("MNLI exceeds 60 on XNLI.", "(> (score mnli xnli) 60)"),
        ("MNLI's average score is 72.7.", "(= (mean (score mnli t) t :over targets) 72.7)"),
        (
            "HellaSwag brings MLQA to 66.6, a gain of 3.6.",
            "(and (= (gain hellaswag mlqa) 3.6) (= (score hellaswag mlqa) 66.6))",
        ),
        (
            "On XNLI, mBERT scores 65.4, which is 13.8 points below XLM-R Large.",
            (
                "(and (= (- (score none xnli :model xlm-r-large) (score none xnli :model mbert)) 13.8)"
                " (= (score none xnli :model mbert) 65.4))"
            ),
        ),
        (
            "XLM-R Large achieves 71.6 F1 and 53.2 exact match on MLQA.",
            (
                "(and (= (score none mlqa :model xlm-r-large :metric exact_match) 53.2)"
                " (= (score none mlqa :model xlm-r-large :metric f1) 71.6))"
            ),
        ),
        (
            "The best PAN-X score, 67.2, was obtained with Cosmos QA.",
            "(and (= (score cosmosqa panx) 67.2) (best cosmosqa i intermediates (gain i panx)))",
        ),
        (
            "HellaSwag (78.0) edges out MNLI (77.7) on BUCC.",
            (
                "(and (= (score hellaswag bucc) 78.0) (= (score mnli bucc) 77.7)"
                " (> (gain hellaswag bucc) (gain mnli bucc)))"
            ),
        ),
    ],
)
def test_a_score_beside_a_change_a_rank_or_a_comparison_is_stated_as_well(sentence: str, assertion: str) -> None:
    assert understood(sentence) == assertion


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("MNLI helps XNLI, whereas QQP hurts it.", "(and (< (gain qqp xnli) 0) (> (gain mnli xnli) 0))"),
        ("While MNLI helps XNLI, it hurts BUCC.", "(and (< (gain mnli bucc) 0) (> (gain mnli xnli) 0))"),
        ("MNLI helps XNLI and BUCC, whereas QQP hurts it.", None),
        ("While MNLI and QQP help XNLI, it hurts BUCC.", None),
    ],
)
def test_it_is_read_where_it_can_be_one_thing_only(sentence: str, assertion: str | None) -> None:
    assert understood(sentence) == assertion


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        (
            "MNLI improves XNLI by 2 points, compared with 1.5 for QQP.",
            "(and (= (gain mnli xnli) 2) (= (gain qqp xnli) 1.5))",
        ),
        ("MNLI does not improve XNLI by 2 points, compared with 1.5 for QQP.", None),
        ("mBERT outperforms XLM on XQuAD, 64.5, against 59.8.", None),
    ],
)
def test_a_number_set_against_another_needs_its_own_task(sentence: str, assertion: str | None) -> None:
    assert understood(sentence) == assertion


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("Among single tasks, HellaSwag leads on XQuAD.", "(best hellaswag i intermediates (gain i xquad))"),
        ("Among single tasks, MNLI beats QQP on XNLI.", None),
        ("Among most intermediate tasks, MNLI is the best on XNLI.", None),
        ("MNLI is not the best intermediate task for XNLI.", "(not (best mnli i intermediates (gain i xnli)))"),
        ("MNLI is not the best intermediate task for every target.", None),
        ("Cosmos QA's biggest improvement is seen on BUCC.", "(best bucc t targets (gain cosmosqa t))"),
    ],
)
def test_a_rank_is_read_with_what_it_is_among(sentence: str, assertion: str | None) -> None:
    assert understood(sentence) == assertion


def test_benefits_most_from_may_rank_the_tasks_as_well_as_the_targets() -> None:
    reading = read_claim("MLQA benefits most from HellaSwag.")
    readings = {str(formula) for formula in (reading.assertion, *reading.rivals)}
    ranks = {"(best mlqa t targets (gain hellaswag t))", "(best hellaswag i intermediates (gain i mlqa))"}
    assert readings == ranks | {f"(whole {rank} (> (gain hellaswag mlqa) 0))" for rank in ranks}


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("It is on XNLI that MNLI gains 3 points.", "MNLI gains 3 points on XNLI."),
        ("It is MNLI that improves XNLI by 3 points.", "MNLI improves XNLI by 3 points."),
        ("It is XNLI that does not benefit from MNLI.", "XNLI does not benefit from MNLI."),
        ("SQuAD does not improve XNLI or MLQA.", "SQuAD improves neither XNLI nor MLQA."),
    ],
)
def test_marked_orders_say_what_plain_ones_say(marked: str, plain: str) -> None:
    assert understood(marked) == understood(plain) is not None


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("SQuAD 2.0 is larger than MNLI.", "(> (fact squad2 train_examples) (fact mnli train_examples))"),
        (
            "XNLI covers fifteen languages, including Swahili.",
            "(and (fact xnli languages sw) (fact xnli n_languages 15))",
        ),
        (
            "Swahili is one of the eleven XQuAD languages.",
            "(and (fact xquad languages sw) (fact xquad n_languages 11))",
        ),
        ("Swahili is not one of the eleven XQuAD languages.", None),
        ("XQuAD contains a Korean test set.", "(fact xquad languages ko)"),
        (
            "PAWS-X is a paraphrase task based on Quora.",
            "(and (fact pawsx kind paraphrase) (fact pawsx text_sources quora))",
        ),
    ],
)
def test_facts_said_together_are_stated_together(sentence: str, assertion: str | None) -> None:
    assert understood(sentence) == assertion


def test_names_are_called_by_their_kind_in_the_certificate() -> None:
    used = {part.text: part.role for part in read_claim("MNLI improves XNLI by 2 points.").certificate}
    assert (used["MNLI"], used["XNLI"]) == ("intermediate task", "target task")


def test_every_word_of_a_cleft_is_accounted_for() -> None:
    sentence = "It is on XNLI that MNLI gains 3 points."
    used = " ".join(word.text for word in read_claim(sentence).certificate)
    assert used == "It is on XNLI that MNLI gains 3 points ."
