"""The text its author asserts: nothing struck out, deleted, hidden or raised as the mark of a footnote.

Every format comes through here. HTML is what Markdown, Word documents and LaTeX are turned into, so
`claims.readers.struck` sees their struck and hidden parts as tags; `asserted` is the last step for every claim,
whatever it was read from.
"""

from __future__ import annotations

import re

from claims.readers.controls import GAP, without_controls
from claims.readers.scripts import level

_MARKED_UP = re.compile(
    r"~\S|</?(?:del|strike|ins|su[bp]|span|font|b|i|u|em|strong|mark|small|big|br|a|p|img|math)\b(?:\s[^<>]*)?/?>"
    r"|&(?:#\d+|#x[\da-f]+|[a-z]+\d*);",
    re.IGNORECASE,
)
_S_TAG = re.compile(r"<s>.*?</s>|</?s>", re.DOTALL)
"""Struck text in HTML, but the sign of a sentence's beginning and end in plain text about language models."""
_NO_MEASUREMENT = re.compile(r"\d[\d,.]{28,}\d|\d[eE][-+]?\d{3,}")
"""Numbers that nobody measured, and that arithmetic of a fixed width cannot hold."""
_STRUCK_SIGN = re.compile("(?:[^\\s\u0336]\u0336)+")


def asserted(text: str) -> str:
    """A text of any format without what its author does not say, and without control characters.

    A number of more than 30 digits, or with an exponent of three, becomes a gap.
    """
    if "<s>" in text or "</s>" in text:
        text = _S_TAG.sub(GAP, text)
    if _MARKED_UP.search(text):
        from claims.readers.struck import without_markup

        text = without_markup(text)
    if "\u0336" in text:
        text = _STRUCK_SIGN.sub("", text)
    return " ".join(_NO_MEASUREMENT.sub(GAP, level(without_controls(text))).split())
