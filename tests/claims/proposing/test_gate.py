"""What a rewording may change, and what it may not."""

from __future__ import annotations

from functools import cache

import pytest

from analysis.tables import Table
from claims.checking.over_tables import over_table
from claims.domains.table.reading import TableReader
from claims.proposing.gate import objections

SAME = [
    ("On MNLI, AME outperforms BERT.", "AME outperforms BERT on MNLI."),
    ("AME outperforms BERT on MNLI.", "On MNLI, AME outperforms BERT."),
    ("AME is better on MNLI than BERT.", "AME is better than BERT on MNLI."),
    ("AME is better than BERT on MNLI.", "AME outperforms BERT on MNLI."),
    ("Compared to BERT, AME is better on MNLI.", "AME is better than BERT on MNLI."),
    ("On MNLI, BERT is outperformed by AME.", "AME outperforms BERT on MNLI."),
    ("However, the AME model beats the BERT model on the MNLI dataset.", "AME beats BERT on MNLI."),
    ("It is worth noting that AME does not beat BERT on RTE.", "AME does not outperform BERT on RTE."),
    ("On MNLI, AME outperforms BERT by 1.9 points.", "AME outperforms BERT by 1.9 points on MNLI."),
    ("AME beats BERT on MNLI and loses to T5 on RTE.", "AME beats BERT on MNLI. AME loses to T5 on RTE."),
    ("On MNLI, AME beats BERT, while T5 loses to BERT.", "AME beats BERT on MNLI. T5 loses to BERT on MNLI."),
    ("AME scores 82.0 on MNLI, 69.0 on RTE and 86.0 on QNLI.",
     "AME scores 82.0 on MNLI. AME scores 69.0 on RTE. AME scores 86.0 on QNLI."),
    ("AME and BERT score 82.0 and 80.1 on MNLI, respectively.", "AME scores 82.0 on MNLI. BERT scores 80.1 on MNLI."),
    ("On all datasets, AME outperforms T5.", "AME outperforms T5 on all datasets."),
    ("AME, which beats BERT, loses to T5.", "AME beats BERT. AME loses to T5."),
    ("In our experiments, AME beats BERT on MNLI, as can be seen.", "AME beats BERT on MNLI."),
    ("AME has the highest accuracy on MNLI and the lowest accuracy on RTE.",
     "AME has the highest accuracy on MNLI. AME has the lowest accuracy on RTE."),
]  # fmt: skip
OTHER = [
    ("On MNLI, AME outperforms BERT.", "BERT outperforms AME on MNLI."),
    ("Compared to BERT, AME is better on MNLI.", "BERT is better than AME on MNLI."),
    ("On MNLI, BERT is outperformed by AME.", "BERT outperforms AME on MNLI."),
    ("On RTE, AME does not beat BERT.", "AME beats BERT on RTE."),
    ("On RTE, AME beats BERT.", "AME does not beat BERT on RTE."),
    ("AME beats BERT on MNLI but not on RTE.", "AME does not beat BERT on MNLI. AME beats BERT on RTE."),
    ("On MNLI, AME scores 82.0.", "AME scores 82.1 on MNLI."),
    ("On MNLI, AME scores 82.0.", "AME scores 82 on MNLI."),
    ("On MNLI, AME scores at least 82.0.", "AME scores 82.0 on MNLI."),
    ("On MNLI, AME outperforms BERT by 1.9 points.", "AME outperforms BERT by 1.9% on MNLI."),
    ("On MNLI, AME scores 82.0.", "AME scores -82.0 on MNLI."),
    ("On MNLI, AME outperforms BERT.", "AME w/o psg outperforms BERT on MNLI."),
    ("On MNLI, AME outperforms BERT.", "AME outperforms BERT."),
    ("AME outperforms BERT.", "AME outperforms BERT on MNLI."),
    ("On all datasets, AME outperforms T5.", "AME outperforms T5 on most datasets."),
    ("On all datasets, AME does not outperform BERT.", "AME does not outperform BERT on all datasets."),
    ("On MNLI, AME is slightly better than BERT.", "AME is better than BERT on MNLI."),
    ("On MNLI, AME is better than BERT.", "AME is slightly better than BERT on MNLI."),
    ("On MNLI, AME is better than BERT.", "AME is worse than BERT on MNLI."),
    ("On MNLI, AME is the best model.", "AME is the worst model on MNLI."),
    ("On MNLI, AME is the second best model.", "AME is the best model on MNLI."),
    ("AME beats BERT on MNLI and loses to T5 on RTE.", "AME beats BERT on RTE. AME loses to T5 on MNLI."),
    ("AME beats BERT and loses to T5 on RTE.", "AME beats BERT. AME loses to T5 on RTE."),
    ("On MNLI, AME beats BERT, while T5 loses to BERT.", "AME beats BERT on MNLI. T5 loses to BERT."),
    ("AME scores 82.0 on MNLI, 69.0 on RTE and 86.0 on QNLI.",
     "AME scores 82.0 on MNLI. AME scores 86.0 on RTE. AME scores 69.0 on QNLI."),
    ("AME and BERT score 82.0 and 80.1 on MNLI, respectively.", "AME scores 80.1 on MNLI. BERT scores 82.0 on MNLI."),
    ("AME has a higher accuracy on MNLI and a lower accuracy on RTE than BERT.",
     "AME has a higher accuracy on MNLI. AME has a lower accuracy on RTE than BERT."),
    ("AME does not beat BERT and lose to T5.", "AME does not beat BERT. AME does not lose to T5."),
    ("AME leaves BERT behind on MNLI.", "AME beats BERT on MNLI."),
    ("AME barely beats BERT on MNLI.", "AME beats BERT on MNLI."),
    ("AME might beat BERT on MNLI.", "AME beats BERT on MNLI."),
    ("Can AME beat BERT on MNLI?", "AME beats BERT on MNLI."),
    ("If tuned, AME beats BERT on MNLI.", "AME beats BERT on MNLI."),
    ("AME ranks 2 on MNLI.", "AME scores 2 on MNLI."),
    ("AME averages 82.0 on MNLI.", "AME scores 82.0 on MNLI."),
    ("Only AME beats BERT on MNLI.", "AME beats BERT on MNLI."),
    ("AME beats BERT on MNLI except QNLI.", "AME beats BERT on MNLI."),
    ("AME on MNLI is better than on RTE.", "AME on MNLI is better on RTE."),
    ("It is not true that AME beats BERT and T5 beats BERT.", "It is not true that AME beats BERT. T5 beats BERT."),
    ("On average, AME beats BERT.", "AME beats BERT."),
    ("Neither AME nor BERT beats T5 on MNLI.", "AME and BERT beat T5 on MNLI."),
    ("Without psg, AME beats BERT on MNLI.", "AME beats BERT on MNLI."),
]  # fmt: skip


