"""HTML that Python's parser does not refuse."""

from __future__ import annotations

import re

UNKNOWN_SECTION = re.compile(
    r"<!\[(?!(?:cdata|temp|ignore|include|rcdata|if|else|endif)(?![-_.a-z0-9]))", re.IGNORECASE
)
"""The start of what looks like a marked section that `html.parser` has no name for."""


def parsable_sections(markup: str) -> str:
    """The markup with "<![" escaped where it begins no marked section that is known."""
    return UNKNOWN_SECTION.sub("&lt;![", markup)
