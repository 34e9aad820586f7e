"""Printed lines joined to paragraphs, and paragraphs parted into sentences, each with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.library.model import BODY, Sentence
from claims.sentences import sentence_end
from claims.words import listed

HEADINGS = frozenset({"references", "bibliography", "works cited", "literature cited"})
NUMBERED = re.compile(r"\[\w{1,12}\]|\(?\d{1,3}[.)]\s")
NAMED = re.compile(r"[A-ZÀ-Þ][\w.’'`´\-]*(?:\s[\w.’'`´\-]+){0,3},?\s+(?:[A-Z]|and\b|et\b)")
YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")


def is_reference_heading(title: str) -> bool:
    """True if a heading stands over the list of references."""
    return title.strip(" .:0123456789").lower() in HEADINGS


def entries(lines: Sequence[str], hyphens: Hyphens) -> Iterator[str]:
    """The entries of printed lines: each begins with a number, or with a name behind a full stop."""
    numbered = sum(bool(NUMBERED.match(line)) for line in lines) > 2
    held = ""
    for line in (line.strip() for line in lines):
        if not line:
            continue
        if numbered:
            begins = bool(NUMBERED.match(line))
        else:
            begins = held.endswith(".") and bool(YEAR.search(held)) and bool(NAMED.match(line))
        if held and begins:
            yield held
            held = line
        else:
            held = hyphens.joined(held, line) if held else line
    if held:
        yield held


WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(r"(?P<first>[^\W\d_]+(?:-[^\W\d_]+)*)-\Z")
NEXT = re.compile(r"[^\W\d_]+")
WIDEST = 60
"""Characters before a line end that a broken word may take."""
LONGEST = 2_000
"""Characters of a sentence at most; a longer one is no sentence and is cut there."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line with its place."""

    text: str
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """Printed lines that belong together, under a heading."""

    lines: tuple[TextLine, ...]
    section: str
    kind: str = BODY


class Hyphens:
    """The words that a document writes with a hyphen, to tell them from words broken at line ends."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._seen: Counter[str] = Counter()
        for line in lines:
            self._seen.update(word.lower() for word in WORD.findall(line.removesuffix("-")))

    def joined(self, above: str, below: str) -> str:
        """Two lines as one; a hyphen at the end of the first stays only where the word is written with one."""
        if not above.endswith("-"):
            return f"{above} {below}"
        broken, rest = BROKEN.search(above[-WIDEST:]), NEXT.match(below)
        if not broken or not rest:
            return above + below
        first, second = broken["first"].lower(), rest.group().lower()
        whole, parted = self._seen[first + second], self._seen[f"{first}-{second}"]
        if whole != parted:
            keeps = parted > whole
        else:
            tail = first.rpartition("-")[2]
            keeps = not rest.group()[0].islower() or (
                not listed(tail + second) and listed(tail) and listed(second) and len(second) > 3
            )
        return above + below if keeps else above[:-1] + below


def sentences_of(paragraph: PrintedParagraph, hyphens: Hyphens) -> Iterator[Sentence]:
    """The sentences of a paragraph, each with the place of its first word."""
    text, starts = "", []
    for printed in paragraph.lines:
        line = " ".join(printed.text.split())
        if not line:
            continue
        if text:
            joined = hyphens.joined(text, line)
            starts.append((len(joined) - len(line), printed))
            text = joined
        else:
            starts.append((0, printed))
            text = line
    yield from _parted(text, starts, paragraph)


def _parted(text: str, starts: Sequence[tuple[int, TextLine]], paragraph: PrintedParagraph) -> Iterator[Sentence]:
    at, line = 0, 0
    while at < len(text):
        end = min(sentence_end(text, at) or len(text), at + LONGEST)
        while line + 1 < len(starts) and starts[line + 1][0] <= at:
            line += 1
        said = text[at:end].strip()
        if any(sign.isalnum() for sign in said):
            place = starts[line][1]
            yield Sentence(said, paragraph.section, place.page, place.line, paragraph.kind)
        at = end
        while at < len(text) and text[at].isspace():
            at += 1
