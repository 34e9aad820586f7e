"""What a benchmark was built to evaluate, and what tasks were chosen to cover; whole and cut off."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim

SETTING = "(fact xtreme setting zero_shot_cross_lingual_transfer)"


@pytest.mark.parametrize(
    "sentence",
    [
        "XTREME evaluates zero-shot cross-lingual transfer.",
        "The XTREME benchmark aims to evaluate zero-shot cross-lingual transfer performance.",
        "XTREME is designed to evaluate zero-shot cross-lingual transfer across a variety of tasks and languages.",
        "The goal of the XTREME benchmark is to evaluate zero-shot cross-lingual transfer.",
        "XTREME is a benchmark for zero-shot cross-lingual transfer.",
    ],
)
def test_what_a_benchmark_is_built_to_evaluate_is_its_setting(sentence: str) -> None:
    assert str(read_claim(sentence).assertion) == SETTING


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("We choose the tasks to cover a variety of task formats (classification and question answering).",
         "classification qa"),
        ("The intermediate tasks are chosen to cover a wide range of task types, such as question answering and sentence tagging.",
         "qa tagging"),
        ("We selected intermediate tasks to cover question answering and natural language inference.", "nli qa"),
    ],
)  # fmt: skip
def test_what_tasks_were_chosen_to_cover_are_their_kinds(sentence: str, kinds: str) -> None:
    assert str(read_claim(sentence).assertion) == f"(fact intermediates kinds {kinds})"


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("XTREME evaluates zero-shot cross-lingual transfer across up", SETTING),
        ("XTREME evaluates zero-shot cross-lingual transfer across diverse target tasks in ma", SETTING),
        ("MNLI is a natural language inference task in Eng", "(fact mnli kind nli)"),
        ("We choose the tasks to cover a variety of task formats (classification and question answering) a",
         "(fact intermediates kinds classification qa)"),
    ],
)  # fmt: skip
def test_a_phrase_of_place_that_is_cut_takes_nothing_from_a_fact(sentence: str, assertion: str) -> None:
    assert str(read_claim(sentence, "in word").assertion) == assertion


@pytest.mark.parametrize(
    "sentence",
    [
        "XTREME does not evaluate zero-shot cross-lingual transfer in retri",
        "XTREME evaluates zero-shot cross-lingual transfer only in retri",
        "XTREME evaluates zero-shot cross-lingual transfer in all but retri",
        "BUCC has no training data for Ger",
        "XTREME has nine tasks with multilingual da",
        "MNLI improves XNLI in Swa",
        "MNLI has 392,702 training examples in Eng",
    ],
)
def test_a_phrase_that_may_restrict_what_is_stated_withholds_it_where_it_is_cut(sentence: str) -> None:
    assert not read_claim(sentence, "in word").complete


@pytest.mark.parametrize(
    "sentence",
    [
        "We selected German intermediate tasks to cover question answering and natural language inference.",
        "QQP is the worst of the nine German intermediate tasks on average.",
        "QQP is the worst of some of the nine intermediate tasks.",
        "QQP is the best of most intermediate tasks on XNLI.",
        "QQP ranks first among many intermediate tasks on XNLI.",
    ],
)
def test_other_tasks_than_all_the_english_ones_are_not_read_as_them(sentence: str) -> None:
    assert not read_claim(sentence).complete


def test_only_is_not_passed_over() -> None:
    assert not read_claim("We choose the tasks to cover only question answering.").complete
