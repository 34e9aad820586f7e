"""Headings of plain text, which nothing marks but their numbers, their words and the lines around."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.readers.blocks import Heading
from claims.readers.sections import NUMBERED, known_section, section_name

_HASHES = re.compile(r"(#{1,6})[ \t]+(.*\S)")
_WIDEST = 100


def heading_at(lines: Sequence[str], at: int) -> Heading | None:
    """The heading that a line of plain text is; None where it is anything else.

    A number before a capital letter makes a heading only above and below blank lines, or where a
    known section follows it: "9 Tasks are evaluated." may be a claim.
    """
    text = lines[at].strip()
    if not text or len(text) > _WIDEST:
        return None
    if hashes := _HASHES.fullmatch(text):
        return Heading(hashes.group(2), len(hashes.group(1)), at + 1)
    if known_section(text):
        numbered = NUMBERED.fullmatch(text)
        return Heading(section_name(text), 1 + numbered["number"].count(".") if numbered else 1, at + 1)
    numbered = NUMBERED.fullmatch(text)
    if numbered and text[-1] not in ".;:,!?" and _apart(lines, at):
        return Heading(numbered["text"], 1 + numbered["number"].count("."), at + 1)
    return None


def _apart(lines: Sequence[str], at: int) -> bool:
    """Whether a line stands alone between blank lines."""
    before = at == 0 or not lines[at - 1].strip()
    return before and (at + 1 == len(lines) or not lines[at + 1].strip())
