"""Writes docs/commands.md from the help texts of the commands.

python docs/make_commands.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from claimgauge.cli import COMMANDS, cli

HERE = Path(__file__).resolve().parent


def help_of(*command: str) -> str:
    """The help text of a command, as a user sees it."""
    done = subprocess.run(
        [sys.executable, "-m", "claimgauge", *command, "--help"],
        cwd=HERE.parent, capture_output=True, text=True, check=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    return done.stdout.strip()


def inner_commands(name: str) -> list[str]:
    """The commands of a command that is a group of its own."""
    command = cli.get_command(click.Context(cli), name)
    return list(command.commands) if isinstance(command, click.Group) else []


def main() -> None:
    """Writes the page."""
    parts = ["# Commands", "", "Written by `python docs/make_commands.py`.", "", "```", help_of(), "```", ""]
    for name in COMMANDS:
        parts += [f"## claimgauge {name}", "", "```", help_of(name), "```", ""]
        for inner in inner_commands(name):
            parts += [f"### claimgauge {name} {inner}", "", "```", help_of(name, inner), "```", ""]
    (HERE / "commands.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
