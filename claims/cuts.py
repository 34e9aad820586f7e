"""Detection of claims that are cut off, by their lengths and endings.

Makers of reports cut claims at a fixed number of characters and strip the blank that may be left
at the end. Several open ends at nearly the same length, with nothing longer, betray the limit: a
text as long as the limit may end in half a word, a shorter one ends behind a whole one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from claims.phrases import each_word
from claims.report import Cut
from claims.sentences import ends_sentence, without_ellipsis
from claims.words import Words

TOLERANCE = 2
"""Characters by which texts cut at one limit may differ: a stripped blank, a mended hyphen."""

SHORTEST_LIMIT = 40
"""Nobody cuts sentences shorter than this."""

LONG = 80
"""The one claim without a full stop is taken for cut if it is this long and the longest of all."""

UNFINISHED = each_word(
    "a an the of and or nor with to in into for by on as at from than that which who whose whether is "
    "are was were be been being has have had not its their our this these those between among across "
    "over under but while whereas using via per each such including e.g i.e when where if because"
)
"""Words no sentence ends in."""

_LAST_WORD = re.compile(r"(?:\A|[\s(\"'“‘–—]|(?<![/.])\b[^\W\d_]{1,30}-)([^\W\d_]{1,30})\Z")
_WIDEST = 40
"""Characters at the end of a text that its last word lies in."""


def find_cuts(texts: Sequence[str]) -> tuple[Cut, ...]:
    """The cut of every text of one report: "no", or the place of it, inside a word or after one.

    Fragments are not cut: in a report whose claims never end in a full stop a missing one means nothing.
    """
    whole = [ends_sentence(text) for text in texts]
    if all(whole):
        return tuple("no" for _ in texts)
    words = Words("\n".join(text.rpartition(" ")[0] for text in texts))
    limit = _limit(texts, whole, words)
    strict = sum(whole) > 1 and sum(whole) * 5 >= len(texts) * 3
    cuts: list[Cut] = [
        "no" if done else _cut(text, limit, words, strict=strict) for text, done in zip(texts, whole, strict=True)
    ]
    if strict and cuts.count("no") > whole.count(True) and whole.count(False) == 1:
        alone = whole.index(False)
        cuts[alone] = "in word" if len(texts[alone]) >= LONG and len(texts[alone]) >= max(map(len, texts)) else "no"
    return tuple(cuts)


def cut_prose(text: str) -> bool:
    """True if a paragraph of whole sentences, such as an abstract, breaks off."""
    return bool(text) and not ends_sentence(text)


def _cut(text: str, limit: int | None, words: Words, *, strict: bool) -> Cut:
    """The cut of a text without a full stop, "no" where it is whole; `strict` is True if the other texts end in one."""
    if limit is not None and abs(len(text) - limit) <= TOLERANCE:
        return "in word" if len(text) >= limit else "after word"
    bare = without_ellipsis(text)
    if bare != text.rstrip():
        return "in word" if _half(bare, words) else "after word"
    if strict and _half(bare, words):
        return "in word"
    return "after word" if strict and _unfinished(bare) else "no"


def _limit(texts: Sequence[str], whole: Sequence[bool], words: Words) -> int | None:
    """The number of characters texts were cut at; None where nothing betrays one."""
    still_open = [text for text, done in zip(texts, whole, strict=True) if not done]
    top = max(map(len, texts), default=0)
    near = [text for text in still_open if top - len(text) <= TOLERANCE]
    below = [text for text in still_open if TOLERANCE < top - len(text) <= 6 * TOLERANCE]
    if top < SHORTEST_LIMIT or len(near) < 2 or len(near) <= len(below):
        return None
    broken = sum(_half(text, words) or _unfinished(text) for text in near)
    if not ((len(near) > 2 and (broken or len(near) * 2 >= len(texts))) or broken == len(near)):
        return None
    counted = Counter(map(len, near))
    limit = max(counted, key=lambda length: (counted[length], length))
    return next((n for n in range(limit, top + TOLERANCE) if n % 10 == 0), limit)


def _half(text: str, words: Words) -> bool:
    """True if a text ends in half a word: no word itself, but the beginning of one."""
    found = _LAST_WORD.search(text[-2 * _WIDEST :])
    if not found or not found.group(1).islower() or words.knows(found.group(1)):
        return False
    return words.begins(found.group(1))


def _unfinished(text: str) -> bool:
    """True if a text ends in a word no sentence ends in, a comma, or inside brackets."""
    last = text.rstrip().rpartition(" ")[2].lower().strip("([").rstrip(".")
    return last in UNFINISHED or text.rstrip().endswith((",", "(", "[")) or text.count("(") > text.count(")")
