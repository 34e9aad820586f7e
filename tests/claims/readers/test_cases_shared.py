"""The files of cases beside the project, each with its right reading."""

from __future__ import annotations

import pytest
from report_files import marked, texts
from shared_files import shared

from analysis.errors import InputError
from claims.readers import read_report
from claims.readers.blocks import TableBlock
from claims.readers.html import html_blocks
from claims.readers.latex import to_html
from claims.report import Report

MNLI = "The MNLI intermediate task contains 392,702 training examples."
QUORA = "The QQP intermediate task is sourced from Quora questions."
REDDIT = "The QQP intermediate task is sourced from Reddit."
NO_GAIN = "XNLI does not see benefits from intermediate training."
FIFTEEN, SIXTEEN = "XNLI covers 15 languages.", "XNLI covers 16 languages."
GERMAN = "in German with XLM-R Large"


def case(*name: str) -> Report:
    return read_report(shared("claims", "cases", "reports", *name))


READINGS = {
    "h1c_two_blocks.md": [
        (MNLI, "none"),
        (QUORA, "none"),
        (NO_GAIN, "none"),
        ("The ANLI+ intermediate task contains 1,104,934 training examples.", "none"),
    ],
    "h2_heading_takeaways.md": [(MNLI, "none"), (QUORA, "none")],
    "h4_numbered_bold.md": [(MNLI, "none"), (QUORA, "none")],
    "h5_plain_lines.txt": [
        (MNLI, "none"),
        (QUORA, "none"),
        (NO_GAIN, "none"),
        ("The study evaluates transfer on 9 target tasks from the XTREME benchmark.", "none"),
    ],
    "j1_supported_bool.json": [(MNLI, "yes"), (REDDIT, "no"), (NO_GAIN, "unclear")],
    "j3_claimreview_ndjson.jsonl": [(MNLI, "yes"), (REDDIT, "no")],
    "j4_lists_of_claims.json": [(MNLI, "yes"), (REDDIT, "no"), (NO_GAIN, "no")],
    "j9_atoms.json": [(MNLI, "yes"), (REDDIT, "no")],
    "j10_claimreview.json": [
        (MNLI, "yes"),
        (REDDIT, "no"),
        ("BUCC has no training data.", "partly"),
        (FIFTEEN, "yes"),
        ("PAWS-X covers 7 languages.", "no"),
        ("MLQA covers 7 languages.", "no"),
    ],
    "j13_csv_yesno.csv": [(FIFTEEN, "yes"), (SIXTEEN, "no"), ("BUCC, Tatoeba have no training data.", "yes")],
    "k2_html_dl.html": [(MNLI, "yes"), (REDDIT, "no")],
    "k5_results_head.md": [(MNLI, "none"), (REDDIT, "none"), (FIFTEEN, "none"), (SIXTEEN, "none")],
    "l2_german.csv": [(MNLI, "yes"), (REDDIT, "no")],
    "p1_pdf_rows.txt": [
        (MNLI, "yes"),
        (REDDIT, "no"),
        (FIFTEEN, "yes"),
        ("BUCC and Tatoeba have no training data of their own.", "yes"),
    ],
    "x1_latex_claims.tex": [(MNLI, "yes"), (QUORA, "no")],
    "x2_rst.rst": [(QUORA, "yes"), (NO_GAIN, "no")],
    "x3_ipynb.ipynb": [(MNLI, "yes")],
    "x6_org.org": [(MNLI, "yes"), (QUORA, "no")],
    "y1_claims.yaml": [(MNLI, "yes"), (REDDIT, "no")],
    "w1_multi_paper.md": [
        ("The abstract reports that XLM-R outperforms mBERT, including +14.6% average accuracy on XNLI.", "none"),
        ("XLM-R Large scores 79.2 on XNLI in XTREME.", "none"),
        (FIFTEEN, "none"),
        (MNLI, "none"),
    ],
}


@pytest.mark.parametrize("name", READINGS)
def test_a_case_is_read_with_its_claims_and_marks(name: str) -> None:
    assert marked(case(name)) == READINGS[name]


def test_the_claims_of_a_summary_keep_their_citations() -> None:
    assert [text[-5:] for text in texts(case("h9_qa.md"))] == [" [1].", " [2].", " [3].", " [3]."]


