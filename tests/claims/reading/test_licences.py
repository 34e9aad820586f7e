"""Words are passed over where a rule allows it, and nowhere else; known words in other constructions are unread."""

from __future__ import annotations

import pytest

from claims.reading import read
from claims.reading.neutral import neutral


def understood(sentence: str) -> str | None:
    found = read(sentence)
    return str(found.assertion) if found.complete else None


@pytest.mark.parametrize(
    ("sentence", "word", "rule"),
    [
        ("The MNLI dataset has 392,702 training examples.", "The", "an article stands before its noun"),
        ("The MNLI task has 392,702 training examples.", "task", "a head noun follows the task it names"),
        ("XNLI is improved by MNLI.", "is", "an auxiliary stands before its verb or predicate"),
        ("However, MNLI improves XNLI.", "However", "an opener stands first, before a comma"),
        ("Interestingly, MNLI improves XNLI.", "Interestingly", "an opener stands first, before a comma"),
        ("The authors report that MNLI improves XNLI.", "report", "a plain report opens the sentence"),
        ("When MNLI is used as the intermediate task, XNLI improves.", "When", "a condition that only names the training"),
        ("MNLI improves XNLI (development set).", "(", "a bracket holds what is read with the name before it"),
        ("MNLI also improves XNLI.", "also", "an adverb of emphasis says nothing more"),
    ],
)  # fmt: skip
def test_a_neutral_word_is_passed_over_by_the_rule_of_its_place(sentence: str, word: str, rule: str) -> None:
    found = read(sentence)
    assert found.complete
    assert (word, rule) in found.passed


@pytest.mark.parametrize(
    ("sentence", "unread"),
    [
        ("Supervised XLM-R Large reaches 79.2 accuracy on XNLI.", "Supervised"),
        ("XLM-R Large (supervised) reaches 79.2 accuracy on XNLI.", "supervised"),
        ("XLM-R Large scores 79.2 on XNLI (14 languages).", "("),
        ("XLM-R Large reaches 79.2 on XNLI when supervised in every language.", "when"),
        ("XLM-R Large reaches 79.2 accuracy on a subtask of XNLI.", "subtask"),
        ("XNLI covers 15 different language groups.", "groups"),
        ("Each domain of MNLI has 393k training examples.", "Each"),
        ("MNLI provides 392,702 training examples per genre.", "per"),
        ("MNLI leaves out 392,702 training examples.", "leaves"),
        ("We test whether XLM-R Large beats mBERT on XNLI.", "whether"),
        ("XLM-R Large almost beats mBERT on XNLI.", "almost"),
        ("MNLI aims to improve XNLI.", "aims"),
        ("We do not report that XLM-R Large beats mBERT on XNLI.", "that"),
        ("How well mBERT outperforms XLM-R Large on XNLI is the question.", "question"),
        ("XLM-R Large scores 79.2 ± 0.3 on XNLI.", "±"),
        ("MNLI beats QQP on XNLI (Supervised, 2018, on dev).", "("),
    ],
)
def test_a_word_without_a_licence_is_unread(sentence: str, unread: str) -> None:
    found = read(sentence)
    assert not found.complete
    assert unread in found.unread


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
        "With MLM, MNLI beats QQP on XNLI.",
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
        "MNLI and QQP improve XNLI and PAWS-X, respectively.",
        "On XNLI, XLM-R Large beats mBERT, and on PAWS-X it does not.",
        "XTREME lacks nine tasks.",
    ],
)
def test_known_words_in_a_construction_that_is_not_read_withhold(sentence: str) -> None:
    assert understood(sentence) is None


def test_a_word_that_was_read_for_nothing_is_unread() -> None:
    assert read("XLM-R Large scores 79.2 configuration on XNLI.").unread
    assert read("MNLI improves XNLI models by 2.0 points kind.").unread


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
        ("MNLI improves XNLI by -2 points.", None),
        ("XLM-R Large scores 79,2 on XNLI.", None),
        ("XLM-R Large scores 0.79 on XNLI.", None),
        ("XLM-R Large scores 76.6/60.8 F1/EM on XQuAD.", None),
        ("MNLI has 392.702 training examples.", None),
        ("MNLI improves XNLI by 2 or more points.", None),
        ("MNLI improves XNLI by 2 hours.", None),
    ],
)
def test_relation_and_range_of_a_number_reach_the_assertion(sentence: str, assertion: str | None) -> None:
    assert understood(sentence) == assertion


def test_ten_plus_is_read_as_at_least_ten_and_as_more_than_ten() -> None:
    found = read("XNLI covers 10+ languages.")
    assert {str(found.assertion), *map(str, found.rivals)} == {
        "(>= (fact xnli n_languages) 10)",
        "(> (fact xnli n_languages) 10)",
    }


def test_respectively_gives_each_task_its_own_source() -> None:
    assert understood("QQP and SQuAD come from Quora and Wikipedia, respectively.") == (
        "(and (fact qqp text_sources quora) (fact squad2 text_sources wikipedia))"
    )


def test_a_rank_on_several_targets_is_one_on_each_of_them() -> None:
    assert understood("SQuAD 1.1 ranks second among single intermediate tasks on both BUCC and Tatoeba.") == (
        "(and (rank 2 squad1 i intermediates (gain i bucc)) (rank 2 squad1 i intermediates (gain i tatoeba)))"
    )


def test_a_percentage_between_two_systems_may_stand_for_points() -> None:
    found = read("XLM-R Large beats mBERT by 13.8% on XNLI.")
    assert len(found.rivals) == 1
    assert "%" in str(found.assertion)
    assert "%" not in str(found.rivals[0])


def test_every_rule_has_a_name_of_its_own_and_licenses_something() -> None:
    names = [rule.name for rule in neutral().rules]
    assert len(set(names)) == len(names)
    assert all(rule.of for rule in neutral().rules)
