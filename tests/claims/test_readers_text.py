"""Plain text: tab-separated, stacked and aligned tables, fields, lists, head matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.readers import ReadOptions, read_report
from claims.report import Report, StatedTotals

FIXTURES = Path(__file__).parent / "fixtures"
CLAIMS = [
    ("Word order matters for the transfer of small models only.", "✓", "0.31"),
    ("Tagging in the middle step lowers the score of retrieval by 2.5 points on average.", "×", "0.09"),
    ("Longer training changes nothing.", "✓", "0.22"),
]


def read(tmp_path: Path, text: str, name: str = "report.txt", **columns: str) -> Report:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_report(path, options=ReadOptions(columns=columns))


def rows(report: Report) -> list[tuple[str, str, str]]:
    return [(claim.text, claim.mark_raw, claim.confidence_raw) for claim in report.claims]


def wrapped(text: str, width: int = 34) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def stacked(gap: str, values: str) -> str:
    return gap.join(f"{chr(10).join(wrapped(text))}{gap}{values.format(mark, level)}" for text, mark, level in CLAIMS)


@pytest.mark.parametrize(
    "header",
    [
        "Claim Verified Confidence",
        " Claim  Verified   Confidence",
        "Claim\nVerified\nConfidence",
        "Claim\n\nVerified\n\nConfidence",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("values", ["{} {}", "{}\n{}", "{}\n\n{}"])
def test_a_table_whose_cells_follow_one_another_is_read(tmp_path: Path, header: str, gap: str, values: str) -> None:
    text = f"5 Extracted Claims\n{gap}{header}{gap}{stacked(gap, values)}\n\nReferences\n\n[1] arXiv:2005.13013v2\n"
    report = read(tmp_path, text)
    assert rows(report) == CLAIMS
    assert [reference.arxiv for reference in report.references] == ["2005.13013"]


def test_values_at_the_end_of_the_last_line_are_read(tmp_path: Path) -> None:
    body = "\n".join("\n".join(wrapped(text)) + f" {mark} {level}" for text, mark, level in CLAIMS)
    assert rows(read(tmp_path, f"5 Claims\nClaim Verified Confidence\n{body}\nReferences\n")) == CLAIMS


def test_values_at_the_end_of_the_first_line_are_read(tmp_path: Path) -> None:
    body = ""
    for text, mark, level in CLAIMS:
        first, *rest = wrapped(text)
        body += "\n".join([f"{first} {mark} {level}", *rest]) + "\n"
    assert rows(read(tmp_path, f"5 Claims\nClaim Verified Confidence\n{body}\nReferences\n")) == CLAIMS


def test_a_mark_read_too_early_does_not_tear_its_claim_apart(tmp_path: Path) -> None:
    text = (
        "Claim\nVerified\nConfidence\n\nThe first claim goes on ✓\nover two lines.\n\n0.18\n\n"
        "The second claim.\n\n×\n\n0.20\n"
    )
    assert rows(read(tmp_path, text)) == [
        ("The first claim goes on over two lines.", "✓", "0.18"),
        ("The second claim.", "×", "0.20"),
    ]


def test_a_row_without_a_confidence_does_not_swallow_the_next(tmp_path: Path) -> None:
    text = "Claim Verified Confidence\n\nOne claim.\n✓\n\nAnother claim.\n× 0.20\n"
    assert rows(read(tmp_path, text)) == [("One claim.", "✓", ""), ("Another claim.", "×", "0.20")]


def test_a_number_on_a_line_of_its_own_ends_the_claim_before_its_mark(tmp_path: Path) -> None:
    text = "Claim Verified Confidence\n\nOne claim.\n✓ 0.30\n\nThe loss falls to\n0.5\n× 0.20\n"
    assert rows(read(tmp_path, text)) == [("One claim.", "✓", "0.30"), ("The loss falls to 0.5", "×", "0.20")]


def test_words_stand_for_marks_and_confidences_as_well(tmp_path: Path) -> None:
    text = (
        "Claim  Status  Confidence\n\nOne claim.\nPartially supported High\n\nAnother one is supported.\nRefuted Low\n"
    )
    report = read(tmp_path, text)
    assert rows(report) == [
        ("One claim.", "Partially supported", "High"),
        ("Another one is supported.", "Refuted", "Low"),
    ]
    assert [claim.mark for claim in report.claims] == ["partly", "no"]


def aligned(place: str, gap: str) -> str:
    lines = ["Claim".ljust(40) + "Verified    Confidence"]
    for text, mark, level in CLAIMS:
        parts = wrapped(text)
        carrier = {"top": 0, "bottom": len(parts) - 1, "middle": len(parts) // 2}[place]
        values = f"{mark:<12}{level}"
        if place == "middle" and len(parts) % 2 == 0:
            parts.insert(carrier, "")
        lines += [(part.ljust(40) + values if i == carrier else part) for i, part in enumerate(parts)]
        lines += [""] * len(gap)
    return "\n".join(lines)


@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
@pytest.mark.parametrize("gap", ["", "-"])
def test_a_table_that_keeps_its_columns_is_read(tmp_path: Path, place: str, gap: str) -> None:
    text = f"5 Extracted Claims\n{aligned(place, gap)}\n\nReferences\n     http://arxiv.org/abs/2104.07412v2\n"
    assert rows(read(tmp_path, text)) == CLAIMS


def test_other_columns_of_an_aligned_table_are_passed_over(tmp_path: Path) -> None:
    text = "#    Claim               Source      Verdict\n1    Order matters.      Table 2     Supported\n2    Size does not.      Table 3     Refuted\n"
    assert rows(read(tmp_path, text)) == [
        ("Order matters.", "Supported", ""),
        ("Size does not.", "Refuted", ""),
    ]


def test_page_numbers_and_repeated_column_names_are_no_part_of_a_claim(tmp_path: Path) -> None:
    text = (
        "Claim               Verified   Confidence\nOrder matters       ✓          0.3\nfor small models.\n\n"
        "                12\n\n\fClaim               Verified   Confidence\nSize does not.      ×          0.2\n"
    )
    assert rows(read(tmp_path, text)) == [
        ("Order matters for small models.", "✓", "0.3"),
        ("Size does not.", "×", "0.2"),
    ]


def test_tab_separated_rows_are_read_even_with_blank_lines_between(tmp_path: Path) -> None:
    text = "A title\n\nAbstract\n\nShort.\n\nClaim\tVerified\tConfidence\nOne.\t✓\t0.1\n\nTwo.\t×\t0.2\n\n6 Notes\n\nNone.\n"
    report = read(tmp_path, text)
    assert rows(report) == [("One.", "✓", "0.1"), ("Two.", "×", "0.2")]
    assert report.title == "A title"
    assert [claim.line for claim in report.claims] == [8, 10]


def test_the_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    text = "Intro.\n\nConfidence\tStatement\tVerdict\n0.4\tOne holds.\ttrue\n\nEnd.\n"
    assert rows(read(tmp_path, text)) == [("One holds.", "true", "0.4")]


def test_a_damaged_text_is_mended_before_its_table_is_looked_for(tmp_path: Path) -> None:
    report = read_report(FIXTURES / "stacked.txt")
    assert rows(report) == [
        ("Fine-tuning twice outperforms fine-tuning once on different zero-shot tasks.", "✓", "0.41"),
        ("The benefits—if any—come from the intermediate-task data.", "×", "0.12"),
    ]
    assert report.title == "A Report on the Effects of Order"
    assert report.question == "Is it efficient?"
    assert report.abstract == "We find that order affects the small model."
    assert not report.abstract_cut
    assert report.stated == StatedTotals(papers=3, claims=2, verified=1, score="6/10")
    assert {repair.after for repair in report.repairs} >= {"benefits—if", "different", "Verified"}


def test_a_list_under_a_heading_about_claims_is_read(tmp_path: Path) -> None:
    text = (
        "Summary of findings\n\nSome words before.\n\nKey Claims\n\n1. Order matters (verified, 0.31)\n"
        "2. Size does not matter at\n   all. [refuted; confidence 0.2]\n3) ✗ Colour matters.\n\nLimitations\n\n- none\n"
    )
    assert rows(read(tmp_path, text)) == [
        ("Order matters", "verified", "0.31"),
        ("Size does not matter at all.", "refuted", "0.2"),
        ("Colour matters.", "✗", ""),
    ]


def test_a_file_that_is_a_list_is_a_list_of_claims(tmp_path: Path) -> None:
    report = read(tmp_path, "- Order matters.\n- Size does not (no training data).\n")
    assert rows(report) == [("Order matters.", "", ""), ("Size does not (no training data).", "", "")]


def test_named_fields_tell_claims(tmp_path: Path) -> None:
    text = (
        "Report\n\nClaim: Order matters\nfor the small model.\nVerdict: Supported\nConfidence: 80 %\n\n"
        "Claim: Size: it does not.\nVerdict: Refuted\nConfidence: low\n"
    )
    report = read(tmp_path, text)
    assert rows(report) == [
        ("Order matters for the small model.", "Supported", "80 %"),
        ("Size: it does not.", "Refuted", "low"),
    ]
    assert [claim.confidence for claim in report.claims] == [0.8, None]


def test_a_line_about_a_claim_is_no_claim(tmp_path: Path) -> None:
    text = "1. Order matters.\n2. Size does not.\n\nClaim: this was said in passing.\n"
    assert rows(read(tmp_path, text)) == [("Order matters.", "", ""), ("Size does not.", "", "")]


def test_ids_have_three_digits_from_a_hundred_on(tmp_path: Path) -> None:
    body = "".join(f"Claim number {n} is here.\tyes\n" for n in range(1, 102))
    ids = [claim.id for claim in read(tmp_path, f"Intro\n\nClaim\tVerified\n{body}\nEnd\n").claims]
    assert (ids[0], ids[98], ids[99], ids[100]) == ("C01", "C99", "C100", "C101")


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("12 papers retrieved. 9 claims extracted; 8 independently verified.", StatedTotals(12, 9, 8)),
        (
            "We reviewed 3; the search yielded 1,204 papers. 30 factual claims were identified.",
            StatedTotals(1204, 30),
        ),
        ("Total quantitative claims: 14. 2/14 claims independently verified.", StatedTotals(None, 14, 2)),
        ("Of these, 5 of the 7 claims were verified. Quality score of 7.5/10.", StatedTotals(None, 7, 5, "7.5/10")),
        ("Claims extracted: 21", StatedTotals(claims=21)),
        (
            "We reviewed five papers and extracted 12 claims; we verified eight of the twelve claims.",
            StatedTotals(5, None, 8),
        ),
        ("This review covers 21 recent papers. The authors also identified nine claims.", StatedTotals(21, 9)),
        ("The two papers found that we checked 5 of the 12 claims.", StatedTotals()),
        ("A report on 0.5 claims that nobody counted", StatedTotals()),
    ],
)
def test_what_a_report_counts_of_itself_is_read(tmp_path: Path, said: str, stated: StatedTotals) -> None:
    assert read(tmp_path, f"{said}\n\nClaim\tVerified\nOne holds.\tyes\n").stated == stated


@pytest.mark.parametrize(
    ("said", "verified"),
    [
        *((said, None) for said in (
            "None of the 4 claims was verified.", "Not all 4 claims were verified.", "We didn't see that 4 claims were verified.",
            "Fewer than 4 claims were verified.", "All but 1 of the 4 claims were verified.",
            "All 4 claims were verified except one.", "We verified 1 to 3 claims.", "Between 1 and 3 claims were verified.",
            "At most 2 claims were verified.", "At least 2 claims were verified.", "About 4 claims were verified.",
            "Up to 4 claims were verified.", "Half of the 4 claims were verified.",
            "We extracted 12 claims from earlier reports and 4 from this one.", "We retrieved 50 papers and kept 2.",
            "We reviewed five papers, two of them cited here.",
        )),
        ("3 out of 4 claims were verified.", 3), ("A total of 3 claims were verified.", 3),
        ("All 4 claims were verified. Not all papers say so.", 4),
    ],
)  # fmt: skip
def test_only_what_a_report_states_plainly_of_itself_is_counted(
    tmp_path: Path, said: str, verified: int | None
) -> None:
    stated = read(tmp_path, f"{said}\n\nClaim\tVerified\nOne holds.\tyes\n").stated
    assert stated == StatedTotals(None, 4 if "out of" in said else None, verified)


def test_references_lose_their_version_and_keep_their_wording(tmp_path: Path) -> None:
    text = (
        "Claim\tVerified\nOne holds.\tyes\n\nReferences\n\n[1] A. Doe. On order. arXiv:2005.13013v2, 2020.\n"
        "[2] B. Roe. On size.\nA journal, 2021.\n- <http://arxiv.org/pdf/cs/0501001>\n"
    )
    references = read(tmp_path, text).references
    assert [(reference.raw, reference.arxiv) for reference in references] == [
        ("A. Doe. On order. arXiv:2005.13013v2, 2020.", "2005.13013"),
        ("B. Roe. On size. A journal, 2021.", None),
        ("http://arxiv.org/pdf/cs/0501001", "cs/0501001"),
    ]


def test_the_caller_may_name_the_columns(tmp_path: Path) -> None:
    text = "Intro.\n\nThese\tBeleg\nOrder matters.\tja, yes\n\nEnd.\n"
    assert rows(read(tmp_path, text, claim="These", mark="beleg")) == [("Order matters.", "ja, yes", "")]
