"""A stated number must hold by every metric of its target, and by a benchmark's own score where it has one."""

from __future__ import annotations

import pytest

from analysis.vocabulary import vocabulary
from claims.checking.context import Context
from claims.checking.judging import judge
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_claim as read
from claims.verify import gather_evidence

EVIDENCE, _ = gather_evidence([])
CONTEXT = Context(EVIDENCE, default_definitions(), vocabulary(), "phang2020")


def verdict(claim: str) -> str:
    return judge(read(claim), CONTEXT).verdict


@pytest.mark.parametrize("claim", ["XLM-R Large scores 60.8 on XQuAD.", "XLM-R Large scores 71.6 on MLQA."])
def test_a_score_without_its_metric_is_open_where_the_metrics_differ(claim: str) -> None:
    assert verdict(claim) == "inconclusive"


def test_a_score_with_its_metric_is_decided_by_it() -> None:
    assert verdict("XLM-R Large scores 76.6 F1 on XQuAD.") == "supported"
    assert verdict("XLM-R Large scores 60.8 F1 on XQuAD.") == "refuted"


def test_a_score_that_no_metric_gives_is_refuted() -> None:
    assert verdict("XLM-R Large scores 95.3 on XQuAD.") == "refuted"


def test_a_mean_that_the_benchmark_itself_gives_otherwise_is_open() -> None:
    assert verdict("XLM-R Large averages 68.1 on XTREME.") == "inconclusive"
    assert verdict("XLM-R Large averages 75.0 on XTREME.") == "refuted"
