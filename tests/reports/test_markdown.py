from __future__ import annotations

from html import unescape

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from analysis.files.escapes import escaped as written_out
from reports.markdown import MarkdownOutput, escaped, section

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def soup(text):
    return BeautifulSoup(MARKDOWN.render(text), "html.parser")


def test_summary_findings_and_claims_are_tables_a_reader_can_see(written, pair):
    reports, across = pair
    text = (written(*reports, across=across) / "report.md").read_text(encoding="utf-8")
    page = soup(text)
    assert [h.text for h in page.find_all("h2")] == [
        "Across the reports", "Does intermediate training help?", "reports/two.md",
    ]  # fmt: skip
    summary, _, claims, *_ = page.find_all("table")
    assert [row.find("td").text for row in summary.find_all("tr")[1:]][:2] == ["Supported", "Refuted"]
    assert [cell.text for cell in claims.find("tr").find_all("th")] == [
        "id", "claim", "mark", "confidence", "verdict", "flags", "reason",
    ]  # fmt: skip
    second = [cell.text for cell in claims.find_all("tr")[2].find_all("td")]
    assert second[:3] == ["C02", "MNLI has 40,000 training examples.", "✓"]
    assert second[4] == "Refuted (grounded)"
    assert second[6].startswith("Marked verified; the evidence speaks against it.")


def test_cut_claims_say_so_and_show_how_they_were_completed(checked):
    text = section(checked)
    assert "MNLI has 392,702 train \\[…cut\\] — completed: MNLI has 392,702 training examples." in text


def test_hostile_text_stays_text_and_inside_its_cell(hostile):
    page = soup(section(hostile))
    assert not page.find(["script", "b", "img", "a"])
    claims = page.find_all("table")[1]
    assert [len(row.find_all(["td", "th"])) for row in claims.find_all("tr")] == [7, 7]
    assert "<script>alert(1)</script>" in claims.text


@given(st.text())
def test_any_text_is_shown_as_it_is_in_a_table(text):
    page = soup(f"| a | b |\n| --- | --- |\n| x | {escaped(text)} |\n")
    assert [cell.text for cell in page.find_all("td")] == ["x", written_out(" ".join(text.split()))]


@given(st.text())
def test_any_text_is_shown_as_it_is_in_a_heading(text):
    page = MARKDOWN.render(f"# x {escaped(text)} x\n").removeprefix("<h1>").removesuffix("</h1>\n")
    assert unescape(page).split() == ["x", *written_out(" ".join(text.split())).split(), "x"]


def test_the_file_says_what_made_it(tool, tmp_path):
    output = MarkdownOutput(tool, tmp_path)
    text = "".join(output.text(()))
    output.sections.close()
    assert "claimgauge 1.2.3; definitions 4; lexicon 5" in text
    assert "runs.csv: 120 rows" in text
