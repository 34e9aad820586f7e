"""The commands and environments of LaTeX that are known, from `latex.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def commands() -> dict[str, dict[str, str]]:
    """Kind of command → command → its arguments, or what it prints."""
    told: dict[str, dict[str, str]] = tomllib.loads((files("claims.readers") / "latex.toml").read_text("utf-8"))
    return told


@cache
def words(table: str, key: str) -> frozenset[str]:
    """The names under one key of one kind."""
    return frozenset(commands()[table][key].split())
