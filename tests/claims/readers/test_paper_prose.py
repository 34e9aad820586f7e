"""A PDF that is prose, read as a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.readers import read_report

PAPER = Path(__file__).resolve().parents[3] / "examples" / "sources" / "tides_v1.pdf"


def test_the_sentences_of_a_paper_are_claims_with_page_and_section() -> None:
    pytest.importorskip("pypdfium2")
    report = read_report(PAPER)
    found = next(claim for claim in report.claims if claim.text.startswith("Counting as the warm-up task"))
    assert found.text == "Counting as the warm-up task gives an average improvement of 1.3 points."
    assert (found.page, found.line, found.section) == (1, 5, "Abstract")
    assert report.title == "Warm-Up Tasks for Reading Tide Tables"
    assert len(report.references) == 1
    assert sum(n for _, n in report.passed_over) > 0
