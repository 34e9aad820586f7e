"""Code that a plan names, and cells that a spreadsheet would run."""

from __future__ import annotations

import csv
import sys
from importlib.metadata import Distribution, DistributionFinder
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from analysis.files.spreadsheets import bare_cell, guarded_cell
from analysis.plugins import registered
from analysis.results.table import load_results, write_results
from claimgauge.cli import cli
from runners.model.allowed_code import GROUP, VARIABLE, standing

PLAN = """
name = "stranger"
source_language = "lab-a"
seeds = [1]
data = { source = "world" }
intermediates = [{ runs = ["none"], languages = ["lab-a"] }]
targets = [{ tasks = ["lab-retrieval"], languages = ["lab-a1"] }]
[model]
name = "stranger"
kind = "frozen"
encoder = "strangers_code:encode"
config = { trunk = "pairs" }
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan whose encoder leaves a mark as soon as it is imported."""
    (tmp_path / "strangers_code.py").write_text(
        f"open({str(tmp_path / 'mark')!r}, 'w').close()\nimport numpy as np\n"
        "def encode(texts):\n    return np.ones((len(texts), 4), dtype=np.float32)\n",
        encoding="utf-8",
    )
    (tmp_path / "stranger.toml").write_text(PLAN, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delitem(sys.modules, "strangers_code", raising=False)
    return tmp_path / "stranger.toml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["--no-config", "run", *map(str, arguments)], standalone_mode=False)


def test_a_dry_run_lists_the_code_that_a_plan_names_and_calls_none_of_it(plan: Path) -> None:
    done = run(plan, "--dry-run")
    assert "code        strangers_code:encode (not allowed: --allow-code strangers_code:encode)" in done.stdout
    done = run(plan, "--dry-run", "--allow-code", "strangers_code:encode")
    assert "code        strangers_code:encode (allowed by name)" in done.stdout
    assert not (plan.parent / "mark").exists()


def test_code_that_nobody_allowed_is_refused_before_it_is_imported(plan: Path) -> None:
    done = run(plan, "--out", plan.parent / "out")
    assert "if you trust it, add --allow-code strangers_code:encode" in str(done.exception)
    assert done.exception.exit_code == 2  # type: ignore[union-attr]
    assert not (plan.parent / "mark").exists()


class Registering(Distribution):
    """A package that registers an encoder."""

    def read_text(self, filename: str) -> str | None:
        texts = {
            "METADATA": "Metadata-Version: 2.1\nName: good-vectors\nVersion: 1\n",
            "entry_points.txt": f"[{GROUP}]\ngood = good_vectors:encode\n",
        }
        return texts.get(filename)

    def locate_file(self, path: object) -> Path:  # type: ignore[override]
        return Path(str(path))


class Finder(DistributionFinder):
    @classmethod
    def find_distributions(cls, context: object = None) -> list[Distribution]:  # type: ignore[override]
        return [Registering()]

    @classmethod
    def find_spec(cls, *_: object) -> None:
        return None


def test_an_installed_package_that_registers_its_encoder_may_be_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder])
    registered.cache_clear()
    try:
        assert standing("good_vectors:encode") == "registered by good-vectors"
        assert standing("good_vectors:other") == ""
    finally:
        registered.cache_clear()


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1-2", "-x", "\t=1", "\r=1", "-1+2"])
def test_a_text_that_a_spreadsheet_would_run_is_written_as_a_text(text: str) -> None:
    assert guarded_cell(text) == f"'{text}"
    assert bare_cell(f"'{text}") == text


@pytest.mark.parametrize("cell", ["-0.4", "+2.3", "1e5", "-1e-5", "-12%", "-", "--", "xnli", "", -0.4, None, "'quoted"])
def test_a_number_stays_a_number_and_a_word_a_word(cell: object) -> None:
    assert guarded_cell(cell) == cell


@given(st.text())
def test_what_was_written_is_read_again_as_it_was(text: str) -> None:
    assert bare_cell(str(guarded_cell(text))) == text or text.startswith("'")


def test_a_results_table_with_a_formula_for_a_name_is_written_safely_and_read_as_it_was(tmp_path: Path) -> None:
    formula = "=HYPERLINK(1)"
    row = {"model": formula, "intermediate": "none", "target": "xnli", "language": "en", "split": "test", "score": 80.1}
    (tmp_path / "given.parquet").touch()
    pd.DataFrame([row]).to_parquet(tmp_path / "given.parquet")
    table = load_results(tmp_path / "given.parquet")
    write_results(table, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        [written] = csv.DictReader(file)
    assert written["model"] == f"'{formula}"
    assert written["score"] == "80.1"
    assert list(load_results(tmp_path / "out.csv")["model"]) == [formula]
