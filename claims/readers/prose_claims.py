"""Claims told by sentences alone: paragraphs with their values below, prose of a section, a claim a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from claims.confidences import read_confidence
from claims.marks import read_mark
from claims.readers.blocks import Block, Heading, ListItem, Paragraph
from claims.readers.draft import DraftClaim
from claims.readers.sections import CLOSING, section_name
from claims.readers.values import Values, whole_line
from claims.sentences import ends_sentence, sentence_end

_ROLES = ("mark", "confidence")
_FEWEST_LINES = 2
"""Lines a text of one claim a line must have: a lone sentence may be anything."""


def prose_claims(blocks: Sequence[Block], clean: Callable[[str], str]) -> tuple[DraftClaim, ...]:
    """The claims of a document that has neither tables nor fields nor lists of them; the surest way first."""
    return tuple(_closing(blocks, clean)) or claims_by_line(blocks, clean)


def claims_by_line(blocks: Sequence[Block], clean: Callable[[str], str]) -> tuple[DraftClaim, ...]:
    """The lines of a text each of which is one sentence; none of any other text."""
    return tuple(_by_line(blocks, clean))


def valued_claims(blocks: Sequence[Block], clean: Callable[[str], str]) -> Iterator[DraftClaim]:
    """Paragraphs that end in lines of marks and confidences, or have a paragraph of them below."""
    above: Paragraph | None = None
    for block in blocks:
        if not isinstance(block, Paragraph):
            above = None
            continue
        text, values = _parted(block)
        claim = above if values and not text else block
        if values and claim:
            lines = text or list(claim.lines)
            mark, level = values.get("mark", ""), values.get("confidence", "")
            yield DraftClaim(clean("\n".join(lines)), read_mark(mark), mark, read_confidence(level), level, claim.line)
        above = None if values else block


def _parted(block: Paragraph) -> tuple[list[str], Values]:
    """The lines of a paragraph, and the values in the lines at its end."""
    lines = list(block.lines)
    values: dict[str, str] = {}
    while lines:
        told = whole_line(lines[-1], [role for role in _ROLES if role not in values])
        if not told:
            break
        values |= told
        lines.pop()
    return lines, values


def _closing(blocks: Sequence[Block], clean: Callable[[str], str]) -> Iterator[DraftClaim]:
    """The sentences below headings such as "Executive summary"."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            if section_name(clean(block.text)).lower() in CLOSING:
                level = block.level
            elif block.level <= level:
                level = 0
        elif level and isinstance(block, Paragraph):
            yield from (DraftClaim(item.text, line=item.line) for item in sentences_of(block, clean))


def sentences_of(block: Paragraph, clean: Callable[[str], str]) -> Iterator[ListItem]:
    """The statements of a paragraph as entries of a list."""
    yield from (ListItem((text,), block.line) for text in _sentences(clean(block.text)))


def _sentences(text: str) -> Iterator[str]:
    """The statements of a paragraph; what breaks off, asks or leads up to a list is none."""
    at = 0
    while at < len(text) and (end := sentence_end(text, at)) is not None:
        sentence = text[at:end].strip()
        if sentence[-1:] != "?" and not sentence[:1].islower():
            yield sentence
        at = end


def _by_line(blocks: Sequence[Block], clean: Callable[[str], str]) -> Iterator[DraftClaim]:
    """The lines of a text each of which is one sentence."""
    if not all(isinstance(block, Paragraph) for block in blocks):
        return
    lines = [
        (text, block.line + i)
        for block in blocks
        if isinstance(block, Paragraph)
        for i, line in enumerate(block.lines)
        if (text := clean(line))
    ]
    if len(lines) >= _FEWEST_LINES and all(_is_sentence(text) for text, _ in lines):
        yield from (DraftClaim(text, line=line) for text, line in lines)


def _is_sentence(text: str) -> bool:
    return not text[:1].islower() and ends_sentence(text) and text[-1:] != "?" and sentence_end(text, 0) == len(text)
