"""A document's blocks read as a report: its claims by the surest way, and its head matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.readers.blocks import Block, Table
from claims.readers.columns import claims_of
from claims.readers.draft import Draft, Found
from claims.readers.fields import field_claims, field_names
from claims.readers.head import read_head
from claims.readers.lists import list_claims
from claims.readers.options import ReadOptions
from claims.readers.prose_claims import prose_claims, valued_claims
from claims.readers.sections import with_leads
from claims.repair import unwrap
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

    tables = [block for block in blocks if isinstance(block, Table)]
    found: tuple[Found, ...] = tuple(c for table in tables for c in claims_of(table, options, clean))
    blocks = list(with_leads(blocks, plain))
    fielded = field_claims(blocks, options, clean)
    listed = list_claims(blocks, options, clean)
    valued = tuple(valued_claims(blocks, clean))
    claims = max(found, fielded, key=len) or max(valued, listed, key=len) or prose_claims(blocks, clean)
    names = (name for table in tables for name in table.header)
    return Draft(claims, read_head(blocks, line), (*names, *field_names(blocks, options)))


def unquoted(text: str) -> str:
    """A text without the one pair of quotation marks that encloses all of it."""
    inner = text[1:-1]
    enclosed = len(text) > len("“”") and _QUOTES.get(text[0]) == text[-1]
    return inner.strip() if enclosed and not set(inner) & {text[0], text[-1]} else text
