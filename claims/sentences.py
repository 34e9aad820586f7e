"""Ends of sentences."""

from __future__ import annotations

import re

from claims.phrases import each_word

TERMINAL = ".!?。！？"
ABBREVIATIONS = each_word("al approx ca cf dr e.g eg esp i.e ie incl mr mrs ms prof resp vs viz w.r.t")
"""Words that a full stop shortens; a sentence goes on behind them."""

BEFORE_NUMBERS = each_word("ch eq eqn eqs fig figs no nos nr p pp ref refs sec sect tab vol")
"""Words that a full stop shortens where a number follows."""

_CLOSERS = "\"'”’»)]}*_"
_END = re.compile(rf"[.!?。！？]+[{re.escape(_CLOSERS)}]*")
_LAST_WORD = re.compile(r"[^\s([{\"'“‘]*\Z")
_ELLIPSIS = re.compile(r"\s*(?:\[\s?(?:\.\.\.|…)\s?\]|\(\.\.\.\)|\.{3,}|…)\s*\Z")
_WIDEST = 60


def without_ellipsis(text: str) -> str:
    """A text without the dots that say it goes on."""
    return _ELLIPSIS.sub("", text)


def ends_sentence(text: str) -> bool:
    """True if a text ends where a sentence does; not behind an abbreviation or an ellipsis."""
    bare = text.rstrip().rstrip(_CLOSERS)
    if not bare or bare[-1] not in TERMINAL or _ELLIPSIS.search(text[-_WIDEST:]):
        return False
    return bare[-1] != "." or _last_word(bare[:-1]) not in ABBREVIATIONS


def sentence_end(text: str, start: int) -> int | None:
    """The end of the sentence around `start`; None where the text breaks off before.

    A blank line ends no sentence: what stands above it without a full stop is not whole.
    """
    broken = text.find("\n\n", start)
    stop = len(text) if broken < 0 else broken + 1
    ends = (m.end() for m in _END.finditer(text, start, stop) if _is_end(text, m.start(), m.end()))
    return next(ends, None)


def _is_end(text: str, mark: int, end: int) -> bool:
    following = text[end : end + 3]
    if following[:1] and not following[0].isspace() and text[mark] in ".!?":
        return False
    begins = following.lstrip()[:1]
    return not begins.islower() and not (
        text[mark] == "." and _abbreviated(text[max(0, mark - _WIDEST) : mark], begins)
    )


def _abbreviated(before: str, begins: str) -> bool:
    """True if the last word before a full stop is an abbreviation or an initial."""
    word = _last_word(before)
    initial = len(word) == 1 and before[-1:].isupper() and begins.isupper()
    return word in ABBREVIATIONS or initial or (word in BEFORE_NUMBERS and begins.isdigit())


def _last_word(text: str) -> str:
    found = _LAST_WORD.search(text[-_WIDEST:])
    return found.group().lower() if found else ""
