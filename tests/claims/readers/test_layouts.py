"""Ways of laying out claims that reports in the wild use."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_files import marked, read_text, texts

from analysis.errors import InputError

A, B = "MNLI has 392,702 training examples.", "QQP is sourced from Quora."


@pytest.mark.parametrize(
    "heading",
    ["Key Takeaways", "Results", "Main findings", "Conclusions", "Contributions", "Key insights", "Stated facts"],
)
def test_a_list_below_a_heading_that_announces_claims_is_one(tmp_path: Path, heading: str) -> None:
    text = f"# Review\n\nSome words.\n\n## {heading}\n\n- {A}\n- {B}\n\n## Methods\n\n- We read papers.\n"
    assert texts(read_text(tmp_path, text)) == [A, B]


@pytest.mark.parametrize("lead", ["**Key findings:**", "**Key findings**", "Key findings:", "*Main results:*"])
def test_a_line_that_announces_a_list_is_a_heading(tmp_path: Path, lead: str) -> None:
    text = f"# Review\n\n{lead}\n\n- {A}\n\n## Costs\n\n{lead}\n\n- {B}\n\n**Conclusion**: Larger is better.\n"
    assert marked(read_text(tmp_path, text)) == [(A, "none"), (B, "none")]


@pytest.mark.parametrize("label", ["**Size of MNLI.**", "**Size of MNLI:**", "**Size of MNLI**:", "__Size__:"])
def test_the_label_of_an_entry_is_no_part_of_its_claim(tmp_path: Path, label: str) -> None:
    assert texts(read_text(tmp_path, f"## Findings\n\n1. {label} {A}\n2. {B}\n")) == [A, B]


@pytest.mark.parametrize(
    "label",
    ["Myth:", "Open question:", "Not true:", "Prior work.", "German:", "Size in German:", "Low-resource:", "2019:"],
)
def test_a_label_that_may_doubt_or_limit_its_claim_stays(tmp_path: Path, label: str) -> None:
    assert texts(read_text(tmp_path, f"## Findings\n\n1. **{label}** {A}\n")) == [f"{label} {A}"]


def test_bold_words_of_a_claim_are_no_label(tmp_path: Path) -> None:
    text = "## Findings\n\n- **MNLI** has 3 examples.\n- **Not MNLI**, but QQP helps.\n"
    assert texts(read_text(tmp_path, text)) == ["MNLI has 3 examples.", "Not MNLI, but QQP helps."]


def test_labels_are_no_part_of_claims_in_html_and_latex(tmp_path: Path) -> None:
    page = f"<html><h2>Findings</h2><ul><li><b>Size.</b> {A}</li><li><b>QQP</b> is sourced from Quora.</li></ul></html>"
    assert texts(read_text(tmp_path, page, "r.html")) == [A, B]
    paper = rf"\section{{Findings}}\begin{{itemize}}\item \textbf{{Size.}} {A} \item {B}\end{{itemize}}"
    assert texts(read_text(tmp_path, paper, "r.tex")) == [A, B]


def test_lines_that_are_a_sentence_each_are_claims(tmp_path: Path) -> None:
    report = read_text(tmp_path, f"{A}\n{B}\n\nIt ends here.\n", "r.txt")
    assert [(claim.text, claim.line) for claim in report.claims] == [(A, 1), (B, 2), ("It ends here.", 4)]


def test_a_line_that_states_nothing_is_no_claim(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no claim"):
        read_text(tmp_path, "One line.\n", "r.txt")


def test_numbered_bold_claims_have_the_evidence_below_them_and_its_confidence(tmp_path: Path) -> None:
    text = (
        f"## Extracted Claims\n\n**Claim 1:** {A}\n- Evidence: data (confidence: 0.7)\n- Details: counted.\n\n"
        f"**Claim 2:** {B}\n- Evidence: testimony (confidence: 0.4)\n"
    )
    report = read_text(tmp_path, text)
    assert [(claim.text, claim.confidence) for claim in report.claims] == [(A, 0.7), (B, 0.4)]
    bare = text.replace(" (confidence: 0.7)", "").replace(" (confidence: 0.4)", "")
    assert texts(read_text(tmp_path, bare)) == [A, B]


def test_the_sentences_of_a_summary_are_claims_where_nothing_else_is(tmp_path: Path) -> None:
    summary = f"## Executive summary\n\n{A} In contrast, it has\n3 tasks [1]. Is that so? It breaks off\n\n## References\n\n[1] x\n"
    assert texts(read_text(tmp_path, summary)) == [A, "In contrast, it has 3 tasks [1]."]
    assert texts(read_text(tmp_path, f"{summary}\n## Claims\n\n- {B}\n")) == [B]


def test_findings_in_prose_and_stated_facts_in_lists_are_claims_together(tmp_path: Path) -> None:
    text = f"## Paper\n\n### Main findings\n\n{A} It holds.\n\n### Directly stated facts\n\n* {B}\n\n### Missing\n\n* No.\n"
    assert texts(read_text(tmp_path, text)) == [A, "It holds.", B]


def test_paragraphs_that_end_in_a_badge_are_claims_with_marks(tmp_path: Path) -> None:
    page = (
        f"<html><h2>Findings</h2><p>{A} <i class='verdict'>True</i></p><p>{B} <i class='verdict'>False</i></p></html>"
    )
    assert marked(read_text(tmp_path, page, "r.html")) == [(A, "yes"), (B, "no")]


def test_cards_of_a_page_are_claims_with_their_badges(tmp_path: Path) -> None:
    card = '<div class="claim"><p class="text">{}</p><span class="badge {}">{}</span><span class="conf">{}</span></div>'
    cards = card.format(A, "verified", "Verified", "0.18") + card.format(B, "unverified", "Unverified", "0.07")
    report = read_text(tmp_path, f"<html><body><h2>Claims</h2>{cards}</body></html>", "r.html")
    assert [(c.text, c.mark, c.confidence) for c in report.claims] == [(A, "yes", 0.18), (B, "no", 0.07)]


def test_terms_and_their_definitions_are_fields(tmp_path: Path) -> None:
    entry = "<dt>Claim</dt><dd>{}</dd><dt>Verdict:</dt><dd>{}</dd>"
    page = f"<html><dl>{entry.format(A, 'supported')}{entry.format(B, 'refuted')}</dl></html>"
    assert marked(read_text(tmp_path, page, "r.html")) == [(A, "yes"), (B, "no")]


def test_a_claim_goes_on_behind_a_mark_in_its_middle(tmp_path: Path) -> None:
    text = (
        "5 Extracted Claims\nClaim Verified Confidence\nThe MNLI task has many\nexamples.\n✓ 0.18\n"
        "The QQP task is × 0.07\nsourced from\nReddit.\nXNLI covers 15 languages. ✓ 0.21\nBUCC is × 0.2\nsmall.\n"
    )
    assert marked(read_text(tmp_path, text, "r.txt")) == [
        ("The MNLI task has many examples.", "yes"),
        ("The QQP task is sourced from Reddit.", "no"),
        ("XNLI covers 15 languages.", "yes"),
        ("BUCC is small.", "no"),
    ]
