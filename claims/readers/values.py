"""Marks and confidences that stand in running text: on a line of their own, or at a line's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from claims.confidences import LEVELS, read_confidence, says_confidence
from claims.marks import MARK_WORDS, is_mark, starts_with_sign

_LEVEL_WORDS = frozenset(word for level in LEVELS for word in level.split())
_MOST_WORDS = 4
"""Words a mark may have in running text ("Partially supported")."""

Values = Mapping[str, str]
"""Role → the value as written."""


def whole_line(line: str, roles: Sequence[str]) -> Values:
    """The values a line consists of; empty where it holds anything else.

    Args:
        line: one line.
        roles: which of "mark" and "confidence" to expect.
    """
    words = line.split()
    if not words or len(words) > _MOST_WORDS + 2 or not all(map(_may_be, words)):
        return {}
    if "mark" in roles and is_mark(line):
        return {"mark": " ".join(words)}
    if "confidence" in roles and says_confidence(" ".join(words)):
        return {"confidence": " ".join(words)}
    for i in range(1, len(words)):
        left, right = " ".join(words[:i]), " ".join(words[i:])
        for mark, confidence in ((left, right), (right, left)):
            if {"mark", "confidence"} <= set(roles) and is_mark(mark) and says_confidence(confidence):
                return {"mark": mark, "confidence": confidence}
    return {}


def line_end(line: str, roles: Sequence[str]) -> tuple[str, Values]:
    """A line as (text, values at its end).

    At a line's end only a sign, or words together with a confidence, count as values: "is supported"
    and "by 0.5" may belong to the sentence. Without marks in the table a lone confidence counts.
    """
    words = line.split()
    if not words:
        return "", {}
    most = min(_MOST_WORDS + 2, len(words) - 1)
    may_be = next((n for n in range(most) if not _may_be(words[-n - 1])), most)
    for n in range(may_be, 0, -1):
        tail = " ".join(words[-n:])
        told = whole_line(tail, roles)
        if told and _trusted(tail, told, roles):
            return " ".join(words[:-n]), told
    return " ".join(words), {}


def _trusted(tail: str, told: Values, roles: Sequence[str]) -> bool:
    if "mark" not in roles:
        return read_confidence(tail) is not None
    if len(told) > 1:
        return bool(starts_with_sign(told["mark"])) or read_confidence(told["confidence"]) is not None
    return "mark" in told and bool(starts_with_sign(tail))


@lru_cache(maxsize=4096)
def _may_be(word: str) -> bool:
    """Whether a word can be part of a value at all; a quick test that spares the thorough ones."""
    bare = word.strip("()[]*_.,;|").lower()
    return not bare.isalpha() or bare in MARK_WORDS or bare in _LEVEL_WORDS
