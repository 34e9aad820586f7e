"""Readings that a user supplies: held against what they speak of, and said to be theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.setup import ReportChecker, Setup
from claims.verdict import Verdict

SENTENCE = "Alpha zorgly beats Beta on NUS."
READS = '(better (at \\"Alpha\\" \\"NUS accuracy\\") (at \\"Beta\\" \\"NUS accuracy\\"))'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "t.csv").write_text("Model,NUS accuracy\nAlpha,60.5\nBeta,58.4\n", encoding="utf-8")
    return tmp_path


def verdict(folder: Path, entry: str, sentence: str = SENTENCE, *, tables: bool = True) -> Verdict:
    (folder / "own.toml").write_text(f'[[assertion]]\ntext = "{sentence}"\n{entry}', encoding="utf-8")
    (folder / "r.md").write_text(f"# Claims\n\n- {sentence}\n", encoding="utf-8")
    setup = Setup(tables=(folder / "t.csv",) if tables else (), assertions=folder / "own.toml")
    return ReportChecker(setup).checked(folder / "r.md").claims[0].verdict


def test_a_reading_supplied_for_cells_is_decided_by_the_table_and_says_who_supplied_it(folder: Path) -> None:
    found = verdict(folder, f'reads = "{READS}"\nby = "Ann"\non = 2026-11-30\n')
    assert (found.verdict, found.flags) == ("supported", ("corrected",))
    assert found.correction is not None
    assert (found.correction.by, found.correction.on, found.correction.instead) == ("Ann", "2026-11-30", None)
    assert "supplied by Ann on 2026-11-30" in found.reason


def test_without_that_table_the_claim_is_not_testable_and_the_others_are_checked(folder: Path) -> None:
    found = verdict(folder, f'reads = "{READS}"\n', tables=False)
    assert (found.verdict, found.flags) == ("not-testable", ("corrected",))


def test_what_the_sentence_was_read_as_without_the_correction_stands_beside_it(folder: Path) -> None:
    turned = READS.replace("Alpha", "x").replace("Beta", "Alpha").replace("x", "Beta")
    found = verdict(folder, f'reads = "{turned}"\n', "Alpha beats Beta on NUS.")
    assert found.verdict == "refuted"
    assert found.correction is not None
    assert found.correction.instead == READS.replace("\\", "")
    told = verdict(folder, 'reads = "(fact mnli train_examples 392702)"\n', "MNLI has 500 training examples.")
    assert (told.verdict, told.correction and told.correction.instead) == (
        "supported",
        "(fact mnli train_examples 500)",
    )
