"""HTML made safe for Python's parser, which is very slow where a comment or a tag never closes."""

from __future__ import annotations

from analysis.files.markup import parsable_sections

_LONGEST_TAG = 4000
"""Characters a tag may have if another one seems to begin inside it."""


def parsable(markup: str) -> str:
    """The markup without comments, and with "<" escaped where it begins no tag; lines are kept."""
    return _without_open_tags(parsable_sections(without_comments(markup, to_end=True)))


def without_comments(markup: str, *, to_end: bool = False) -> str:
    """The markup without comments, lines kept; `to_end`: one that never closes hides all that follows."""
    pieces: list[str] = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0:
        end = markup.find("-->", start + 4)
        if end < 0 and not to_end:
            break
        pieces.append(markup[at:start])
        at = end + 3 if end >= 0 else len(markup)
        pieces.append("\n" * markup.count("\n", start, at))
    return "".join(pieces) + markup[at:]


def _without_open_tags(markup: str) -> str:
    """Escapes every "<" whose tag does not end before the next one begins, nor soon after."""
    pieces: list[str] = []
    done, close = 0, -1
    start = markup.find("<")
    while start >= 0:
        following = markup.find("<", start + 1)
        if close < start:
            close = markup.find(">", start)
            close = len(markup) + _LONGEST_TAG if close < 0 else close
        if 0 <= following < close and close - start > _LONGEST_TAG:
            pieces += (markup[done:start], "&lt;")
            done = start + 1
        start = following
    return "".join(pieces) + markup[done:]
