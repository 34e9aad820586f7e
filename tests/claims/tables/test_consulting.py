"""Tables are asked where our own evidence says nothing; they never overrule it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.tables.consulting import with_tables
from claims.tables.layout import Grid, laid_out
from claims.tables.opening import links, open_claim
from claims.tables.table import Table
from claims.verdict import EvidenceItem, Verdict


def table(*scores: float, source: str = "t.csv") -> Table:
    rows = tuple((name, str(score)) for name, score in zip(("Alpha", "Beta"), scores, strict=True))
    return laid_out(Grid("Accuracy.", (("Model", "NUS"), *rows), source=source))


CLAIM = "Alpha outperforms Beta on NUS."
RIGHT, WRONG = table(60.0, 50.0), table(50.0, 60.0)
OWN = EvidenceItem("gain", 2.0, 1.9, 2.1, "paper, table 3", "published")
OPEN = Verdict("not-testable", (), "none", "Not read.", None)


def own(word: str, *evidence: EvidenceItem) -> Verdict:
    return Verdict(word, (), "recomputed", "By our own evidence.", "(> (gain a b) 0)", evidence=evidence)  # type: ignore[arg-type]


@pytest.mark.parametrize("verdict", [OPEN, own("needs-data"), own("needs-data", replace(OWN, role="besides"))])
def test_a_table_decides_what_is_open(verdict: Verdict) -> None:
    found = with_tables(verdict, CLAIM, [RIGHT])
    assert (found.verdict, found.level, found.settle) == ("supported", "grounded", None)
    assert found.certainty is not None
    assert 0 < found.certainty <= 1
    assert found.evidence[0].source == "t.csv row 2 column 2: 60.0"
    assert with_tables(verdict, CLAIM, [WRONG]).verdict == "refuted"


def test_an_own_reading_that_lacked_data_stays_visible() -> None:
    assert "(> (gain a b) 0) → needs-data" in with_tables(own("needs-data"), CLAIM, [RIGHT]).alternatives


def test_flags_of_the_sentence_stay_and_those_of_the_lost_reading_go() -> None:
    flagged = replace(OPEN, flags=("truncated", "time-bound", "circular"))
    assert with_tables(flagged, CLAIM, [RIGHT]).flags == ("truncated", "time-bound")


@pytest.mark.parametrize("tables", [[], [table(60.0, 50.0)]])
def test_what_no_table_speaks_of_stays_as_it_was(tables: list[Table]) -> None:
    assert with_tables(OPEN, "Gamma outperforms Delta on Inspec.", tables) is OPEN


@pytest.mark.parametrize("word", ["supported", "refuted", "mixed", "inconclusive"])
def test_a_decided_verdict_is_never_overruled(word: str) -> None:
    for over in (RIGHT, WRONG):
        assert with_tables(own(word, OWN), CLAIM, [over]).verdict == word


def test_a_table_that_disagrees_makes_a_verdict_contested_and_stands_beside_it() -> None:
    found = with_tables(own("supported", OWN), CLAIM, [WRONG])
    assert found.flags == ("contested",)
    assert [item.role for item in found.evidence] == ["decides", "besides", "besides"]
    assert "A table says otherwise." in found.reason
    agreed = own("supported", OWN)
    assert with_tables(agreed, CLAIM, [RIGHT]) is agreed


def test_a_needs_data_verdict_with_evidence_of_its_own_is_kept() -> None:
    kept = own("needs-data", OWN)
    assert with_tables(kept, CLAIM, [RIGHT]) is kept


def test_readings_over_the_other_tables_are_alternatives() -> None:
    other = laid_out(Grid("", (("Model", "F1"), ("Alpha", "1.0"), ("Gamma", "2.0")), source="other.csv"))
    opened = open_claim("Alpha scores 60.0 on NUS.", [RIGHT, other])
    assert opened.verdict.verdict == "supported"
    assert all("other.csv" in text for text in opened.verdict.alternatives)


def test_a_name_links_to_its_line_and_shows_what_else_it_may_be() -> None:
    rows = (("Train", "large", "small"), ("large", "1.0", "2.0"), ("tiny", "3.0", "4.0"))
    found = {link.text: link for link in links("large is worse than tiny.", laid_out(Grid("Accuracy.", rows)))}
    assert (found["tiny"].axis, found["tiny"].names, found["tiny"].others) == ("row", "tiny", ())
    assert len(found["large"].others) == 1
    assert str(found["tiny"]) == "tiny → row “tiny” (1.00)"


def test_words_that_nothing_explains_are_listed() -> None:
    assert "gracefully" in open_claim("Alpha gracefully outperforms Beta on NUS.", [RIGHT]).unread
