"""Marks that cite a source inside a sentence: "[2]", "[1, 3–5]", "【6†source】", "(https://…)", "(Hu et al., 2020)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.citations import ARXIV, WORKS, WRITTEN

_NUMBER = r"\^?\d{1,3}"
_NUMBERS = rf"\[{_NUMBER}(?:\s?[,;–-]\s?{_NUMBER})*\]"
_DAGGER = r"【\d{1,3}(?:[†:][^】]{0,40})?】"
NUMBERED = re.compile(rf"(?<!\d)(?<!\d[.,])(?<!\d )(?:{_NUMBERS}|{_DAGGER})(?![\w(])")
"""Entries of a list of references by their numbers; not directly behind a number, whose interval it may be."""
LINK = re.compile(r"\(\s?(?P<url>https?://[^\s()]+)\s?\)|<(?P<bare>https?://[^\s<>]+)>")
"""An address in brackets."""
OPENING = frozenset("[【(<")
"""First signs of a source's number or address."""
BEHIND = re.compile(rf"([.!?])((?:\s?{NUMBERED.pattern})+)(?=\s|\Z)")
"""Marks behind the full stop of the sentence that they belong to."""
_RANGE = re.compile(r"(\d{1,3})\s?[–-]\s?\^?(\d{1,3})|(\d{1,3})")
_LONGEST = 50
"""Entries that one range of numbers may stand for."""


def citations_in(text: str) -> tuple[str, ...]:
    """The citations in a sentence, in order: "2" for a number, an address, "Hu et al., 2020", "2005.13013v1"."""
    found: list[tuple[int, str]] = []
    if not (OPENING.intersection(text) or WRITTEN.search(text)):
        return ()
    for mark in NUMBERED.finditer(text):
        found += [(mark.start(), number) for number in _numbers(mark[0])]
    found += [(link.start(), link["url"] or link["bare"]) for link in LINK.finditer(text)]
    for work in WORKS.finditer(text):
        found += [(work.start(), part.strip(" ()")) for part in (work["inside"] or work["bare"]).split(";")]
    inside = [(link.start(), link.end()) for link in LINK.finditer(text)]
    for arxiv in ARXIV.finditer(text):
        if not any(start <= arxiv.start() < end for start, end in inside):
            found.append((arxiv.start(), arxiv["number"] + (arxiv["version"] or "")))
    return tuple(dict.fromkeys(cited for _, cited in sorted(found, key=lambda one: one[0])))


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A sentence without its numbers and addresses of sources, and those as written; authors stay in it."""
    if not OPENING.intersection(text):
        return text, ()
    taken = tuple(mark[0] for pattern in (NUMBERED, LINK) for mark in pattern.finditer(text))
    if not taken:
        return text, ()
    bare = LINK.sub("", NUMBERED.sub("", text))
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(bare.split())), taken


def marks_inside(text: str) -> str:
    """A text in which marks behind a full stop stand before it, so that each sentence keeps its own."""
    return BEHIND.sub(lambda found: f" {found[2].strip()}{found[1]}", text)


def _numbers(mark: str) -> Iterator[str]:
    if mark.startswith("【"):
        yield mark[1:].partition("†")[0].partition(":")[0].rstrip("】")
        return
    for first, last, lone in _RANGE.findall(mark):
        if lone:
            yield lone
        elif 0 <= int(last) - int(first) < _LONGEST:
            yield from map(str, range(int(first), int(last) + 1))
