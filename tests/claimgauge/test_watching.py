"""`claimgauge verify --watch`: checked again when a file changes, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import ROOT

from claimgauge import watching

RESULTS = "model,intermediate,target,split,score\nxlm-r-large,none,xnli,test,79.2\nxlm-r-large,mnli,xnli,test,{}\n"


def test_a_change_of_results_turns_the_verdict_and_ctrl_c_ends_it_with_the_code_of_the_last_check(
    tmp_path: Path,
) -> None:
    (tmp_path / "r.md").write_text("# Claims\n\n- MNLI improves XNLI by 1.2 points.\n", encoding="utf-8")
    (tmp_path / "x.csv").write_text(RESULTS.format(80.4), encoding="utf-8")
    (tmp_path / "claimgauge.toml").write_text("[verify]\nno-built-in = true\n", encoding="utf-8")
    call = ["verify", "r.md", "--results", "x.csv", "--fail-on", "refuted", "--watch"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "claimgauge", *call], cwd=tmp_path, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        lines = iter(process.stdout or ())
        assert "1 supported" in _until(lines, "watching")
        (tmp_path / "x.csv").write_text("no,table\n", encoding="utf-8")
        assert "claimgauge: " in _until(lines, "watching")
        (tmp_path / "x.csv").write_text(RESULTS.format(75.0), encoding="utf-8")
        told = _until(lines, "watching")
        assert "changed: x.csv" in told
        assert "1 refuted" in told
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 1
        assert "Traceback" not in "".join(lines)
    finally:
        process.kill()
        process.communicate()


def _until(lines: Iterator[str], word: str) -> str:
    said = ""
    for line in lines:
        said += line
        if line.startswith(word):
            return said
    raise AssertionError(said)


def test_a_file_in_a_folder_that_comes_or_goes_is_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.0)
    changes = watching.changed([tmp_path, tmp_path / "absent.md"])
    (tmp_path / "one.md").touch()
    assert next(changes) == [tmp_path]
    (tmp_path / "absent.md").write_text("x", encoding="utf-8")
    assert next(changes) == [tmp_path, tmp_path / "absent.md"]
