"""Verdicts on claims that a model reworded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.tables import Table, table_of_grid
from claims.checking.over_tables import TableJudge
from claims.proposing.judging import ProposingJudge

RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text(encoding="utf-8"))
UNREAD = "Looking at the table, AME beats BERT on MNLI."


def said(*sentences: str) -> str:
    return json.dumps({"sentences": list(sentences)})


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: f"{case['claim']} {' '.join(case['answer'])}")
def test_a_recorded_answer_gets_the_verdict_that_its_rewording_deserves(
    case: dict[str, Any], table: Table, answers: Callable[[str], Any]
) -> None:
    assert TableJudge([table]).verdict(case["claim"]).verdict == "not-testable"
    verdict = ProposingJudge([table], answers(said(*case["answer"]))).verdict(case["claim"])
    assert verdict.verdict == case["verdict"]
    assert ("proposed" in verdict.flags) == ("why" not in case)
    if "why" in case:
        assert case["why"] in verdict.alternatives[-1]
        assert verdict.alternatives[-1].endswith("so it decides nothing")
        assert (verdict.assertion, verdict.evidence) == (None, ())


def test_an_accepted_rewording_opens_down_to_cells_and_words(table: Table, answers: Callable[[str], Any]) -> None:
    verdict = ProposingJudge([table], answers(said("AME outperforms BERT on MNLI."))).verdict(UNREAD)
    assert verdict.reason.startswith("a model reworded the claim as “AME outperforms BERT on MNLI.”")
    assert verdict.flags == ("proposed",)
    assert verdict.level == "grounded"
    assert verdict.assertion == TableJudge([table]).verdict("AME outperforms BERT on MNLI.").assertion
    assert [item.value for item in verdict.evidence] == [82.0, 80.1]
    assert verdict.certificate[0].text == "AME"


def test_several_sentences_are_judged_together_and_each_is_shown(table: Table, answers: Callable[[str], Any]) -> None:
    claim = "It is evident that AME beats BERT on MNLI and beats BERT on RTE."
    parts = ("AME beats BERT on MNLI.", "AME beats BERT on RTE.")
    verdict = ProposingJudge([table], answers(said(*parts))).verdict(claim)
    assert verdict.verdict in ("mixed", "refuted")
    assert verdict.parts == ((parts[0], "supported"), (parts[1], "refuted"))
    assert verdict.assertion is not None
    assert verdict.assertion.startswith("(and ")


def test_a_claim_that_is_read_is_not_put_to_the_model(table: Table, answers: Callable[[str], Any]) -> None:
    proposer = answers(said("BERT beats AME on MNLI."))
    verdict = ProposingJudge([table], proposer).verdict("AME beats BERT on MNLI.")
    assert (verdict.verdict, verdict.flags, proposer.asked) == ("supported", (), 0)


def test_a_claim_that_one_of_several_tables_reads_is_not_put_to_the_model(
    table: Table, answers: Callable[[str], Any]
) -> None:
    (other,) = table_of_grid(["Model", "XNLI"], [["RoBERTa", "1.0"], ["XLM", "2.0"]], caption="Accuracy.")
    proposer = answers(said())
    judge = ProposingJudge([other, table], proposer)
    assert judge.verdict("AME beats BERT on MNLI.").verdict == "supported"
    assert proposer.asked == 0
    assert judge.verdict(UNREAD).verdict == "not-testable"
    assert proposer.asked == 2


def test_tables_that_disagree_on_a_rewording_decide_nothing(table: Table, answers: Callable[[str], Any]) -> None:
    (other,) = table_of_grid(
        ["Model", "MNLI"], [["BERT", "90.0"], ["AME", "80.0"]], caption="Accuracy.", source="u.csv"
    )
    verdict = ProposingJudge([table, other], answers(said("AME beats BERT on MNLI."))).verdict(UNREAD)
    assert (verdict.verdict, verdict.flags, verdict.level) == ("inconclusive", ("ambiguous", "proposed"), "none")
    assert "t.csv says supported; u.csv says refuted" in verdict.reason


def test_a_rewording_that_passes_but_is_not_read_decides_nothing(table: Table, answers: Callable[[str], Any]) -> None:
    same = "Looking at the numbers, AME beats BERT on MNLI."
    verdict = ProposingJudge([table], answers(said(same))).verdict(UNREAD)
    assert verdict.verdict == "not-testable"
    assert "is not read" in verdict.alternatives[-1]
