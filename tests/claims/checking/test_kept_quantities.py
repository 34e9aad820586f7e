"""Quantities kept with the evidence are those that computing again would give."""

from __future__ import annotations

import pandas as pd

from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate
from claims.assertion import Gain, Run
from claims.checking.evidence import KEPT, Evidence, Setting
from claims.checking.measuring import TermEvaluator

GAIN = Gain(Run("mnli"), "xnli")
DEV, TEST = (Setting("given", "xlm-r-large", split, "given") for split in ("dev", "test"))


def add(evidence: Evidence, split: str, *scores: tuple[str, float]) -> None:
    rows = [
        {"model": "xlm-r-large", "split": split, "target": "xnli", "intermediate": r, "score": s} for r, s in scores
    ]
    evidence.add(validate(pd.DataFrame(rows), "given"), "given")


def gain(evidence: Evidence, setting: Setting) -> float | None:
    found = TermEvaluator(evidence, setting, vocabulary()).quantity(GAIN)
    return round(found.estimate().value, 6) if found.known else None


def test_a_gain_is_computed_once_and_once_for_each_setting() -> None:
    evidence = Evidence()
    add(evidence, "dev", ("none", 79.0), ("mnli", 80.0))
    add(evidence, "test", ("none", 79.0), ("mnli", 82.0))
    assert [gain(evidence, setting) for setting in (DEV, TEST, DEV)] == [1.0, 3.0, 1.0]
    kept = [key for key in evidence.quantities if GAIN in key]  # type: ignore[operator]
    assert len(kept) == 2


def test_more_evidence_is_computed_anew() -> None:
    evidence = Evidence()
    add(evidence, "dev", ("none", 79.0))
    assert gain(evidence, DEV) is None
    add(evidence, "dev", ("mnli", 80.0))
    assert gain(evidence, DEV) == 1.0


def test_what_is_asked_for_again_and_again_is_computed_once_and_no_more_than_a_bound_is_kept() -> None:
    evidence, computed = Evidence(), []
    for other in range(2 * KEPT + 10):
        evidence.once("asked often", lambda: computed.append("often") or "found")  # type: ignore[func-returns-value]
        evidence.once(other, lambda: "found")
    assert computed == ["often"]
    assert len(evidence.quantities) + len(evidence.older) <= 2 * KEPT
