"""Claims as the entries of a list: under a heading about claims, or where the list is all there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from claims.confidences import read_confidence
from claims.marks import read_marks
from claims.readers.blocks import Block, Heading, ListItem, Paragraph
from claims.readers.columns import NAMES, folded
from claims.readers.decoration import undecorated
from claims.readers.draft import DraftClaim
from claims.readers.fields import read_field
from claims.readers.labels import without_label
from claims.readers.options import ReadOptions
from claims.readers.prose_claims import sentences_of
from claims.readers.sections import PROSE, announces_claims, section_name

_MOST_PARAGRAPHS = 2
"""Paragraphs a headless list may have around it, such as a title and a line of introduction."""


def list_claims(blocks: Sequence[Block], options: ReadOptions, clean: Callable[[str], str]) -> tuple[DraftClaim, ...]:
    """The entries of claims lists, with the marks they carry."""
    items = list(_claim_items(blocks, clean)) or _only_list(blocks)
    found: list[DraftClaim] = []
    for item in items:
        if item.depth and found:
            found[-1] = _with_fields(found[-1], item.lines, options)
            continue
        prose = [line for i, line in enumerate(item.lines) if not i or not read_field(line, options)]
        text, mark, level = undecorated(clean(without_label("\n".join(prose))))
        claim = DraftClaim(clean(text), "none", mark, read_confidence(level), level, item.line)
        found.append(_with_fields(claim, item.lines[1:], options))
    found = [claim for claim in found if any(sign.isalnum() for sign in claim.text)]
    marks = read_marks([claim.mark_raw for claim in found])
    return tuple(replace(claim, mark=mark) for claim, mark in zip(found, marks, strict=True))


def _claim_items(blocks: Sequence[Block], clean: Callable[[str], str]) -> Iterator[ListItem]:
    """Entries of the sections whose heading announces claims; of "Claims" rather than "Findings"."""
    sections: dict[int, list[ListItem]] = {}
    for heading, inside in _sections(blocks, clean):
        items = [block for block in inside if isinstance(block, ListItem)]
        if not items and section_name(heading).lower() in PROSE:
            items = [item for block in inside if isinstance(block, Paragraph) for item in sentences_of(block, clean)]
        sections.setdefault(_kind(heading), []).extend(items)
    told = [kind for kind, items in sections.items() if items]
    yield from sections[min(told)] if told else ()


def _sections(blocks: Sequence[Block], clean: Callable[[str], str]) -> Iterator[tuple[str, list[Block]]]:
    """Headings that announce claims with the blocks below them, those of lower sections among them."""
    heading, level = "", 0
    inside: list[Block] = []
    for block in blocks:
        if not isinstance(block, Heading):
            inside.append(block)
            continue
        text = clean(block.text)
        if announces_claims(text) or block.level <= level:
            if level:
                yield heading, inside
            heading, level, inside = text, block.level if announces_claims(text) else 0, []
    if level:
        yield heading, inside


def _kind(heading: str) -> int:
    """The place of a heading's name among the names of claims; results and the like count as findings."""
    words = folded(heading)
    named = (i for i, name in enumerate(NAMES["claim"]) if name in words)
    return min(named, default=NAMES["claim"].index("finding"))


def _only_list(blocks: Sequence[Block]) -> list[ListItem]:
    """The list that is all there is to a document without headings beyond its title."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    items = [block for block in blocks if isinstance(block, ListItem)]
    title_only = not headings or (len(headings) == 1 and blocks[0] is headings[0])
    return items if title_only and len(items) > len(paragraphs) <= _MOST_PARAGRAPHS else []


def _with_fields(claim: DraftClaim, lines: Sequence[str], options: ReadOptions) -> DraftClaim:
    """A claim with the mark and the confidence that stand in fields below it."""
    for line in lines:
        told = read_field(line, options)
        if told and told.role == "mark" and not claim.mark_raw:
            claim = replace(claim, mark_raw=told.value.strip())
        elif told and told.role == "confidence" and not claim.confidence_raw:
            raw = told.value.strip()
            claim = replace(claim, confidence=read_confidence(raw), confidence_raw=raw)
    return claim
