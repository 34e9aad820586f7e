"""Writes docs/commands.md from the help texts of the commands.

python docs/make_commands.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from claimgauge.cli import COMMANDS

HERE = Path(__file__).resolve().parent


def help_of(*command: str) -> str:
    """The help text of a command, as a user sees it."""
    done = subprocess.run(
        [sys.executable, "-m", "claimgauge", *command, "--help"],
        cwd=HERE.parent, capture_output=True, text=True, check=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    return done.stdout.strip()


def main() -> None:
    """Writes the page."""
    parts = ["# Commands", "", "Written by `python docs/make_commands.py`.", "", "```", help_of(), "```", ""]
    for name in COMMANDS:
        parts += [f"## claimgauge {name}", "", "```", help_of(name), "```", ""]
    (HERE / "commands.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
