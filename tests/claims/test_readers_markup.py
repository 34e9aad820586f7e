"""Markdown and HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import InputError
from claims.readers import ReadOptions, read_report
from claims.report import Report


def read(tmp_path: Path, text: str, name: str = "report.md", **columns: str) -> Report:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_report(path, options=ReadOptions(columns=columns))


def rows(report: Report) -> list[tuple[str, str, str]]:
    return [(claim.text, claim.mark_raw, claim.confidence_raw) for claim in report.claims]


TABLE = """\
# A *short* report

| Claim | Verified | Confidence | Source |
|:------|:--------:|-----------:|--------|
| "Order matters" | Yes (3 runs) | High | logs |
| **Size** does `not` \\| matter [at all](http://example.org) | ❌ **UNVERIFIED** - made up | 0,18 | none |
"""


def test_a_pipe_table_is_read_without_its_markup_but_with_marks_as_written(tmp_path: Path) -> None:
    report = read(tmp_path, TABLE)
    assert report.layout == "markdown"
    assert report.title == "A short report"
    assert rows(report) == [
        ("Order matters", "Yes (3 runs)", "High"),
        ("Size does not | matter at all", "❌ **UNVERIFIED** - made up", "0,18"),
    ]
    assert [claim.mark for claim in report.claims] == ["yes", "no"]
    assert [claim.confidence for claim in report.claims] == [None, 0.18]
    assert [claim.line for claim in report.claims] == [5, 6]


def test_the_content_decides_and_not_the_ending(tmp_path: Path) -> None:
    for name in ("report.txt", "report", "report.csv", "report.html"):
        assert read(tmp_path, TABLE, name).layout == "markdown"


def test_all_tables_of_claims_count_and_no_others(tmp_path: Path) -> None:
    text = (
        "## One\n\n| Finding | Verdict |\n|---|---|\n| A holds. | true |\n\n"
        "| Status | Count |\n|---|---|\n| verified | 3 |\n\n| Claims | Verified |\n|---|---|\n| 12 | 3 |\n\n"
        "| Claim | Statement | Label |\n|---|---|---|\n| C1 | B holds. | REFUTES |\n"
    )
    assert rows(read(tmp_path, text)) == [("A holds.", "true", ""), ("B holds.", "REFUTES", "")]


def test_the_surest_column_names_win(tmp_path: Path) -> None:
    text = "# T\n\n| Claim ID | Claim type | Key claim | Assessment | Status | Score |\n|-|-|-|-|-|-|\n| 1 | fact | It holds. | Verified; all good | ⚠ Partially supported | 4/5 |\n"
    assert rows(read(tmp_path, text)) == [("It holds.", "⚠ Partially supported", "4/5")]


HEADINGS = """\
# Check

**Total claims:** 3

## Claims

### Claim 1: On order
**Statement:** "order matters
for small models"
**Source:** a paper

**Verification:**
- ❌ not found
- Claim: this is no claim

**Status:** ⚠️ **PLAUSIBLE BUT UNVERIFIED**
**Confidence**: 40 %

---

### ✅ Claim 2: Size does not matter

#### Details

Nothing to say.

### Claim 3

Colour matters
most of all.

- **Verdict:** Refuted

## Summary

| Status | Count |
|---|---|
| ✅ Verified | 1 |

- Claim: that was all
"""


def test_a_heading_per_claim_is_read_by_its_fields_its_title_or_its_paragraph(tmp_path: Path) -> None:
    report = read(tmp_path, HEADINGS)
    assert rows(report) == [
        ("order matters for small models", "⚠️ **PLAUSIBLE BUT UNVERIFIED**", "40 %"),
        ("Size does not matter", "✅", ""),
        ("Colour matters most of all.", "Refuted", ""),
    ]
    assert [claim.mark for claim in report.claims] == ["unclear", "yes", "no"]
    assert [claim.line for claim in report.claims] == [7, 21, 27]
    assert report.stated.claims == 3


def test_headings_below_claims_are_claims_where_fields_judge_them(tmp_path: Path) -> None:
    text = (
        "# T\n\n## 2. Key claims\n\n### 1. Order matters\n\nBecause.\n\n- **Verdict:** ✅\n\n"
        "### ❌ 2. Size does not matter\n\n#### Confidence: 0.3\n\n## Notes\n\n### Colour\n\nVerdict: false\n"
    )
    assert rows(read(tmp_path, text)) == [("Order matters", "✅", ""), ("Size does not matter", "❌", "0.3")]


def test_headings_below_claims_that_nothing_judges_are_none(tmp_path: Path) -> None:
    text = "# T\n\n## Claims\n\n### Background\n\nWords.\n\n- Order matters.\n\n### More\n\n- Size does not.\n"
    assert rows(read(tmp_path, text)) == [("Order matters.", "", ""), ("Size does not.", "", "")]


def test_fields_of_list_entries_tell_claims(tmp_path: Path) -> None:
    text = "## Claims\n\n1. **Claim:** It *holds*.\n   - **Verdict:** ✅ Supported\n   - Confidence: 0.9\n2. **Claim:** Not so.\n   - **Verdict:** ❌\n"
    assert rows(read(tmp_path, text)) == [("It holds.", "✅ Supported", "0.9"), ("Not so.", "❌", "")]


def test_fields_may_carry_a_name_of_the_callers_choice(tmp_path: Path) -> None:
    text = "# T\n\n**Behauptung:** It holds.\n**Urteil:** true\n\n**Behauptung:** It does not.\n**Urteil:** false\n"
    found = rows(read(tmp_path, text, claim="Behauptung", mark="Urteil"))
    assert found == [("It holds.", "true", ""), ("It does not.", "false", "")]


@pytest.mark.parametrize(
    ("entry", "row"),
    [
        ("1. It holds.", ("It holds.", "", "")),
        ("- ✅ It holds.", ("It holds.", "✅", "")),
        ("- [x] It holds.", ("It holds.", "[x]", "")),
        ("- [ ] It holds.", ("It holds.", "[ ]", "")),
        ("* **C1:** It holds. — Supported", ("It holds.", "Supported", "")),
        ("* It holds (verified, confidence: 0.8)", ("It holds", "verified", "0.8")),
        ("* It holds [✓ 0.8]", ("It holds", "✓", "0.8")),
        ("* It holds. ✓ 0.8", ("It holds.", "✓", "0.8")),
        ("* It holds. | ✗ | 0.8", ("It holds.", "✗", "0.8")),
        ("* It holds - verified - high confidence", ("It holds", "verified", "high")),
        ("* It holds - or so it seems", ("It holds - or so it seems", "", "")),
        ("* It grows by (0.5)", ("It grows by (0.5)", "", "")),
        ("* It holds for some (no training data)", ("It holds for some (no training data)", "", "")),
        ("* It holds.\n  - Verdict: *mixed*\n  - Confidence: 70%", ("It holds.", "*mixed*", "70%")),
        ("* It holds\n  over two lines.\n  Verdict: false", ("It holds over two lines.", "false", "")),
    ],
)
def test_an_entry_of_a_list_of_claims_may_carry_its_mark(tmp_path: Path, entry: str, row: tuple[str, str, str]) -> None:
    assert rows(read(tmp_path, f"# Report\n\nWords.\n\n- no claim\n\n## 2. Extracted claims\n\n{entry}\n")) == [row]


def test_lists_under_other_headings_are_no_claims(tmp_path: Path) -> None:
    text = "# Report\n\n## Claims\n\nThere are none.\n\n## Strengths\n\n- Order.\n- Size.\n"
    with pytest.raises(InputError, match="holds no claim"):
        read(tmp_path, text)


def test_claims_in_a_section_of_their_own_come_before_mere_findings(tmp_path: Path) -> None:
    text = "## Findings\n\n- Fast.\n\n## Claims\n\n- Order matters.\n\n### More\n\n- Size does not.\n"
    assert [claim.text for claim in read(tmp_path, text).claims] == ["Order matters.", "Size does not."]


def test_html_tables_inside_markdown_are_read_even_across_blank_lines(tmp_path: Path) -> None:
    text = (
        "# T\n\n<table>\n\n<tr><th>Claim</th><th>Status</th></tr>\n\n<tr>\n  <td><strong>It</strong> holds&nbsp;&amp; more.</td>\n"
        '  <td><span style="color:green">☑</span>&nbsp;Paper-supported</td></tr></table>\n\nThe end.\n'
    )
    report = read(tmp_path, text)
    assert rows(report) == [("It holds & more.", "☑ Paper-supported", "")]
    assert report.claims[0].line == 7


def test_a_title_may_stand_in_the_front_matter(tmp_path: Path) -> None:
    assert read(tmp_path, '---\ntitle: "On Order"\nauthor: A\n---\n\n## Claims\n\n- It holds.\n').title == "On Order"


def test_a_tab_separated_table_survives_in_markdown(tmp_path: Path) -> None:
    text = "# T\n\n## Claims\n\nClaim\tVerified\n- it *holds*, <b>so</b>.\t✓\n1. Size.\t×\n"
    assert rows(read(tmp_path, text)) == [("- it holds, so.", "✓", ""), ("1. Size.", "×", "")]


PAGE = """\
<!DOCTYPE html>
<html><head><title>Tab</title><style>td { claim: x }</style><script>var claim = "no";</script></head>
<body><!-- a comment -->
<h1>On <em>Order</em></h1>
<h2>Abstract</h2>
<div>We look at<br>order. <p>And at size.</p></div>
<p>2 papers retrieved. 2 claims extracted; 1 independently verified.</p>
<table><thead><tr><th>Claim<th>Verdict<th>Confidence</tr></thead>
<tbody><tr><td>It <b>holds</b>
for small models.<td>&#10003;<td>0.40
<tr><td>It does not.</td><td rowspan="2">×</td><td>0.30</td></tr>
<tr><td>Nor this.</td><td>0.20</td></tr></table>
<h2>References</h2><ul><li><a href="#">arXiv:2005.13013v1</a></li></ul>
</body></html>
"""


def test_an_html_page_is_read_even_where_tags_are_left_open(tmp_path: Path) -> None:
    report = read(tmp_path, PAGE, "page.htm")
    assert report.layout == "html"
    assert rows(report) == [
        ("It holds for small models.", "✓", "0.40"),
        ("It does not.", "×", "0.30"),
        ("Nor this.", "×", "0.20"),
    ]
    assert report.title == "On Order"
    assert (
        report.abstract
        == "We look at order. And at size. 2 papers retrieved. 2 claims extracted; 1 independently verified."
    )
    assert (report.stated.papers, report.stated.claims, report.stated.verified) == (2, 2, 1)
    assert [reference.arxiv for reference in report.references] == ["2005.13013"]
    assert [claim.line for claim in report.claims] == [9, 11, 12]


def test_html_without_a_page_around_it_is_html_too(tmp_path: Path) -> None:
    table = "<table><tr><td>claim</td><td>label</td></tr><tr><td>It holds.</td><td>true</td></tr></table>"
    assert rows(read(tmp_path, table, "x")) == [("It holds.", "true", "")]


def test_lists_of_an_html_page_are_read(tmp_path: Path) -> None:
    page = "<html><h2>Claims</h2><ol><li><p>It holds.</p><ul><li>Verdict: true</li></ul></li><li>It does not (false)</li></ol></html>"
    assert rows(read(tmp_path, page, "x.html")) == [("It holds.", "true", ""), ("It does not", "false", "")]


@pytest.mark.parametrize("part", ["<!--", '<a b="', "<div>", "<table><tr><td>", "<?", "</", "&", "<"])
def test_a_page_that_never_closes_is_read_at_once(tmp_path: Path, part: str) -> None:
    with pytest.raises(InputError, match=r"holds no claim|nests tags deeper than 2,000"):
        read(tmp_path, "<html>" + part * (300_000 // len(part)), "page.html")