def against(claim: str, rewording: str, table: Table) -> tuple[str, ...]:
    return objections(claim, [f"{part.rstrip('.')}." for part in rewording.split(". ")], TableReader(table))


@pytest.mark.parametrize(("claim", "rewording"), SAME)
def test_what_says_the_same_passes(claim: str, rewording: str, table: Table) -> None:
    assert against(claim, rewording, table) == ()


@pytest.mark.parametrize(("claim", "rewording"), OTHER)
def test_what_loses_adds_or_reorders_something_does_not_pass(claim: str, rewording: str, table: Table) -> None:
    assert against(claim, rewording, table)


def test_the_reason_names_what_was_lost_and_added(table: Table) -> None:
    said = against("On MNLI, AME scores at least 82.0.", "AME scores 81.0 on RTE.", table)
    assert said == ("loses “MNLI”", "loses “at least 82.0”", "adds “81.0”", "adds “RTE”")


def test_of_a_claim_that_is_not_read_only_the_same_words_in_the_same_order_pass(table: Table) -> None:
    claim = "AME and BERT both score higher and lower than T5 on MNLI."
    assert not TableReader(table).read(claim).readings
    assert against(claim, "AME and BERT both score higher and lower than T5 in MNLI.", table) == ()
    assert against(claim, "On MNLI, AME and BERT both score higher and lower than T5.", table)


def test_two_sentences_that_both_are_read_and_pass_for_each_other_have_one_verdict(table: Table) -> None:
    names, places = ("AME", "BERT", "T5"), ("", " on MNLI", " on RTE")
    said = ("outperforms", "does not outperform", "loses to", "is better than", "is outperformed by", "is worse than")
    texts = [f"{a} {v} {b}{p}." for a in names for v in said for b in names for p in places if a != b]
    reader = TableReader(table)
    reader.read = cache(reader.read)  # type: ignore[method-assign]
    passed = 0
    verdicts = {text: over_table(text, reader).verdict.verdict for text in texts}
    for one in texts[::7]:
        for other in texts:
            if one != other and not objections(one, [other], reader):
                passed += 1
                assert verdicts[one] == verdicts[other], (one, other)
    assert passed >= 20
