"""The tour of docs/sources.md, run as it stands."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from command import ROOT, claimgauge

BLOCK = re.compile(r"<!-- tour: (\w+) -->\n```\nclaimgauge ([^\n]+)\n```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


def test_the_tour_of_the_page_prints_what_the_page_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    folder = tmp_path / "examples" / "sources"
    steps = BLOCK.findall((ROOT / "docs" / "sources.md").read_text(encoding="utf-8"))
    assert [name for name, _, _ in steps] == ["add", "ls", "search", "show", "verify", "cited", "export", "audit"]
    for name, command, shown in steps:
        done = claimgauge(*shlex.split(command), cwd=folder)
        assert done.returncode == 0, (name, done.stderr)
        for line in shown.splitlines():
            assert line == "…" or line in done.stdout.splitlines(), (name, line, done.stdout)
