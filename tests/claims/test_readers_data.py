"""Files of data: CSV, TSV, JSON, JSONL, ClaimReview."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.errors import InputError
from claims.readers import ReadOptions, read_report
from claims.report import Reference, Report, StatedTotals


def read(tmp_path: Path, content: object, name: str = "report", **columns: str) -> Report:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_report(path, options=ReadOptions(columns=columns))


def rows(report: Report) -> list[tuple[str, str, str]]:
    return [(claim.text, claim.mark_raw, claim.confidence_raw) for claim in report.claims]


TWO = [("It holds, mostly.", "yes", "0.10"), ("It does not.", "no", "0.20")]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_its_delimiter_and_ending(tmp_path: Path, name: str, delimiter: str) -> None:
    lines = [("claim", "verified", "confidence"), *((f'"{text}"', mark, level) for text, mark, level in TWO)]
    report = read(tmp_path, "\r\n".join(map(delimiter.join, lines)), name)
    assert report.layout == "table"
    assert rows(report) == TWO
    assert [claim.line for claim in report.claims] == [2, 3]


def test_a_quoted_cell_may_hold_line_ends_delimiters_and_quotes(tmp_path: Path) -> None:
    text = 'id,claim_text,is_verified\n1,"It ""holds"", and\nstays that way.",TRUE\n\n2,Not so.,FALSE\n'
    report = read(tmp_path, text)
    assert rows(report) == [('It "holds", and stays that way.', "TRUE", ""), ("Not so.", "FALSE", "")]
    assert [claim.line for claim in report.claims] == [2, 5]


def test_a_tsv_need_not_quote_its_quotation_marks(tmp_path: Path) -> None:
    text = 'claim\tverdict\n"It" holds.\tyes\n"\tno\n'
    assert rows(read(tmp_path, text, "a.tsv")) == [('"It" holds.', "yes", "")]


def test_comments_above_the_names_are_passed_over(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "# made by hand\nsep=;\nclaim;label\nIt holds.;NEI\n", "a.csv")) == [
        ("It holds.", "NEI", "")
    ]


def test_a_column_of_texts_is_one_of_claims_where_nothing_else_is(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "id,text\n1,It holds.\n2,It does not.\n")) == [
        ("It holds.", "", ""),
        ("It does not.", "", ""),
    ]
    assert rows(read(tmp_path, "text,claim\nlong,It holds.\n")) == [("It holds.", "", "")]


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "claim\nIt holds.\n", "a.csv")) == [("It holds.", "", "")]


def test_rows_may_be_shorter_but_not_longer_than_the_header(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "claim,label\nIt holds.\nNot so.,false\n", "a.csv")) == [
        ("It holds.", "", ""),
        ("Not so.", "false", ""),
    ]
    with pytest.raises(InputError, match=r"line 3: 3 cells where the header has 2; .* quotation marks") as caught:
        read(tmp_path, "claim,label\nIt holds.,true\nIt holds, too.,true\nSo, it, does.,true\n", "a.csv")
    assert len(caught.value.faults) == 2


def test_an_open_quotation_mark_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 3: unexpected end of data"):
        read(tmp_path, 'claim,label\nIt holds.,true\n"It does not.,false\n', "a.csv")


def test_the_caller_names_the_columns(tmp_path: Path) -> None:
    text = "claim,Hypothese,Urteil,sicher\nx1,It holds.,true,4/5\n"
    found = rows(read(tmp_path, text, claim="hypothese", mark="urteil", confidence="Sicher"))
    assert found == [("It holds.", "true", "4/5")]


def test_a_column_that_is_not_there_is_a_fault_that_lists_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no column, key or field 'Urteil'; it has 'claim', 'label'"):
        read(tmp_path, "claim,label\nIt holds.,true\n", "a.csv", mark="Urteil")
    with pytest.raises(InputError, match=r"named 'These', .* it has 'claim', 'label'; .* map = 'claim=NAME'"):
        read(tmp_path, "claim,label\nIt holds.,true\n", "a.csv", claim="These")


# ------------------------------------------------------------------------------------ JSON


RECORDS = [{"claim": text, "verified": mark == "yes", "confidence": float(level)} for text, mark, level in TWO]


@pytest.mark.parametrize(
    "content",
    [
        RECORDS,
        {"claims": RECORDS},
        {"report": {"body": {"claims": RECORDS}}},
        {"C1": RECORDS[0], "C2": RECORDS[1]},
        {"claim": [text for text, *_ in TWO], "verified": [True, False], "confidence": [0.1, 0.2]},
        [
            {"claim": {"text": r["claim"], "id": 1}, "verdict": {"label": r["verified"], "confidence": r["confidence"]}}
            for r in RECORDS
        ],
        [{"id": 1, "evidence": ["x"], **record} for record in RECORDS],
    ],
)
def test_records_of_claims_are_found_wherever_they_stand(tmp_path: Path, content: object) -> None:
    report = read(tmp_path, content)
    assert report.layout == "json"
    assert rows(report) == [("It holds, mostly.", "true", "0.1"), ("It does not.", "false", "0.2")]
    assert [claim.mark for claim in report.claims] == ["yes", "no"]


def test_a_number_stays_as_its_file_writes_it(tmp_path: Path) -> None:
    report = read(tmp_path, '[{"claim": "It holds.", "confidence": 0.10, "verified": null}]')
    assert rows(report) == [("It holds.", "", "0.10")]
    assert report.claims[0].confidence == 0.1


def test_json_line_by_line_knows_its_lines(tmp_path: Path) -> None:
    text = "\n\n".join(json.dumps({"text": text, "label": mark}) for text, mark, _ in TWO)
    report = read(tmp_path, text, "a.jsonl")
    assert rows(report) == [(text, mark, "") for text, mark, _ in TWO]
    assert [claim.line for claim in report.claims] == [1, 3]


def test_pretty_json_knows_its_lines_too(tmp_path: Path) -> None:
    report = read(tmp_path, json.dumps([{"claim": "É holds."}, {"claim": "So"}, {"claim": "É holds."}], indent=1))
    assert [claim.line for claim in report.claims] == [3, 6, 9]


def test_a_list_of_strings_under_claims_is_read(tmp_path: Path) -> None:
    content = {"claims": ["It holds.", "It does not."], "strengths": ["none"]}
    assert rows(read(tmp_path, content)) == [("It holds.", "", ""), ("It does not.", "", "")]


def test_one_record_is_one_claim(tmp_path: Path) -> None:
    assert rows(read(tmp_path, {"claim": "It holds.", "label": "SUPPORTS"})) == [("It holds.", "SUPPORTS", "")]


def test_the_head_of_a_json_report_is_read(tmp_path: Path) -> None:
    content = {
        "title": "On Order",
        "research_question": "Does it?.",
        "abstract": "It does. It do",
        "papers_retrieved": 3,
        "n_claims": 2,
        "quality_score": "7/10",
        "references": ["arXiv:2005.13013v1", {"title": "On Size", "url": "http://arxiv.org/abs/1905.11471"}],
        "claims": RECORDS,
    }
    report = read(tmp_path, content)
    assert (report.title, report.question, report.abstract_cut) == ("On Order", "Does it?", True)
    assert report.stated == StatedTotals(papers=3, claims=2, score="7/10")
    assert report.references == (
        Reference("arXiv:2005.13013v1", "2005.13013"),
        Reference("On Size, http://arxiv.org/abs/1905.11471", "1905.11471"),
    )


def test_escaped_damage_is_mended_like_any_other(tmp_path: Path) -> None:
    text = r'[{"claim": "The bene\ufffdts of \uFB01ne-tuning.\nIn e\u0000ect \\ufffd."}]'
    report = read(tmp_path, text)
    assert report.claims[0].text == r"The benefits of fine-tuning. In effect \ufffd."
    assert len(report.repairs) == 3


def test_malformed_json_is_told_with_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is no valid JSON: .* at line 2 column \d+; mend it there"):
        read(tmp_path, '{"claims": [\n{"claim": "x",}\n\n', "a.json")
    with pytest.raises(InputError, match=r"is no valid JSON: .* at line 2 column 11"):
        read(tmp_path, '{"claim": "x"}\n{"claim": y}\n{"claim": "z"}\n', "a.jsonl")
    with pytest.raises(InputError, match=r"is no valid JSON: .* at line 1 column 1"):
        read(tmp_path, "claim: x", "a.json")
    with pytest.raises(InputError, match="nested too deeply"):
        read(tmp_path, "[" * 100_000, "a.json")


# ------------------------------------------------------------------------------------ ClaimReview


def review(claim: str, **rating: object) -> dict[str, object]:
    return {"@type": "ClaimReview", "claimReviewed": claim, "reviewRating": {"@type": "Rating", **rating}}


REVIEWS = [
    review("It holds.", ratingValue=5, bestRating=5, worstRating=1, alternateName="True"),
    review("It half holds.", ratingValue="3"),
    review("It does not.", ratingValue=1, alternateName="Four Pinocchios"),
    review("Nobody knows.", ratingValue=-1),
    review("It is so.", alternateName="Mostly true"),
]
RATED = [
    ("It holds.", "True", "yes"),
    ("It half holds.", "3", "partly"),
    ("It does not.", "Four Pinocchios", "no"),
    ("Nobody knows.", "-1", "unclear"),
    ("It is so.", "Mostly true", "partly"),
]


@pytest.mark.parametrize(
    "content",
    [
        REVIEWS,
        {"@context": "https://schema.org", "@graph": REVIEWS},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [one]} for one in REVIEWS]},
    ],
)
def test_claim_reviews_are_read_alone_and_inside_a_page(tmp_path: Path, content: object) -> None:
    page = f'<!doctype html>\n<html><title>Checked</title>\n<script type="application/ld+json">\n{json.dumps(content)}\n</script></html>'
    for text in (json.dumps(content), page):
        report = read(tmp_path, text)
        assert report.layout == "claimreview"
        assert [(claim.text, claim.mark_raw, claim.mark) for claim in report.claims] == RATED
        assert {claim.line for claim in report.claims} == {4 if text is page else 1}
    assert report.title == "Checked"


def test_a_single_claim_review_is_read(tmp_path: Path) -> None:
    assert [claim.text for claim in read(tmp_path, REVIEWS[0]).claims] == ["It holds."]


def test_a_malformed_script_is_told_with_its_line(tmp_path: Path) -> None:
    page = '<html>\n<script type="application/ld+json">\n{"@type": "ClaimReview",}\n</script></html>'
    with pytest.raises(InputError, match=r"JSON-LD script at line 2 is no valid JSON: .* at line 2 column 2"):
        read(tmp_path, page)
