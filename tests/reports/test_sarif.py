from __future__ import annotations

import json

import pytest

from reports.sarif import uri


@pytest.fixture
def run(written, pair):
    reports, across = pair
    data = json.loads((written(*reports, across=across) / "verdicts.sarif").read_text(encoding="utf-8"))
    assert data["version"] == "2.1.0"
    assert data["$schema"].endswith("sarif-2.1.0.json")
    (run,) = data["runs"]
    return run


def test_every_result_has_a_rule_that_is_described(run):
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert {"verdict/refuted", "verdict/not-testable", "finding/claim-count-differs"} <= set(rules)
    assert {result["ruleId"] for result in run["results"]} <= set(rules)
    assert all(rule["shortDescription"]["text"] for rule in rules.values())


def test_only_failures_have_a_level(run):
    assert all((r["level"] != "none") == (r["kind"] == "fail") for r in run["results"])
    assert {r["kind"] for r in run["results"]} == {"pass", "fail", "open", "notApplicable"}


def test_a_verdict_stands_at_the_line_of_its_claim(run):
    refuted = next(r for r in run["results"] if r["ruleId"] == "verdict/refuted")
    assert refuted["level"] == "error"
    assert refuted["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "reports/one.md"}, "region": {"startLine": 12}}}
    ]


def test_a_finding_stands_at_the_claims_it_speaks_of(run):
    wrong = next(r for r in run["results"] if r["ruleId"] == "finding/wrong-claim-marked-verified")
    lines = [place["physicalLocation"]["region"]["startLine"] for place in wrong["locations"]]
    assert lines == [12, 18]


def test_a_claim_without_lines_has_no_region(written, hostile, judged):
    from dataclasses import replace

    claim = replace(hostile.claims[0].claim, line=0)
    report = replace(hostile, report=replace(hostile.report, claims=(claim,)), claims=(judged(claim, "mixed"),))
    data = json.loads((written(report) / "verdicts.sarif").read_text(encoding="utf-8"))
    assert "region" not in data["runs"][0]["results"][0]["locations"][0]["physicalLocation"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("reports/a b.md", "reports/a%20b.md"),
        ("./a.md", "a.md"),
        ("/home/x/ä.md", "file:///home/x/%C3%A4.md"),
        (r"C:\x\a#b.md", "file:///C:/x/a%23b.md"),
        ("../a.md", "../a.md"),
    ],
)
def test_paths_become_uri_references(path, expected):
    assert uri(path) == expected
