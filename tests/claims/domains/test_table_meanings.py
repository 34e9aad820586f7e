"""Sentences that fit a table in two ways, of which the wrong one once decided."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

ECONOMY = table("Year | GDP growth | Unemployment\n2017 | 2.1 | 4.4\n2018 | 2.9 | 3.9\n2020 | -3.4 | 8.1", "Economy.")
TURNED = table(
    "Indicator | 2017 | 2018 | 2020\nGDP growth | 2.1 | 2.9 | -3.4\nUnemployment | 4.4 | 3.9 | 8.1", "Economy."
)
PAIR = table("Model | X | Y\nAna | 60 | 92\nBob | 75 | 90", "Accuracy (%).")
ALONE = table("Model | NUS\nAna | 96.3\nBob | 91.0", "Accuracy (%).")
SUMMED = table("Model | X | Y | Overall\nAna | 60 | 92 | 80\nBob | 75 | 90 | 81", "Accuracy (%).")
ARMS = table(
    "Outcome | Placebo | Aspirin | All\nBleeding (%) | 2.1 | 4.9 | 4.3\nMortality (%) | 12.4 | 9.8 | 10.6", "Outcomes."
)
ERRORS = table("Model | LS\nKaldi | 7.4\nWav2Vec | 3.1", "WER (%).")
SPREADS = table("Method | A2\nSGD | 65.2 ± 1.1\nLion | 70.1 ± 2.0", "Accuracy (mean ± std).")
PEOPLE = table("Model | X\nAna | 71\nBob | 60\nHuman | 92", "Accuracy (%).")
LATENCY = table("System | Latency (ms)\nKaldi | 120\nWhisper | 540")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (ECONOMY, "Unemployment was highest in 2020.", "supported"),
        (ECONOMY, "Unemployment was highest in 2017.", "refuted"),
        (ECONOMY, "GDP growth was highest in 2018.", "supported"),
        (ECONOMY, "GDP growth was lowest in 2020.", "supported"),
        (TURNED, "Unemployment was highest in 2017.", "refuted"),
        (TURNED, "GDP growth was highest in 2018.", "supported"),
        (PAIR, "Bob was highest on X.", "supported"),
    ],
)
def test_what_is_measured_is_ranked_against_itself(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (TURNED, "Unemployment was the highest indicator in 2018."),
        (table("Model | X | Y\nAna | 60 | 92\nBob | 75 | 90", "Accuracy (%)."), "Bob performs worst on X."),
        (LATENCY, "Latency lies between 200 and 600 ms."),
        (PAIR, "Ana scores between 90 and 97."),
        (PAIR, "Ana scores about 90."),
        (PAIR, "Overall, Ana scores 92."),
        (PAIR, "In total, Ana scores 92."),
        (PAIR, "Overall, Bob beats Ana."),
        (ALONE, "Ana reaches 95 on NUS."),
        (ALONE, "All models reach 90 on NUS."),
        (ALONE, "Ana and Bob do not exceed 95 on NUS."),
        (PAIR, "Ana and Bob score 60 and 75 on X."),
        (PAIR, "Ana (60) trails Bob (75)."),
        (PAIR, "Bob outperforms Ana (75) on X."),
        (PAIR, "Bob is better than Ana but worse on Y."),
        (PAIR, "The total gap between Ana and Bob is 17."),
        (PAIR, "The average gap between Ana and Bob is 8.5."),
        (PAIR, "The difference between Ana and Bob on X is -15."),
        (PEOPLE, "Accuracy on X ranges from 60 to 71."),
        (PEOPLE, "Accuracy on X is below 80."),
        (ALONE, "Ana is the largest model on NUS."),
        (ALONE, "Ana is larger than Bob on NUS."),
        (ALONE, "Bob is the smallest model on NUS."),
        (SPREADS, "The std of Lion is 2.0 on A2."),
        (SPREADS, "The standard deviation of Lion is higher than that of SGD on A2."),
        (SPREADS, "Lion has 2.0 on A2."),
        (ERRORS, "The highest performance on LS is 7.4."),
        (ERRORS, "Kaldi performs above 7 on LS."),
    ],
)
def test_a_sentence_that_may_be_meant_otherwise_gets_no_verdict(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (SUMMED, "Overall, Ana scores 80.", "supported"),
        (SUMMED, "Overall, Ana scores 92.", "refuted"),
        (SUMMED, "Overall, Bob beats Ana.", "supported"),
        (SUMMED, "Ana scores 80.", "supported"),
        (PEOPLE, "Accuracy on X is 92.", "supported"),
        (ALONE, "Ana reaches 96.3 on NUS.", "supported"),
        (ALONE, "Ana reaches 96.7 on NUS.", "refuted"),
        (ALONE, "No model reaches 97 on NUS.", "supported"),
        (ALONE, "All models reach 97 on NUS.", "refuted"),
        (PAIR, "Accuracy on X is between 60 and 75.", "supported"),
        (PAIR, "Ana scores between 93 and 97.", "refuted"),
    ],
)
def test_a_number_without_its_cell_is_that_of_one_or_of_all_together(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (ERRORS, "Wav2Vec lowers performance compared with Kaldi on LS.", "refuted"),
        (ERRORS, "Using Wav2Vec instead of Kaldi lowers performance on LS.", "refuted"),
        (ERRORS, "Kaldi increases performance by 4.3 points over Wav2Vec on LS.", "refuted"),
        (ERRORS, "Wav2Vec raises performance by 4.3 points over Kaldi on LS.", "supported"),
        (ERRORS, "The performance of Kaldi exceeds that of Wav2Vec on LS.", "refuted"),
        (ERRORS, "The performance of Wav2Vec exceeds that of Kaldi on LS.", "supported"),
        (ERRORS, "Kaldi is on top on LS.", "refuted"),
        (ERRORS, "Kaldi has the highest quality on LS.", "refuted"),
    ],
)
def test_performance_is_higher_where_it_is_better(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (ALONE, "Ana and Bob both exceed 95 on NUS.", "refuted"),
        (ALONE, "Ana and Bob both exceed 90 on NUS.", "supported"),
        (ALONE, "Ana and Bob do not exceed 97 on NUS.", "supported"),
        (ALONE, "Ana and Bob do not exceed 90 on NUS.", "refuted"),
        (ALONE, "Accuracy stays above 95 on NUS.", "refuted"),
        (ALONE, "No model reaches 95 on NUS.", "refuted"),
        (ALONE, "Accuracy stays above 90 on NUS.", "supported"),
        (PAIR, "Ana never beats Bob.", "refuted"),
        (PAIR, "Bob remains the best.", "refuted"),
        (PAIR, "Bob remains the best on X.", "supported"),
        (PAIR, "Ana is never better than Bob on X.", "supported"),
    ],
)
def test_one_exception_makes_both_never_and_stays_false(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


THREE = table("Model | X | Y\nAna | 71 | 92\nBob | 75 | 90\nEve | 80 | 88", "Accuracy (%).")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (THREE, "Bob is better than Ana but worse than Eve on X.", "supported"),
        (THREE, "Bob is better than Ana but worse than Eve on Y.", "refuted"),
        (THREE, "Bob beats Ana but trails Eve on X.", "supported"),
        (PAIR, "Ana (60) is worse than Bob (75) on X but better on Y.", "supported"),
        (PAIR, "Bob beats Ana on average (82.5 vs. 76.0).", "supported"),
        (LATENCY, "Latency ranges from 540 to 120.", "supported"),
    ],
)
def test_what_halves_of_a_sentence_share_holds_for_both(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


HEADS = table(
    "Model | News F1 | News EM | Web F1 | Web EM\nAna | 87.6 | 80.1 | 71.0 | 60.2\nBob | 87.1 | 78.9 | 69.0 | 60.6",
    "Results.",
)
TIMED = table(
    "Model | NER F1 | NER time (s) | POS accuracy | POS time (s)\nAna | 90.1 | 10 | 97.0 | 5\nBob | 91.2 | 20 | 96.5 | 4",
    "Results on two tasks.",
)
COUNTED = table("Arm | Deaths | Mortality (%)\nPlacebo | 20 | 10.0\nAspirin | 14 | 6.7", "Outcomes.")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (HEADS, "Ana scores 80.1 on News.", "supported"),
        (HEADS, "Ana scores 80.9 on News.", "refuted"),
        (HEADS, "Ana beats Bob by 3 points on News.", "refuted"),
        (TIMED, "Bob outperforms Ana on NER.", "supported"),
        (TIMED, "Ana is the best on NER.", "refuted"),
        (TIMED, "Bob is slower than Ana on NER.", "supported"),
        (COUNTED, "The difference in deaths between aspirin and placebo was 6.", "supported"),
        (COUNTED, "The difference in mortality between aspirin and placebo was 3.3%.", "supported"),
        (COUNTED, "The difference in mortality between aspirin and placebo was under 3%.", "refuted"),
    ],
)
def test_a_name_over_several_measures_is_said_of_what_fits(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (HEADS, "Ana (87.6) beats Bob (87.1) on News."),
        (HEADS, "Ana beats Bob by 0.5 on News."),
        (TIMED, "Ana scores 10 on NER."),
        (THREE, "Bob is not better than Ana and Eve on X."),
        (COUNTED, "The difference in deaths between aspirin and placebo was 6%."),
        (COUNTED, "The difference in mortality between aspirin and placebo was 33%."),
    ],
)
def test_a_number_that_fits_one_of_several_measures_decides_nothing(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


@pytest.mark.parametrize("claim", ["Overall mortality was 10.6%.", "Overall mortality was 9.8%."])
def test_a_line_called_all_that_may_be_an_arm_of_its_own_decides_nothing_overall(claim: str) -> None:
    assert judged(claim, ARMS).verdict in WITHHELD
