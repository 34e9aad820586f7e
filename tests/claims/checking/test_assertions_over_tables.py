"""Assertions about cells, written by the user, checked as they stand."""

from __future__ import annotations

import pytest
from small_tables import PAIR

from analysis.errors import InputError
from claims.checking.over_tables import TableJudge


@pytest.mark.parametrize(
    ("assertion", "verdict"),
    [
        ('(better (at "Alpha" "WER") (at "Beta" "WER"))', "supported"),
        ('(> (at "Alpha" "WER") (at "Beta" "WER"))', "refuted"),
        ('(= (-better (at "Alpha" "WER") (at "Beta" "WER")) 2.0)', "supported"),
        ('(highest "Beta" $r rows (at $r "BLEU"))', "refuted"),
        ('(between (at "Alpha" "BLEU") 29 31)', "supported"),
        ('(whole (> (at "Alpha" "BLEU") 20) (> (at "Alpha" "BLEU") 40))', "refuted"),
    ],
)
def test_an_assertion_is_checked_as_it_stands_and_flagged_as_corrected(assertion: str, verdict: str) -> None:
    found = TableJudge([PAIR]).verdict(assertion)
    assert (found.verdict, found.flags) == (verdict, ("corrected",))
    assert found.evidence


def test_an_assertion_about_a_line_that_no_table_has_names_the_line() -> None:
    with pytest.raises(InputError, match="Gamma"):
        TableJudge([PAIR]).verdict('(> (at "Gamma" "BLEU") 1)')
