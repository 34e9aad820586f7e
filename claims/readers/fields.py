"""Claims with a heading or a paragraph each, recognised by named fields: `**Statement:** …`, `Status: …`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from claims.confidences import read_confidence
from claims.marks import read_mark, starts_with_sign
from claims.readers.blocks import Block, Heading, ListItem, Paragraph
from claims.readers.columns import SURE_MARKS, rank, same_name
from claims.readers.decoration import undecorated
from claims.readers.draft import DraftClaim
from claims.readers.options import ROLES, ReadOptions
from claims.readers.sections import about_claims, section_name

_NAME = r"[^\W\d_][\w /'’-]{0,40}?"
_FIELD = re.compile(
    rf"[ \t]*(?:[-*+•]\s+)?(?:(?P<a>\*\*|__|\*|_)(?P<name_a>{_NAME})\s?:\s?(?P=a)"
    rf"|(?P<b>\*\*|__|\*|_)(?P<name_b>{_NAME})(?P=b)\s?:|(?P<name_c>{_NAME})\s?:(?=\s|$))[ \t]*(?P<value>.*)"
)
_CLAIM_HEADING = re.compile(
    r"(?:claim|statement|finding|assertion|hypothesis|c|h)\s?(?:no\.?|nr\.?|#)?\s?\d{1,4}(?:\.\d{1,3})*"
    r"\s?(?:$|[:.)–—-])\s*(?P<rest>.*)",
    re.IGNORECASE,
)


_NUMBERED = re.compile(r"\d\Z")
_LAST = 1000
"""Rank of a mark in a heading: any field that tells one is surer."""


@dataclass(frozen=True, slots=True)
class Field:
    """A named field: `role` is None where it is none of ours."""

    name: str
    value: str
    role: str | None
    rank: int = 0


@dataclass(slots=True)
class _Record:
    """A claim being gathered."""

    line: int
    title: str = ""
    lines: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)

    def value(self, role: str) -> str:
        """The non-empty field of a role: the first that tells a claim, the surest of the others."""
        fits = [f for f in self.fields if f.role == role and f.value.strip()]
        return min(fits, key=lambda f: 0 if role == "claim" else f.rank).value.strip() if fits else ""


def read_field(line: str, options: ReadOptions) -> Field | None:
    """A line as a named field; None where it is prose.

    A name in plain letters counts only if it is one of ours, for any word may stand before a colon.
    """
    found = _FIELD.match(line[:4000])
    if found is None:
        return None
    name = (found["name_a"] or found["name_b"] or found["name_c"]).strip()
    value = found["value"] + line[4000:]
    for role in ROLES:
        if role in options.columns:
            if same_name(name, options.columns[role]):
                return Field(name, value, role)
        elif (place := rank(name, role)) is not None and _fits(role, place, value):
            return Field(name, value, role, place)
    return None if found["name_c"] else Field(name, value, None)


def _fits(role: str, place: int, value: str) -> bool:
    """True if a field can hold its role: "Conclusion: …" tells a mark only where a mark stands there."""
    return role != "mark" or place < 2 * SURE_MARKS or not value.strip() or read_mark(value) != "none"


def field_claims(blocks: Sequence[Block], options: ReadOptions, clean: Callable[[str], str]) -> tuple[DraftClaim, ...]:
    """Claims recognised by fields: one per heading "Claim 3: …", else one per "Claim:" field.

    Without such headings, fields count only where most of them come with a mark or a confidence; the
    same holds for headings that are claims only because they stand below "Claims".
    """
    for records in _ways(blocks, options, clean):
        found = [_found(record, clean) for record in records]
        if claims := tuple(claim for claim in found if any(sign.isalnum() for sign in claim.text)):
            return claims
    return ()


def _ways(blocks: Sequence[Block], options: ReadOptions, clean: Callable[[str], str]) -> Iterator[Iterable[_Record]]:
    """The records of a document, the surest way of telling them first."""
    yield _by_heading(blocks, options, clean, _numbered)
    yield _judged(_by_heading(blocks, options, clean, _Below()))
    yield _judged(_by_field(blocks, options))


def field_names(blocks: Iterable[Block], options: ReadOptions) -> tuple[str, ...]:
    """Names of all fields, in order, each once."""
    fields = (read_field(line, options) for _, line in _lines(blocks))
    return tuple(dict.fromkeys(found.name for found in fields if found))


def _numbered(text: str, _: int) -> str | None:
    """The rest of a heading "Claim 3: …"; None where it is another."""
    found = _CLAIM_HEADING.match(text)
    return found["rest"] if found else None


class _Below:
    """Takes every heading one level below "Claims" for a claim."""

    def __init__(self) -> None:
        self._level = 0

    def __call__(self, text: str, level: int) -> str | None:
        """The heading's text, its number left out; None where it is another."""
        if about_claims(text):
            self._level = level
        elif level <= self._level:
            self._level = 0
        return section_name(text) if level == self._level + 1 > 1 else None