def test_confidences_are_read_from_evidence_and_columns() -> None:
    evidence = case("h6_claim_bold_evidence.md")
    assert [(claim.text, claim.confidence) for claim in evidence.claims] == [(MNLI, 0.7), (QUORA, 0.4)]
    assert [claim.confidence for claim in case("j13_csv_yesno.csv").claims] == [0.9, 0.15, 0.85]
    assert [claim.confidence for claim in case("l2_german.csv").claims] == [0.92, 0.4]


def test_a_line_break_in_a_cell_is_a_blank() -> None:
    assert case("k8_pipe_in_claim.md").claims[1].text == "XNLI covers 15 languages and is multilingual."


def test_conflicting_evidence_is_never_a_no() -> None:
    marks = {claim.mark_raw: claim.mark for claim in case("t3_conflict.md").claims}
    conflicting = [mark for raw, mark in marks.items() if "onflict" in raw or raw in {"Contested", "Cherrypicking"}]
    assert len(conflicting) == 6
    assert set(conflicting) <= {"partly", "unclear"}
    assert marks["0/3 sources agree"] != "yes"
    assert (marks["Correct, but incomplete"], marks["3/3 sources agree"], marks["Not verified"]) == (
        "partly",
        "yes",
        "no",
    )


def test_all_references_are_counted() -> None:
    assert [reference.arxiv for reference in case("p2_refs.txt").references] == ["2005.13013", "2104.07412"]


DOCUMENTS = {
    "struck.md": [f"MNLI does improve XNLI {GERMAN}."],
    "flip.html": [
        f"MNLI does improve XNLI {GERMAN}.",
        f"MNLI improves XNLI {GERMAN} by 0.9 points.",
        f"MNLI improves XNLI {GERMAN} by 1 points.",
    ],
    "sup.html": [f"MNLI improves XNLI {GERMAN} by 0.9 points."],
    "suptable.html": [f"MNLI improves XNLI {GERMAN} by 0.9 points."],
    "sup.docx": [f"MNLI improves XNLI {GERMAN} by 0.9 points.", f"MNLI does improve XNLI {GERMAN}."],
    "claims_tracked.docx": [
        "XLM-R Large scores 79.2 on XNLI without intermediate training.",
        "XLM-R Large scores 79.2 on XNLI without intermediate training.",
        "MNLI improves XNLI by 8.2 points.",
        "MNLI improves PAWS-X (Table 1).",
        "MNLI improves XNLI.",
        "MNLI improves XNLI.",
        "MNLI improves PAWS-X.",
    ],
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_struck_or_raised_in_a_document_is_not_said(name: str) -> None:
    if name.endswith("docx"):
        pytest.importorskip("mammoth", reason="reading DOCX needs mammoth (claimgauge[docx])")
    assert texts(case("document", name)) == DOCUMENTS[name]


def test_every_spelling_of_a_struck_claim_is_read_alike() -> None:
    first, second, third, *scores = texts(case("document", "strike.md"))
    assert (first, second, third) == ("MNLI does improve XNLI.", "MNLI does not improve XNLI.", first)
    assert {score.replace("79,2", "79.2") for score in scores} == {
        "XLM-R Large scores 79.2 on XNLI without intermediate training."
    }


@pytest.mark.parametrize("name", ["bullets.pdf", "page_number.pdf"])
def test_bullets_and_page_numbers_of_pdflatex_are_no_part_of_claims(name: str) -> None:
    pytest.importorskip("pypdf", reason="reading PDF needs pypdf (claimgauge[pdf])")
    said = texts(case("document", name))
    assert [text.split()[0] for text in said] == ["XLM-R", "MNLI", "CosmosQA"]
    assert [text.split()[-1] for text in said] == ["transfer.", "baseline.", "points."]


def test_every_cell_of_the_latex_tables_holds_its_number() -> None:
    for n in range(1, 29):
        (table,) = latex_tables(f"cell_{n}.tex")
        assert table.rows[1].cells[1].lstrip("$").startswith("79.0"), n
    (colours,) = latex_tables("textcolor.tex")
    assert colours.rows[1].cells == ("MNLI", "79.0", "88.8")
    (cells,) = latex_tables("color.tex")
    assert [row.cells[1:] for row in cells.rows] == [("79.2", "86.4"), ("79.0", "9.1"), ("80.1", "87.0")]


def latex_tables(name: str) -> list[TableBlock]:
    text = shared("claims", "cases", "reports", "document", name).read_text(encoding="utf-8")
    return [block for block in html_blocks(to_html(text)) if isinstance(block, TableBlock)]


def test_a_table_of_scores_is_no_report() -> None:
    with pytest.raises(InputError, match="it has 'Model', 'XNLI'"):
        case("document", "strucktable.html")
