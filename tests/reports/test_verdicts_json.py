from __future__ import annotations

import json
from dataclasses import asdict, replace

import jsonschema
import pytest

from analysis.errors import InputError
from claims.verdict import EvidenceItem
from reports.verdicts_json import schema
from reports.verdicts_read import load_verdicts

CLAIM_KEYS = [
    "id", "text", "truncated", "completed", "mark", "mark_raw", "confidence", "confidence_raw", "line",
    "assertion", "verdict", "flags", "level", "reason", "definitions", "alternatives", "parts",
    "rewording", "left_out", "rewordings", "page", "section", "citations", "sources", "evidence", "settle", "certificate",
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
    keys = ["schema", "tool", "reports", "across", "evidence", "settle", "certificate", "cells", "paragraphs"]
    assert list(data) == keys
    assert list(data["tool"]) == ["name", "version", "definitions", "lexicon", "built_in", "results", "config"]
    for report in data["reports"]:
        keys = ["path", "sha256", "title", "question", "stated", "read", "findings", "claims"]
        assert [key for key in report if key != "examples"] == keys
        assert all([key for key in claim if key != "suggestions"] == CLAIM_KEYS for claim in report["claims"])
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


def test_what_claims_share_stands_once_and_is_put_back(written, checked):
    out = written(*(replace(checked, report=replace(checked.report, path=f"{n}.md")) for n in "abc"))
    data, whole = loaded(out), load_verdicts(out / "verdicts.json")
    once = loaded(written(checked, name="once"))
    for name in ("evidence", "settle", "certificate", "cells", "paragraphs"):
        assert data[name]
        assert data[name] == once[name]
        assert len(data[name]) == len({json.dumps(entry) for entry in data[name]})
    for report in whole["reports"]:
        for claim, one in zip(report["claims"], checked.claims, strict=True):
            assert [item["what"] for item in claim["evidence"]] == [item.what for item in one.verdict.evidence]
            assert [used["text"] for used in claim["certificate"]] == [used.text for used in one.verdict.certificate]
            assert claim["settle"] == (None if one.verdict.settle is None else listed(one.verdict.settle))
    assert any(claim["evidence"] for claim in whole["reports"][0]["claims"])


def listed(settle):
    return json.loads(json.dumps(asdict(settle)))


def test_every_claim_has_a_line_of_its_own(written, checked):
    lines = (written(checked) / "verdicts.json").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith('      {"id":') for line in lines) == len(checked.claims)


def test_a_file_of_the_schema_before_reads_as_it_stands(tmp_path, written, checked):
    whole = load_verdicts(written(checked) / "verdicts.json")
    before = {**whole, "schema": "claimgauge.verdicts/1"}
    (tmp_path / "before.json").write_text(json.dumps(before), encoding="utf-8")
    assert load_verdicts(tmp_path / "before.json") == before


def test_a_place_that_is_not_there_is_told(tmp_path, written, checked):
    data = loaded(written(checked))
    data["evidence"] = []
    (tmp_path / "cut.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match=r"cut\.json.*does not have the form"):
        load_verdicts(tmp_path / "cut.json")


def test_what_the_report_says_of_a_claim_is_kept_as_printed(written, checked):
    claims = loaded(written(checked))["reports"][0]["claims"]
    assert [(c["mark"], c["mark_raw"], c["confidence"], c["confidence_raw"]) for c in claims[2:6:3]] == [
        ("no", "×", 0.12, "12 %"),
        ("none", "", None, "High"),
    ]
    assert claims[3]["truncated"]
    assert claims[3]["completed"] == "MNLI has 392,702 training examples."


def test_a_number_that_is_none_becomes_null(written, judged, checked):
    nan = float("nan")
    claim = judged(checked.claims[0].claim, "supported", evidence=(EvidenceItem("x", nan, nan, None, "s", "p"),))
    item = loaded(written(replace(checked, claims=(claim,))))["evidence"][0]
    assert (item["value"], item["low"], item["high"]) == (None, None, None)


def test_a_file_name_that_is_no_text_does_not_stop_the_writing(written, checked):
    odd = replace(checked, report=replace(checked.report, path="odd\udcff.md"))
    assert loaded(written(odd))["reports"][0]["path"] == "odd\udcff.md"
