"""Entries of a list of references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.library.flowing import Hyphens

HEADINGS = frozenset({"references", "bibliography", "works cited", "literature cited"})
NUMBERED = re.compile(r"\[\w{1,12}\]|\(?\d{1,3}[.)]\s")
NAMED = re.compile(r"[A-ZÀ-Þ][\w.’'`´\-]*(?:\s[\w.’'`´\-]+){0,3},?\s+(?:[A-Z]|and\b|et\b)")
YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")


def is_reference_heading(title: str) -> bool:
    """Whether a heading stands over the list of references."""
    return title.strip(" .:0123456789").lower() in HEADINGS


def entries(lines: Sequence[str], hyphens: Hyphens) -> Iterator[str]:
    """The entries of printed lines: each begins with a number, or with a name behind a full stop."""
    numbered = sum(bool(NUMBERED.match(line)) for line in lines) > 2
    held = ""
    for line in (line.strip() for line in lines):
        if not line:
            continue
        if numbered:
            begins = bool(NUMBERED.match(line))
        else:
            begins = held.endswith(".") and bool(YEAR.search(held)) and bool(NAMED.match(line))
        if held and begins:
            yield held
            held = line
        else:
            held = hyphens.joined(held, line) if held else line
    if held:
        yield held
