"""What is offered of a claim on the built-in scores that was not read and cannot be reworded."""

from __future__ import annotations

import pytest

import claimgauge as cg


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("QQP hurts the zorg.", ("QQP",)),
        ("XLM-R Large zorgs.", ("XLM-R Large",)),
        ("Zorgs frob on Tatoeba.", ("Tatoeba",)),
    ],
)
def test_what_the_evidence_says_of_its_names_is_offered_and_borne_out(sentence: str, kept: tuple[str, ...]) -> None:
    found = cg.check(sentence)
    assert (found.verdict.verdict, found.rewording, found.examples) == ("not-testable", "", ())
    assert 0 < len(found.suggestions) <= 3
    assert {one.kept for one in found.suggestions} == {kept}
    assert {cg.check(one.text).verdict.verdict for one in found.suggestions} == {"supported"}


def test_a_claim_on_another_thing_is_told_so_and_gets_examples_that_are_borne_out() -> None:
    found = cg.check("Carbon emitters should better integrate into society.")
    assert "names no task or model that the evidence has" in found.reason
    assert (found.verdict.rewordings, found.suggestions) == ((), ())
    assert len(found.examples) == 3
    assert {cg.check(text).verdict.verdict for text in found.examples} == {"supported"}


def test_examples_come_from_the_results_that_were_given() -> None:
    import pandas as pd

    rows = [("OwnTask", 71.0), ("none", 60.0)]
    results = pd.DataFrame(
        [{"model": "OwnModel", "intermediate": task, "target": "OwnTarget", "split": "test", "metric": "accuracy", "language": "en", "score": score, "provenance": "measured", "source": "own"} for task, score in rows]
    )  # fmt: skip
    assert any("Own" in text for text in cg.check("Nothing frobs here.", results=results).examples)
