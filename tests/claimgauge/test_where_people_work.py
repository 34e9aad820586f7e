"""The step of the GitHub Action, and the hook of pre-commit, as their runners call them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
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


def action(folder: Path, surroundings: dict[str, str], **inputs: str) -> list[subprocess.CompletedProcess[str]]:
    """Runs the shell of the action's steps as its runner does: one after the other, until one fails."""
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()} | inputs
    values = {f"inputs.{name}": value for name, value in given.items()} | {"github.action_path": str(ROOT)}
    done = []
    for one in ACTION["runs"]["steps"]:
        if "run" not in one:
            continue
        environment = {
            name: re.sub(r"\$\{\{ (.+?) \}\}", lambda found: values[found[1]], text)
            for name, text in one["env"].items()
        }
        assert one["shell"] == "bash"
        assert "${{" not in one["run"], "inputs reach a shell through its environment only"
        call = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", one["run"]]
        settings = {"GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
        done.append(
            subprocess.run(
                call, cwd=folder, env=surroundings | settings | environment, capture_output=True, text=True, check=False
            )
        )
        if done[-1].returncode:
            break
    return done


def step(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Runs the step that checks, behind one that installs nothing."""
    surroundings = installed(folder)
    pip = folder / "bin" / "python"
    pip.write_text('#!/bin/sh\necho "$@" >> "$HOME/installed"\n', encoding="utf-8")
    pip.chmod(0o755)
    return action(folder, surroundings | {"HOME": str(folder)}, **{"reports": str(EXAMPLE), "out": "out", **inputs})[-1]


def test_the_step_fails_on_a_refuted_claim_and_leaves_the_summary_and_the_sarif_file(tmp_path: Path) -> None:
    done = step(tmp_path)
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("#")
    assert (tmp_path / "out" / "verdicts.sarif").stat().st_size > 0


def test_the_step_names_a_pattern_that_matches_nothing(tmp_path: Path) -> None:
    done = step(tmp_path, reports="no/such/*.md")
    assert (done.returncode, "no report matches no/such/*.md" in done.stdout) == (2, True)


def test_the_step_passes_results_and_further_options_on(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    for name in ("a", "b"):
        (tmp_path / "results" / f"{name}.csv").write_text(
            f"model,intermediate,target,language,split,metric,score\nxlm-r-large,{name},xnli,en,test,accuracy,80.1\n",
            encoding="utf-8",
        )
    (tmp_path / "sound.md").write_text("# Claims\n\n- MNLI has 392,702 training examples.\n", encoding="utf-8")
    given = {
        "reports": "*.md",
        "results": "results/*.csv",
        "extras": "pdf,docx",
        "options": "--no-built-in --keep-going",
    }
    done = step(tmp_path, **given)
    assert done.returncode == 0, done.stderr
    tool = json.loads((tmp_path / "out" / "verdicts.json").read_text(encoding="utf-8"))["tool"]
    assert [file["path"] for file in tool["results"]] == ["results/a.csv", "results/b.csv"]
    assert tool["built_in"] is False
    asked = (tmp_path / "installed").read_text(encoding="utf-8")
    assert asked == f"-m pip install {ROOT}[pdf,docx]\n"


def test_every_input_of_the_action_reaches_a_step() -> None:
    used = str(ACTION["runs"]["steps"])
    assert all(f"inputs.{name}" in used for name in ACTION["inputs"])


ASKED = {
    "bash": 'COMPREPLY=(); COMP_WORDS=({typed}); COMP_CWORD={last}; _claimgauge_completion claimgauge x x; printf "%s\\n" "${{COMPREPLY[@]}}"',
    "zsh": "_describe() {{ print -l -- ${{(P)3}} }}; words=({typed}) CURRENT={last}+1; _claimgauge_completion",
    "fish": 'complete -C "{typed}"',
}
"""Shell → what completes a line in it, one offer a line; zsh shows its offers only to a terminal."""
FIRST = {"bash": "", "zsh": "autoload -Uz compinit; compinit -u -D", "fish": ""}


@pytest.mark.parametrize("shell", ASKED)
def test_the_line_of_the_page_for_engineers_completes_words(tmp_path: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs the program {shell}")
    page = (ROOT / "docs" / "users" / "engineer.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"`(eval [^`]*_COMPLETE=bash_source[^`]*)`", page)
    lines = ("claimgauge ver", "claimgauge verify --wat", "claimgauge analyze dis")
    asked = [ASKED[shell].format(typed=typed, last=len(typed.split()) - 1) for typed in lines]
    done = subprocess.run(
        [shell, "-c", "\n".join([FIRST[shell], line.replace("bash_source", f"{shell}_source"), *asked])],
        env=installed(tmp_path) | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert [re.split(r"[:\t]", one)[0] for one in done.stdout.splitlines()] == ["verify", "--watch", "distance"]


def test_the_hook_passes_a_sound_report_and_fails_one_with_a_refuted_claim(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *arguments = shlex.split(hook["entry"])
    assert program == "claimgauge"
    sound = tmp_path / "sound.md"
    sound.write_text("# Claims\n\n- MNLI has 392,702 training examples.\n", encoding="utf-8")
    assert claimgauge(*arguments, sound).returncode == 0
    assert claimgauge(*arguments, sound, EXAMPLE).returncode == 1
