"""A claim of a list without the mark and confidence that its line carries: "✅ …", "… (verified, 0.18)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from claims.confidences import LEVELS, is_level, read_confidence, says_confidence
from claims.marks import MARK_WORDS, is_mark, starts_with_sign
from claims.readers.columns import rank

_BOX = re.compile(r"\[[ xX✓✔]?\](?=\s)")
_NUMBER = re.compile(
    r"(?:(?:claim|finding|statement|assertion|hypothesis)\s?#?\d{1,4}|[CH]\d{1,4})\s?[:.)–—-]\s*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,80})[)\]]\.?\Z")
_NAMED = re.compile(r"([A-Za-z][A-Za-z ]{0,24}?)\s*[:=]\s*(.*)", re.DOTALL)
_PARTS = re.compile(r"\s*[,;|·•]\s+|\s*\|\s*|\s+[—–-]\s+")
_FIGURE = re.compile(r"(?P<before>.*\S)\s+(?P<figure>[\d.,/]+\s?%?)", re.DOTALL)
_DASH = re.compile(r"\s+(?:[—–-]|\||=>|->|→|::)\s+")
_WIDEST = 120
"""Characters at a line's end that may hold a mark and a confidence."""


def undecorated(text: str) -> tuple[str, str, str]:
    """A list entry as (claim, mark as written, confidence as written)."""
    text, mark = _leading(text.strip())
    text = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    if not mark:
        text, mark = _leading(text)
    bare, behind, confidence = _trailing(text)
    return (bare, mark or behind, confidence) if not mark or not behind else (text, mark, "")


def _leading(text: str) -> tuple[str, str]:
    box = _BOX.match(text)
    sign = box.group() if box else starts_with_sign(text)
    rest = text[len(sign) :].strip()
    return (rest, sign) if sign and rest else (text, "")


def _trailing(text: str) -> tuple[str, str, str]:
    brackets = _BRACKETS.search(text[-_WIDEST:])
    if brackets and (told := _told(brackets.group(1))):
        return _shortened(text, len(brackets.group())), *told
    tail = text[-_WIDEST:]
    for dash in _DASH.finditer(tail):
        if told := _told(tail[dash.end() :]):
            return _shortened(text, len(tail) - dash.start()), *told
    words = tail.split(" ")
    for n in (2, 1):
        last = " ".join(words[-n:])
        if len(words) > n and starts_with_sign(last) and (told := _told(last)):
            return _shortened(text, len(last)), *told
    return text, "", ""


def _shortened(text: str, by: int) -> str:
    return text[: len(text) - by].rstrip(" \t:;,-–—")


def _told(tail: str) -> tuple[str, str] | None:
    """The mark and the confidence a tail consists of; None where it holds anything else.

    A bare confidence counts only beside a mark: "(0.5)" may belong to the claim.
    """
    mark = confidence = ""
    named_confidence = False
    for part in _parts(tail.strip().rstrip(".")):
        name, value = _name_and_value(part.strip())
        role = "mark" if name and rank(name, "mark") is not None else "confidence" if name else ""
        if not confidence and role != "mark" and (is_level(value) or read_confidence(value) is not None):
            confidence, named_confidence = value, bool(name)
        elif not mark and role != "confidence" and is_mark(value):
            mark = value
        else:
            return None
    return (mark, confidence) if mark or named_confidence else None


def _parts(tail: str) -> Iterator[str]:
    """The parts of a tail: between commas, semicolons, bars, and before a figure behind a mark."""
    for part in _PARTS.split(tail):
        figure = _FIGURE.fullmatch(part)
        if figure and is_mark(figure["before"]):
            yield from (figure["before"], figure["figure"])
        else:
            yield part


def _name_and_value(part: str) -> tuple[str, str]:
    """A part such as "confidence: 0.18" as name and value; no name where it is none of ours."""
    named = _NAMED.fullmatch(part)
    if named and any(rank(named.group(1), role) is not None for role in ("mark", "confidence")):
        return named.group(1), named.group(2).strip()
    words = part.rsplit(" ", 1)
    if len(words) == 2 and rank(words[0], "confidence") is not None:
        return words[0], words[1]  # "confidence 0.18"
    if len(words) == 2 and rank(words[1], "confidence") is not None and is_level(words[0]):
        return words[1], words[0]  # "high confidence"
    return "", part


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
    """True if a word can be part of a value at all; a quick test that spares the thorough ones."""
    bare = word.strip("()[]*_.,;|").lower()
    return not bare.isalpha() or bare in MARK_WORDS or bare in _LEVEL_WORDS
