"""Figures of verdicts.json: claimed against measured, and what confidences are worth."""

from __future__ import annotations

import pytest
from figure_texts import overlaps
from matplotlib.text import Text

from analysis.errors import InputError, MissingDataError
from reports.figures import calibration, claims
from reports.figures.stated import statements


def item(what, value, low=None, high=None, role="decides"):
    return {
        "what": what, "value": value, "low": low, "high": high, "source": "s", "provenance": "measured", "role": role,
    }  # fmt: skip


def claim(name, assertion, verdict="supported", evidence=(), confidence=0.5, mark="yes"):
    return {
        "id": name, "assertion": assertion, "verdict": verdict, "evidence": list(evidence),
        "confidence": confidence, "mark": mark,
    }  # fmt: skip


def verdicts(*reports):
    return {"schema": "claimgauge.verdicts/1", "reports": [{"claims": list(one)} for one in reports]}


GAIN = "gain of MNLI on XNLI"
STATED = claim("C01", "(= (gain mnli xnli) 1.5)", "refuted", [item(GAIN, 3.0, 2.5, 3.5)])


def texts(figure):
    return [t.get_text() for t in figure.findobj(Text)]


def test_a_stated_number_keeps_its_written_precision_and_its_evidence():
    (one,) = statements(verdicts([STATED]), "v")
    assert (one.text, one.relation, one.value, one.half_width) == (GAIN, "=", 1.5, pytest.approx(0.05))
    assert [(m.value, m.low, m.high) for m in one.measured] == [(3.0, 2.5, 3.5)]


@pytest.mark.parametrize(
    ("assertion", "relation", "value"),
    [
        ("(> (gain mnli xnli) 0)", ">", 0.0),
        ("(not (> (gain mnli xnli) 0))", "<=", 0.0),
        ("(> 2 (gain mnli xnli))", "<", 2.0),
        ("(significant (>= (gain mnli xnli) 1))", ">=", 1.0),
        ("(> (gain mnli xnli) (gain qqp xnli))", ">", 0.0),
    ],
)
def test_comparisons_are_read_with_their_number_on_the_right(assertion, relation, value):
    (one,) = statements(verdicts([claim("C01", assertion)]), "v")
    assert (one.relation, one.value) == (relation, value)


@pytest.mark.parametrize(
    "assertion",
    ["(fact mnli train_examples 392702)", "(= (count targets) 9)", "(not (= (gain mnli xnli) 1.5))",
     "(best mnli i intermediates (gain i xnli))"],
)  # fmt: skip
def test_facts_counts_ranks_and_denied_numbers_are_not_on_the_scale_of_points(assertion):
    assert statements(verdicts([claim("C01", assertion)]), "v") == ()


def test_the_same_statement_of_several_reports_is_drawn_once_with_all_its_claims():
    (one,) = statements(verdicts([STATED], [{**STATED, "id": "C09"}]), "v")
    assert one.claims == ("1·C01", "2·C09")


def test_evidence_of_another_statement_is_not_taken_for_this_one():
    both = claim("C01", "(and (= (gain mnli xnli) 1.5) (= (gain qqp xnli) 2.5))", evidence=[item(GAIN, 3.0)])
    found = {one.text: len(one.measured) for one in statements(verdicts([both]), "v")}
    assert found == {GAIN: 1, "gain of QQP on XNLI": 0}


def test_the_figure_shows_both_numbers_the_verdict_and_what_has_no_result():
    waiting = claim("C02", "(> (gain qqp xnli) 0)", "needs-data")
    figure = claims.draw(statements(verdicts([STATED, waiting]), "v"))
    shown = " | ".join(texts(figure))
    assert "1.5 claimed; 3 [2.5, 3.5] measured" in shown
    assert "above 0 claimed; no result" in shown
    assert "1 statement of 2 without a result" in shown
    assert overlaps(figure) == []


def test_a_file_without_stated_numbers_or_of_another_kind_is_refused():
    with pytest.raises(MissingDataError, match="no claim states a number"):
        claims.draw(())
    with pytest.raises(InputError, match=r"not a verdicts\.json"):
        statements({"schema": "other"}, "v")


def test_shares_borne_out_are_counted_in_bins_of_decided_claims_only():
    data = verdicts([
        *(claim(f"A{i}", None, "supported", confidence=0.9) for i in range(3)),
        claim("B1", None, "refuted", confidence=0.9),
        claim("B2", None, "needs-data", confidence=0.9),
        claim("B3", None, "refuted", confidence=0.1),
        claim("B4", None, "supported", confidence=None),
    ])  # fmt: skip
    figure = calibration.draw(calibration.ratings(data, "v"))
    shown = texts(figure)
    assert {"3 of 4", "0 of 1"} <= set(shown)
    assert {"supported (3)", "refuted (2)", "needs-data (1)"} <= set(shown)
    assert any("1 claim without a numeric confidence" in text for text in shown)
    assert overlaps(figure) == []


def test_equal_confidences_are_set_beside_each_other():
    lifts = calibration._lifts([0.3] * 5)
    assert len(set(lifts)) == 5
    assert max(map(abs, lifts)) <= 0.4
    assert calibration._lifts([0.1, 0.9]) == [0.0, 0.0]


def test_without_confidences_nothing_is_drawn():
    with pytest.raises(MissingDataError, match="no claim has a numeric confidence"):
        calibration.draw(calibration.ratings(verdicts([claim("C01", None, confidence=None)]), "v"))
