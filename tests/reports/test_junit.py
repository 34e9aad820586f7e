from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from claims.report import Claim, Report
from claims.verdict import VERDICTS
from claims.verify import CheckedReport
from reports.junit import suite


def test_counts_add_up_over_suites(written, pair):
    reports, across = pair
    root = ET.parse(written(*reports, across=across) / "junit.xml").getroot()
    suites = root.findall("testsuite")
    assert [s.get("name") for s in suites] == ["reports/one.md", "reports/two.md", "across the reports"]
    for key in ("tests", "failures", "skipped"):
        assert int(root.get(key)) == sum(int(s.get(key)) for s in suites)
    assert int(root.get("tests")) == len(root.findall(".//testcase")) == 11
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    assert int(root.get("skipped")) == len(root.findall(".//skipped"))


def test_refuted_and_mixed_fail_and_the_undecided_are_skipped_with_their_reason(judged):
    claims = [judged(Claim(f"C{i}", v, line=i), v, f"reason {v}") for i, v in enumerate(VERDICTS)]
    report = CheckedReport(Report("a.md", "", "text", tuple(c.claim for c in claims)), tuple(claims), ())
    cases = ET.fromstring(suite(report)).findall("testcase")
    outcome = {case.get("name").split()[1]: [child.tag for child in case] for case in cases}
    assert outcome == {
        "supported": [],
        "refuted": ["failure"],
        "mixed": ["failure"],
        "inconclusive": ["skipped"],
        "needs-data": ["skipped"],
        "not-testable": ["skipped"],
    }
    assert Counter(case.get("line") for case in cases)[None] == 1
    assert cases[4].find("skipped").get("message") == "needs-data: reason needs-data"


def test_a_failure_shows_the_reading_and_the_numbers_that_decide(checked):
    case = ET.fromstring(suite(checked)).findall("testcase")[1]
    assert case.find("failure").get("type") == "refuted"
    assert "(fact mnli train_examples 40000)" in case.find("failure").text
    assert "392,702" in case.find("failure").text


def test_hostile_text_comes_back_unchanged(hostile):
    case = ET.fromstring(suite(hostile)).find("testcase")
    assert case.get("name") == f"C01 {hostile.report.claims[0].text}"


@given(st.text())
def test_any_text_gives_well_formed_xml(text):
    report = CheckedReport(Report(text, "", "text", ()), (), ())
    assert ET.fromstring(suite(report)).get("tests") == "0"
