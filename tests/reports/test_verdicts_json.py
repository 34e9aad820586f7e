from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from claims.verdict import EvidenceItem
from reports.verdicts_json import document, report_record, schema

CLAIM_KEYS = [
    "id", "text", "truncated", "completed", "mark", "mark_raw", "confidence", "confidence_raw", "line",
    "assertion", "verdict", "flags", "level", "reason", "definitions", "alternatives", "parts", "evidence",
    "settle", "certificate", "rewording", "page", "section", "citations", "sources",
]  # fmt: skip


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


def loaded(out):
    return json.loads((out / "verdicts.json").read_text(encoding="utf-8"))


def test_every_key_is_there_in_its_order(written, pair):
    reports, across = pair
    data = loaded(written(*reports, across=across))
    assert list(data) == ["schema", "tool", "reports", "across"]
    assert list(data["tool"]) == ["name", "version", "definitions", "lexicon", "built_in", "results", "config"]
    for report in data["reports"]:
        keys = ["path", "sha256", "title", "question", "stated", "read", "findings", "claims"]
        assert list(report) == keys
        assert all(list(claim) == CLAIM_KEYS for claim in report["claims"])
    assert data["across"]


def test_the_file_fits_its_schema(written, pair, hostile, validator):
    reports, across = pair
    validator.validate(loaded(written(*reports, hostile, across=across)))
    validator.validate(loaded(written(name="empty")))


def test_the_schema_refuses_what_it_does_not_know(written, checked, validator):
    data = loaded(written(checked))
    data["reports"][0]["claims"][0]["verdict"] = "true"
    data["reports"][0]["claims"][1]["extra"] = 1
    del data["reports"][0]["claims"][2]["flags"]
    assert len(list(validator.iter_errors(data))) == 3


def test_the_document_of_records_is_the_file_of_the_bundle(written, pair, tool):
    reports, across = pair
    text = document(tool, [report_record(report) for report in reports], across)
    assert text == (written(*reports, across=across) / "verdicts.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
    assert document(tool, [], ()) == json.dumps(json.loads(document(tool, [], ())), indent=2) + "\n"


def test_what_the_report_says_of_a_claim_is_kept_as_printed(written, checked):
    claims = loaded(written(checked))["reports"][0]["claims"]
    assert [(c["mark"], c["mark_raw"], c["confidence"], c["confidence_raw"]) for c in claims[2:6:3]] == [
        ("no", "×", 0.12, "12 %"),
        ("none", "", None, "High"),
    ]
    assert claims[3]["truncated"]
    assert claims[3]["completed"] == "MNLI has 392,702 training examples."


def test_a_number_that_is_none_becomes_null(judged, checked):
    nan = float("nan")
    claim = judged(checked.claims[0].claim, "supported", evidence=(EvidenceItem("x", nan, nan, None, "s", "p"),))
    item = report_record(replace(checked, claims=(claim,)))["claims"][0]["evidence"][0]
    assert (item["value"], item["low"], item["high"]) == (None, None, None)


def test_a_file_name_that_is_no_text_does_not_stop_the_writing(written, checked):
    odd = replace(checked, report=replace(checked.report, path="odd\udcff.md"))
    assert loaded(written(odd))["reports"][0]["path"] == "odd\udcff.md"
