"""The header of a printed table: which columns each of its texts stands over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.library.pdf_page import Rule
from claims.library.pdf_rows import Chunk, Columns, PrintedRow, chunks

CENTRED = 0.75
"""How far a text's middle may lie from that of the columns below it, as a multiple of the size of letters."""


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header.

    Attributes:
        rows: as printed. texts: of each row, the text over every column, "" where there is none.
        names: of each column, its lowest text. doubts: columns and texts that do not find each other.
    """

    rows: tuple[PrintedRow, ...]
    texts: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    doubts: tuple[str, ...]


def header_of(
    rows: Sequence[PrintedRow], columns: Columns, rules: Sequence[Rule], size: float, edges: tuple[float, float]
) -> Header:
    """The header that some rows above the numbers make; `edges` are the left and right ends of the table."""
    doubts: dict[str, None] = {}
    texts = [_over(row, columns, _Print(tuple(rules), size, edges), doubts) for row in rows]
    names = tuple(next((t[n] for t in reversed(texts) if t[n]), "") for n in range(len(columns)))
    nameless = [str(n + 1) for n, name in enumerate(names) if not name and n]
    if nameless:
        doubts[f"nothing stands over column{'s' * (len(nameless) > 1)} {', '.join(nameless)}"] = None
    return Header(tuple(rows), tuple(map(tuple, texts)), names, tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Print:
    rules: tuple[Rule, ...]
    size: float
    edges: tuple[float, float]


def _over(row: PrintedRow, columns: Columns, shown: _Print, doubts: dict[str, None]) -> list[str]:
    found = [""] * len(columns)
    parts = _parted(chunks(row.words, shown.size), columns)
    for n, part in enumerate(parts):
        over = _columns_under(part, [p for m, p in enumerate(parts) if m != n], columns, shown)
        if not over:
            doubts[f"{part.text!r} stands over no column for sure"] = None
            over = [min(range(len(columns)), key=lambda c: abs(columns.middle(c) - part.middle))]
        text = " ".join(word.text for word in part.words)
        for column in over:
            if found[column]:
                doubts[f"{found[column]!r} and {text!r} stand over one column"] = None
            found[column] = f"{found[column]} {text}".strip()
    return found


def _parted(parts: Sequence[Chunk], columns: Columns) -> list[Chunk]:
    """The parts of a row, those whose words stand over columns of their own taken apart."""
    found: list[Chunk] = []
    for part in parts:
        own = [columns.holding(word) for word in part.words]
        if len(part.words) > 1 and None not in own and len(set(own)) == len(own):
            found += [Chunk((word,)) for word in part.words]
        else:
            found.append(part)
    return found


def _columns_under(part: Chunk, others: Sequence[Chunk], columns: Columns, shown: _Print) -> list[int]:
    """The columns that a text stands over; none where that is not sure."""
    base, size = part.words[0].base, shown.size
    ruled = [
        rule
        for rule in shown.rules
        if 0 < base - rule.height < size and rule.left - 2 <= part.left and part.right <= rule.right + 2
    ]
    if ruled:
        rule = max(ruled, key=lambda r: r.height)
        under = [c for c in range(len(columns)) if rule.left - 2 <= columns.middle(c) <= rule.right + 2]
        whole = under == list(range(len(columns)))
        if under and not whole:
            return under
    under = columns.overlapped(part.left, part.right)
    if len(under) == 1 and not _spans(part, others, columns, size):
        return under
    if not others:
        ends = (shown.edges, (columns.spans[1][0], columns.spans[-1][1]), (columns.spans[0][0], columns.spans[-1][1]))
        centred = any(abs(sum(end) / 2 - part.middle) <= CENTRED * size for end in ends)
        return list(range(1, len(columns))) if centred else []
    near = _nearest(part, others, columns)
    if near and abs((columns.spans[near[0]][0] + columns.spans[near[-1]][1]) / 2 - part.middle) <= CENTRED * size:
        return near
    return under if len(under) == 1 else []


def _spans(part: Chunk, others: Sequence[Chunk], columns: Columns, size: float) -> bool:
    """Whether a text stands over one column by chance and is centred over more."""
    column = columns.overlapped(part.left, part.right)[0]
    left, right = columns.spans[column]
    aligned = min(abs(part.left - left), abs(part.right - right), abs(part.middle - columns.middle(column)))
    return aligned > CENTRED * size and len(_nearest(part, others, columns)) > 1


def _nearest(part: Chunk, others: Sequence[Chunk], columns: Columns) -> list[int]:
    """The columns, but the first, whose middle is nearer to a text than to any other of its row."""
    return [
        c
        for c in range(1, len(columns))
        if all(abs(columns.middle(c) - part.middle) < abs(columns.middle(c) - o.middle) for o in others)
    ]
