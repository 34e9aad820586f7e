"""Nouns behind a name that the table does not print, and headers that say how their cells are printed."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

WARD = table(
    "Model | Mortality AUPRC | Stay AUPRC\nMaple | 51.0 | 40.1\nBirch | 53.2 | 38.4\nAlder | 50.5 | 39.9", "Results."
)
DIGITS = table(
    "Method | Digits | Letters\nMaple | 91.0 | 80.1\nBirch | 93.2 | 78.4\nAlder | 90.5 | 79.9", "Accuracy (%)."
)
MODALITIES = table(
    "Model | Text | Video\nMaple | 61.0 | 50.1\nBirch | 63.2 | 48.4\nAlder | 60.5 | 49.9",
    "Accuracy of emotion recognition by modality.",
)
INPUTS = table("Model | BLEU\nText | 61.0\nVideo | 63.2\nText + Video | 65.5")
PRINTED = table(
    "Method | Edge detection | Digits\nMaple | 91.0 | 80.1\nBirch | 93.2 | 78.4\nAlder | 90.5 | 79.9", "Accuracy."
)
MIXTURES = table(
    "| de2en | en2de\nUniform | 43.2 | 40.1\nBI | 44.0 | 39.0\nSingle | 42.0 | 38.0",
    "BLEU of uniform ensembles and BI.",
)
SIZES = table(
    "| de2en | en2de\nBERT | 43.2 | 40.1\nBI | 44.0 | 39.0\nSingle | 42.0 | 38.0",
    "BLEU of BERT trunks and BERT twins, and of BI errors.",
)
SPREADS = table(
    """
    Model | Precision (mean ± std) | F-score m (mean±std) | Recall (std)
    Maple | 71.0 ± 0.2             | 60.1 ± 0.3           | 0.3
    Birch | 70.0 ± 0.1             | 63.2 ± 0.2           | 0.2
    Alder | 69.0 ± 0.1             | 61.2 ± 0.2           | 0.1
    """
)

STORIES = "System | Fluency | Relevance\nMaple | 3.1 | 3.3\nBirch | 4.2 | 3.0\nAlder | 4.0 | 3.9\nHuman | 4.7 | 4.6"
RATED = table(STORIES, "Human evaluation of stories.")
PARTED = table(STORIES, "Human evaluation of stories by automatic and manual systems.")
MACHINES = table(STORIES.replace("Human", "Elder"), "Evaluation of stories.")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (WARD, "Birch outperforms Maple in mortality prediction.", "supported"),
        (WARD, "Maple outperforms Alder in the mortality prediction task.", "supported"),
        (WARD, "Alder has the highest AUPRC for mortality prediction.", "refuted"),
        (DIGITS, "Birch outperforms Maple on letters recognition.", "refuted"),
        (MIXTURES, "BI outperforms the uniform ensemble for de2en.", "supported"),
        (MIXTURES, "The uniform ensemble has the lowest BLEU on de2en.", "refuted"),
        (SPREADS, "Birch has the highest F-score.", "supported"),
        (SPREADS, "Birch has a higher precision than Maple.", "refuted"),
    ],
)
def test_a_noun_that_says_no_more_belongs_to_the_name_before_it(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (MODALITIES, "Birch outperforms Maple in text classification."),
        (INPUTS, "Video outperforms Text in text classification."),
        (PRINTED, "Birch outperforms Maple in digits recognition."),
        (DIGITS, "Birch outperforms Maple in accuracy prediction."),
        (DIGITS, "Digits recognition beats letters recognition."),
    ],
)
def test_what_is_done_names_no_place_where_the_table_may_be_of_something_else(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (MIXTURES, "BI outperforms the single ensemble for de2en."),
        (SIZES, "BI outperforms the BERT trunk for de2en."),
        (SIZES, "The BI error is higher than the error of BERT on de2en."),
    ],
)
def test_a_caption_gives_a_name_only_the_one_noun_it_puts_behind_it(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


def test_a_spread_is_no_measure_because_its_header_names_one() -> None:
    assert judged("Maple has the highest recall.", SPREADS).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Of the automatic systems, Alder gets the highest score for relevance.", "supported"),
        ("Birch is the most fluent of the automatic systems.", "supported"),
        ("Maple is the most fluent of the automated systems.", "refuted"),
        ("All automatic systems have a fluency above 3.5.", "refuted"),
    ],
)
def test_automatic_systems_are_all_but_people(claim: str, word: str) -> None:
    check(RATED, claim, word)
    assert judged(claim, PARTED).verdict in WITHHELD
    assert judged(claim, MACHINES).verdict in WITHHELD


def test_no_name_ends_with_an_adverb_of_the_caption() -> None:
    over = table("Model | BLEU\nSingle | 20.0\nDouble | 25.0", "BLEU of single models, some of them badly tuned.")
    assert judged("Double outperforms Single badly.", over).verdict in WITHHELD
    check(over, "Double outperforms Single.", "supported")
