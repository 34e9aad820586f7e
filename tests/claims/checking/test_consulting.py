"""Tables are asked where our own evidence says nothing; they never overrule it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_tables import table

from claims.checking.consulting import with_tables
from claims.checking.over_tables import TableJudge
from claims.verdict import EvidenceItem, Verdict


def over(alpha: float, beta: float) -> TableJudge:
    return TableJudge([table(f"Model | NUS\nAlpha | {alpha}\nBeta | {beta}", "Accuracy.", "t.csv")])


CLAIM = "Alpha outperforms Beta on NUS."
RIGHT, WRONG = over(60.0, 50.0), over(50.0, 60.0)
OWN = EvidenceItem("gain", 2.0, 1.9, 2.1, "paper, table 3", "published")
OPEN = Verdict("not-testable", (), "none", "Not read.", None)


def own(word: str, *evidence: EvidenceItem) -> Verdict:
    return Verdict(word, (), "recomputed", "By our own evidence.", "(> (gain a b) 0)", evidence=evidence)  # type: ignore[arg-type]


@pytest.mark.parametrize("verdict", [OPEN, own("needs-data"), own("needs-data", replace(OWN, role="besides"))])
def test_a_table_decides_what_is_open(verdict: Verdict) -> None:
    found = with_tables(verdict, CLAIM, RIGHT)
    assert (found.verdict, found.level, found.settle) == ("supported", "grounded", None)
    assert found.evidence[0].source == "t.csv, row 1, column 1"
    assert with_tables(verdict, CLAIM, WRONG).verdict == "refuted"


def test_an_own_reading_that_lacked_data_stays_visible() -> None:
    assert "(> (gain a b) 0) → needs-data" in with_tables(own("needs-data"), CLAIM, RIGHT).alternatives


def test_flags_of_the_sentence_stay_and_those_of_the_lost_reading_go() -> None:
    flagged = replace(OPEN, flags=("truncated", "time-bound", "circular"))
    assert with_tables(flagged, CLAIM, RIGHT).flags == ("truncated", "time-bound")


@pytest.mark.parametrize("tables", [TableJudge([]), RIGHT])
def test_what_no_table_speaks_of_stays_undecided(tables: TableJudge) -> None:
    assert with_tables(OPEN, "Gamma outperforms Delta on Inspec.", tables).verdict == "not-testable"


@pytest.mark.parametrize("word", ["supported", "refuted", "mixed", "inconclusive"])
def test_a_decided_verdict_is_never_overruled(word: str) -> None:
    for tables in (RIGHT, WRONG):
        assert with_tables(own(word, OWN), CLAIM, tables).verdict == word


def test_a_table_that_disagrees_makes_a_verdict_contested_and_stands_beside_it() -> None:
    found = with_tables(own("supported", OWN), CLAIM, WRONG)
    assert found.flags == ("contested",)
    assert [item.role for item in found.evidence] == ["decides", "besides", "besides"]
    assert "A table says otherwise." in found.reason
    agreed = own("supported", OWN)
    assert with_tables(agreed, CLAIM, RIGHT) is agreed


def test_a_needs_data_verdict_with_evidence_of_its_own_is_kept() -> None:
    kept = own("needs-data", OWN)
    assert with_tables(kept, CLAIM, RIGHT) is kept
