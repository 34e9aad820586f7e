"""The step of the GitHub Action, and the hook of pre-commit, as their runners call them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from command import EXAMPLE, ROOT, claimgauge

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def installed(folder: Path) -> dict[str, str]:
    """The environment in which `claimgauge` is a program on the path."""
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "claimgauge"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m claimgauge "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{programs}:{os.environ['PATH']}"}


def step(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Runs the step that checks with the environment the action gives it."""
    given = {"REPORTS": str(EXAMPLE), "RESULTS": "", "FAIL_ON": "refuted,mixed", "OUT": "out", **inputs}
    surroundings = installed(folder) | given
    surroundings["GITHUB_STEP_SUMMARY"] = str(folder / "summary.md")
    return subprocess.run(
        ["bash", ROOT / ".github" / "verify.sh"],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_step_fails_on_a_refuted_claim_and_leaves_the_summary_and_the_sarif_file(tmp_path: Path) -> None:
    done = step(tmp_path)
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("#")
    assert (tmp_path / "out" / "verdicts.sarif").stat().st_size > 0


def test_the_step_names_a_pattern_that_matches_nothing(tmp_path: Path) -> None:
    done = step(tmp_path, REPORTS="no/such/*.md")
    assert (done.returncode, "no report matches no/such/*.md" in done.stdout) == (2, True)


def test_every_input_of_the_action_reaches_a_step() -> None:
    used = str(ACTION["runs"]["steps"])
    assert all(f"inputs.{name}" in used for name in ACTION["inputs"])


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("claimgauge ver", ["verify"]),
        ("claimgauge verify --wat", ["--watch"]),
        ("claimgauge analyze dis", ["distance"]),
    ],
)
def test_the_line_of_the_page_for_engineers_completes_words_in_bash(
    tmp_path: Path, typed: str, offered: list[str]
) -> None:
    page = (ROOT / "docs" / "users" / "engineer.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"`(eval [^`]*_COMPLETE=bash_source[^`]*)`", page)
    words = typed.split()
    asked = f"COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _claimgauge_completion claimgauge {words[-1]} x"
    done = subprocess.run(
        ["bash", "-c", f'{line}\n{asked}\necho "${{COMPREPLY[@]}}"'],
        env=installed(tmp_path), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == offered


def test_the_hook_passes_a_sound_report_and_fails_one_with_a_refuted_claim(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *arguments = shlex.split(hook["entry"])
    assert program == "claimgauge"
    sound = tmp_path / "sound.md"
    sound.write_text("# Claims\n\n- MNLI has 392,702 training examples.\n", encoding="utf-8")
    assert claimgauge(*arguments, sound).returncode == 0
    assert claimgauge(*arguments, sound, EXAMPLE).returncode == 1
