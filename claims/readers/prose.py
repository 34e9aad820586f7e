"""A document's blocks read as a report: its claims by the surest way, and its head matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.readers.blocks import Block, TableBlock
from claims.readers.columns import claims_of
from claims.readers.draft import Draft, DraftClaim
from claims.readers.fields import field_claims, field_names
from claims.readers.head import read_head
from claims.readers.lists import list_claims
from claims.readers.options import ReadOptions
from claims.readers.prose_claims import claims_by_line, prose_claims, valued_claims
from claims.readers.sections import with_leads
from claims.readers.stated import stated_in_prose
from claims.repair import unwrap
from claims.report import UNREAD
from claims.words import Words

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
