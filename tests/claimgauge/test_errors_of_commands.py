"""Calls that cannot work end before any work is done, with the class of their error and what was given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from failing import failed

from analysis.errors import InputError, MissingDataError, UsageError
from claims.guarding import guarded_file
from claims.notation import parse_assertion
from claims.readers import ReadOptions, read_report

REPORT = "# Notes\n\n## Claims\n\n- MNLI improves XNLI by 2 points.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, a results file and a file of everything that is none of them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "scores.csv").write_text("model,xnli\nxlm-r-large,80\n", encoding="utf-8")
    (tmp_path / "there.csv").write_text("kept\n", encoding="utf-8")
    (tmp_path / "list.json").write_text("[1]", encoding="utf-8")
    (tmp_path / "runs").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (["verify", "report.md", "--engine", "dask"], "--scheduler"),
        (["verify", "report.md", "--map", "title"], "title"),
        (["verify", "report.md", "--fail-on", "wrong"], "wrong"),
        (["verify", "report.md", "--results", "scores.csv", "--assume", "weather=fine"], "weather"),
        (["verify", "report.md", "--assume", "foo=bar"], "NAME one of"),
        (["check", "A beats B.", "--batch", "list.json", "--table", "scores.csv"], "--batch"),
        (["check", "A beats B.", "--table", "scores.csv", "--reader-model", "small"], "--reader-model"),
        (["import", "scores.csv"], "-o"),
        (["import", "scores.csv", "-o", "scores.xls"], "scores.xls"),
        (["import", "scores.csv", "-o", "there.csv"], "there.csv"),
        (["import", "scores.csv", "-o", "new.csv", "--scale", "7"], "7"),
        (["ls", "runs"], "--dir"),
        (["template", "results", "-o", "there.csv"], "there.csv"),
        (["run", "english"], "--out"),
        (["run", "english", "--dry-run", "--engine", "dask"], "--scheduler"),
        (["run", "english", "--dry-run", "--only", "weather=fine"], "weather=fine"),
        (["run", "lab", "--dry-run", "--data", "nope"], "--data nope cannot be used: lab makes its data itself"),
        (["run", "lab", "--out", "x", "--workers", "-2"], "--workers -2"),
        (["run", "lab", "--out", "x", "--max-flops", "nan"], "--max-flops nan"),
        (["run", "lab", "--dry-run", "--max-flops", "nan"], "--max-flops nan"),
        (["run", "lab", "--dry-run", "--max-flops", "-1"], "--max-flops -1"),
        (["run", "english", "--dry-run", "--only", "target=nowhere"], "target=nowhere"),
        (["translate", "mnli", "--to", "de", "--out", "x", "--pair", "eng"], "eng"),
        (["translate", "mnli", "--to", "de", "--out", "x", "--engine", "hub"], "--model"),
        (["translate", "mnli", "--to", "de", "--out", "x", "--engine", "command"], "--command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_call_that_makes_no_sense_is_refused(call: list[str], named: str) -> None:
    error = failed(*call)
    assert isinstance(error, UsageError)
    assert error.exit_code == 2
    assert named in str(error)


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (["sources", "ledger", "list.json", "--db", "ledger.db"], "list.json"),
        (["diff", "list.json", "list.json"], "list.json"),
        (["verify", "runs"], "runs"),
        (["verify", "report.md", "--assertions", "list.json"], "list.json"),
        (["verify", "report.md", "--definitions", "list.json"], "list.json"),
        (["analyze", "distance", "list.json"], "list.json"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_file_of_another_kind_is_named(call: list[str], where: str) -> None:
    error = failed(*call)
    assert isinstance(error, InputError)
    assert error.exit_code == 3
    assert where in error.where
    assert error.faults


def test_a_folder_without_runs_is_missing_data() -> None:
    error = failed("ls", "runs", "--dir", "runs")
    assert isinstance(error, MissingDataError)
    assert error.exit_code == 4
    assert "runs" in str(error)


def test_reports_that_are_none_are_named(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "blank.md").write_text(" \n", encoding="utf-8")
    (folder / "signs.txt").write_bytes(b"\xef\xbb\xbf \n")
    for name, options in (
        ("pipe", ReadOptions()),
        ("blank.md", ReadOptions()),
        ("signs.txt", ReadOptions()),
        ("report.md", ReadOptions(most_bytes=5)),
    ):
        with pytest.raises(InputError) as raised:
            read_report(folder / name, options=options)
        assert raised.value.where == str(folder / name)
        assert len(raised.value.faults) == 1


@pytest.mark.parametrize("text", ["(> (gain mnli xnli) 0", "(> (gain mnli xnli) 0))", "mnli xnli"])
def test_parentheses_that_do_not_match_are_a_fault_of_the_assertion(text: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_assertion(text, "CLAIM")
    assert raised.value.where == "CLAIM"
    assert text in raised.value.faults[0]


@pytest.mark.parametrize("fault", [MemoryError(), RecursionError()])
def test_a_report_that_takes_too_much_of_the_machine_is_left_out(fault: BaseException) -> None:
    def act() -> None:
        raise fault

    with pytest.raises(InputError) as raised:
        guarded_file(act, Path("report.md"))
    assert raised.value.where == "report.md"


def test_a_path_that_cannot_be_written_is_named_and_is_no_internal_error() -> None:
    command = [sys.executable, "-m", "claimgauge", "template", "results", "-o", "report.md/cells.csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "report.md" in done.stderr, "internal" in done.stderr) == (3, True, False)
