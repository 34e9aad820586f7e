from __future__ import annotations

import copy

import pytest

from analysis.errors import InputError
from reports.diff import changes, rendered
from reports.verdicts_read import load_verdicts


@pytest.fixture
def before(written, checked):
    return load_verdicts(written(checked) / "verdicts.json")


@pytest.fixture
def after(before):
    return copy.deepcopy(before)


def test_equal_files_show_no_change(before, after):
    assert changes(before, after) == ()
    assert rendered(()) == "No verdict changed."


def test_a_changed_verdict_names_both_and_the_flags_between(before, after):
    before["reports"][0]["claims"][0]["flags"] = ["truncated", "proxy"]
    after["reports"][0]["claims"][0] |= {
        "verdict": "refuted",
        "flags": ["proxy", "ambiguous"],
        "assertion": "(x)",
    }
    (change,) = changes(before, after)
    assert (change.report, change.claim, change.kind) == ("reports/one.md", "C01", "changed")
    assert (change.verdict_before, change.verdict_after) == ("supported", "refuted")
    assert (change.flags_gained, change.flags_lost) == (("ambiguous",), ("truncated",))
    assert change.assertion_after == "(x)"
    assert rendered([change]).splitlines() == [
        "1 change",
        "",
        "reports/one.md",
        "  C01  supported → refuted  +ambiguous  -truncated",
        "       MNLI has 392,702 training examples.",
        "       read before: (fact mnli train_examples 392702)",
        "       reads now:   (x)",
    ]


def test_a_change_of_level_alone_is_shown(before, after):
    after["reports"][0]["claims"][0]["level"] = "reproduced"
    (change,) = changes(before, after)
    assert "supported, as before (grounded → reproduced)" in rendered([change])


def test_a_claim_whose_number_moved_is_found_by_its_text(before, after):
    claims = after["reports"][0]["claims"]
    claims.insert(0, copy.deepcopy(claims[0]) | {"text": "A new claim."})
    for number, claim in enumerate(claims, 1):
        claim["id"] = f"C{number:02d}"
    (change,) = changes(before, after)
    assert (change.kind, change.claim, change.text) == ("added", "C01", "A new claim.")
    assert "new claim → supported" in rendered([change])


def test_a_claim_that_is_gone_is_shown_last(before, after):
    del after["reports"][0]["claims"][0]
    after["reports"][0]["claims"][0]["verdict"] = "supported"
    found = changes(before, after)
    assert [(c.claim, c.kind) for c in found] == [("C02", "changed"), ("C01", "removed")]
    assert "supported → claim gone" in rendered(found)


def test_a_report_that_moved_is_found_by_its_bytes(before, after):
    after["reports"][0]["path"] = "elsewhere/one.md"
    assert changes(before, after) == ()


def test_a_new_report_brings_all_its_claims(before, after):
    after["reports"].append(copy.deepcopy(after["reports"][0]) | {"path": "two.md", "sha256": "02"})
    assert {(c.report, c.kind) for c in changes(before, after)} == {("two.md", "added")}


@pytest.mark.parametrize("broken", [{}, {"reports": 3}, {"reports": [{"path": "a", "sha256": "b", "claims": [{}]}]}])
def test_a_file_of_another_form_is_refused(before, broken):
    with pytest.raises(InputError, match="the file after: does not have the form of verdicts"):
        changes(before, broken)
