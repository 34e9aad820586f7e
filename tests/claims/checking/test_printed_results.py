"""Results laid out as people print them: asked as a table where the scores, as evidence, leave a claim open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.setup import ReportChecker, Setup

PRINTED = """Model,Language,NER,±,POS,±
Falcon-S,German,67.8,0.3,54.0,0.2
Falcon-S,Hindi,64.5,0.5,48.8,0.3
Falcon-L,German,75.9,0.3,62.6,0.2
Falcon-L,Hindi,70.7,0.4,59.3,0.2
Osprey,German,75.8,0.2,63.9,0.4
Osprey,Hindi,74.3,0.2,59.1,0.3
"""
VERDICTS = {
    "Osprey beats Falcon-S on NER in all languages.": "supported",
    "Falcon-S beats Osprey on NER in all languages.": "refuted",
    "Osprey beats Falcon-L on NER in all languages.": "inconclusive",  # 75.8 ± 0.2 against 75.9 ± 0.3
    "Osprey is the best model on Hindi NER.": "supported",
    "Falcon-L is the best model on Hindi NER.": "refuted",
    "Osprey is the best model on Hindi POS.": "inconclusive",
    "Two of the three models score above 70 on German NER.": "supported",
    "All models score above 70 on German NER.": "refuted",
    "Two of the three models score above 75.7 on German NER.": "inconclusive",
    "The highest score on German POS is 63.9.": "supported",
    "The highest score on German POS is 63.7.": "refuted",
    "On average across all languages, Osprey beats Falcon-S on POS.": "supported",
    "On average across all languages, Osprey beats Falcon-L on POS.": "inconclusive",
    "Falcon-L scores 75.9 on NER in German.": "supported",
    "Falcon-L scores 79.9 on NER in German.": "refuted",
}


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("printed")
    (folder / "birds.csv").write_text(PRINTED, encoding="utf-8")
    checker = ReportChecker(Setup(results=(folder / "birds.csv",), assume=("split=test", "metric=accuracy")))
    report = Path(folder, "report.json")
    report.write_text(json.dumps({"claims": [{"claim": claim} for claim in VERDICTS]}), encoding="utf-8")
    return {one.claim.text: one.verdict.verdict for one in checker.check(report).claims}


@pytest.mark.parametrize("claim", VERDICTS)
def test_what_is_printed_decides_beyond_every_error_and_nothing_within(given: dict[str, str], claim: str) -> None:
    assert given[claim] == VERDICTS[claim]
