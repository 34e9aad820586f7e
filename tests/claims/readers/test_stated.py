"""Claims out of prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_files import read_text, texts

from claims.citation_marks import citations_in, without_marks
from claims.readers import ReadOptions, read_report
from claims.readers.stated import unchecked_kind

REVIEW = """# Warm starts, a review

## Summary of the field

Warm starts help encoders in 7 of 9 harbours.[^1] MNLI contains 392,702 training examples ([a page](https://a.org/x)).
Is that enough? We believe that they may help elsewhere. Encoders are popular.

* XNLI covers 15 languages【2†source】.
* Drift beats
  Swell by 2.1 points (Moor et al., 2021)

Future work will look at other seas.

## References

[^1]: https://arxiv.org/abs/2005.13013
[2] XNLI covers 15 languages. 2018.
"""


def test_every_sentence_that_states_a_result_is_a_claim_with_its_place_and_citation(tmp_path: Path) -> None:
    report = read_text(tmp_path, REVIEW)
    assert [(claim.text, claim.line, claim.citations) for claim in report.claims] == [
        ("Warm starts help encoders in 7 of 9 harbours [1].", 5, ("1",)),
        ("MNLI contains 392,702 training examples.", 5, ("https://a.org/x",)),
        ("XNLI covers 15 languages【2†source】.", 8, ("2",)),
        ("Drift beats Swell by 2.1 points (Moor et al., 2021)", 9, ("Moor et al., 2021",)),
    ]
    assert {claim.section for claim in report.claims} == {"Summary of the field"}
    assert [entry.raw[:4] for entry in report.references] == ["[1] ", "[2] "]


def test_what_is_not_checkable_is_counted_by_kind(tmp_path: Path) -> None:
    assert dict(read_text(tmp_path, REVIEW).passed_over) == {"question": 1, "hedged": 1, "background": 1, "plan": 1}


def test_prose_beside_a_list_of_claims_is_counted_and_read_when_asked_for(tmp_path: Path) -> None:
    text = REVIEW.replace("## References", "## Claims\n\n- XTREME includes nine tasks.\n\n## References")
    report = read_text(tmp_path, text)
    assert texts(report) == ["XTREME includes nine tasks."]
    assert dict(report.passed_over)["stated-beside-the-claims"] == 4
    beside = read_report(tmp_path / "report.md", options=ReadOptions(prose="beside"))
    assert len(beside.claims) == 5
    assert "stated-beside-the-claims" not in dict(beside.passed_over)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The gain is 8.2 points.", None),
        ("It may rise by 8.2 points.", None),
        ("MNLI outperforms QQP.", None),
        ("QQP is sourced from Quora.", None),
        ("BUCC has no training data.", None),
        ("The study trains nine tasks.", None),
        ("Does MNLI outperform QQP?", "question"),
        ("MNLI outperforms", "fragment"),
        ("This section describes the data of Table 2.", "about-the-text"),
        ("We will train more tasks.", "plan"),
        ("One should prefer MNLI to QQP.", "advice"),
        ("QQP might harm transfer.", "hedged"),
        ("We investigate whether tasks benefit.", "aim"),
        ("The work appeared in 2019, see Section 3.", "background"),
        ("Transfer is a matter of taste.", "background"),
    ],
)
def test_a_sentence_is_one_to_check_or_of_a_kind_that_says_why_not(sentence: str, kind: str | None) -> None:
    assert unchecked_kind(sentence) == kind


@pytest.mark.parametrize(
    ("sentence", "cited", "bare"),
    [
        ("It gains 2 points [1, 3–5].", ("1", "3", "4", "5"), "It gains 2 points."),
        ("It gains [1] and loses [2].", ("1", "2"), "It gains and loses."),
        ("It gains (https://a.org/2005.13013v1).", ("https://a.org/2005.13013v1",), "It gains."),
        ("It gains (Hu et al., 2020; Moor, 2021).", ("Hu et al., 2020", "Moor, 2021"), None),
        ("It gains as arXiv:2005.13013v1 says.", ("2005.13013v1",), None),
        ("It scores 8 [7] and 79.2 [78.1, 80.3].", (), None),
    ],
)
def test_citations_are_read_and_taken_out_and_intervals_are_not(
    sentence: str, cited: tuple[str, ...], bare: str | None
) -> None:
    assert citations_in(sentence) == cited
    assert without_marks(sentence)[0] == (sentence if bare is None else bare)
