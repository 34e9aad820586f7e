"""What a name of the sentence may stand for in a table, and what it never does."""

from __future__ import annotations

import pytest
from small_tables import ABLATION, LANGUAGES, LEVELS, NAMES, WITHHELD, check, judged, table

from analysis.tables import Table

CAPTIONED = table("Model | B-4 | M\nSeq | 8.1 | 20.0\nSeqAug | 9.9 | 21.0", "Results in BLEU-4 (B-4) and METEOR (M).")
NORWEGIAN = table("Model | de | no\nAlpha | 79.2 | 70.1\nBeta | 80.1 | 71.0", "Accuracy.")
LETTERS = table("System | Size | Accuracy\nA | 1.0 | 60.0\nB | 2.0 | 64.0\nC | 4.0 | 63.0")
ARROWS = table("System | Delay ↓ | Wins ↑\nAlpha | 3.0 | 5.0\nBeta | 4.0 | 6.0")
BOLD = table("System | BLEU\nAlpha | **24.0**\nBeta | 25.0")
HYPHENS = table("Model | XNLI accuracy\nXLM-R | 79.2\nXLM-R Large | 82.0\nX-STILTs | 80.0")
CITED = table(
    "Method | Accuracy\nRandom Forest | 81.0\nNaive Bayes | 70.1\nReal Food | 60.0\nSupport Vector Machine | 85.2"
    "\nLee et al. | 61.1"
)
CODES = table("Model | fas | tur | fra\nAlpha | 43.9 | 30.9 | 59.8\nBeta | 25.9 | 35.4 | 20.4", "F1 scores.")
DIRECTIONS = table("Model | WMT En-De | WMT De-En\nAlpha | 20.1 | 21.0\nBeta | 22.1 | 20.0", "BLEU scores.")
SETTINGS = table("Model | K=5 | K=10\nAlpha | 4.0 | 5.0\nBeta | 4.1 | 4.9\n+ fog | 4.2 | 4.8", "Recall (%).")
TOPS = table("Model | Top-1\nAlpha | 76.0\nBeta | 77.0")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (CITED, "SVM has a higher accuracy than NB.", "supported"),
        (CITED, "Lee et al. has a higher accuracy than Naive Bayes.", "refuted"),
        (CODES, "Alpha has a higher F1 score for Farsi than Beta.", "supported"),
        (CODES, "Alpha outperforms Beta in Turkish.", "refuted"),
        (DIRECTIONS, "Alpha beats Beta on German to English.", "supported"),
        (DIRECTIONS, "Alpha beats Beta on WMT English-German.", "refuted"),
        (SETTINGS, "Alpha has a higher recall than Beta for K of 10.", "supported"),
        (SETTINGS, "The + fog model has the highest recall at K=10.", "refuted"),
        (SETTINGS, "Alpha has a higher recall than Beta with K set to 5.", "refuted"),
        (CITED, "The method of Lee et al. has a higher accuracy than Real Food.", "supported"),
        (CITED, "The method by Lee et al. has a higher accuracy than Naive Bayes.", "refuted"),
        (TOPS, "Beta has a higher accuracy than Alpha.", "supported"),
        (NAMES, "BERT outperforms GPT-2.", "supported"),
        (NAMES, "BERT beats BERT large.", "refuted"),
        (NAMES, "BERT-large outperforms BERT.", "supported"),
        (NAMES, "Our model beats BERT large.", "supported"),
        (NAMES, "The proposed model has an F1 of 75.0.", "supported"),
        (NAMES, "BERT large outperforms our approach.", "refuted"),
        (NAMES, "DFN beats BERT on F1.", "supported"),
        (NAMES, "Deep Fast Network beats BERT large on F1.", "refuted"),
        (NAMES, "The baseline beats GPT-2.", "refuted"),
        (CAPTIONED, "SeqAug has a higher BLEU-4 than Seq.", "supported"),
        (CAPTIONED, "Seq has a higher METEOR than SeqAug.", "refuted"),
        (LANGUAGES, "MNLI outperforms XLM-R on German.", "supported"),
        (LANGUAGES, "MNLI outperforms XLM-R in Swahili.", "refuted"),
        (LANGUAGES, "MNLI outperforms XLM-R on sw.", "refuted"),
        (LANGUAGES, "MNLI beats XLM-R on English and German.", "supported"),
        (LANGUAGES, "MNLI outperforms XLM-R on average.", "supported"),
        (NORWEGIAN, "Alpha scores 70.1 on no.", "supported"),
        (NORWEGIAN, "Alpha outperforms Beta on no.", "refuted"),
        (LEVELS, "AME (large) beats AME (base) on test EM.", "refuted"),
        (LEVELS, "Large models beat base models in dev F1.", "supported"),
        (LETTERS, "B beats A by 4 points in accuracy.", "supported"),
        (LETTERS, "A beats B in accuracy.", "refuted"),
        (ARROWS, "Alpha outperforms Beta on Delay.", "supported"),
        (ARROWS, "Alpha outperforms Beta on Wins.", "refuted"),
        (BOLD, "Alpha has the best BLEU.", "refuted"),
        (HYPHENS, "X-STILTs beats XLM-R.", "supported"),
        (HYPHENS, "X-STILTs beats XLM-R Large.", "refuted"),
    ],
)  # fmt: skip
def test_a_name_links_to_its_lines(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (CITED, "RF has a higher accuracy than NB."),
        (CITED, "nb has a higher accuracy than Real Food."),
        (CITED, "DT has a higher accuracy than Lee et al."),
        (CODES, "Alpha outperforms Beta in Italian."),
        (DIRECTIONS, "Alpha beats Beta on English and German."),
        (DIRECTIONS, "Alpha beats Beta on English to French."),
        (SETTINGS, "Alpha has a higher recall than Beta for K of 20."),
        (SETTINGS, "Alpha has a higher recall than Beta with K set to 20."),
        (TOPS, "Beta has a higher precision than Alpha."),
        (NAMES, "GPT-3 outperforms BERT."),
        (NAMES, "mBERT outperforms GPT-2."),
        (NAMES, "RoBERTa outperforms GPT-2."),
        (NAMES, "BERT base outperforms GPT-2."),
        (NAMES, "BERT-based models outperform GPT-2."),
        (NAMES, "Multi-BERT outperforms GPT-2."),
        (NAMES, "BERT 2 outperforms GPT-2."),
        (NAMES, "Fine-tuned BERT outperforms GPT-2."),
        (NAMES, "BERT without pretraining outperforms GPT-2."),
        (NAMES, "BERT + CRF outperforms GPT-2."),
        (NAMES, "Oak outperforms GPT-2."),
        (LANGUAGES, "MNLI outperforms XLM-R on French."),
        (LANGUAGES, "MNLI outperforms XLM-R in terms of speed."),
        (ABLATION, "Recurrence has an F1 of 77.5."),
    ],
)
def test_what_the_table_does_not_name_gets_no_verdict(over: Table, claim: str) -> None:
    found = judged(claim, over)
    assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"


def test_tables_that_disagree_decide_nothing() -> None:
    first, second = table("M | F1\nAlpha | 2.0\nBeta | 1.0"), table("M | F1\nAlpha | 1.0\nBeta | 2.0")
    found = judged("Alpha outperforms Beta on F1.", first, second)
    assert (found.verdict, found.flags) == ("inconclusive", ("ambiguous",))


def test_the_table_that_knows_the_names_decides() -> None:
    first, second = table("M | F1\nAlpha | 2.0\nBeta | 1.0"), table("M | F1\nMaple | 1.0\nBirch | 2.0")
    assert judged("Maple outperforms Birch on F1.", first, second).verdict == "refuted"
    assert judged("Maple outperforms Alpha on F1.", first, second).verdict in WITHHELD
