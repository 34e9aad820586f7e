"""A gain in one language and a gain in another each have the baseline of their own language."""

from __future__ import annotations

import pandas as pd
import pytest

import claimgauge as cg

SCORES = {("none", "en"): 84.0, ("none", "de"): 77.0, ("mnli", "en"): 86.0, ("mnli", "de"): 80.0}
RESULTS = pd.DataFrame(
    [
        {"model": "xlm-r-large", "intermediate": run, "target": "xnli", "split": "dev", "metric": "accuracy",
         "language": language, "seed": seed, "score": score + 0.1 * (seed - 2)}
        for (run, language), score in SCORES.items()
        for seed in (1, 2, 3)
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("The gain of MNLI on XNLI is lower in German than in English.", "refuted"),
        ("The gain of MNLI on XNLI is larger in German than in English.", "supported"),
    ],
)
def test_a_gain_between_two_languages_is_not_judged_by_the_scores_alone(claim: str, verdict: str) -> None:
    (found,) = cg.verify(f"# R\n\n## Claims\n\n- {claim}\n", results=RESULTS).claims
    assert found.verdict.verdict == verdict
    assert "is 1 [" in found.verdict.reason.replace("-1 [", "1 [")
