r"""The macros that a LaTeX text defines, and what they stand for."""

from __future__ import annotations

import re

from analysis.tables.latex import closing
from claims.readers.draft import MalformedError

_BLANK = re.compile(r"[ \t]*\n?[ \t]*")
_CONTROL = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_PAIRS = {"o": ("[", "]"), "p": ("(", ")")}


def take(text: str, at: int, signature: str) -> tuple[list[str | None], int]:
    """Arguments as written, None for missing ones, and the place where they end.

    Args:
        text: LaTeX.
        at: the place where the arguments begin.
        signature: one letter an argument: "s" a star, "o" in square and "p" in round brackets if
            they are there, "m" and "M" in braces or a single sign.
    """
    given: list[str | None] = []
    for sort in signature:
        told, at = _one(text, at, sort)
        given.append(told)
    return given, at


def _one(text: str, at: int, sort: str) -> tuple[str | None, int]:
    if sort == "s":
        return ("*", at + 1) if text[at : at + 1] == "*" else (None, at)
    blank = _BLANK.match(text, at)
    start = blank.end() if blank else at
    if sort in _PAIRS:
        opening, close = _PAIRS[sort]
        if text[start : start + 1] != opening:
            return None, at
        end = _unbraced(text, start + 1, close)
        return text[start + 1 : end], end + 1
    if text[start : start + 1] == "{":
        end = closing(text, start)
        return text[start + 1 : end], end + 1
    if control := _CONTROL.match(text, start):
        return control.group(), control.end()
    return (text[start], start + 1) if start < len(text) and text[start] not in "}&\n" else (None, at)


def _unbraced(text: str, at: int, close: str) -> int:
    """The next closing bracket outside braces; the text's end where there is none."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if text[i] == close and depth <= 0:
            return i
    return len(text)


def environment_body(text: str, start: int, name: str) -> tuple[str, int]:
    r"""The text between a `\begin` that ends at `start` and its `\end`, and the place where that `\end` ends."""
    fence = re.compile(rf"\\(begin|end)\s*\{{{re.escape(name)}\}}")
    depth = 1
    for found in fence.finditer(text, start):
        depth += 1 if found[1] == "begin" else -1
        if not depth:
            return text[start : found.start()], found.end()
    return text[start:], len(text)


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
        """True if the text defines a macro."""
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
        """The expansion of a macro with its arguments filled in, and the place where they end.

        Raises:
            MalformedError: all macros together expand to too much text.
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
