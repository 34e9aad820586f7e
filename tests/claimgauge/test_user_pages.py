"""The pages for a reviewer, an author, an engineer and a teacher: their commands run in a clone."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from command import ROOT, claimgauge

BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("claims.jsonl", "reports/*.md", "claimgauge demo")
"""Of files that a user brings, or minutes long."""


@pytest.mark.parametrize("user", ["reviewer", "author", "engineer", "teacher"])
def test_every_command_of_a_page_runs_in_a_clone(user: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    text = (ROOT / "docs" / "users" / f"{user}.md").read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines() if line.startswith("claimgauge ")]
    assert len(lines) > 2
    for line in lines:
        if not any(sign in line for sign in ELSEWHERE):
            done = claimgauge(*shlex.split(line)[1:], cwd=tmp_path)
            assert done.returncode == ("--fail-on" in line), (line, done.stderr)


def test_what_the_pages_say_of_their_sentences_is_so(tmp_path: Path) -> None:
    table = ROOT / "examples" / "leaderboard.csv"

    def verdict(sentence: str) -> str:
        found = re.search(r"^verdict +(\S+)", claimgauge("check", sentence, "--table", table).stdout, re.MULTILINE)
        return found[1] if found else ""

    assert verdict("Alpha beats Beta by 2.1 points on NUS.") == "supported"
    assert verdict("Alpha is best on all data sets.") == "refuted"
    assert verdict("Alpha beats Beta on both data sets.") == "refuted"
    assert verdict("Only Alpha scores above 60 on NUS.") == "supported"
    assert verdict("Alpha outperforms Beta on NUS, but not on Quay.") == "supported"
