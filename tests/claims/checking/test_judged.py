"""Verdicts kept by what was read are those that judging again would give."""

from __future__ import annotations

import pandas as pd

from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_claim
from claims.verify import JudgedReadings


def context(*scores: tuple[str, float]) -> Context:
    rows = [
        {"model": "xlm-r-large", "split": "dev", "target": "xnli", "intermediate": r, "score": s} for r, s in scores
    ]
    found = Evidence()
    found.add(validate(pd.DataFrame(rows), "given"), "given")
    return Context(found, default_definitions(), vocabulary(), "phang2020")


def test_the_same_assertion_is_judged_once_and_each_sentence_keeps_its_own_certificate() -> None:
    judged, here = JudgedReadings(), context(("none", 79.0), ("mnli", 80.0))
    one, other = read_claim("MNLI improves XNLI."), read_claim("XNLI is improved by MNLI.")
    first, second = judged.verdict(one, here), judged.verdict(other, here)
    assert first == judge(one, here)
    assert second == judge(other, here)
    assert first.certificate != second.certificate
    assert len(judged.kept) == 1


def test_a_cut_claim_is_kept_apart_from_a_whole_one() -> None:
    judged, here = JudgedReadings(), context(("none", 79.0), ("mnli", 80.0))
    reading = read_claim("MNLI improves XNLI.")
    assert "truncated" not in judged.verdict(reading, here).flags
    assert "truncated" in judged.verdict(reading, here, truncated=True).flags


def test_more_evidence_is_judged_anew() -> None:
    judged, here = JudgedReadings(), context(("none", 79.0))
    reading = read_claim("MNLI improves XNLI.")
    assert judged.verdict(reading, here).verdict == "needs-data"
    rows = [{"model": "xlm-r-large", "split": "dev", "target": "xnli", "intermediate": r, "score": s}
            for r, s in (("none", 79.0), ("mnli", 80.0))]  # fmt: skip
    here.evidence.add(validate(pd.DataFrame(rows), "more"), "given")
    assert judged.verdict(reading, here).verdict == "supported"


def test_a_claim_is_judged_by_its_own_precision_whichever_claim_came_before() -> None:
    here = context(("none", 70.0), ("mnli", 78.23))
    rough, precise = (read_claim(f"MNLI improves XNLI by {points} points.") for points in ("8.2", "8.20"))
    for order in ((rough, precise), (precise, rough)):
        judged = JudgedReadings()
        verdicts = {id(reading): judged.verdict(reading, here).verdict for reading in order}
        assert verdicts[id(rough)] == "supported"
        assert verdicts[id(precise)] != "supported"


SENTENCES = (
    "MNLI improves XNLI by 8.2 points.",
    "MNLI improves XNLI by 1.0 points.",
    "MNLI improves XNLI.",
    "MNLI does not improve XNLI.",
    "MNLI improves XNLI on the dev set.",
    "All intermediate tasks improve XNLI.",
    "MNLI is the best intermediate task for XNLI.",
    "MNLI and QQP perform comparably on XNLI.",
    "MNLI yields a large gain on XNLI.",
)


def test_what_claims_share_is_kept_and_each_is_judged_as_if_it_came_alone() -> None:
    scores = (("none", 70.0), ("mnli", 78.23), ("qqp", 69.9))
    readings = [read_claim(sentence) for sentence in SENTENCES]
    alone = [judge(reading, context(*scores)) for reading in readings]
    assert len({verdict.verdict for verdict in alone}) > 2
    together = context(*scores)
    assert [judge(reading, together) for reading in readings] == alone
    together = context(*scores)
    assert [judge(reading, together) for reading in readings[::-1]] == alone[::-1]
