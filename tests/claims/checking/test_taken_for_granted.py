"""What words take for granted: a drop is no gain, "by less than 3 points" is by some, the best score may be no task's."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_claim

SCORES = {
    "panx": {"none": 62.8, "mnli": 62.0, "qqp": 55.9, "squad2": 63.0, "hellaswag": 61.8, "ccg": 62.1, "cosmosqa": 61.9},
    "xnli": {"none": 80.1, "mnli": 79.3, "qqp": 78.8, "squad2": 78.6, "hellaswag": 79.8, "ccg": 77.5, "cosmosqa": 77.2},
    "tatoeba": {"none": 31, "mnli": 80.8, "qqp": 82.7, "squad2": 77.9, "hellaswag": 80.9, "ccg": 69.9, "cosmosqa": 60},
}
METRICS = {"panx": "f1", "xnli": "accuracy", "tatoeba": "accuracy"}


@cache
def evidence() -> Evidence:
    common = {"model": "xlm-r-large", "split": "dev"}
    rows = [
        common | {"intermediate": task, "target": target, "metric": METRICS[target], "score": score}
        for target, scores in SCORES.items()
        for task, score in scores.items()
    ]
    found = Evidence()
    found.add(validate(pd.DataFrame(rows), "given"), "given")
    return found


def judged(claim: str) -> str:
    context = Context(evidence(), default_definitions(), vocabulary(), None)
    return judge(read_claim(claim), context).verdict


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("HellaSwag helps PAN-X more than QQP does.", "inconclusive"),
        ("QQP helps PAN-X more than HellaSwag does.", "refuted"),
        ("QQP hurts PAN-X more than HellaSwag does.", "supported"),
        ("CCG hurts Tatoeba more than QQP does.", "inconclusive"),
        ("SQuAD 2.0 hurts PAN-X less than QQP does.", "inconclusive"),
        ("HellaSwag hurts PAN-X less than QQP does.", "supported"),
        ("QQP beats MNLI on XNLI by less than 4 points.", "inconclusive"),
        ("MNLI beats QQP on XNLI by less than 4 points.", "supported"),
        ("MNLI improves XNLI accuracy by less than 3 points.", "inconclusive"),
        ("MNLI lowers XNLI accuracy by less than 3 points.", "supported"),
        ("MNLI lowers XNLI accuracy by less than 0.5 points.", "refuted"),
    ],
)
def test_more_of_a_gain_or_less_than_a_number_needs_a_gain(claim: str, word: str) -> None:
    assert judged(claim) == word


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("QQP causes the largest drop on PAN-X.", "refuted"),
        ("SQuAD 2.0 causes the largest drop on PAN-X.", "supported"),
        ("MNLI causes the smallest drop on PAN-X.", "supported"),
        ("The best XNLI score comes from HellaSwag.", "supported"),
        ("CosmosQA has the lowest Tatoeba score.", "supported"),
        ("HellaSwag gives the largest gain on XNLI.", "supported"),
        ("SQuAD 2.0 fails to reach 62.5 F1 on PAN-X.", "supported"),
    ],
)
def test_the_end_of_an_order_is_that_of_the_word(claim: str, wrong: str) -> None:
    assert judged(claim) != wrong


def test_a_score_that_is_not_reached_is_a_lower_one() -> None:
    assert judged("SQuAD 2.0 does not reach 64.5 F1 on PAN-X.") == "supported"
    assert judged("SQuAD 2.0 does not reach 63.0 F1 on PAN-X.") == "refuted"


def test_a_number_that_some_reach_may_be_a_bound() -> None:
    assert judged("No intermediate task reaches 60.5 F1 on PAN-X.") not in {"supported", "refuted"}
    assert judged("No intermediate task reaches 65.0 F1 on PAN-X.") != "refuted"
    assert judged("At least one intermediate task reaches 80 accuracy on XNLI.") not in {"supported", "refuted"}
