"""Claims out of prose: the sentences that state something to check, each with its place; the others are counted."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from claims.citation_marks import LINK, citations_in, marks_inside, without_marks
from claims.citations import WORKS
from claims.readers.blocks import Block, Heading, ListItem, Paragraph, TableBlock
from claims.readers.draft import DraftClaim
from claims.readers.sections import section_name
from claims.sentences import ends_sentence, sentence_end

_LINKED = re.compile(r"\(\s?\[[^\]\n]{1,80}\]\((?P<url>https?://[^\s()]+)[^()\n]*\)\s?\)")
_NUMBERED_LINK = re.compile(r"\[\[?(?P<number>\d{1,3})\]?\]\(https?://[^\s()]+[^()\n]*\)")
_FOOTNOTE = re.compile(r"\[\^(?P<number>\d{1,3})\](?!:)")
_DEFINITION = re.compile(r"\s*\[\^?\w{1,20}\]:")
_BEGUN = 16
"""Letters of a sentence by which its line is found."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences of a document's prose.

    Attributes:
        claims: the sentences to check. passed_over: kind → how many others there are.
    """

    claims: tuple[DraftClaim, ...]
    passed_over: Counter[str]


def stated_in_prose(
    blocks: Sequence[Block], clean: Callable[[str], str], *, known: Container[str] = frozenset()
) -> Sentences:
    """The statements of a document's paragraphs and lists.

    Args:
        blocks: in order.
        clean: makes a text plain and unwraps it.
        known: texts that are claims already.
    """
    claims: list[DraftClaim] = []
    passed: Counter[str] = Counter()
    for section, block in _prose(blocks, clean):
        raw = "\n".join(block.lines)
        if _DEFINITION.match(raw):
            continue
        for text, line in _placed(block, clean(_with_citations(raw))):
            if text in known:
                continue
            kind = unchecked_kind(text if isinstance(block, Paragraph) or ends_sentence(text) else f"{text}.")
            if kind is None:
                bare = " ".join(LINK.sub("", text).split()).replace(" .", ".")
                claims.append(DraftClaim(bare, line=line, section=section, citations=citations_in(text)))
            else:
                passed[kind] += 1
    return Sentences(tuple(claims), passed)


def _prose(blocks: Sequence[Block], clean: Callable[[str], str]) -> Iterator[tuple[str, Paragraph | ListItem]]:
    """Paragraphs and entries of lists with the heading above them, but for sections that hold no results."""
    section, apart = "", 0
    for block in blocks:
        if isinstance(block, Heading):
            section = clean(block.text)
            if apart and block.level <= apart:
                apart = 0
            if not apart and section_name(section).lower() in apart_sections():
                apart = block.level
        elif not isinstance(block, TableBlock) and not apart:
            yield section, block


def _with_citations(raw: str) -> str:
    """A text in which links that cite stand as marks: what is taken for markup would be lost otherwise."""
    linked = _LINKED.sub(r"(\g<url>)", raw)
    return marks_inside(_FOOTNOTE.sub(r" [\g<number>]", _NUMBERED_LINK.sub(r" [\g<number>]", linked)))


def _placed(block: Paragraph | ListItem, text: str) -> Iterator[tuple[str, int]]:
    """The sentences of a text and the lines they begin on."""
    letters = [(sign, n) for n, line in enumerate(block.lines) for sign in line if sign.isalnum()]
    whole = "".join(sign for sign, _ in letters)
    at = 0
    for sentence in sentences(text):
        begun = "".join(sign for sign in sentence[: 4 * _BEGUN] if sign.isalnum())[:_BEGUN]
        found = whole.find(begun, at)
        if begun and found >= 0:
            at = found
        yield sentence, block.line + (letters[at][1] if letters else 0)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, the last even where it breaks off."""
    at = 0
    while at < len(text):
        end = sentence_end(text, at) or len(text)
        if sentence := text[at:end].strip():
            yield sentence
        at = end


QUESTION, FRAGMENT, BACKGROUND = "question", "fragment", "background"
"""Kinds of sentence that nothing could check: asks; breaks off; names no number, no comparison and no fact."""
_NUMBER = re.compile(
    r"(?<![\w.,/#–-])(?P<before>[A-Za-z]+\.?\s)?(?P<number>[+\-−]?\d{1,3}(?:,\d{3})+|[+\-−]?\d+(?:\.\d+)?)(?![\w-]|\.\d)(?P<percent>\s?%)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"\b(?:[A-Za-z]*[a-z]?[A-Z][A-Za-z]*[A-Z0-9][\w+-]*|[A-Z]{2,}[\w+-]*|[A-Z][a-z]+-[A-Z0-9][\w-]*)\b")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Words:
    results: frozenset[str]
    facts: frozenset[str]
    counts: frozenset[str]
    places: frozenset[str]
    apart: frozenset[str]
    fact_phrases: re.Pattern[str]
    kinds: Mapping[str, tuple[re.Pattern[str], re.Pattern[str] | None]]


def unchecked_kind(sentence: str) -> str | None:
    """The kind of a sentence that states nothing to check; None of one that does.

    A sentence that states a number is one to check, however it is hedged: whether it is read, the reader says.
    """
    words = _words()
    if sentence.rstrip().endswith("?"):
        return QUESTION
    if not ends_sentence(sentence):
        return FRAGMENT
    bare = WORKS.sub("", without_marks(sentence)[0]).strip()
    said = {word.casefold() for word in _WORD.findall(bare)}
    counted = states_number(bare) or bool(said & words.counts)
    for kind, (begins, holds) in words.kinds.items():
        if begins.match(bare) or (not counted and holds is not None and holds.search(bare)):
            return kind
    if counted or said & words.results:
        return None
    named = _NAME.search(bare) is not None
    return None if named and (said & words.facts or words.fact_phrases.search(bare)) else BACKGROUND


def states_number(text: str) -> bool:
    """True if a text holds a number that is no year and no number of a table, a section or a page."""
    return any(map(_counts, _NUMBER.finditer(text)))


def _counts(found: re.Match[str]) -> bool:
    before = (found["before"] or "").strip(". ").casefold()
    year = _YEAR.fullmatch(found["number"]) is not None and not found["percent"]
    return before not in _words().places and not year


def apart_sections() -> frozenset[str]:
    """Headings, in lower case, below which no sentence is looked at."""
    return _words().apart


@cache
def _words() -> _Words:
    told: dict[str, Any] = tomllib.loads((files("claims") / "readers" / "checkable.toml").read_text(encoding="utf-8"))
    kinds = {kind: (_opening(lists["begins"]), _within(lists["holds"])) for kind, lists in told["kinds"].items()}
    phrases = _within(told["fact_phrases"])
    assert phrases is not None
    results, facts, counts, places = (
        frozenset(told[name].split()) for name in ("results", "facts", "counts", "places")
    )
    return _Words(results, facts, counts, places, frozenset(told["apart"]), phrases, kinds)


def _opening(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases)) or '(?!)'})", re.IGNORECASE)


def _within(phrases: Iterable[str]) -> re.Pattern[str] | None:
    listed = "|".join(map(re.escape, phrases))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE) if listed else None
