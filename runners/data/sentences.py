"""Sentences of running text in any script.

A rule of signs, not of grammar: it needs to be cheap and the same in a hundred languages, since what is cut wrongly
still is text to learn from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

END = re.compile(r"""(?P<spaced>[.!?…؟۔।॥։።]+["'”’»)\]]*)\s+(?P<next>\S)|(?P<dense>[。！？]+[”』」）"']*)""")
"""Ends of sentences: signs before a blank, or full stops of scripts without blanks."""

ABBREVIATED = re.compile(r"(?:^|[\s(\"'“„«])\w{1,2}$")
"""A short word before a full stop is an initial, an ordinal or an abbreviation rather than the last of a sentence."""

SHORTEST = 10
"""Columns of print, a wide character taking two; what is shorter is a heading or a remnant."""


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, line by line; headings and other remnants are left out."""
    for line in text.splitlines():
        begin = 0
        for match in END.finditer(line):
            end = match.end("spaced") if match["spaced"] else match.end("dense")
            if match["spaced"] and _goes_on(line[begin : match.start()], match["spaced"], match["next"]):
                continue
            yield from _kept(line[begin:end])
            begin = end
        yield from _kept(line[begin:])


def _goes_on(before: str, sign: str, following: str) -> bool:
    """True if a full stop ends no sentence: a small letter follows, or a very short word stands before it."""
    return following.islower() or (sign == "." and ABBREVIATED.search(before) is not None)


def _kept(sentence: str) -> Iterator[str]:
    sentence = " ".join(sentence.split())
    if sum(2 if east_asian_width(character) in "WF" else 1 for character in sentence[:SHORTEST]) >= SHORTEST:
        yield sentence
