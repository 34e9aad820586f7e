"""A document's blocks read as a report: its claims by the surest way, and its head matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from claims.confidences import read_confidence
from claims.marks import is_mark, read_mark, read_marks
from claims.phrases import each_word
from claims.readers.blocks import Block, Heading, ListItem, Paragraph, TableBlock
from claims.readers.columns import NAMES, TOLD, claims_of, folded
from claims.readers.decoration import Values, undecorated, whole_line
from claims.readers.draft import Draft, DraftClaim
from claims.readers.fields import field_claims, field_names, read_field
from claims.readers.head import read_head
from claims.readers.options import ReadOptions
from claims.readers.sections import CLOSING, PROSE, announces_claims, section_name, with_leads
from claims.readers.stated import stated_in_prose
from claims.repair import unwrap
from claims.report import UNREAD
from claims.sentences import ends_sentence, sentence_end
from claims.words import Words

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


_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’"}


def read_blocks(
    blocks: Sequence[Block], words: Words, options: ReadOptions, plain: Callable[[str], str] = str.strip
) -> Draft:
    """Reads a document.

    Tables of claims come first; claims told by fields take their place where there are more of them;
    lists and paragraphs with values count only where there is neither, sentences of prose last.

    Args:
        blocks: in order.
        words: of the whole document.
        options: may name columns and fields.
        plain: takes the markup out of a text.
    """

    def clean(text: str) -> str:
        return unquoted(unwrap(plain(text), words))

    def line(text: str) -> str:
        return unwrap(plain(text), words)

    tables = [block for block in blocks if isinstance(block, TableBlock)]
    found: tuple[DraftClaim, ...] = tuple(c for table in tables for c in claims_of(table, options, clean))
    blocks = list(with_leads(blocks, plain))
    fielded = field_claims(blocks, options, clean)
    listed = list_claims(blocks, options, clean)
    valued = tuple(valued_claims(blocks, clean))
    listed = max(found, fielded, key=len) or max(valued, listed, key=len)
    claims, passed_over = with_prose(listed, blocks, options, clean)
    names = (name for table in tables for name in table.header)
    surely = bool(listed or claims_by_line(blocks, clean))
    return Draft(claims, read_head(blocks, line), (*names, *field_names(blocks, options)), passed_over, surely)


def with_prose(
    listed: tuple[DraftClaim, ...], blocks: Sequence[Block], options: ReadOptions, clean: Callable[[str], str]
) -> tuple[tuple[DraftClaim, ...], tuple[tuple[str, int], ...]]:
    """The claims of a document with those of its prose, and how many sentences of which kind are none."""
    if options.prose == "never":
        return listed or claims_by_line(blocks, clean), ()
    surest = listed or prose_claims(blocks, clean)
    told = stated_in_prose(blocks, clean, known={claim.text for claim in surest})
    passed = told.passed_over
    if listed and options.prose == "last":
        passed[UNREAD] += len(told.claims)
        claims = surest
    else:
        claims = (*listed, *sorted((*surest[len(listed) :], *told.claims), key=lambda claim: claim.line))
    return claims, tuple(sorted((kind, n) for kind, n in passed.items() if n))


def unquoted(text: str) -> str:
    """A text without the one pair of quotation marks that encloses all of it."""
    inner = text[1:-1]
    enclosed = len(text) > len("“”") and _QUOTES.get(text[0]) == text[-1]
    return inner.strip() if enclosed and not set(inner) & {text[0], text[-1]} else text


_LABEL = re.compile(
    r"(?:(?P<a>\*\*|__)(?P<label_a>[^*_\n]{1,60}[^\W_])\s?[.:](?P=a)|(?P<b>\*\*|__)(?P<label_b>[^*_\n]{1,60}[^\W_])(?P=b)\s?:)"
    r"\s+(?=[\"“'‘(\[]?[A-Z0-9+−-])"
)
_PLAIN = each_word(TOLD["labels"]["topics"]) | each_word(TOLD["labels"]["joining"])
_WORD = re.compile(r"\w[\w+'-]*")


def without_label(entry: str) -> str:
    """An entry of a list, as Markdown writes it, without the label before it.

    A label goes only if it can neither limit nor doubt what follows: each of its words names a topic
    or stands in the claim as well.
    """
    found = _LABEL.match(entry)
    if found is None:
        return entry
    label, claim = found["label_a"] or found["label_b"], entry[found.end() :]
    said = {word.casefold() for word in _WORD.findall(claim)}
    topical = all(word in _PLAIN or word in said for word in map(str.casefold, _WORD.findall(label)))
    return claim if topical and not is_mark(label) else entry
