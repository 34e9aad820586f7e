r"""The macros that a LaTeX text defines, and what they stand for."""

from __future__ import annotations

import re

from claims.readers.draft import MalformedError
from claims.readers.latex_arguments import take

DEFINING = frozenset(("newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "def"))
"""Commands that define a macro."""
_DEF = re.compile(r"\s*\\([A-Za-z@]+)((?:#\d)*)")
_MOST_EXPANDED = 1_000_000
"""Characters that all macros of one text may expand to."""


class Macros:
    """The macros met so far."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[int, str | None, str]] = {}
        self._expanded = 0

    def knows(self, name: str) -> bool:
        """Whether the text defines a macro."""
        return name in self._told

    def define(self, command: str, text: str, at: int) -> int:
        """Takes note of the macro whose definition goes on at a place; where it ends."""
        if command != "def":
            (_, macro, n, default, body), end = take(text, at, "smoom")
            count = int(n) if n and n.strip() in set("123456789") else 0
            self._note((macro or "").strip().lstrip("\\"), count, default, body)
            return end
        found = _DEF.match(text, at)
        if not found:
            return at
        (body,), end = take(text, found.end(), "m")
        self._note(found[1], found[2].count("#"), None, body)
        return end

    def _note(self, name: str, n: int, default: str | None, body: str | None) -> None:
        self._told[name] = (n, default, (body or "").replace("\n", " "))

    def expand(self, name: str, text: str, at: int) -> tuple[str, int]:
        """What a macro stands for, with its arguments filled in, and where they end.

        Raises:
            MalformedError: all macros together stand for too much.
        """
        n, default, body = self._told[name]
        signature = ("o" if default is not None else "") + "m" * (n - (default is not None))
        given, end = take(text, at, signature)
        for i in range(n, 0, -1):
            told = given[i - 1]
            body = body.replace(f"#{i}", default or "" if told is None else told)
        self._expanded += len(body)
        if self._expanded > _MOST_EXPANDED:
            raise MalformedError(f"expands macros to more than {_MOST_EXPANDED:,} characters; no report needs that")
        return body, end
