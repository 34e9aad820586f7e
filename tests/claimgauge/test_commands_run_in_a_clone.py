"""Every command of a page runs in a clone as it is printed, but for those that need what only a user has."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT

BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:claimgauge|python docs/\S+|mkdir|cd) ")
SECONDS = 900
WITHOUT = {
    "files of github.com/microsoft/Litmus": ("XNLI_XLMR.json", "TyDiQA_XLMR_ID.json", "xnli.parquet"),
    "files of other repositories": ("bloom-1b1_", "predictions --gold"),
    "claims, reports and results of the user's own": (
        "claims.jsonl", "reports/*.md", " report.md", "RESULTS", "my_plan.toml", "=asjp.csv", "make_published.py",
    ),
    "a server or a model that the user runs": ("serve --open", "tcp://host", "--reader", "--engine apertium"),
    "minutes to hours": ("claimgauge demo", "run lab", "lab/results", "lab-full", "run measured-main", "make_measured.py", "make_plots.py", "make_picture.py",
        "make_commands.py", "make_gallery.py", "make_notebooks.py"),
    "a place for what runs print": ("…", " NAME", "FIGURE", "|"),
}  # fmt: skip
"""Why a command cannot run here → what it holds then."""
ELSEWHERE = {"commands.md": "test_commands", "sources.md": "test_sources_tour", "gallery.md": "the pages it is made of"}
"""Pages whose commands other tests run."""


def commands(text: str) -> list[str]:
    """The commands of a page's blocks that a clone can run, in order."""
    lines = [line.strip() for block in BLOCK.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    found = [re.sub(r"\s+#\s.*", "", line.removeprefix("$ ")) for line in lines]
    missing = [sign for signs in WITHOUT.values() for sign in signs]
    return [line for line in found if COMMAND.match(line) and not any(sign in line for sign in missing)]


PAGES = [p for p in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if p.name not in ELSEWHERE]
RUN = {p.relative_to(ROOT).as_posix(): found for p in PAGES if (found := commands(p.read_text(encoding="utf-8")))}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files that are tracked, as they are in the working tree, and the program on the path."""
    folder = tmp_path / "clone"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            (folder / name).write_bytes((ROOT / name).read_bytes())
    programs = folder / "out" / "bin"
    programs.mkdir(parents=True)
    for name, module in (("claimgauge", " -m claimgauge"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec {sys.executable}{module} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    return folder


def test_no_command_reads_a_folder_beside_the_clone() -> None:
    assert [(page, line) for page, lines in RUN.items() for line in lines if "../" in line] == []


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN)
def test_the_commands_of_a_page_run_in_a_clone(page: str, clone: Path) -> None:
    path = f"{clone / 'out' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    surroundings = {**os.environ, "PATH": path, "PYTHONPATH": str(clone)}
    failed = []
    for line in RUN[page]:
        done = subprocess.run(
            ["bash", "-c", line], cwd=clone, env=surroundings, capture_output=True, text=True, check=False,
            timeout=SECONDS,
        )  # fmt: skip
        if done.returncode != ("--fail-on" in line):
            failed.append((line, done.returncode, done.stderr[-800:]))
    assert failed == []
