"""The guard: no change to a sentence leaves a verdict that the change takes away."""

from __future__ import annotations

import resource
import sys
from collections import Counter
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "claims"
PATIENCE = 25.0
"""Seconds of processor time that the small size may take."""


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_no_change_to_a_sentence_leaves_a_verdict_that_it_takes_away() -> None:
    import mutations  # type: ignore[import-not-found]

    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    outcome = mutations.run(0, "small", (sys.executable, "-m", "claimgauge"))
    asked, right = outcome.bases
    assert right > asked / 2, "too few sentences are judged right for their changes to say anything"
    assert outcome.tried.total() > 500
    shown = [f"{mutant.rule}: {mutant.name}: {mutant.claim} → {verdict}" for mutant, verdict in outcome.violations]
    kinds = Counter(f"{mutant.rule}: {mutant.name}" for mutant, _ in outcome.violations)
    assert not shown, "\n".join([*(f"{count} × {kind}" for kind, count in kinds.most_common()), *shown[:40]])
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - started < PATIENCE
