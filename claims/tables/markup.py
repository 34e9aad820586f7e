"""Cell texts without the marks of their source: bold, underline, italics, references, markup words."""

from __future__ import annotations

import html
import re

BRACKETED = re.compile(r"\[(?:BOLD|ITALIC|UNDERLINE|EMPTY|CONTINUE|BOLD UNDERLINE)\]", re.IGNORECASE)
TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
EMPHASIS = re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
SINGLE = re.compile(r"^([*_])(?=\S)(.+?)(?<=\S)\1$")
RULERS = re.compile(r"^\d+-\d+(?=\[)|\[\d*\.?\d+pt(?:/\d*\.?\d+pt)?\](?:\d+-\d+)?")
"""What a converter leaves of LaTeX rules in a cell: `1-1[0.5pt/2pt]3-12[0.5pt/2pt]`."""


def bare(text: str) -> str:
    """A cell or caption as a reader sees it, with no mark of emphasis left."""
    plain = BRACKETED.sub(" ", text)
    plain = TAGS.sub("", plain)
    plain = html.unescape(plain)
    while (smaller := EMPHASIS.sub(r"\2", plain)) != plain:
        plain = smaller
    plain = SINGLE.sub(r"\2", plain.strip())
    plain = RULERS.sub(" ", plain)
    return " ".join(plain.split())
