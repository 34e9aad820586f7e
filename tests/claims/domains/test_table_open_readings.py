"""Sentences with a second reading that the table bears out as well: no verdict is given where the readings differ."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, judged, table

from analysis.tables import Table

SEEDS = table("Model | Seed | NLI\nOrca | 1 | 71.2\nOrca | 2 | 72.9\nPuma | 1 | 70.8\nPuma | 2 | 71.9", "Accuracy (%).")
CORPORA = table("Model | ACE | CoNLL\nFern | 70.1 | 90.2\nReed | 69.0 | 91.0", "F1 (%).")
ANSWERS = table("Data set | Model | EM | F1\nSQuAD | BERT | 80.1 | 88.0\nNewsQA | BERT | 55.0 | 68.1", "Results.")
LANGUAGES = table(
    "Model | Language | F1 | EM\nHeron | de | 61.0 | 50.2\nHeron | fi | 55.3 | 48.1\n"
    "Ibis | de | 60.1 | 52.5\nIbis | fi | 57.4 | 47.0",
    "Results by model and language.",
)
TICKED = table("Model | Pretrained | Dev\nFinch | ✓ | 60.0\nGull | ✗ | 63.0\nHawk | ✓ | 64.5", "Accuracy (%).")
SPEED = table("Model | Speed (s) | Accuracy\nOak | 1.2 | 80.1\nFir | 2.4 | 79.0", "Speed and accuracy.")
NOISY = table("Model | Clean | Noisy | Drop\nA | 90.0 | 80.0 | 10.0\nB | 88.0 | 81.5 | 6.5", "Accuracy (%).")
RANDOM = table("System | F1\nRandom baseline | 4.1\nBiDAF | 77.3\nDocQA | 79.0", "F1 (%).")
SPEECH = table("Model | test-clean | MOS\nVesper | 8.4 | 71.0\nZephyr | 9.6 | 70.2", "Word error rate (%).")
TARGETS = table(
    "Intermediate task | XNLI | PAWS-X\nNone | 80.0 | 86.0\nMNLI | 78.5 | 87.0\nSQuAD | 80.4 | 86.5",
    "Intermediate-task transfer: accuracy on each target.",
)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (SEEDS, "Puma performs best with seed 2 on NLI."),
        (CORPORA, "Fern performs best on CoNLL."),
        (ANSWERS, "BERT scores 68.1."),
        (LANGUAGES, "Heron beats Ibis on de but underperforms on fi in F1."),
        (TICKED, "Pretrained Gull beats Finch on Dev."),
        (SPEED, "Fir has the highest speed."),
        (NOISY, "A has the best result on Drop."),
        (RANDOM, "BiDAF has the lowest F1 among all models."),
        (SPEECH, "Vesper has a lower word error rate than Zephyr."),
        (TARGETS, "SQuAD improves on all targets."),
    ],
)
def test_a_sentence_whose_other_reading_says_otherwise_has_no_verdict(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


@pytest.mark.parametrize(
    ("over", "claim", "verdict"),
    [
        (CORPORA, "Reed performs best on CoNLL.", "supported"),
        (CORPORA, "Reed performs best on ACE.", "refuted"),
        (SPEED, "Oak is faster than Fir.", "supported"),
        (NOISY, "A has the largest drop.", "supported"),
        (ANSWERS, "BERT scores 70.0.", "refuted"),
    ],
)
def test_a_sentence_that_is_so_in_every_reading_is_decided(over: Table, claim: str, verdict: str) -> None:
    assert judged(claim, over).verdict == verdict


@pytest.mark.parametrize(
    "claim",
    [
        "Mem improves on GRU in both perplexity and Distinct-1.",
        "Mem has a better perplexity and Distinct-1 than GRU.",
        "Mem outperforms GRU in Distinct-1 and perplexity.",
    ],
)
def test_the_direction_of_one_measure_is_not_that_of_another_named_beside_it(claim: str) -> None:
    over = table(
        "Model | Perplexity | Distinct-1\nGRU | 31.7 | 3.46\nMem | 19.7 | 7.78",
        "Perplexity (lower is better) and Distinct-1.",
    )
    assert judged(claim, over).verdict in WITHHELD


SETS = table(
    "Model | A Acc | A F1 | B Acc | B F1\nOak | 80.1 | 75.0 | 70.2 | 64.0\nElm | 79.9 | 76.0 | 70.9 | 63.0",
    "Accuracy and F1 on two data sets.",
)
BY_LANGUAGE = table(
    "Model | Language | Acc | F1\nOak | de | 80.1 | 75.0\nElm | de | 79.9 | 76.0\nOak | fi | 70.2 | 64.0\n"
    "Elm | fi | 70.9 | 63.0",
    "Scores by model and language.",
)


@pytest.mark.parametrize(
    ("over", "claim", "words"),
    [
        (SETS, "Oak is better than Elm in accuracy but worse in F1 on A.", {"supported", *WITHHELD}),
        (SETS, "Oak is better than Elm in accuracy but worse in F1 on B.", {"refuted", *WITHHELD}),
        (SETS, "Oak achieves a higher accuracy than Elm and a lower F1 on B.", {"refuted", *WITHHELD}),
        (BY_LANGUAGE, "Oak is better than Elm in accuracy but worse in F1 on de.", {"supported", *WITHHELD}),
        (BY_LANGUAGE, "Oak is better than Elm in accuracy on de but worse in F1 on fi.", {"mixed"}),
        (SETS, "On A, Oak is better than Elm in accuracy but worse in F1.", {"supported"}),
    ],
)
def test_a_place_at_the_end_may_be_that_of_both_clauses(over: Table, claim: str, words: set[str]) -> None:
    assert judged(claim, over).verdict in words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Kiwi beats Lemur.", WITHHELD),
        ("Kiwi is the best team.", WITHHELD),
        ("Lemur ranks second overall but has the highest accuracy.", WITHHELD),
        ("Kiwi outperforms Moose.", {"supported"}),
        ("Lemur beats Kiwi in accuracy.", {"supported"}),
        ("Moose beats Kiwi.", {"refuted"}),
    ],
)
def test_who_is_ahead_may_be_said_of_the_ranks_that_a_table_prints(claim: str, words: frozenset[str]) -> None:
    over = table(
        "Team | Rank | Macro F1 | Accuracy\nKiwi | 1 | 71.8 | 80.2\nLemur | 2 | 71.1 | 81.0\nMoose | 3 | 69.9 | 78.8",
        "Leaderboard. Rank is by macro F1.",
    )
    assert judged(claim, over).verdict in words


VARIANTS = table(
    """
    Model    | F1   | Error rate
    UniLM    | 52.7 | 15.9
    T5-base  | 59.7 | 19.3
    T5       | 53.8 | 14.3
    T5-large | 55.0 | 17.0
    """,
    "Main results.",
)


@pytest.mark.parametrize("rivals", ["all variants of T5", "most versions of T5", "all other variants of T5"])
def test_variants_of_one_system_are_not_all_systems(rivals: str) -> None:
    assert judged(f"T5-base has a higher error rate than {rivals}.", VARIANTS).verdict in WITHHELD
    assert judged("T5-base beats every T5 model in F1.", VARIANTS).verdict == "supported"
