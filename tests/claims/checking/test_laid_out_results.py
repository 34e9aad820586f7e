"""A results table of several models in one setting: asked as people print it where its scores leave a claim open."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimgauge.explaining import explained
from claims.gathering import gather_evidence
from claims.setup import ReportChecker, Setup

HEADER = "model,intermediate,target,split,metric,language,seed,score"
LANGUAGES = {"fi": (76.1, 74.1, 70.1), "de": (77.1, 78.1, 70.4), "en": (88.1, 87.1, 80.1), "sw": (66.1, 65.1, 60.1)}
MODELS = ("Kestrel", "Osprey", "Falcon")
ROWS = [
    f"{model},none,xnli,test,accuracy,{code},,{score}"
    for code, scores in LANGUAGES.items()
    for model, score in zip(MODELS, scores, strict=True)
]
VERDICTS = {
    "Kestrel beats Osprey in three of the four languages.": "supported",
    "Kestrel beats Osprey on XNLI in all languages.": "refuted",
    "Kestrel beats Osprey in all languages except German.": "supported",
    "All models score lower in Swahili than in English.": "supported",
    "All models except Falcon exceed 65 in Swahili.": "supported",
    "Exactly two models exceed 75 in German.": "supported",
    "Kestrel beats Osprey on XNLI in Finnish but underperforms in German.": "supported",
    "Kestrel has the best accuracy in Finnish. It also has the best accuracy in German.": "mixed",
    "Kestrel beats Osprey on PAWS-X in three of the four languages.": "not-testable",
}


def results(folder: Path, *rows: str) -> Path:
    path = folder / "birds.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def test_models_by_languages_decide_what_is_said_of_many(tmp_path) -> None:
    verifier = ReportChecker(Setup(results=(results(tmp_path, *ROWS),), built_in=False)).verifier
    found = {claim: explained(claim, verifier)[2].verdict for claim in VERDICTS}
    assert found == VERDICTS


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (ROWS, ["Finnish", "German", "English", "Swahili"]),
        ([f"{model},none,{target},test,accuracy,mean,,70.0" for model in MODELS for target in ("xnli", "pawsx")],
         ["XNLI", "PAWS-X"]),
        ([row.replace(",,", f",{seed},") for row in ROWS for seed in (1, 2)], None),  # runs
        ([*ROWS, "Kestrel,mnli,xnli,test,accuracy,fi,,80.0"], None),  # another run of a model
        ([*ROWS, "Kestrel,none,xnli,dev,accuracy,fi,,80.0"], None),  # another split
        (ROWS[::3], None),  # one model
    ],
)  # fmt: skip
def test_only_several_models_in_one_setting_without_runs_are_laid_out(tmp_path, rows, columns) -> None:
    evidence, _ = gather_evidence([results(tmp_path, *rows)], built_in=False)
    found = [[line.own for line in table.columns] for table in evidence.as_printed]
    assert found == ([] if columns is None else [columns])
