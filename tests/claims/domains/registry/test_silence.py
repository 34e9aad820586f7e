"""What must not be read: an unknown word, a word out of its place, a phrase that could mean something else."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "MNLI",
        "8.2",
        "FooBERT improves XNLI by 3 points.",
        "MNLI may improve XNLI.",
        "Does MNLI improve XNLI?",
        "We ask whether MNLI improves XNLI.",
        "MNLI almost improves XNLI.",
        "Apart from XNLI, SQuAD improves every target.",
        "It is MNLI, not QQP, that scores higher on XNLI.",
        "It is not MNLI that improves XNLI.",
        "XQuAD is 3 points up.",
        "XQuAD rises by 3 points.",
        "SQuAD is the largest intermediate task.",
        "The smallest intermediate task is HellaSwag.",
        "MNLI improves XNLI when adapters are frozen.",
        "MNLI improves XNLI per language.",
        "MNLI improves XNLI because both are entailment tasks.",
        "Chinese intermediate tasks improve XNLI.",
        "The study covers nine English target tasks.",
        "These intermediate tasks improve XNLI.",
        "Both intermediate tasks improve XNLI.",
        "All intermediate tasks do not improve XNLI.",
        "All intermediate tasks improve XNLI by 3 points.",
        "MNLI consistently improves XNLI by 3 points.",
        "MNLI slightly improves XNLI by 30 points.",
        "MNLI improves XNLI from 80.0 to 79.0.",
        "MNLI improves XNLI by 3 ± 1 points.",
        "MNLI improves XNLI by up to 3 points.",
        "MNLI improves accuracy.",
        "The baseline improves XNLI.",
        "XLM-R Large improves XNLI by 3 points.",
        "Training on all eight tasks jointly improves XNLI.",
        "Multi-task training on all almost nine tasks improves XNLI.",
        "Performance is improved by 8.7 points when multi-task training is done on all nearly nine tasks.",
        "With MLM, translated MNLI improves XNLI.",
        "XLM-R Large scores 0.8 on XNLI.",
        "XLM-R Large scores 79.2 ± 0.3 on XNLI.",
        "XLM-R Large scores 79.2 on a subtask of XNLI.",
        "XLM-R Large (supervised) scores 79.2 on XNLI.",
        "MNLI contains 392,702 examples and improves XNLI.",
        "MNLI has 392,702 labels.",
        "MNLI provides 392,702 training examples per genre.",
        "XNLI covers 15 language groups.",
        "BUCC and Tatoeba are sentence retrieval intermediate tasks.",
        "In XTREME, not every target task is evaluated in as many as 40 languages.",
        "We improve XNLI by 3 points.",
    ],
)
def test_a_sentence_that_is_not_understood_to_the_end_has_no_reading(sentence: str) -> None:
    assert not read_claim(sentence).complete


UNKNOWN = ("frobnicate", "hardly", "allegedly", "twice")


@pytest.mark.parametrize(
    "sentence",
    [
        "SQuAD v1.1 raises the F1 on TyDiQA by 5.6 points.",
        "XLM-R Large beats mBERT by 13.8 points on XNLI.",
        "XLM-R Large scores 79.2 on XNLI.",
        "MNLI is the best intermediate task for XNLI.",
        "MNLI has more training examples than QQP.",
        "XNLI covers 15 languages.",
    ],
)
def test_a_word_that_nothing_knows_withholds_the_reading_wherever_it_stands(sentence: str) -> None:
    assert read_claim(sentence).complete
    words = sentence.split()
    for word in UNKNOWN:
        for place in range(len(words)):
            assert not read_claim(" ".join([*words[:place], word, *words[place:]])).complete


def test_the_word_in_the_way_is_named() -> None:
    assert read_claim("MNLI frobnicates XNLI.").unread == ("frobnicates",)
    assert read_claim("MNLI improves XNLI the BUCC.").left == ("the",)
