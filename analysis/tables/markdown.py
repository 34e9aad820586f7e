"""Grids out of Markdown: pipe tables with a rule below their header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.tables.grid import TextGrid

RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
PIPE = re.compile(r"(?<!\\)\|")
CAPTION = re.compile(r"^(?:[*_]*\s*)?(?:table|tab\.|figure|fig\.)\b|^:\s", re.IGNORECASE)


def grids(text: str) -> Iterator[TextGrid]:
    """The tables of a Markdown text, in order."""
    lines = text.splitlines()
    at = 1
    while at < len(lines):
        if "-" not in lines[at] or "|" not in lines[at - 1] or len(lines[at]) > 100_000 or not RULE.match(lines[at]):
            at += 1
            continue
        end = at + 1
        while end < len(lines) and "|" in lines[end]:
            end += 1
        rows = tuple(_cells(line) for line in [lines[at - 1], *lines[at + 1 : end]] if not RULE.match(line))
        yield TextGrid(_caption(lines, at - 1, end), rows, None, f"line {at}")
        at = end + 1


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(cell.strip() for cell in PIPE.split(inner))


def _caption(lines: Sequence[str], first: int, end: int) -> str:
    """The paragraph right above a table, or the one below it that begins with “Table”."""
    above = next((line.strip() for line in reversed(lines[max(0, first - 2) : first]) if line.strip()), "")
    below = next((line.strip() for line in lines[end : end + 2] if line.strip()), "")
    if CAPTION.match(below) and not CAPTION.match(above):
        return below.lstrip(": ")
    return "" if above.startswith(("|", "```", "---")) else above.lstrip("# ")
