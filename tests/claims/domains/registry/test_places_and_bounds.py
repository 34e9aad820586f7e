"""Words without a place in a sentence, known words in constructions that are not read, and how numbers are bounded."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim


def understood(sentence: str) -> str | None:
    """The assertion of a sentence that is read to the end, else None."""
    found = read_claim(sentence)
    return str(found.assertion) if found.complete else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Supervised XLM-R Large reaches 79.2 accuracy on XNLI.",
        "XLM-R Large (supervised) reaches 79.2 accuracy on XNLI.",
        "XLM-R Large scores 79.2 on XNLI (14 languages).",
        "XLM-R Large reaches 79.2 on XNLI when supervised in every language.",
        "XLM-R Large reaches 79.2 accuracy on a subtask of XNLI.",
        "XNLI covers 15 different language groups.",
        "Each domain of MNLI has 393k training examples.",
        "MNLI provides 392,702 training examples per genre.",
        "MNLI leaves out 392,702 training examples.",
        "We test whether XLM-R Large beats mBERT on XNLI.",
        "XLM-R Large almost beats mBERT on XNLI.",
        "MNLI aims to improve XNLI.",
        "We do not report that XLM-R Large beats mBERT on XNLI.",
        "How well mBERT outperforms XLM-R Large on XNLI is the question.",
        "XLM-R Large scores 79.2 ± 0.3 on XNLI.",
        "MNLI beats QQP on XNLI (Supervised, 2018, on dev).",
    ],
)
def test_a_word_without_a_place_withholds_the_reading(sentence: str) -> None:
    assert understood(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "10% of MNLI improves XNLI.",
        "Two of MNLI, QQP and SQuAD improve XNLI.",
        "HellaSwag is among the best intermediate tasks.",
        "HellaSwag is one of the best intermediate tasks.",
        "XNLI improves MNLI by 0.8 points.",
        "XLM-R Large, not mBERT, scores 79.2 on XNLI.",
        "MNLI has an average of 392,702 training examples.",
        "MNLI instead of QQP improves XNLI.",
        "MNLI beats QQP on XNLI if MLM is used.",
        "MNLI beats QQP on average over all languages of XNLI.",
        "MNLI reduces the harm on XNLI.",
        "XLM-R Large uses 79.2 on XNLI.",
        "XLM-R Large scores 79.2 on XNLI, its best score.",
        "MNLI hardly improves XNLI by 2 points.",
        "MNLI paired with QQP improves XNLI by 2 points.",
        "Adding MNLI to SQuAD improves XNLI by 2 points.",
        "HellaSwag is the best intermediate task for XNLI after MNLI.",
        "Most intermediate tasks never improve XNLI.",
        "If HellaSwag is the best intermediate task for XNLI.",
        "QQP and SQuAD come from Quora and Wikipedia.",
        "On XNLI, XLM-R Large beats mBERT, and on PAWS-X it does not.",
        "XTREME lacks nine tasks.",
    ],
)
def test_known_words_in_a_construction_that_is_not_read_withhold(sentence: str) -> None:
    assert understood(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("XLM-R Large scores > 70 on XNLI.", "(> (score none xnli :model xlm-r-large) 70)"),
        ("XLM-R Large scores ≥70 on XNLI.", "(>= (score none xnli :model xlm-r-large) 70)"),
        ("XLM-R Large scores <= 79 on XNLI.", "(<= (score none xnli :model xlm-r-large) 79)"),
        ("XLM-R Large scores ~80 on XNLI.", "(about (score none xnli :model xlm-r-large) 80)"),
        ("XLM-R Large scores at most 80 on XNLI.", "(<= (score none xnli :model xlm-r-large) 80)"),
        ("mBERT scores under 65.4 on XNLI.", "(< (score none xnli :model mbert) 65.4)"),
        (
            "XLM-R Large scores 79–80 on XNLI.",
            "(and (<= (score none xnli :model xlm-r-large) 80) (>= (score none xnli :model xlm-r-large) 79))",
        ),
        (
            "XLM-R Large scores between 79 and 80 on XNLI.",
            "(and (<= (score none xnli :model xlm-r-large) 80) (>= (score none xnli :model xlm-r-large) 79))",
        ),
        (
            "XLM-R Large scores just under 80 on XNLI.",
            "(and (< (score none xnli :model xlm-r-large) 80) (about (score none xnli :model xlm-r-large) 80))",
        ),
        ("MNLI has > 390,000 training examples.", "(> (fact mnli train_examples) 390000)"),
        ("XLM-R Large scores 0.79 on XNLI.", "(= (score none xnli :model xlm-r-large) 79)"),
        ("XLM-R Large scores 0.651 F1 on TyDiQA.", "(= (score none tydiqa :model xlm-r-large :metric f1) 65.1)"),
        ("XLM-R Large scores 0.8 on XNLI.", None),
        ("XLM-R Large scores 76.6/60.8 F1/EM on XQuAD.", None),
        ("MNLI improves XNLI by 2 or more points.", "(>= (gain mnli xnli) 2)"),
        ("MNLI improves XNLI by 2 hours.", None),
    ],
)
def test_relation_and_range_of_a_number_reach_the_assertion(sentence: str, assertion: str | None) -> None:
    assert understood(sentence) == assertion


def test_ten_plus_is_read_as_at_least_ten_and_as_more_than_ten() -> None:
    found = read_claim("XNLI covers 10+ languages.")
    assert {str(found.assertion), *map(str, found.rivals)} == {
        "(>= (fact xnli n_languages) 10)",
        "(> (fact xnli n_languages) 10)",
    }


def test_a_percentage_between_two_systems_may_stand_for_points() -> None:
    found = read_claim("XLM-R Large beats mBERT by 13.8% on XNLI.")
    assert len(found.rivals) == 1
    assert "%" in str(found.assertion)
    assert "%" not in str(found.rivals[0])
