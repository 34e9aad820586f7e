"""The names of sections: those every report has, and those that hold claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from claims.phrases import each_phrase, each_word
from claims.readers.blocks import Block, Heading, ListItem, Paragraph
from claims.readers.columns import NAMES, TOLD, folded

_HASHES = re.compile(r"(#{1,6})[ \t]+(.*\S)")
_LONGEST = 100


def heading_at(lines: Sequence[str], at: int) -> Heading | None:
    """The heading that a line of plain text is; None where it is anything else.

    A number before a capital letter makes a heading only above and below blank lines, or where a
    known section follows it: "9 Tasks are evaluated." may be a claim.
    """
    text = lines[at].strip()
    if not text or len(text) > _LONGEST:
        return None
    if hashes := _HASHES.fullmatch(text):
        return Heading(hashes.group(2), len(hashes.group(1)), at + 1)
    if known_section(text):
        numbered = NUMBERED.fullmatch(text)
        return Heading(section_name(text), 1 + numbered["number"].count(".") if numbered else 1, at + 1)
    numbered = NUMBERED.fullmatch(text)
    if numbered and text[-1] not in ".;:,!?" and _apart(lines, at):
        return Heading(numbered["text"], 1 + numbered["number"].count("."), at + 1)
    return None


def _apart(lines: Sequence[str], at: int) -> bool:
    """True if a line stands alone between blank lines."""
    before = at == 0 or not lines[at - 1].strip()
    return before and (at + 1 == len(lines) or not lines[at + 1].strip())


SECTIONS = each_phrase(
    "abstract|introduction|background|related work|methodology|methods|method|data|experiments|results|"
    "evaluation|analysis|discussion|limitations|conclusion|conclusions|summary|references|bibliography|"
    "works cited|sources|acknowledgements|acknowledgments|appendix|notes|ethics statement|"
    "executive summary|results and discussion|extracted claims"
)
"""Headings that are recognised without a number."""

NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?[ \t]+(?P<text>[A-Z]\S*(?:[ \t]+\S+){0,11})")
"""A heading with its number."""
CLAIMING = (*NAMES["claim"], *TOLD["sections"]["own"].split())
"""Words of headings that announce claims."""
PROSE = frozenset(TOLD["sections"]["prose"])
"""Headings under which sentences are claims where there is no list."""
CLOSING = frozenset(TOLD["sections"]["closing"])
"""Headings under which sentences are claims where there are none elsewhere."""
_BESIDE = each_word(TOLD["sections"]["beside"])
_WIDEST = 100
_LOWEST = 6
"""Level of the lowest heading."""


def section_name(text: str) -> str:
    """A heading's words without its number and colon."""
    numbered = NUMBERED.fullmatch(text.strip())
    return (numbered["text"] if numbered else text.strip()).rstrip(":")


def known_section(text: str) -> bool:
    """True if a line is the heading of a usual section, or one about claims."""
    name = section_name(text)
    if not name[:1].isupper() or len(name) > _WIDEST:
        return False
    if name.lower() in SECTIONS:
        return True
    column = " " not in name and name == text.strip() and not name.endswith("s")  # "Claim" heads a column
    return about_claims(name) and not column and not any(sign.isdigit() for sign in name)


def about_claims(heading: str) -> bool:
    """True if a heading names claims ("5 Extracted Claims", "Key findings")."""
    words = set(folded(heading))
    return bool(words & set(NAMES["claim"])) and not words - set(NAMES["claim"]) - _BESIDE


def announces_claims(heading: str) -> bool:
    """True if a list below a heading holds claims: the heading names them, or takeaways, results and the like."""
    words = set(folded(heading))
    return bool(words & set(CLAIMING)) and not words - set(CLAIMING) - _BESIDE


def with_leads(blocks: Sequence[Block], plain: Callable[[str], str]) -> Iterator[Block]:
    """The blocks with a lone line that announces the list below it ("**Key findings:**") as a heading."""
    for block, below in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Paragraph) and len(block.lines) == 1 and isinstance(below, ListItem):
            lead = plain(block.lines[0]).strip().strip("*_").rstrip(":").strip()
            if announces_claims(lead) and len(lead) <= _WIDEST:
                yield Heading(lead, _LOWEST + 1, block.line)
                continue
        if block is not None:
            yield block
