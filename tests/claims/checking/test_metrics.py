"""A stated number must hold by every metric of its target, and by a benchmark's own score where it has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.registry.vocabulary import vocabulary
from claims.checking.context import Context
from claims.checking.judging import judge
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_claim as read
from claims.gathering import gather_evidence

EVIDENCE, _ = gather_evidence([])
CONTEXT = Context(EVIDENCE, default_definitions(), vocabulary(), "phang2020")


def verdict(claim: str) -> str:
    return judge(read(claim), CONTEXT).verdict


@pytest.mark.parametrize(
    "claim",
    ["XLM-R Large scores 60.8 on XQuAD.", "XLM-R Large scores 71.6 on MLQA.", "XLM-R Large scores 65.1 on TyDiQA."],
)
def test_a_score_without_its_metric_is_open_where_the_metrics_differ(claim: str) -> None:
    assert verdict(claim) == "inconclusive"


def test_every_metric_that_may_be_meant_is_shown_with_its_mean() -> None:
    found = judge(read("XLM-R Large scores 65.1 on TyDiQA."), CONTEXT)
    assert found.flags == ("ambiguous",)
    assert {item.value for item in found.evidence} >= {65.1, 45.0, 55.05}


def test_a_number_is_not_refuted_by_one_metric_where_another_that_the_target_reports_is_not_at_hand(tmp_path) -> None:
    path = tmp_path / "f1.csv"
    path.write_text("model,intermediate,target,split,metric,score\nxlm-r-large,none,xquad,test,f1,76.6\n")
    context = Context(gather_evidence([path], built_in=False)[0], default_definitions(), vocabulary(), "phang2020")
    said = {n: judge(read(f"XLM-R Large scores {n} on XQuAD."), context) for n in ("76.6", "60.8")}
    assert said["76.6"].verdict == "supported"
    assert (said["60.8"].verdict, said["60.8"].flags) == ("inconclusive", ("ambiguous",))
    assert "exact match is not at hand" in said["60.8"].reason
    assert judge(read("XLM-R Large scores 60.8 F1 on XQuAD."), context).verdict == "refuted"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("XLM-R Large scores 0.651 F1 on TyDiQA.", "supported"),
        ("XLM-R Large scores 0.66 F1 on TyDiQA.", "refuted"),
        ("XLM-R Large scores 0.792 on XNLI.", "supported"),
        ("XLM-R Large has an accuracy of .792 on XNLI.", "supported"),
    ],
)
def test_a_score_stated_as_a_share_of_one_is_compared_in_points(claim: str, word: str) -> None:
    assert verdict(claim) == word


def test_a_size_word_must_hold_by_every_metric(tmp_path) -> None:
    rows = [("none", "f1", 70.0), ("mnli", "f1", 76.0), ("none", "exact_match", 60.0), ("mnli", "exact_match", 60.4)]
    path = tmp_path / "both.csv"
    lines = "".join(f"xlm-r-large,{run},xquad,test,{metric},{score}\n" for run, metric, score in rows)
    path.write_text("model,intermediate,target,split,metric,score\n" + lines)
    context = Context(gather_evidence([path], built_in=False)[0], default_definitions(), vocabulary(), "phang2020")
    assert judge(read("MNLI yields large gains on XQuAD."), context).verdict == "inconclusive"
    assert judge(read("MNLI improves XQuAD."), context).verdict == "supported"


def test_a_score_with_its_metric_is_decided_by_it() -> None:
    assert verdict("XLM-R Large scores 76.6 F1 on XQuAD.") == "supported"
    assert verdict("XLM-R Large scores 60.8 F1 on XQuAD.") == "refuted"


def test_a_score_that_no_metric_gives_is_refuted() -> None:
    assert verdict("XLM-R Large scores 95.3 on XQuAD.") == "refuted"


def test_a_mean_that_the_benchmark_itself_gives_otherwise_is_open() -> None:
    assert verdict("XLM-R Large averages 68.1 on XTREME.") == "inconclusive"
    assert verdict("XLM-R Large averages 75.0 on XTREME.") == "refuted"


def own_results(tmp_path: Path) -> Context:
    """Two models with F1 alone on a target that reports exact match, too."""
    path = tmp_path / "f1.csv"
    rows = [f"{model},none,tydiqa,dev,f1,{score}" for model, score in (("xlm-r-large", 76.1), ("mbert", 74.0))]
    path.write_text("\n".join(["model,intermediate,target,split,metric,score", *rows, ""]))
    return Context(gather_evidence([path], built_in=False)[0], default_definitions(), vocabulary(), "phang2020")


@pytest.mark.parametrize(
    ("claim", "word", "remark"),
    [
        ("XLM-R Large outperforms mBERT on TyDiQA.", "supported", True),
        ("mBERT outperforms XLM-R Large on TyDiQA.", "refuted", True),
        ("XLM-R Large outperforms mBERT on TyDiQA in F1.", "supported", False),
        ("XLM-R Large outperforms mBERT on TyDiQA by 5 points.", "inconclusive", True),
        ("XLM-R Large scores 70 on TyDiQA.", "inconclusive", True),
    ],
)
def test_results_in_one_metric_rank_two_models_by_it_and_refute_no_number(
    tmp_path, claim: str, word: str, remark: bool
) -> None:
    found = judge(read(claim), own_results(tmp_path))
    assert (found.verdict, "this is by F1, and exact match is not at hand" in found.reason) == (word, remark)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("XLM-R Large reaches 75 F1 on TyDiQA.", "inconclusive"),  # at least, or exactly
        ("XLM-R Large reaches 77 F1 on TyDiQA.", "refuted"),
        ("XLM-R Large reaches 76 F1 on TyDiQA.", "supported"),
        ("XLM-R Large reaches 75.2 F1 on TyDiQA.", "refuted"),
        ("XLM-R Large scores 75 F1 on TyDiQA.", "refuted"),
    ],
)
def test_a_round_number_that_is_reached_may_be_passed(tmp_path, claim: str, word: str) -> None:
    assert judge(read(claim), own_results(tmp_path)).verdict == word


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("XLM-R Large and mBERT are within three points of each other on TyDiQA in F1.", "supported"),
        ("mBERT and XLM-R Large are within two points of each other on TyDiQA in F1.", "refuted"),
        ("mBERT and XLM-R Large are within 2.1 points of each other on TyDiQA in F1.", "inconclusive"),  # rounding
        ("mBERT and XLM-R Large are two points of each other on TyDiQA in F1.", "not-testable"),
    ],
)
def test_two_models_are_within_so_many_points_of_each_other(tmp_path, claim: str, word: str) -> None:
    assert judge(read(claim), own_results(tmp_path)).verdict == word
