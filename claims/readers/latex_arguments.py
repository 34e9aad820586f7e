r"""The arguments of LaTeX's commands, taken out of a text by their brackets."""

from __future__ import annotations

import re

_BLANK = re.compile(r"[ \t]*\n?[ \t]*")
_CONTROL = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_BRACKET = re.compile(r"\\.|[{}]", re.DOTALL)
_PAIRS = {"o": ("[", "]"), "p": ("(", ")")}


def closing(text: str, start: int) -> int:
    """Where the brace closes that opens at `start`; the text's end where it never does."""
    depth = 0
    for found in _BRACKET.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if not depth:
            return found.start()
    return len(text)


def take(text: str, at: int, signature: str) -> tuple[list[str | None], int]:
    """Arguments as written, None for those that are not there, and where they end.

    Args:
        text: LaTeX.
        at: where the arguments begin.
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
    r"""What stands between a `\begin` that ends at `start` and its `\end`, and where that ends."""
    fence = re.compile(rf"\\(begin|end)\s*\{{{re.escape(name)}\}}")
    depth = 1
    for found in fence.finditer(text, start):
        depth += 1 if found[1] == "begin" else -1
        if not depth:
            return text[start : found.start()], found.end()
    return text[start:], len(text)
