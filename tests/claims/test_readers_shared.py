"""The nine real reports beside the project, read as a careful human would."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from shared_files import shared

from claims.readers import read_report
from claims.report import Report, StatedTotals

SEEDS = {
    # file: (layout, claims, marked yes, claims cut in a word, claims cut behind a word, papers, score)
    "000": ("text", 21, 15, 3, 1, 14, "7.4/10"),
    "001": ("text", 9, 9, 5, 3, 12, "9.2/10"),
    "002": ("markdown", 10, 10, 6, 3, 16, "8.8/10"),
    "003": ("text", 10, 10, 6, 2, 15, "9.2/10"),
    "004": ("markdown", 10, 10, 6, 2, 15, "9.3/10"),
}


def seed(number: str) -> Path:
    return next(shared("reports", "seeds").glob(f"{number}_*.txt"))


def layout(number: str) -> Report:
    return read_report(next(shared("reports", "layouts").glob(f"{number}_*.txt")))


@pytest.mark.parametrize("number", SEEDS)
def test_a_seed_is_read_whole(number: str) -> None:
    kind, claims, yes, in_word, after_word, papers, score = SEEDS[number]
    report = read_report(seed(number))
    assert report.layout == kind
    assert [claim.id for claim in report.claims] == [f"C{n:02d}" for n in range(1, claims + 1)]
    assert report.stated == StatedTotals(papers=papers, claims=claims, verified=yes, score=score)
    marks = Counter(claim.mark for claim in report.claims)
    assert marks == {"yes": yes} | ({"no": claims - yes} if claims > yes else {})
    assert Counter(claim.cut for claim in report.claims) == {
        "no": claims - in_word - after_word,
        "in word": in_word,
        "after word": after_word,
    }
    assert report.abstract_cut


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_a_tab_separated_seed_is_read_letter_by_letter(number: str) -> None:
    path = seed(number)
    lines = path.read_text(encoding="utf-8").split("\n")
    report = read_report(path)
    for claim in report.claims:
        assert lines[claim.line - 1].split("\t") == [claim.text, claim.mark_raw, claim.confidence_raw]
        assert claim.confidence == float(claim.confidence_raw)
        assert claim.cut == "no" or 119 <= len(claim.text) <= 121
    raws = [line.strip("- <>") for line in lines if "arxiv.org" in line]
    assert [reference.raw for reference in report.references] == raws
    assert [reference.arxiv for reference in report.references] == [raw.split("/")[-1].split("v")[0] for raw in raws]


def test_the_seed_that_came_out_of_a_pdf_is_mended_and_unwrapped() -> None:
    path = seed("000")
    raw = path.read_text(encoding="utf-8")
    report = read_report(path)
    said = json.dumps([[c.text, c.mark_raw, c.confidence_raw] for c in report.claims]) + str(report)
    for word in ("outperforms", "intermediate-task", "different", "benefits", "fine-tuning", "effectiveness"):
        assert word in said
    assert "\ufffd" not in str([report.question, report.abstract, [c.text for c in report.claims]])
    assert "[?]" not in said
    for broken in ("out- ", "in- ", "outper-", "di\ufb00", "crosslingual", "zeroshot"):
        assert broken not in "".join(claim.text for claim in report.claims)
    values = [line.split() for line in raw.split("\n") if line[:1] in {"✓", "×"}]
    assert [[c.mark_raw, c.confidence_raw] for c in report.claims] == values
    assert {len(c.text) for c in report.claims if c.cut == "in word"} == {120}
    assert {len(c.text) for c in report.claims if c.cut == "after word"} == {119}
    assert len(report.repairs) == 14  # one word had lost two signs
    lines = raw.split("\n")
    assert all(repair.before in lines[repair.line - 1] for repair in report.repairs)


def test_the_abstract_of_all_seeds_is_the_same_once_mended() -> None:
    abstracts = {read_report(seed(number)).abstract for number in SEEDS}
    assert len(abstracts) == 1
    assert abstracts.pop().endswith("sentence retrieval tas")  # type: ignore[union-attr]


def test_the_question_of_a_seed_has_lost_its_stray_full_stop() -> None:
    for number in SEEDS:
        report = read_report(seed(number))
        assert report.question is not None
        assert report.question.endswith("?")
        assert report.examines == "English Intermediate-Task Training Improves Zero-Shot Cross-Lingual Transfer Too"
    assert read_report(seed("000")).title is None
    assert (read_report(seed("004")).title or "").startswith("Task Hierarchy")


def test_html_tables_inside_markdown_are_read_and_only_the_table_of_claims_counts() -> None:
    report = layout("l01")
    assert report.layout == "markdown"
    assert [(claim.mark, claim.mark_raw) for claim in report.claims] == [
        ("partly", "⚠ Partially supported"),
        ("yes", "☑ Paper-supported"),
        ("yes", "✓ Supported"),
    ]
    assert report.claims[1].text == "Generalizes prior multi-relational GCNs."
    assert report.title == "Composition-Based Multi-Relational Graph Convolutional Networks"


def test_a_heading_per_claim_is_read_with_its_statement_and_status() -> None:
    report = layout("l04")
    assert len(report.claims) == 14
    assert report.stated.claims == 14
    assert report.stated.verified == 0
    assert Counter(claim.mark for claim in report.claims) == {"no": 11, "unclear": 3}
    assert report.claims[0].text == "systematic reviews requiring over 1,000 person-hours"
    assert report.claims[0].mark_raw == "❌ **UNVERIFIED** - Likely fabricated"
    assert report.claims[13].text == "Cost reduction from $15,000 to $850 in API costs"
    assert {claim.cut for claim in report.claims} == {"no"}


def test_a_csv_of_bare_claims_has_no_marks() -> None:
    report = layout("l10")
    assert (report.layout, len(report.claims)) == ("table", 39)
    assert {(claim.mark, claim.mark_raw, claim.confidence, claim.cut) for claim in report.claims} == {
        ("none", "", None, "no")
    }
    assert [claim.line for claim in report.claims] == list(range(3, 42))


def test_a_matrix_of_words_keeps_every_word_as_written() -> None:
    report = layout("l15")
    assert report.layout == "markdown"
    assert [claim.mark for claim in report.claims] == ["yes", "partly", "yes", "no", "partly", "unclear"]
    assert [claim.confidence_raw for claim in report.claims] == [
        "High",
        "High",
        "High",
        "Low",
        "Medium",
        "Low",
    ]
    assert {claim.confidence for claim in report.claims} == {None}
    assert report.claims[0].text == "40+ files"
    assert report.claims[0].mark_raw == "Yes (37 files)"
    assert {claim.cut for claim in report.claims} == {"no"}