def _by_heading(
    blocks: Sequence[Block],
    options: ReadOptions,
    clean: Callable[[str], str],
    claimed: Callable[[str, int], str | None],
) -> Iterator[_Record]:
    """One record per heading of a claim, with what stands below it; `claimed` tells such headings."""
    record: _Record | None = None
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            text = clean(block.text)
            sign = starts_with_sign(text)
            title = claimed(text[len(sign) :].strip(), block.level)
            if record and (title is not None or block.level <= level):
                yield record
                record = None
            if title is not None:
                bare, behind, _ = undecorated(title)
                mark = Field("", sign or behind, "mark", _LAST)
                record, level = _Record(block.line, bare, fields=[mark]), block.level
            elif record:
                _gather(record, ListItem((block.text,), block.line), options)
        elif record and isinstance(block, Paragraph | ListItem):
            _gather(record, block, options)
    if record:
        yield record


def _judged(records: Iterable[_Record]) -> list[_Record]:
    """All records where at least half carry a mark or a confidence, or all are numbered; else none."""
    found = list(records)
    if found and all(record.fields and _NUMBERED.search(record.fields[0].name) for record in found):
        return found
    judged = sum(bool(record.value("mark") or record.value("confidence")) for record in found)
    return found if judged * 2 >= len(found) else []


def _gather(record: _Record, block: Paragraph | ListItem, options: ReadOptions) -> None:
    """Takes the fields of a block; a line that is no field continues the claim above it."""
    current: Field | None = None
    for line in block.lines:
        found = read_field(line, options)
        if found:
            record.fields.append(found)
            current = found
        elif current and current.role == "claim":
            current = Field(current.name, f"{current.value}\n{line}", "claim", current.rank)
            record.fields[-1] = current
        elif level := undecorated(line)[2]:
            record.fields.append(Field("", level, "confidence", _LAST))
        elif len(record.fields) <= 1 and not record.lines and isinstance(block, Paragraph):
            record.lines += block.lines
            return


def _by_field(blocks: Sequence[Block], options: ReadOptions) -> Iterator[_Record]:
    record: _Record | None = None
    for block in blocks:
        if not isinstance(block, Paragraph | ListItem):
            continue
        starts = [i for i, line in enumerate(block.lines) if _opens(line, options)]
        if record and starts[:1] != [0]:
            until = starts[0] if starts else len(block.lines)
            _gather(record, Paragraph(block.lines[:until], block.line), options)
        for start, end in pairwise([*starts, len(block.lines)]):
            if record:
                yield record
            record = _Record(block.line + start)
            _gather(record, Paragraph(block.lines[start:end], block.line + start), options)
    if record:
        yield record


def _opens(line: str, options: ReadOptions) -> bool:
    found = read_field(line, options)
    return found is not None and found.role == "claim"


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        if isinstance(block, Paragraph | ListItem):
            yield from enumerate(block.lines, block.line)


def _found(record: _Record, clean: Callable[[str], str]) -> DraftClaim:
    text = record.value("claim") or record.title or "\n".join(record.lines)
    mark, level = record.value("mark"), record.value("confidence")
    return DraftClaim(clean(text), read_mark(mark), mark, read_confidence(level), level, record.line)
